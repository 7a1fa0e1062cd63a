package detect

// plPESEL finds Polish identification numbers: date of birth, with the century in the
// month, serial, and a check digit modulo 10 (Act on the population register of 24
// September 2010).
var plPESEL = identifier(&Detector{
	Name:      "pl_pesel",
	Summary:   "Polish identification number (PESEL)",
	Evidence:  "date of birth and check digit, which 1.9 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`pesel pesele peselu numerpesel nrpesel`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("PESEL", "44"+"0514"+"01359") },
}, validPESEL,
	spelling{"99999999999", Possible})

func validPESEL(id ident) bool {
	return calendarDay(id.number(0, 2), id.number(2, 4)%20, id.number(4, 6)) &&
		weighted(id.text(), 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0
}
