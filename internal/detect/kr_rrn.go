package detect

// krRRN finds South Korean resident registration numbers: date of birth, sex and
// century, and a check digit modulo 11 (Enforcement rules of the Resident Registration
// Act). Those given from October 2020 on have random digits instead: for births from
// then on the date and the century are the evidence.
var krRRN = identifier(&Detector{
	Name:      "kr_rrn",
	Summary:   "South Korean resident registration number, bare only with context",
	Evidence:  "date of birth, century, and check digit, which 0.7 % of random numbers have; without hyphen only with context",
	Packs:     []string{"apac"},
	context:   words(`rrn jumin juminno juminbeonho residentregistration`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("971013" + "-" + "9019902") },
}, validKorean,
	spelling{"999999-9999999", Likely}, spelling{"9999999999999", Possible})

func validKorean(id ident) bool {
	if !calendarDay(id.number(0, 2), id.number(2, 4), id.number(4, 6)) {
		return false
	}
	century := id.chars[6]
	if born2000 := century == '3' || century == '4' || century == '7' || century == '8'; born2000 {
		if born := id.number(0, 4); born >= 2010 && born < 3000 {
			return true
		}
	}
	return lastIs(id.text(), (11-weighted(id.text(), 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)%11)%10)
}
