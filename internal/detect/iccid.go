package detect

// iccid finds the serial numbers of SIM cards. Identifiers of 19 and 20 digits are
// many, so context must name them.
var iccid = &Detector{
	Name:     "iccid",
	Summary:  "serial number of a SIM card (ICCID), with context",
	Evidence: "18 to 22 digits that begin with 89, and a Luhn check digit, where the context names them",
	Keeps:    4,
	digits:   []int{18, 19, 20, 21, 22},
	context:  words(`iccid iccids simcard simserial simnumber esim`),
	keys:     words(`iccid simserial simserialnumber`),
	match: func(c *candidate) (Finding, bool) {
		if !c.named(c.at, c.end) || !simCard(c.text[c.at:c.end]) || numberInsideToken(c.text, c.at, c.end) {
			return Finding{}, false
		}
		return Finding{Start: c.at, End: c.end, Confidence: Certain}, true
	},
	// Under its key a number without a check digit, as some operators print it, is one.
	under: wholeIf(func(value string) bool {
		return len(value) >= 18 && len(value) <= 22 && madeOf(value, isDigit, "") && value[:2] == "89"
	}),
	sample: func() Sample {
		number := "8914800000" + "00000000" + "6"
		return Sample{Text: "ICCID " + number, Secret: number[:16]}
	},
}

// simCard applies ITU-T E.118: 89 for telecommunications, and a check digit behind 18
// or 19 digits, which operators may pad.
func simCard(s string) bool {
	if len(s) < 18 || len(s) > 22 || span(s, 0, 22, isDigit) != len(s) || s[:2] != "89" {
		return false
	}
	return luhn([]byte(s)) || len(s) >= 19 && luhn([]byte(s[:19])) || len(s) >= 20 && luhn([]byte(s[:20]))
}
