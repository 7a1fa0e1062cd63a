package detect

import "strings"

// formPart finds the values of fields with sensitive names in the parts of a
// multipart form.
var formPart = &Detector{
	Name:     "form_part",
	Summary:  "field of a multipart form whose name is that of a secret",
	Evidence: "the name in Content-Disposition",
	anchors:  []string{`form-data; name=`, `form-data;name=`},
	match: func(c *candidate) (Finding, bool) {
		name, delimiter := openingDelimiter(c.text, c.end)
		nameStop := name + nameEnd(c.text[name:])
		key := c.pass.scanner.Key(c.text[name:nameStop])
		if !key.is(forcing &^ keyBody) {
			return Finding{}, false
		}
		// The headers end with an empty line, with real or escaped line breaks.
		head := min(len(c.text), nameStop+len(delimiter))
		rest := window(c.text, head, maxCommand)
		for _, empty := range [...]string{"\r\n\r\n", "\n\n", `\\r\\n\\r\\n`, `\\n\\n`, `\r\n\r\n`, `\n\n`} {
			at := strings.Index(rest, empty)
			if at < 0 {
				continue
			}
			start := head + at + len(empty)
			end := len(c.text)
			if i := strings.Index(c.text[start:], empty[:len(empty)/2]+"--"); i >= 0 {
				end = start + i
			} else if i := strings.IndexByte(c.text[start:], '"'); i >= 0 {
				end = start + i
			}
			if found := c.text[start:end]; end > start && reveals(found) {
				return Finding{Start: start, End: end, Confidence: Likely}, true
			}
		}
		return Finding{}, false
	},
	sample: func() Sample {
		return Sample{Text: "Content-Disposition: form-data; name=\"pass" + "word\"\r\n\r\n" + noise(12) + "\r\n--b--", Secret: noise(12)}
	},
}
