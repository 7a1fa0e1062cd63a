package detect

// atSVNR finds Austrian social insurance numbers: serial, a check digit modulo 11,
// and the date of birth, with months up to 15 where a day ran out of numbers
// (Dachverband der Sozialversicherungsträger, section 31 ASVG).
var atSVNR = identifier(&Detector{
	Name:      "at_svnr",
	Summary:   "Austrian social insurance number",
	Evidence:  "date of birth and check digit, which 0.5 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`svnr svnummer sozialversicherungsnummer versicherungsnummer vsnr ecard`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("SVNR", "1237"+" "+"010180") },
}, validSVNR,
	spelling{"9999 999999", Possible}, spelling{"9999-999999", Possible},
	spelling{"9999999999", Possible})

func validSVNR(id ident) bool {
	month := id.number(6, 8)
	if month > 12 && month <= 15 {
		month = 1
	}
	return id.chars[0] != '0' && calendarDay(id.number(8, 10), month, id.number(4, 6)) &&
		weighted(id.text(), 3, 7, 9, 0, 5, 8, 4, 2, 1, 6)%11 == id.digit(3)
}
