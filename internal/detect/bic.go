package detect

// bic finds business identifier codes. They name a bank, not a person, and look
// like words, so they are found under their key and behind their name.
var bic = &Detector{
	Name:     "bic",
	Summary:  "business identifier code (SWIFT) under its key or behind its name",
	Evidence: "eight or eleven capitals with a country in the fifth and sixth place, where the context names it",
	anchors:  []string{"BIC ", "BIC/", "SWIFT ", "SWIFT-BIC ", "Swift code ", "swift code ", "SWIFT/BIC "},
	keys:     words(`bic biccode bicswift swift swiftcode swiftbic bicfi`),
	match: func(c *candidate) (Finding, bool) {
		start := c.end
		for _, filler := range [...]string{"code ", "BIC ", "is ", "code: "} {
			if len(c.text)-start > len(filler) && c.text[start:start+len(filler)] == filler {
				start += len(filler)
			}
		}
		end := span(c.text, start, maxBIC+1, isAlnum)
		if wordEndsAt(c.text, c.at) || wordStartsAt(c.text, end) || !bankCode(c.text[start:end]) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Likely}, true
	},
	under:  wholeIf(bankCode),
	sample: func() Sample { return Sample{Text: "BIC " + "NEDS" + "ZAJJXXX", Secret: "NEDS" + "ZAJJXXX"} },
}

const (
	minBIC = 8
	maxBIC = 11
)

// bankCode applies ISO 9362: four letters of a party, two of a country, two of a
// location, three of a branch or none.
func bankCode(code string) bool {
	if len(code) != minBIC && len(code) != maxBIC || span(code, 0, 6, isUpper) != 6 || span(code, 6, maxBIC, isUpper|isDigit) != len(code) {
		return false
	}
	return countryCodes[code[4:6]]
}

// countryCodes are those of ISO 3166-1, alpha-2, with Kosovo's.
var countryCodes = words(`
	AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
	CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
	GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
	KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
	MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
	SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
	UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
`)
