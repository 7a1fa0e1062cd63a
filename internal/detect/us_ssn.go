package detect

// usSSN finds United States social security numbers. Written 3-2-4 with hyphens
// the shape itself is evidence; with other separators or bare (88.9 % of random
// nine-digit numbers are valid) they count only where their context names them.
var usSSN = &Detector{
	Name:    "us_ssn",
	Summary: "US social security number: 3-2-4 digits under the rules of the SSA, bare only with context",
	digits:  []int{3, 9},
	match: func(c candidate) (Finding, bool) {
		digits, end, base := ssnDigits(c)
		if base == 0 || !issuedSSN(digits) || ssnInsideToken(c.text, c.at, end) {
			return Finding{}, false
		}
		confidence := weigh(c, c.at, end, base, keySSN, ssnWords)
		if behindSign(c.text, c.at) && c.key&keySSN == 0 && !mentions(c.text, c.at, end, ssnWords) {
			confidence = Possible // part of an identifier, of a path, of a phone number
		}
		return Finding{Start: c.at, End: end, Confidence: confidence}, true
	},
}

// ssnDigits returns the nine digits at the candidate, the end of the number and
// how sure its shape makes it.
func ssnDigits(c candidate) (digits string, end int, base Confidence) {
	switch c.end - c.at {
	case 9:
		return c.text[c.at:c.end], c.end, Possible
	case 3:
	default:
		return "", 0, 0
	}
	end = c.at + len("ddd-dd-dddd")
	if end > len(c.text) {
		return "", 0, 0
	}
	t := c.text[c.at:end]
	separator := t[3]
	if t[6] != separator || span(t, 4, 2, isDigit) != 6 || span(t, 7, 4, isDigit) != 11 {
		return "", 0, 0
	}
	switch separator {
	case '-':
		base = Likely
	case ' ', '.':
		base = Possible
	default:
		return "", 0, 0
	}
	return t[:3] + t[4:6] + t[7:], end, base
}

// issuedSSN applies the rules of what is never assigned: area 000, 666 and 900 to
// 999, group 00, serial 0000 (SSA, POMS RM 10201.035).
func issuedSSN(d string) bool {
	area, group, serial := d[:3], d[3:5], d[5:]
	return area != "000" && area != "666" && area[0] != '9' && group != "00" && serial != "0000"
}

// ssnInsideToken reports whether the number is part of a longer one: of a word,
// a phone number, an identifier with more groups.
func ssnInsideToken(text string, start, end int) bool {
	if wordEndsAt(text, start) || wordStartsAt(text, end) {
		return true
	}
	// 11-219-09-9998 has a group too many.
	if start > 1 && has(text[start-1], isDash) && has(text[start-2], isDigit) {
		return true
	}
	return end+1 < len(text) && has(text[end], isDash) && has(text[end+1], isAlnum)
}
