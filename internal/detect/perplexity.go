package detect

// perplexity finds the keys of Perplexity: pplx- and 48 letters and digits.
var perplexity = tokens(&Detector{
	Name:     "perplexity",
	Summary:  "Perplexity key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("pplx-", base62, "48"),
)
