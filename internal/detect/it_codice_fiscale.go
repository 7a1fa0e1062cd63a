package detect

import "strings"

// itCodiceFiscale finds Italian tax codes of persons: consonants and vowels of the
// names, year, month and day of birth, place, and a check letter (decree of the
// Ministry of Finance of 23 December 1976). Where two persons would have the same
// code, letters stand for digits from the end on (omocodia).
var itCodiceFiscale = identifier(&Detector{
	Name:      "it_codice_fiscale",
	Summary:   "Italian tax code of a person (codice fiscale)",
	Evidence:  "form of the names, date, and check letter, which 0.5 % of random candidates have",
	Packs:     []string{"eu"},
	context:   words(`codicefiscale codfiscale codfisc codicefisc`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("RSSMRA" + "85T10" + "A562S") },
}, validCodiceFiscale,
	spelling{"AAAAAA99AXXAXXXA", Certain}, spelling{"AAA AAA 99AXX AXXXA", Certain})

// oddCodice are the values of the characters at the odd places, A to Z; digits count
// as the letters A to J.
var oddCodice = [...]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}

func validCodiceFiscale(id ident) bool {
	sum := 0
	for i, b := range id.chars[:15] {
		v := value36(b)
		if has(b, isAlpha) {
			v -= 10
		}
		if i%2 == 0 {
			v = oddCodice[v]
		}
		sum += v
	}
	if int(id.chars[15]-'A') != sum%26 || !nameLetters(id.chars[:3]) || !nameLetters(id.chars[3:6]) {
		return false
	}
	for _, i := range [...]int{9, 10, 12, 13, 14} {
		if has(id.chars[i], isDigit) {
			continue
		}
		d := strings.IndexByte("LMNPQRSTUV", id.chars[i])
		if d < 0 {
			return false
		}
		id.chars[i] = byte('0' + d)
	}
	month, day := strings.IndexByte("ABCDEHLMPRST", id.chars[8]), id.number(9, 11)
	if day > 40 {
		day -= 40 // women
	}
	place := id.chars[11]
	return calendarDay(id.number(6, 8), month+1, day) && (place <= 'M' || place == 'Z')
}

// nameLetters reports whether three letters are the consonants of a name, then its
// vowels, then X where it is shorter.
func nameLetters(three []byte) bool {
	vowels := false
	for _, b := range three {
		vowel := strings.IndexByte("AEIOU", b) >= 0
		if vowels && !vowel && b != 'X' {
			return false
		}
		vowels = vowels || vowel
	}
	return true
}
