package money

import (
	"strconv"
	"strings"
)

// MinorString returns the units that a decimal text means at a scale. Errors:
// ErrSyntax, ErrRange, ErrPrecision; and ErrNegative, with which the units are
// returned too.
func MinorString(s string, scale uint8) (int64, error) {
	s = strings.TrimSpace(s)
	s, negative := strings.CutPrefix(s, "-")
	if !negative {
		s = strings.TrimPrefix(s, "+")
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if !isDigits(whole) || !isDigits(fraction) || whole == "" && fraction == "" {
		return 0, ErrSyntax
	}
	if scale > MaxScale {
		return 0, ErrRange
	}
	kept := min(len(fraction), int(scale))
	units := appendDigits(appendDigits(0, whole), fraction[:kept])
	if units > MaxUnits/powers[int(scale)-kept] {
		return 0, ErrRange
	}
	units *= powers[int(scale)-kept]

	if beyond := part(fraction[kept:]); beyond != 0 {
		if beyond > 0.5 {
			units++
			beyond = 1 - beyond
		}
		if !isNoise(beyond, float64(units)) {
			return 0, ErrPrecision
		}
		if units > MaxUnits {
			return 0, ErrRange
		}
	}
	if negative {
		units = -units
	}
	return signed(units)
}

// isDigits reports whether s has nothing but digits of ASCII.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// appendDigits returns the number that is written as units followed by the digits,
// or some number above MaxUnits if that one is.
func appendDigits(units int64, digits string) int64 {
	for i := range len(digits) {
		if units > MaxUnits {
			break
		}
		units = units*10 + int64(digits[i]-'0')
	}
	return units
}

// part returns 0.digits. Digits after the 18th do not count.
func part(digits string) float64 {
	digits = digits[:min(len(digits), 18)]
	n, power := 0.0, 1.0
	for i := range len(digits) {
		n, power = n*10+float64(digits[i]-'0'), power*10
	}
	return n / power
}

// Format writes units at a scale as a decimal, with all digits of the scale. It is
// the inverse of MinorString.
func Format(units int64, scale uint8) string {
	digits := strconv.FormatInt(units, 10)
	sign := ""
	if units < 0 {
		sign, digits = "-", digits[1:]
	}
	if scale == 0 {
		return sign + digits
	}
	if missing := int(scale) + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - int(scale)
	return sign + digits[:point] + "." + digits[point:]
}
