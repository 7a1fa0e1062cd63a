package detect

// figma finds the tokens of Figma: personal (figd_), of an OAuth user (figu_),
// and refresh tokens (figur_).
var figma = tokens(&Detector{
	Name:     "figma",
	Summary:  "Figma token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("figd_", url64, "40").by("figd"),
	prefixed("figu_", url64, "40"),
	prefixed("figo_", url64, "40"),
	prefixed("figur_", url64, "40").by("figur_"),
)
