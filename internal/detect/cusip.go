package detect

// cusip finds the numbers of North American securities, under their key and behind
// their name. ISINs, which hold them, are public and are left alone.
var cusip = &Detector{
	Name:     "cusip",
	Summary:  "CUSIP number of a security, under its key or behind its name",
	Evidence: "nine characters with a modulus 10 double-add-double check digit, where the context names them",
	anchors:  cases("cusip"),
	keys:     words(`cusip cusipnumber cusipno cusipid`),
	match: func(c *candidate) (Finding, bool) {
		start := c.end
		for start < len(c.text) && start-c.end < 3 && (has(c.text[start], isSpace) || c.text[start] == '#' || c.text[start] == '/') {
			start++
		}
		end := span(c.text, start, cusipLength+1, isUpper|isDigit)
		if start == c.end || wordEndsAt(c.text, c.at) || wordStartsAt(c.text, end) || !securityNumber(c.text[start:end]) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Likely}, true
	},
	under:  wholeIf(securityNumber),
	sample: func() Sample { return Sample{Key: "security.cusip", Text: "0378" + "33100", Secret: "0378" + "33100"} },
}

const cusipLength = 9

// securityNumber applies ANSI X9.6: characters count 0 to 35, every second one
// doubly, and the digits of what results are added.
func securityNumber(s string) bool {
	if len(s) != cusipLength || !has(s[cusipLength-1], isDigit) || digitCount(s, cusipLength) < 2 {
		return false
	}
	sum := 0
	for i := range cusipLength - 1 {
		var v int
		switch b := s[i]; {
		case has(b, isDigit):
			v = int(b - '0')
		case has(b, isUpper):
			v = int(b-'A') + 10
		default:
			return false
		}
		if i%2 == 1 {
			v *= 2
		}
		sum += v/10 + v%10
	}
	return (10-sum%10)%10 == int(s[cusipLength-1]-'0')
}
