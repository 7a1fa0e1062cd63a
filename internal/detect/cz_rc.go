package detect

// czRC finds Czech and Slovak birth numbers: date of birth, the month 50 higher for
// women and 20 higher where a day ran out of numbers, and a serial. Ten digits are
// divisible by 11, but for those of some years before 1986, which end in 0 where the
// remainder is ten; nine were given until 1953 (Czech act 133/2000, Slovak act
// 301/1995).
var czRC = identifier(&Detector{
	Name:      "cz_rc",
	Summary:   "Czech or Slovak birth number",
	Evidence:  "date of birth and divisibility by 11, which 2 % of random numbers of ten digits have; needs context",
	Packs:     []string{"eu"},
	context:   words(`rodnecislo rodne rodnecislem rodcislo birthnumber`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("rodne cislo", "710319"+"/"+"2745") },
}, validBirthNumber,
	spelling{"999999/9999", Possible}, spelling{"999999/999", Possible}, spelling{"9999999999", Possible})

func validBirthNumber(id ident) bool {
	year, month := id.number(0, 2), id.number(2, 4)%50
	if month > 20 {
		month -= 20
	}
	if !calendarDay(year, month, id.number(4, 6)) {
		return false
	}
	if id.n == 9 {
		return year < 54
	}
	rest := remainder(id.chars[:9], 11)
	return rest == id.digit(9) || rest == 10 && id.digit(9) == 0 && year < 86 && year >= 54
}
