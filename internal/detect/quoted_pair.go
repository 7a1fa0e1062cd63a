package detect

import "strings"

// quotedPair finds secrets that stand behind their name in a pair or in a flat list of
// names and values: ('authorization', 'Bearer x') in Python, "cookie", "a=b" among the raw
// headers of Node, s:8:"password";s:10:"x" as PHP serialises.
var quotedPair = &Detector{
	Name:     "quoted_pair",
	Summary:  `secret behind its quoted name in a pair: ("password", "x"), s:8:"password";s:10:"x"`,
	Evidence: "the name in quotes, a comma or a semicolon, and a string in quotes of the same kind",
	anchors:  pairNames(),
	match: func(c *candidate) (Finding, bool) {
		quote := c.text[c.end-1 : c.end]
		name := c.text[nameStart(c.text, c.end-1) : c.end-1]
		key := c.pass.scanner.Key(name)
		if !key.is(keySecret | keyAuthorization | keyToken | keyCookie) {
			return Finding{}, false
		}
		i := c.end
		if i == len(c.text) || c.text[i] != ',' && c.text[i] != ';' {
			return Finding{}, false
		}
		i = span(c.text, i+1, maxPadding, isSpace)
		if rest := c.text[i:]; strings.HasPrefix(rest, "s:") {
			i += len("s:") + span(rest[len("s:"):], 0, maxCode, isDigit) + 1
		} else if len(rest) > 1 && (rest[0] == 'b' || rest[0] == 'u') {
			i++ // a string of Python
		}
		if i >= len(c.text) || !strings.HasPrefix(c.text[i:], quote) {
			return Finding{}, false
		}
		start := i + 1
		end := closingDelimiter(c.text, start, quote)
		value := c.text[start:end]
		// In a list of names the next string is a name too.
		if !reveals(value) || plainWord(value) || key.is(keyToken) && !key.is(keySecret) && !tokenShaped(value) {
			return Finding{}, false
		}
		if key.is(keyAuthorization) {
			scheme, ok := credentials(value)
			if !ok {
				return Finding{}, false
			}
			start += scheme
		}
		return Finding{Start: start, End: end, Confidence: Likely}, end > start
	},
	sample: func() Sample {
		return Sample{Text: `("pass` + `word", "` + noise(12) + `")`, Secret: noise(12)}
	},
}

// pairNames are the ends of names in quotes at which a pair is looked for.
func pairNames() []string {
	var all []string
	for _, name := range cases("authorization", "cookie", "password", "passwd", "secret", "token", "api-key", "api_key", "apikey", "secret_key", "access_key") {
		all = append(all, name+`"`, name+"'")
	}
	return all
}
