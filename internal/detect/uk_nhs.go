package detect

// ukNHS finds the patient numbers of the National Health Service of England, Wales
// and the Isle of Man: ten digits with a check digit modulo 11 (NHS Data Dictionary,
// NHS NUMBER).
var ukNHS = identifier(&Detector{
	Name:      "uk_nhs",
	Summary:   "UK National Health Service number",
	Evidence:  "check digit modulo 11, which 9.5 % of random numbers have; needs context",
	Packs:     []string{"uk", "eu"},
	context:   words(`nhs nhsno nhsnumber nhsnumbers`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("NHS number", "943"+" 476 "+"5919") },
}, validNHS,
	spelling{"999~999~9999", Possible}, spelling{"9999999999", Possible})

func validNHS(id ident) bool {
	check := 11 - weighted(id.text(), 10, 9, 8, 7, 6, 5, 4, 3, 2)%11
	return lastIs(id.text(), check%11) // ten is never issued
}
