package detect

// beNN finds Belgian national register numbers and those of foreigners: date of
// birth, serial, and the complement of the first nine digits modulo 97, with a 2
// before them for those born from 2000 on (Royal Decree of 3 April 1984). Months are
// 20 or 40 higher in the numbers of foreigners; those and birthdays that are not known
// need context where the number is bare.
var beNN = identifier(&Detector{
	Name:      "be_nn",
	Summary:   "Belgian national register number",
	Evidence:  "date of birth and check modulo 97, which 0.6 % of random numbers have",
	Packs:     []string{"eu"},
	context:   words(`rijksregister rijksregisternummer registrenational numeronational nationalregister insz niss rrn`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("85.07" + ".30-033" + ".28") },
}, validBelgian,
	spelling{"99.99.99-999.99", Certain}, spelling{"999999-999-99", Certain},
	spelling{"999999-999.99", Certain}, spelling{"99999999999", Likely}, spelling{"99999999999", Possible})

func validBelgian(id ident) bool {
	year, month, day := id.number(0, 2), id.number(2, 4), id.number(4, 6)
	if month >= 20 && id.base != Likely {
		month -= month / 20 * 20
	}
	// Who does not know his birthday has zeros there.
	if !calendarDay(year, month, day) && (id.base == Likely || month > 12 || month != 0 && day != 0) || id.number(6, 9) == 0 {
		return false
	}
	nine, check := id.number(0, 9), id.number(9, 11)
	return 97-nine%97 == check || 97-(2e9+nine)%97 == check
}
