package detect

// xai finds the keys of xAI: xai- and 80 letters and digits.
var xai = tokens(&Detector{
	Name:     "xai",
	Summary:  "xAI key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("xai-", base62, "80").by("xai"),
)
