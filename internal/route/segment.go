package route

import "strings"

// Lengths from which a segment that mixes letters and digits is data and not a
// word: "v2" and "oauth2" are words, "2c1743a3" and "user20231" are not.
const (
	minHex    = 8
	minToken  = 16
	minDigits = 4 // in a row
)

// template returns what stands for a segment of a path: the first kind that fits,
// in the order of the package's table, or the segment. has is what it is made of.
func template(s string, has class) string {
	switch {
	case has&digit != 0 && isDate(s):
		return kindDate
	case has&reserved != 0:
		return templateReserved(s)
	case isUUID(s):
		return kindUUID
	case has&digit == 0:
		if len(s) > maxSegment {
			return kindToken
		}
		return s
	case has&(lower|upper|mark) == 0:
		return kindID
	case len(s) < minDigits:
		return s
	}
	digits, run := countDigits(s)
	switch {
	case isULID(s):
		return kindULID
	case has&beyond == 0 && len(s) >= minHex:
		return kindHex
	case run >= minDigits:
		return kindID
	case len(s) > maxSegment:
		return kindToken
	case len(s) >= minToken && (digits > 1 && has&(lower|upper) != 0 || has&lower != 0 && has&upper != 0):
		// One digit alone is not enough, "oauth2-authorization" is a word.
		return kindToken
	default:
		return s
	}
}

// templateReserved is template for segments with a reserved character.
func templateReserved(s string) string {
	switch {
	case strings.Contains(s, marker):
		return kindRedacted
	case isParameter(s):
		return s
	case isEmail(s):
		return kindEmail
	default:
		return kindText
	}
}

// marker begins what the scrubber writes for what it takes away.
const marker = "[REDACTED"

// countDigits returns the number of digits, and the most in a row.
func countDigits(s string) (digits, longest int) {
	run := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			run = 0
			continue
		}
		digits++
		run++
		longest = max(longest, run)
	}
	return digits, longest
}

// isParameter recognises a parameter of a template: "{name}" or ":name".
func isParameter(s string) bool {
	switch {
	case len(s) > maxSegment || len(s) < 2:
		return false
	case s[0] == ':':
		return isName(s[1:])
	default:
		return s[0] == '{' && s[len(s)-1] == '}' && isName(s[1:len(s)-1])
	}
}

// isName reports whether s is a name made of letters and "_".
func isName(s string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) && s[i] != '_' {
			return false
		}
	}
	return s != ""
}

// isDate recognises YYYY-MM, YYYY-MM-DD and YYYY-MM-DDT with anything after it.
func isDate(s string) bool {
	switch {
	case len(s) == len(shapeMonth):
		return hasShape(s, shapeMonth)
	case len(s) == len(shapeDay) || len(s) > len(shapeDay) && s[len(shapeDay)] == 'T':
		return hasShape(s[:len(shapeDay)], shapeDay)
	default:
		return false
	}
}

// isEmail recognises something@domain.something, with the "@" plain or encoded.
func isEmail(s string) bool {
	local, domain, found := strings.Cut(s, "@")
	if !found {
		local, domain, found = strings.Cut(s, "%40")
	}
	return found && local != "" && strings.Contains(domain, ".")
}

func isUUID(s string) bool { return hasShape(s, shapeUUID) }

// isULID recognises the 26 characters of a ULID, in either case. Its alphabet has
// no I, L, O and U; the first character is at most 7, as it holds 3 bits.
func isULID(s string) bool {
	if len(s) != 26 || s[0] < '0' || s[0] > '7' {
		return false
	}
	for i := range len(s) {
		if !isLetter(s[i]) && !isDigit(s[i]) || strings.IndexByte("ILOUilou", s[i]) >= 0 {
			return false
		}
	}
	return true
}

// Shapes: d is a digit and x a hex digit.
const (
	shapeMonth = "dddd-dd"
	shapeDay   = "dddd-dd-dd"
	shapeUUID  = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
)

// hasShape compares s with a shape.
func hasShape(s, shape string) bool {
	if len(s) != len(shape) {
		return false
	}
	for i := range len(s) {
		switch shape[i] {
		case 'd':
			if !isDigit(s[i]) {
				return false
			}
		case 'x':
			if !isHex(s[i]) {
				return false
			}
		default:
			if s[i] != shape[i] {
				return false
			}
		}
	}
	return true
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func isHex(b byte) bool {
	return isDigit(b) || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
}

func isLetter(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}
