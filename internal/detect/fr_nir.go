package detect

import "strings"

// frNIR finds French social security numbers (NIR): sex, year and month of birth,
// department (2A and 2B for Corsica), commune, serial, and a key modulo 97 (INSEE,
// decree 82-103; the months 20 and from 30 on stand for births that are not dated, the
// sexes from 3 on for numbers that are not final: bare, both need context).
var frNIR = identifier(&Detector{
	Name:     "fr_nir",
	Summary:  "French social security number (NIR)",
	Evidence: "sex, month, department and the key modulo 97, which 0.5 % of random numbers have",
	Packs:    []string{"eu"},
	// An accent ends a word: "curitsociale" is what is left of sécurité sociale.
	context:   words(`nir insee securitesociale curitsociale numerosecu numsecu cartevitale`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("2 69 05" + " 49 588 " + "157 80") },
}, validNIR,
	spelling{"9 99 99 9X 999 999 99", Certain}, spelling{"9 99 99 9X 999 999 | 99", Certain},
	spelling{"9999999999999 99", Likely}, spelling{"999999X99999999", Likely},
	spelling{"9999999999999 99", Possible}, spelling{"999999X99999999", Possible})

func validNIR(id ident) bool {
	if strings.IndexByte("123478", id.chars[0]) < 0 {
		return false
	}
	month := id.number(3, 5)
	if id.base == Likely && (id.chars[0] > '2' || month > 12) {
		return false
	}
	if month == 0 || month > 12 && month < 20 || month > 20 && month < 30 || month > 42 && month < 50 {
		return false
	}
	switch department := string(id.chars[5:7]); department {
	case "2A":
		copy(id.chars[5:], "19") // what the key counts them as
	case "2B":
		copy(id.chars[5:], "18")
	default:
		if !has(id.chars[6], isDigit) || department == "00" {
			return false
		}
	}
	return 97-remainder(id.chars[:13], 97) == id.number(13, 15)
}
