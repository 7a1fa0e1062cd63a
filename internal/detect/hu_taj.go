package detect

// huTAJ finds Hungarian social security numbers: nine digits with a check digit
// modulo 10 (act XX of 1996).
var huTAJ = identifier(&Detector{
	Name:      "hu_taj",
	Summary:   "Hungarian social security number (TAJ)",
	Evidence:  "check digit modulo 10, which 10.5 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`taj tajszam tajszama tajno`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("TAJ", "123"+" 456 "+"788") },
}, validTAJ,
	spelling{"999~999~999", Possible}, spelling{"999999999", Possible})

func validTAJ(id ident) bool {
	return lastIs(id.text(), weighted(id.text(), 3, 7, 3, 7, 3, 7, 3, 7)%10)
}
