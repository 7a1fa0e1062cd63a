package detect

import "strings"

// twID finds Taiwanese identity numbers of citizens and residents: a letter for the
// place, a digit for sex and kind, and a check digit modulo 10 (Ministry of the
// Interior).
var twID = identifier(&Detector{
	Name:      "tw_id",
	Summary:   "Taiwanese identity number",
	Evidence:  "second character and check digit, which 4.3 % of random candidates have; needs context",
	Packs:     []string{"apac"},
	context:   words(`nationalid twid taiwanid rocid uniformid arcno`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("Taiwan ID", "A123"+"456"+"789") },
}, validTaiwanese,
	spelling{"A999999999", Possible})

// taiwanLetters are the letters by their values, from 10 on.
const taiwanLetters = "ABCDEFGHJKLMNPQRSTUVXYWZIO"

func validTaiwanese(id ident) bool {
	if strings.IndexByte("1289", id.chars[1]) < 0 {
		return false
	}
	place := strings.IndexByte(taiwanLetters, id.chars[0]) + 10
	return (place/10+place%10*9+weighted(id.chars[1:], 8, 7, 6, 5, 4, 3, 2, 1, 1))%10 == 0
}
