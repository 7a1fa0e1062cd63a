package detect

// productAnalytics finds the keys of services that collect events, as they
// document them. Keys made to be seen (phc_) stay.
var productAnalytics = tokens(&Detector{
	Name:     "product_analytics",
	Summary:  "key of a service for analytics, logs or incidents: Axiom, Coralogix, PostHog, Rootly",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("phx_", base62, "43"),
	prefixed("phs_", base62, "43"),
	prefixed("xaat-", lowerHex, uuidLayout),
	prefixed("xapt-", lowerHex, uuidLayout),
	prefixed("cxtp_", base62, "30").by("cxt"),
	prefixed("cxup_", base62, "30").by("cxu"),
	prefixed("rootly_", lowerHex, "64").by("rootly_"),
)
