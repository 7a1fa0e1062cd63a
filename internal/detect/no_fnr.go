package detect

// noFNR finds Norwegian national identity and D numbers: date of birth (the day 40
// higher in the latter), serial, and two check digits modulo 11 (Skatteetaten,
// regulation to the population register act). Numbers of tests, whose month is 40 or
// 80 higher, and D numbers need context.
var noFNR = identifier(&Detector{
	Name:      "no_fnr",
	Summary:   "Norwegian national identity number",
	Evidence:  "date of birth and two check digits, which 0.2 % of random numbers have",
	Packs:     []string{"eu"},
	context:   words(`fnr dnr fodselsnummer fodselsnr personnummer dnummer`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("151086" + "95088") },
}, validNorwegian,
	spelling{"99999999999", Likely}, spelling{"999999 99999", Likely},
	spelling{"99999999999", Possible}, spelling{"999999 99999", Possible})

func validNorwegian(id ident) bool {
	day, month := id.number(0, 2), id.number(2, 4)
	if id.base < Likely {
		month %= 40
		if day > 40 {
			day -= 40
		}
	}
	return calendarDay(id.number(4, 6), month, day) &&
		weighted(id.text(), 3, 7, 6, 1, 8, 9, 4, 5, 2, 1)%11 == 0 &&
		weighted(id.text(), 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}
