package detect

// netlify finds the tokens of Netlify: personal, command line, OAuth, build.
var netlify = tokens(&Detector{
	Name:     "netlify",
	Summary:  "Netlify token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("nfp_", base62, "36").by("nfp"),
	prefixed("nfc_", base62, "36").by("nfc"),
	prefixed("nfo_", base62, "36"),
	prefixed("nfu_", base62, "36").by("nfu"),
	prefixed("nfb_", base62, "36").by("nfb"),
)
