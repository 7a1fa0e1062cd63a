package detect

// groq finds the keys of Groq: gsk_ and 52 letters and digits.
var groq = tokens(&Detector{
	Name:     "groq",
	Summary:  "Groq key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("gsk_", base62, "52").by("gsk"),
)
