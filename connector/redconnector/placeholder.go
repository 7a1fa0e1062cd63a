package redconnector

import "strings"

// Lengths from which a segment that mixes letters and digits is data and not a
// word: "v2" and "oauth2" are words, "2c1743a3" and "user20231" are not.
const (
	minHex    = 8
	minToken  = 16
	minDigits = 4 // in a row
)

// placeholder returns what stands for a segment of a path in its template, or
// "" if the segment is kept. The first that fits:
//
//	{date}      a date or time in ISO 8601    2024-05-17, 2024-05, 2024-05-17T10:00:00Z
//	{redacted}  a marker of the scrubber      [REDACTED:email]
//	            a parameter is kept           {id}, :id
//	{email}     an address                    ann@example.com, ann%40example.com
//	{text}      other characters than         J%C3%BCrgen, a:b, Users(5)
//	            A-Z a-z 0-9 - . _ ~
//	{uuid}      a UUID                        123e4567-e89b-12d3-a456-426614174000
//	{id}        a number                      42, -1, 1.5, 10.0.0.1
//	{ulid}      a ULID                        01ARZ3NDEKTSV4RRFFQ69G5FAV
//	{hex}       8 or more hex digits          5f2b8c1d
//	{id}        4 digits in a row             order-8842
//	{token}     16 or more mixed letters and  V1StGXR8_Z5jdHi6
//	            digits, or too long
//
// When in doubt a segment is data: a word taken for data merges endpoints, data
// taken for a word makes endpoints without end and may put a name in a label.
func placeholder(segment string) string {
	c := scan(segment)
	switch {
	case isDate(segment):
		return "{date}"
	case c.reserved:
		return reservedPlaceholder(segment)
	case isUUID(segment):
		return "{uuid}"
	case c.digits > 0 && c.letters == 0 && !c.wordMarks:
		return "{id}"
	case isULID(segment, c):
		return "{ulid}"
	case c.hexOnly && c.digits > 0 && len(segment) >= minHex:
		return "{hex}"
	case c.digitRun >= minDigits:
		return "{id}"
	case c.isToken(len(segment)):
		return "{token}"
	default:
		return ""
	}
}

// reservedPlaceholder is placeholder for segments with a reserved character.
func reservedPlaceholder(segment string) string {
	switch {
	case strings.Contains(segment, "[REDACTED"):
		return "{redacted}"
	case isParameter(segment):
		return ""
	case isEmail(segment):
		return "{email}"
	default:
		return "{text}"
	}
}

// census is what a segment is made of.
type census struct {
	letters, digits int
	digitRun        int  // the longest run of digits
	upper, lower    bool // has such letters
	hexOnly         bool // hex digits only
	wordMarks       bool // has "_" or "~", which numbers have not
	reserved        bool // has a character that RFC 3986 does not call unreserved
}

func scan(segment string) census {
	c := census{hexOnly: true}
	run := 0
	for i := range len(segment) {
		b := segment[i]
		digit := '0' <= b && b <= '9'
		switch {
		case digit:
			c.digits++
		case 'a' <= b && b <= 'z':
			c.letters++
			c.lower = true
		case 'A' <= b && b <= 'Z':
			c.letters++
			c.upper = true
		case b == '-' || b == '.':
		case b == '_' || b == '~':
			c.wordMarks = true
		default:
			c.reserved = true
		}
		if digit {
			run++
			c.digitRun = max(c.digitRun, run)
		} else {
			run = 0
		}
		c.hexOnly = c.hexOnly && isHex(b)
	}
	return c
}

// isToken reports whether a segment of n bytes reads like random text. One digit
// alone is not enough, "oauth2-authorization" is a word.
func (c census) isToken(n int) bool {
	if n > maxSegment {
		return true
	}
	mixed := c.letters > 0 && c.digits > 1 || c.upper && c.lower && c.digits > 0
	return n >= minToken && mixed
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
	const month, day = len("2006-01"), len("2006-01-02")
	switch {
	case len(s) == month:
		return hasShape(s, "dddd-dd")
	case len(s) == day || len(s) > day && s[day] == 'T':
		return hasShape(s[:day], "dddd-dd-dd")
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

func isUUID(s string) bool {
	return hasShape(s, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}

// isULID recognises the 26 characters of a ULID, in either case. Its alphabet
// has no I, L, O and U; the first character is at most 7, as it holds 3 bits.
func isULID(s string, c census) bool {
	return len(s) == 26 && '0' <= s[0] && s[0] <= '7' &&
		c.letters+c.digits == len(s) && !strings.ContainsAny(s, "ILOUilou")
}

// hasShape compares s with a shape in which d is a digit and x a hex digit.
func hasShape(s, shape string) bool {
	if len(s) != len(shape) {
		return false
	}
	for i := range len(s) {
		switch shape[i] {
		case 'd':
			if s[i] < '0' || s[i] > '9' {
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

func isHex(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
}

func isLetter(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}
