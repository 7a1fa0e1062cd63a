package detect

// siEMSO finds Slovenian personal numbers: date of birth with three digits of the
// year, region 50 to 59, serial, and a check digit modulo 11 (Slovenian act on the
// central population register). Thirteen digits are mostly milliseconds since 1970:
// needs context.
var siEMSO = identifier(&Detector{
	Name:      "si_emso",
	Summary:   "Slovenian personal number (EMŠO)",
	Evidence:  "date of birth, region and check digit, which 0.1 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`emso emsostevilka maticnastevilka`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("EMSO", "010100"+"6500006") },
}, validEMSO,
	spelling{"9999999999999", Possible})

func validEMSO(id ident) bool {
	year := id.number(4, 7)
	return (year < 100 || year > 880) && id.chars[7] == '5' && calendarDay(year, id.number(2, 4), id.number(0, 2)) &&
		lastIs(id.text(), elevenLess(id.text(), 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
}
