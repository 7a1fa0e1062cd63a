package detect

// paseto finds platform-agnostic security tokens (paseto.io): version, purpose,
// payload.
var paseto = tokens(&Detector{
	Name:     "paseto",
	Summary:  "PASETO token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("v4.local.", dotted64, "60"),
	prefixed("v4.public.", dotted64, "60"),
	prefixed("v3.local.", dotted64, "60"),
	prefixed("v3.public.", dotted64, "60"),
	prefixed("v2.local.", dotted64, "60"),
	prefixed("v2.public.", dotted64, "60"),
	prefixed("v1.local.", dotted64, "60"),
	prefixed("v1.public.", dotted64, "60"),
)
