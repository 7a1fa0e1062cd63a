package detect

// square finds the tokens of Square: sq0atp-, the secret of an application
// sq0csp-, and EAAA with 60 more. Application ids (sq0idp-) stay.
var square = tokens(&Detector{
	Name:     "square",
	Summary:  "Square token or OAuth secret",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sq0atp-", url64, "22"),
	prefixed("sq0csp-", url64, "43"),
	exactly("EAAA", url64, "60").by("EAA").where(varied),
)
