package detect

// grafana finds the tokens of Grafana: glsa_ with a CRC-32 at the end, glc_ and
// the older keys, base64 of {"k":.
var grafana = tokens(&Detector{
	Name:     "grafana",
	Summary:  "Grafana service account token, Cloud token or legacy key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("glsa_", base62, "32_8").by("gls"),
	prefixed("glc_", std64, "40").by("glc"),
	prefixed("eyJrIjoi", std64, "60"),
)
