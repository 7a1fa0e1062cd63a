package detect

// harness finds the personal and service account tokens of Harness: the account,
// the token id and 20 characters, joined by dots.
var harness = tokens(&Detector{
	Name:     "harness",
	Summary:  "Harness token",
	Evidence: "three parts of exactly 22, 24 and 20 characters",
},
	exactly("pat.", url64, "22.24.20"),
	exactly("sat.", url64, "22.24.20"),
)
