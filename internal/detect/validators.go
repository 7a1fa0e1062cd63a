package detect

import (
	"maps"
	"slices"
	"strings"
)

// Validators returns the names of the checks that a rule may ask for.
func Validators() []string { return slices.Sorted(maps.Keys(validators)) }

// validators are the checks by name. They see what was matched, and leave all but
// digits out where they check digits.
var validators = map[string]func(string) bool{
	"luhn":     digitsPass(luhn),
	"verhoeff": digitsPass(verhoeff),
	// ISO/IEC 7064, MOD 97-10: two check digits at the end.
	"mod97":    digitsPass(func(digits []byte) bool { return remainder(digits, 97) == 1 }),
	"mod11_10": digitsPass(pure11and10),
	// The last character may be an X.
	"mod11_2": func(s string) bool {
		digits := onlyDigits(s)
		if strings.HasSuffix(strings.ToUpper(s), "X") {
			digits += "X"
		}
		return len(digits) > 1 && pure11and2([]byte(digits))
	},
	"iban": func(s string) bool {
		account := accountCharacters(s)
		if len(account) <= len("DE89") {
			return false
		}
		end, _ := ibanEnd(account, 0)
		return end == len(account)
	},
}

// digitsPass returns a validator that checks two digits or more.
func digitsPass(check func(digits []byte) bool) func(string) bool {
	return func(s string) bool {
		digits := onlyDigits(s)
		return len(digits) > 1 && check([]byte(digits))
	}
}

// onlyDigits returns the digits of s.
func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
