package detect

// luNIN finds Luxembourg identification numbers: date of birth with the whole year,
// serial, a Luhn check digit over these and a Verhoeff check digit over these (law of
// 19 June 2013, CTIE).
var luNIN = identifier(&Detector{
	Name:      "lu_nin",
	Summary:   "Luxembourg identification number",
	Evidence:  "date of birth and two check digits, which 0.1 % of random numbers have",
	Packs:     []string{"eu"},
	context:   words(`ccss luxembourgnin nin identificationnationale numeroidentification`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("189312" + "0105732") },
}, validLuxembourg,
	spelling{"9999999999999", Likely}, spelling{"9999 99 99 999 99", Likely})

func validLuxembourg(id ident) bool {
	if !birthYear(id.number(0, 4)) || !calendarDay(id.number(0, 4), id.number(4, 6), id.number(6, 8)) || !luhn(id.chars[:12]) {
		return false
	}
	id.chars[11] = id.chars[12] // both are made of the first eleven
	return verhoeff(id.chars[:12])
}
