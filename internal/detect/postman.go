package detect

// postman finds the keys of Postman: PMAK- with 24 and 34 hexadecimal digits,
// PMAT- for one collection.
var postman = tokens(&Detector{
	Name:     "postman",
	Summary:  "Postman key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("PMAK-", lowerHex, "24-34"),
	prefixed("PMAT-", base62, "26"),
)
