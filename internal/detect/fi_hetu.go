package detect

import "strings"

// fiHETU finds Finnish personal identity codes: date of birth, a sign for the
// century, serial, and a check character that is the remainder by 31 (Finnish decree
// 128/2010 and its change of 2023, Digital and Population Data Services Agency).
var fiHETU = identifier(&Detector{
	Name:      "fi_hetu",
	Summary:   "Finnish personal identity code",
	Evidence:  "date of birth and check character modulo 31, which 0.2 % of random candidates have",
	Packs:     []string{"eu"},
	context:   words(`hetu hetut henkilotunnus henkilotunnukset`),
	canonical: func(found string) string { return strings.ToUpper(found) }, // the sign is the century
	sample:    func() Sample { return bareSample("131052" + "-" + "308T") },
}, validHETU,
	spelling{"999999-999X", Certain}, spelling{"999999+999X", Certain}, spelling{"999999A999X", Certain})

func validHETU(id ident) bool {
	if id.n == 11 {
		if strings.IndexByte("ABCDEFYXWVU", id.chars[6]) < 0 {
			return false
		}
		copy(id.chars[6:], id.chars[7:])
	}
	// Serials from 900 on are temporary, and those of examples.
	return id.number(6, 9) >= 2 && calendarDay(id.number(4, 6), id.number(2, 4), id.number(0, 2)) &&
		id.chars[9] == "0123456789ABCDEFHJKLMNPRSTUVWXY"[id.number(0, 9)%31]
}
