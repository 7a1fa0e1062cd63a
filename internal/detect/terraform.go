package detect

// terraform finds the tokens of HCP Terraform: 14 letters and digits, .atlasv1.
// and 60 to 70 more.
var terraform = tokens(&Detector{
	Name:     "terraform",
	Summary:  "HCP Terraform token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed(".atlasv1.", padded64, "60").by(".atlas").after(14, base62),
)
