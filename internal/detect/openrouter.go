package detect

// openrouter finds the keys of OpenRouter: sk-or-v1- and 64 hexadecimal digits.
var openrouter = tokens(&Detector{
	Name:     "openrouter",
	Summary:  "OpenRouter key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sk-or-v1-", lowerHex, "64").by("sk-o"),
)
