package detect

// ltAK finds Lithuanian personal codes: century and sex, date of birth, serial, and a
// check digit modulo 11 with two sets of weights (Act on the population register
// I-2237).
var ltAK = identifier(&Detector{
	Name:      "lt_ak",
	Summary:   "Lithuanian personal code",
	Evidence:  "century, date of birth and check digit, which 0.3 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`asmenskodas asmens asmenskodo lithuanianpersonal`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("asmens kodas", "333092"+"40064") },
}, validBaltic,
	spelling{"99999999999", Possible})

// validBaltic checks the personal codes of Lithuania and Estonia, which have one form.
func validBaltic(id ident) bool {
	return id.digit(0) >= 1 && id.digit(0) <= 6 &&
		calendarDay(id.number(1, 3), id.number(3, 5), id.number(5, 7)) && balticCheck(id.text())
}
