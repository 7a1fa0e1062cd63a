package detect

// zaID finds South African identity numbers: date of birth, serial, citizenship, and a
// Luhn check digit (Identification Act 68 of 1997). Thirteen digits are mostly
// milliseconds since 1970: needs context.
var zaID = identifier(&Detector{
	Name:      "za_id",
	Summary:   "South African identity number",
	Evidence:  "date of birth, citizenship and check digit, which 0.2 % of random numbers have; needs context",
	Packs:     []string{"apac"},
	context:   words(`rsaid southafrican africanid idnumber nationalid identitynumber`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("national id", "750330"+"5044"+"089") },
}, validSouthAfrican,
	spelling{"9999999999999", Possible}, spelling{"999999 9999 999", Possible})

func validSouthAfrican(id ident) bool {
	return id.digit(10) <= 2 && calendarDay(id.number(0, 2), id.number(2, 4), id.number(4, 6)) && luhn(id.text())
}
