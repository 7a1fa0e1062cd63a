package detect

// notion finds the tokens of Notion: ntn_, and the older secret_ with exactly 43
// letters and digits.
var notion = tokens(&Detector{
	Name:     "notion",
	Summary:  "Notion token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("ntn_", base62, "46"),
	exactly("secret_", base62, "43").where(varied),
)
