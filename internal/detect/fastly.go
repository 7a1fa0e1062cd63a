package detect

// fastly finds the keys of Fastly, which have no form of their own, by the header
// that holds them.
var fastly = &Detector{
	Name:     "fastly",
	Summary:  "Fastly key under the header Fastly-Key",
	Evidence: "the name of the header and 32 characters of base64url",
	keys:     words(`fastlykey`),
	under:    keyed(url64, 32),
	sample:   func() Sample { return Sample{Key: "Fastly-Key", Text: url64.noise(32), Secret: url64.noise(32)} },
}
