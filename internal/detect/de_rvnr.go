package detect

// deRVNR finds German pension insurance numbers: area of the insurer, date of birth,
// first letter of the name of birth, serial, and a check digit from the sums of the
// digits of the products (section 147 SGB VI, VKVV sections 2 and 4).
var deRVNR = identifier(&Detector{
	Name:      "de_rvnr",
	Summary:   "German pension insurance number",
	Evidence:  "area, date of birth and check digit, which 0.7 % of random candidates have",
	Packs:     []string{"eu"},
	context:   words(`rentenversicherungsnummer rvnr rvnummer versicherungsnummer sozialversicherungsnummer svnr svnummer`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("15" + "070649" + "C" + "103") },
}, validRVNR,
	spelling{"99999999A999", Likely}, spelling{"99 999999 A 999", Likely},
	spelling{"99 999999 A99 9", Likely})

func validRVNR(id ident) bool {
	area, day := id.number(0, 2), id.number(2, 4)
	if area < 2 || area > 89 || day == 0 || !calendarDay(id.number(6, 8), id.number(4, 6), max(day-day/50*50, 1)) {
		return false
	}
	letter := int(id.chars[8]-'A') + 1
	digits := [...]int{
		id.digit(0), id.digit(1), id.digit(2), id.digit(3), id.digit(4), id.digit(5), id.digit(6), id.digit(7),
		letter / 10, letter % 10, id.digit(9), id.digit(10),
	}
	sum := 0
	for i, w := range [...]int{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1} {
		product := w * digits[i]
		sum += product/10 + product%10
	}
	return sum%10 == id.digit(11)
}
