package detect

// bgEGN finds Bulgarian civil numbers: date of birth, the month 20 higher before 1900
// and 40 higher from 2000 on, serial, and a check digit modulo 11 (GRAO, Ordinance
// RD-02-20-9 of 2012).
var bgEGN = identifier(&Detector{
	Name:      "bg_egn",
	Summary:   "Bulgarian civil number (EGN)",
	Evidence:  "date of birth and check digit, which 1.2 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`egn egns uniformcivil edinengrazhdanski`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("EGN", "752316"+"9263") },
}, validEGN,
	spelling{"9999999999", Possible}, spelling{"999999 999 9", Possible})

func validEGN(id ident) bool {
	month := id.number(2, 4)
	return month < 60 && calendarDay(id.number(0, 2), month%20, id.number(4, 6)) &&
		lastIs(id.text(), weighted(id.text(), 2, 4, 8, 5, 10, 9, 7, 3, 6)%11%10)
}
