package detect

// sePNR finds Swedish personal and coordination numbers: date of birth (the day 60
// higher in the latter), serial, and a Luhn check digit over ten digits
// (Skatteverket, SKV 704). Job and order numbers begin with a date too: needs context.
var sePNR = identifier(&Detector{
	Name:      "se_pnr",
	Summary:   "Swedish personal identity number",
	Evidence:  "date of birth and Luhn check digit, which 0.8 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`personnummer personnr pnr samordningsnummer samordningsnr swedishpersonal`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("personnummer", "811218"+"-"+"9876") },
}, validSwedish,
	spelling{"999999-9999", Possible}, spelling{"999999+9999", Possible},
	spelling{"99999999-9999", Possible}, spelling{"9999999999", Possible},
	spelling{"999999999999", Possible})

func validSwedish(id ident) bool {
	digits := id.text()
	if len(digits) == 12 {
		if !birthYear(id.number(0, 4)) {
			return false
		}
		digits = digits[2:]
	}
	var own ident
	own.n = copy(own.chars[:], digits)
	day := own.number(4, 6)
	if day > 60 {
		day -= 60
	}
	return calendarDay(own.number(0, 2), own.number(2, 4), day) && luhn(own.text())
}
