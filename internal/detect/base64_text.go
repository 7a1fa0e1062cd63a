package detect

import (
	"encoding/base64"
	"strings"
)

// base64Text finds text in base64 that holds something to be found: JSON, XML, PEM
// and what stands behind "base64,". All of it is taken, since what is left of a
// changed encoding would not decode. The beginnings below are base64 of {", [{, <?xml
// and of the dashes of PEM, so that nothing else is decoded.
var base64Text = &Detector{
	Name:     "base64_text",
	Summary:  "base64 of JSON, XML or PEM that holds a secret or personal data",
	Evidence: "it decodes, and the scan of what it says finds something",
	anchors:  []string{"eyJ", "W3si", "PD94bWwg", "LS0tLS1CRUdJTi", "base64,"},
	match: func(c *candidate) (Finding, bool) {
		start := c.at
		if c.text[c.end-1] == ',' {
			start = c.end
		} else if wordEndsAt(c.text, c.at) {
			return Finding{}, false
		}
		p := c.pass
		if start >= p.decoded {
			p.decoded, p.attempts = base64End(c.text, start), 0
		}
		end := p.decoded // that of the run in which start lies
		if p.attempts++; p.attempts > maxAttempts || p.depth >= maxPassDepth {
			return Finding{}, false
		}
		decoded, ok := decodeBase64(c.text[start:end])
		if !ok || !p.finds(decoded) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Certain}, true
	},
	sample: func() Sample {
		return bareSample(base64.StdEncoding.EncodeToString([]byte(`{"user":"jane","pass` + `word":"` + noise(12) + `"}`)))
	},
}

// base64End returns the end of the run of base64, of either alphabet, that starts at i.
func base64End(text string, i int) int {
	for i < len(text) && (has(text[i], isAlnum|isBase64) || text[i] == '-' || text[i] == '_') {
		i++
	}
	return i
}

// maxAttempts bounds how many beginnings in one run of base64 are decoded to its end.
const maxAttempts = 8

// minBase64 is the shortest text that is decoded.
const minBase64 = 16

// decodeBase64 decodes either alphabet, with or without padding, cut off or not.
func decodeBase64(s string) (string, bool) {
	s = strings.TrimRight(s, "=")
	if len(s) < minBase64 {
		return "", false
	}
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(s, "-_") {
		encoding = base64.RawURLEncoding
	}
	if len(s)%4 == 1 {
		s = s[:len(s)-1] // it was cut off in the middle of a byte
	}
	decoded, err := encoding.DecodeString(s)
	return string(decoded), err == nil
}

// finds reports whether something acts in a decoded text.
func (p *pass) finds(text string) bool {
	kept := len(p.found)
	acted := p.nested(text, func(f Finding) Finding { return f })
	p.found = p.found[:kept]
	return acted
}
