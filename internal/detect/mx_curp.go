package detect

import "strings"

// mxCURP finds Mexican population registry codes: letters of the names, date of birth,
// sex, state, consonants, and a check digit modulo 10 (RENAPO, rules of
// 2021 for assigning it).
var mxCURP = identifier(&Detector{
	Name:      "mx_curp",
	Summary:   "Mexican population registry code (CURP)",
	Evidence:  "date, sex, state and check digit, which 0.1 % of random candidates have",
	Packs:     []string{"latam"},
	context:   words(`curp curps clavecurp registropoblacion`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("BOXW" + "310820" + "HNERXN" + "09") },
}, validCURP,
	spelling{"AAAA999999AAAAAAX9", Certain})

// mexicanStates are the codes of the states, and NE for a birth abroad.
const mexicanStates = "AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS NE "

func validCURP(id ident) bool {
	sum := 0
	for i, b := range id.chars[:17] {
		v := value36(b)
		if b > 'N' {
			v++ // the Ñ has a value of its own
		}
		sum += v * (18 - i)
	}
	sex, state := id.chars[10], [...]byte{id.chars[11], id.chars[12], ' '}
	return (sex == 'H' || sex == 'M' || sex == 'X') && strings.Index(mexicanStates, string(state[:]))%3 == 0 &&
		calendarDay(id.number(4, 6), id.number(6, 8), id.number(8, 10)) && lastIs(id.text(), (10-sum%10)%10)
}
