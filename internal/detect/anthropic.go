package detect

// anthropic finds the keys of Anthropic: sk-ant-api03-, sk-ant-admin01-,
// sk-ant-oat01-, sk-ant-sid01- and what may follow them.
var anthropic = tokens(&Detector{
	Name:     "anthropic",
	Summary:  "Anthropic key: API, administrator, OAuth, session",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sk-ant-", url64, "40").by("sk-a"),
)
