package detect

// roCNP finds Romanian personal codes: sex and century, date of birth, county,
// serial, and a check digit modulo 11 (Ordonanța 69/2002, OUG 97/2005). Thirteen
// digits are mostly milliseconds since 1970: needs context.
var roCNP = identifier(&Detector{
	Name:      "ro_cnp",
	Summary:   "Romanian personal code (CNP)",
	Evidence:  "date of birth, county and check digit, which 0.2 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`cnp cnpuri codnumeric numericpersonal`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("CNP", "1"+"630615"+"123457") },
}, validCNP,
	spelling{"9999999999999", Possible})

func validCNP(id ident) bool {
	county := id.number(7, 9)
	if id.chars[0] == '0' || county == 0 || county > 52 && county != 70 || !calendarDay(id.number(1, 3), id.number(3, 5), id.number(5, 7)) {
		return false
	}
	check := weighted(id.text(), 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11
	if check == 10 {
		check = 1
	}
	return lastIs(id.text(), check)
}
