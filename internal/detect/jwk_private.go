package detect

import "strings"

// jwkPrivate finds the private members of JSON Web Keys (RFC 7518, section 6): d of all
// kinds, p, q, dp, dq and qi of RSA, and k, a shared key.
var jwkPrivate = &Detector{
	Name:     "jwk_private",
	Summary:  "private member of a JSON Web Key",
	Evidence: "a member d, p, q, dp, dq, qi or k with 20 characters of base64url or more, near a member kty",
	anchors: []string{
		`"d"`, `"p"`, `"q"`, `"dp"`, `"dq"`, `"qi"`, `"k"`,
		`"d\`, `"p\`, `"q\`, `"dp\`, `"dq\`, `"qi\`, `"k\`, // JSON in a string
	},
	match: func(c *candidate) (Finding, bool) {
		start := c.end
		for start < len(c.text) && start-c.end < maxEscape && strings.IndexByte("\\\": \t\n", c.text[start]) >= 0 {
			start++
		}
		end := url64.span(c.text, start, maxJWKMember)
		if end-start < minJWKMember || !plausible("", c.text[start:end], false) || end == len(c.text) && end-start == maxJWKMember {
			return Finding{}, false
		}
		if !strings.Contains(c.text[max(0, c.at-maxJWK):min(len(c.text), end+maxJWK)], `"kty`) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Certain}, true
	},
	sample: func() Sample {
		return Sample{Text: `{"kty":"OKP","crv":"Ed25519","d":"` + url64.noise(43) + `"}`, Secret: url64.noise(43)}
	},
}

const (
	minJWKMember = 20
	// maxJWKMember is the private exponent of an RSA key of 16,384 bits.
	maxJWKMember = 2731
	// maxJWK is how far from a member the kind of the key is looked for.
	maxJWK = 4096
)
