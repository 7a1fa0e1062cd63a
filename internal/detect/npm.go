package detect

// npm finds the tokens of the npm registry: npm_, 30 letters and digits, and
// their CRC-32 in base62, as GitHub has it.
var npm = tokens(&Detector{
	Name:     "npm",
	Summary:  "npm access token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("npm_", base62, "36"),
)
