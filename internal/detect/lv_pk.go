package detect

// lvPK finds Latvian personal codes: date of birth, century and serial, with a check
// digit modulo 11; or, from July 2017 on, 32 to 39 and nine digits without any
// meaning or check (Law on the register of natural persons).
var lvPK = identifier(&Detector{
	Name:      "lv_pk",
	Summary:   "Latvian personal code",
	Evidence:  "date of birth and check digit, or a first number of 32 to 39: 8.5 % of random numbers; needs context",
	Packs:     []string{"eu"},
	context:   words(`personaskods personas personaskoda latvianpersonal`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("personas kods", "161175"+"-"+"19997") },
}, validLatvian,
	spelling{"999999-99999", Possible}, spelling{"99999999999", Possible})

func validLatvian(id ident) bool {
	day := id.number(0, 2)
	if day >= 32 && day <= 39 {
		return true
	}
	return id.digit(6) <= 2 && calendarDay(id.number(4, 6), id.number(2, 4), day) &&
		lastIs(id.text(), (1+weighted(id.text(), 10, 5, 8, 4, 2, 1, 6, 3, 7, 9))%11%10)
}
