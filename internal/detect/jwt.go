package detect

import (
	"encoding/base64"
	"strings"
)

// jwt finds JSON Web Tokens: signed (three parts), encrypted (five), unsigned,
// and those that an attribute limit cut off behind the header.
var jwt = &Detector{
	Name:     "jwt",
	Summary:  "JSON Web Token whose header decodes to an object with an algorithm",
	Evidence: "the header decodes to a JSON object with \"alg\"",
	anchors:  []string{"eyJ"},
	match: func(c *candidate) (Finding, bool) {
		if wordEndsAt(c.text, c.at) {
			return Finding{}, false
		}
		end := base64URLEnd(c.text, c.at, maxJOSEHeader)
		if end == len(c.text) || c.text[end] != '.' || !joseHeader(c.text[c.at:end]) {
			return Finding{}, false
		}
		for part := 1; part < maxJOSEParts && end < len(c.text) && c.text[end] == '.'; part++ {
			next := base64URLEnd(c.text, end+1, len(c.text))
			if next == end+1 && part > 1 && (next == len(c.text) || c.text[next] != '.') {
				break // a full stop behind the token
			}
			end = next
		}
		return Finding{Start: c.at, End: end, Confidence: Certain}, true
	},
	sample: func() Sample {
		part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
		return bareSample(part(`{"alg":"HS256"}`) + "." + part(`{"sub":"17"}`) + "." + noise(43))
	},
}

const (
	// maxJOSEHeader bounds the header that is decoded; real ones are below 1 KiB.
	maxJOSEHeader = 2048
	// maxJOSEParts is the number of parts of an encrypted token, RFC 7516.
	maxJOSEParts = 5
)

// joseHeader reports whether the first part of a token decodes to a JSON object
// with an "alg", which RFC 7515, section 4.1.1, requires.
func joseHeader(part string) bool {
	decoded, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && strings.HasPrefix(string(decoded), "{") && strings.Contains(string(decoded), `"alg"`)
}
