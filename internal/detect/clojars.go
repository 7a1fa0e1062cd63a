package detect

// clojars finds the tokens of Clojars: CLOJARS_ and 60 small letters and digits.
var clojars = tokens(&Detector{
	Name:     "clojars",
	Summary:  "Clojars deploy token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("CLOJARS_", lower36, "60"),
)
