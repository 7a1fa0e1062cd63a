package detect

// linear finds the keys and OAuth tokens of Linear.
var linear = tokens(&Detector{
	Name:     "linear",
	Summary:  "Linear key or token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("lin_api_", base62, "40").by("lin_a"),
	prefixed("lin_oauth_", base62, "40").by("lin_oa"),
	prefixed("lin_wh_", base62, "40").by("lin_wh"),
)
