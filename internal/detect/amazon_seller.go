package detect

// amazonSeller finds the tokens of Amazon for sellers, amzn.mws. and a UUID, and
// the client secrets of Login with Amazon.
var amazonSeller = tokens(&Detector{
	Name:     "amazon_seller",
	Summary:  "Amazon Selling Partner or Login with Amazon secret",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("amzn.mws.", lowerHex, uuidLayout).by("amzn.m"),
	prefixed("amzn1.oa2-cs.v1.", lowerHex, "64").by("amzn1"),
	prefixed("Atza|", dotted64, "100"),
	prefixed("Atzr|", dotted64, "100"),
)
