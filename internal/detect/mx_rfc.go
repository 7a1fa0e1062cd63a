package detect

// mxRFC finds Mexican tax numbers of persons: letters of the names, date of birth, two
// characters and a check character modulo 11 (SAT, Código Fiscal article 27). Some
// were given out with another check character: those need context. The two numbers
// that stand for anybody are none.
var mxRFC = identifier(&Detector{
	Name:      "mx_rfc",
	Summary:   "Mexican tax number of a person (RFC)",
	Evidence:  "date, which 3.8 % of random candidates have, and check character; with the date alone only with context",
	Packs:     []string{"latam"},
	context:   words(`rfc rfcs federalcontribuyentes registrofederal`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("GODE" + "561231" + "GR8") },
}, validRFC,
	spelling{"AAAA999999XXX", Likely}, spelling{"AAAA-999999-XXX", Likely}, spelling{"AAAA 999999 XXX", Likely},
	spelling{"AAAA999999XXX", Possible}, spelling{"AAAA-999999-XXX", Possible})

func validRFC(id ident) bool {
	return calendarDay(id.number(4, 6), id.number(6, 8), id.number(8, 10)) && !id.is("XAXX010101000") && !id.is("XEXX010101000") &&
		(id.base < Likely || checkRFC(id) == id.chars[12])
}

// checkRFC returns the check character of the twelve before it.
func checkRFC(id ident) byte {
	sum := 0
	for i, b := range id.chars[:12] {
		v := value36(b)
		if b > 'N' {
			v++ // the & of companies has a value of its own
		}
		sum += v * (13 - i)
	}
	return "0A987654321"[sum%11]
}
