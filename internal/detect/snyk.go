package detect

// snyk finds the tokens of Snyk with a prefix; older ones, UUIDs, are found by
// their key.
var snyk = tokens(&Detector{
	Name:     "snyk",
	Summary:  "Snyk token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("snyk_uat.", dotted64, "40").by("snyk_u"),
	prefixed("snyk_sat.", dotted64, "40").by("snyk_s"),
)
