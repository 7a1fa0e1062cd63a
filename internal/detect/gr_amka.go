package detect

// grAMKA finds Greek social security numbers: date of birth, serial, and a Luhn check
// digit (law 3655/2008, IDIKA).
var grAMKA = identifier(&Detector{
	Name:      "gr_amka",
	Summary:   "Greek social security number (AMKA)",
	Evidence:  "date of birth and Luhn check digit, which 0.4 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`amka arithmosmitroou amkano`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("AMKA", "010130"+"99997") },
}, validAMKA,
	spelling{"99999999999", Possible})

func validAMKA(id ident) bool {
	return calendarDay(id.number(4, 6), id.number(2, 4), id.number(0, 2)) && luhn(id.text())
}
