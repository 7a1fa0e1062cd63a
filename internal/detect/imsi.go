package detect

// imsi finds the identities of mobile subscribers. They have no check digit, so
// context must name them.
var imsi = &Detector{
	Name:     "imsi",
	Summary:  "identity of a mobile subscriber (IMSI), with context",
	Evidence: "14 or 15 digits that begin with a mobile country code, where the context names them",
	digits:   []int{14, 15},
	context:  words(`imsi imsis`),
	keys:     words(`imsi imsinumber subscriberimsi`),
	match: func(c *candidate) (Finding, bool) {
		if !c.named(c.at, c.end) || !subscriber(c.text[c.at:c.end]) || numberInsideToken(c.text, c.at, c.end) {
			return Finding{}, false
		}
		return Finding{Start: c.at, End: c.end, Confidence: Likely}, true
	},
	under: wholeIf(subscriber),
	sample: func() Sample {
		number := "001010" + "123456789" // 001 is the country code of test networks
		return Sample{Text: "IMSI " + number, Secret: number}
	},
}

// subscriber applies 3GPP TS 23.003, section 2.2: mobile country codes begin with
// 2 to 7 or 9, those of test networks are 001.
func subscriber(s string) bool {
	if len(s) != 14 && len(s) != 15 || span(s, 0, 15, isDigit) != len(s) || allSame(s) {
		return false
	}
	return s[0] >= '2' && s[0] != '8' || s[:3] == "001"
}
