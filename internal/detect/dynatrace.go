package detect

// dynatrace finds the tokens of Dynatrace: dt0c01., dt0s01. and their like, a
// public part of 24 and a secret one of 64 characters.
var dynatrace = tokens(&Detector{
	Name:     "dynatrace",
	Summary:  "Dynatrace token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("dt0c01.", base62, "24.64").by("dt0c"),
	prefixed("dt0s", base62, "2.8.64"),
	prefixed("dt0s", base62, "2.24.64"),
)
