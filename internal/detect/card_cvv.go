package detect

// cardCVV finds the security codes of cards. A code has no structure, so it is
// found under its key and behind its name only. secretAssignment knows some of the
// keys too, and then gives the marker its name.
var cardCVV = &Detector{
	Name:     "card_cvv",
	Summary:  "security code of a card: three or four digits under cvv, cvc, csc, security_code",
	Evidence: "a key that names the code, and three or four digits",
	anchors:  []string{"CVV ", "cvv ", "CVC ", "cvc ", "CVV2 ", "CVC2 "},
	keys:     words(`cvv cvv2 cvc cvc2 csc cvn securitycode cardcode cardcid cvvcode cvccode cardverification cardverificationcode cardverificationvalue verificationvalue`),
	match: func(c *candidate) (Finding, bool) {
		start := c.end
		for _, filler := range [...]string{"is ", "code ", "number "} {
			if len(c.text)-start > len(filler) && c.text[start:start+len(filler)] == filler {
				start += len(filler)
			}
		}
		end := span(c.text, start, maxCVV+1, isDigit)
		if !cvv(c.text[start:end]) || wordEndsAt(c.text, c.at) || wordStartsAt(c.text, end) || fraction(c.text, end) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Likely}, true
	},
	under:  wholeIf(cvv),
	sample: func() Sample { return Sample{Key: "card.cvn", Text: "731", Secret: "731"} },
}

// maxCVV is the length of the longest code, that of American Express.
const maxCVV = 4

func cvv(value string) bool {
	return (len(value) == maxCVV-1 || len(value) == maxCVV) && span(value, 0, maxCVV, isDigit) == len(value)
}
