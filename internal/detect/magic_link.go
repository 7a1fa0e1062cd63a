package detect

import "strings"

// magicLink finds the token in the path of a link that logs in, resets a password
// or confirms an address.
var magicLink = &Detector{
	Name:     "magic_link",
	Summary:  "token in the path of a link that logs in, resets a password or confirms an address",
	Evidence: "16 characters with letters and digits behind the segment",
	anchors: []string{"/magic-link/", "/magic/", "/magiclink/", "/reset-password/", "/password-reset/", "/password_reset/", "/resetpassword/", "/password/reset/", "/password/edit/", "/verify-email/",
		"/confirm-email/", "/email/verify/", "/email-verification/", "/activate/", "/activation/", "/confirm/", "/unsubscribe/", "/invite/", "/invitation/", "/passwordless/"},
	match: func(c *candidate) (Finding, bool) {
		end := c.end
		for end < len(c.text) && (has(c.text[end], isWord|isDash) || strings.IndexByte("~=/+%", c.text[end]) >= 0) {
			end++
		}
		token := strings.TrimRight(c.text[c.end:end], "/.")
		if len(token) < minBearer || !tokenShaped(token) {
			return Finding{}, false
		}
		return Finding{Start: c.end, End: c.end + len(token), Confidence: Likely}, true
	},
	sample: func() Sample {
		return Sample{Text: "https://app.example.com/reset-password/" + noise(32), Secret: noise(32)}
	},
}
