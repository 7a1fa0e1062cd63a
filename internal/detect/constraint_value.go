package detect

import "strings"

// constraintValue finds the values that databases quote in their errors: what a
// client gave, often a name, an address or a number of a person. It knows the
// messages of PostgreSQL, MySQL, SQL Server and MongoDB.
var constraintValue = &Detector{
	Name:     "constraint_value",
	Summary:  "value that a database quotes in an error: Duplicate entry 'x' for key, Key (email)=(x) already exists",
	Evidence: "the words of the message",
	anchors: []string{"Duplicate entry ", ")=(", "duplicate key value is (", "nvalid input syntax for ", "ncorrect string value: '", "ncorrect integer value: '", "ncorrect datetime value: '",
		"ncorrect decimal value: '", "Failing row contains (", "dup key: {"},
	match: func(c *candidate) (Finding, bool) {
		closing := map[byte]string{'\'': "'", '(': ")", '{': "}"}[c.text[c.end-1]]
		start := c.end
		switch {
		case strings.HasPrefix(c.text[c.at:], "Duplicate"):
			if start, closing = openingDelimiter(c.text, c.end); closing == "" {
				return Finding{}, false
			}
		case closing == "": // invalid input syntax for type uuid: "x"
			colon := strings.Index(window(c.text, c.end, maxPEMLabel), ": ")
			if colon < 0 {
				return Finding{}, false
			}
			quoted, delimiter := openingDelimiter(c.text, c.end+colon+2)
			if delimiter == "" {
				return Finding{}, false
			}
			start, closing = quoted, delimiter
		case c.text[c.at] == ')' && !strings.Contains(c.text[max(0, c.at-maxKey):c.at], "Key ("):
			return Finding{}, false
		}
		end := len(c.text)
		first := closing + " "
		switch c.text[c.at] {
		case 'D':
			first = closing + " for key"
		case 'F':
			first = closing + "." // the row may hold brackets
		}
		for _, behind := range [...]string{first, closing + " ", closing + ",", closing + ".", closing + `"`, closing + `\`, closing} {
			if i := strings.Index(window(c.text, start, maxToken), behind); i >= 0 {
				end = start + i
				break
			}
		}
		if closing == "}" {
			if behind, closed := compositeEnd(window(c.text, 0, start+maxToken), start-1); closed {
				end = behind - 1
			}
		}
		if found := c.text[start:end]; end == start || !reveals(found) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Likely}, true
	},
	sample: func() Sample {
		return Sample{Text: "Duplicate entry 'doe17' for key 'users.login'", Secret: "doe17"}
	},
}
