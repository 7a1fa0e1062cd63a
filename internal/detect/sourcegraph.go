package detect

// sourcegraph finds the tokens of Sourcegraph, sgp_ and 40 hexadecimal digits
// with that of the instance before them, and those of Segment, sgp_ and 64
// letters and digits.
var sourcegraph = tokens(&Detector{
	Name:     "sourcegraph",
	Summary:  "Sourcegraph or Segment token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sgp_", anyHexUnderscore, "40"),
	prefixed("sgp_local_", anyHexUnderscore, "40").by("sgp_"),
	prefixed("sgp_", base62, "64"),
)
