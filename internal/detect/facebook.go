package detect

import "strings"

// facebook finds the access tokens of Facebook and Instagram, and those of their
// applications: 15 or 16 digits, a bar, and 27 characters of base64url.
var facebook = withAppTokens(tokens(&Detector{
	Name:     "facebook",
	Summary:  "Facebook or Instagram access token, of a user, a page or an application",
	Evidence: "80 letters and digits or more behind EAA or IGAA; or 27 characters behind the number of an application and a bar",
	digits:   []int{15, 16},
},
	prefixed("EAA", base62, "160").where(varied),
	prefixed("IGAA", base62, "160").where(varied),
	prefixed("IGQVJ", url64, "100"),
))

// withAppTokens has the detector look at numbers too.
func withAppTokens(d *Detector) *Detector {
	forms := d.match
	d.match = func(c *candidate) (Finding, bool) {
		if has(c.text[c.at], isDigit) {
			return appToken(c)
		}
		return forms(c)
	}
	return d
}

// appToken verifies the token of an application, whose bar may be percent-encoded.
func appToken(c *candidate) (Finding, bool) {
	const length = 27
	start := c.end
	switch rest := c.text[c.end:]; {
	case strings.HasPrefix(rest, "|"):
		start++
	case strings.HasPrefix(rest, "%7C"), strings.HasPrefix(rest, "%7c"):
		start += len("%7C")
	default:
		return Finding{}, false
	}
	end := url64.span(c.text, start, length+1)
	if end-start != length || wordEndsAt(c.text, c.at) || !varied(c.text[start:end]) {
		return Finding{}, false
	}
	return Finding{Start: c.at, End: end, Confidence: Certain}, true
}
