package detect

// stripe finds secret and restricted keys and webhook secrets of Stripe.
// Publishable keys (pk_) are made to be seen and stay.
var stripe = &Detector{
	Name:    "stripe",
	Summary: "Stripe secret or restricted key, or webhook signing secret",
	anchors: []string{"sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"},
	match: func(c candidate) (Finding, bool) {
		if wordEndsAt(c.text, c.at) {
			return Finding{}, false
		}
		class := isAlnum
		if c.text[c.at] == 'w' {
			class = isBase64
		}
		end := span(c.text, c.end, len(c.text), class)
		if body := c.text[c.end:end]; len(body) < minStripe || allSame(body) {
			return Finding{}, false
		}
		return Finding{Start: c.at, End: end, Confidence: Certain}, true
	},
}

// minStripe is the shortest key behind its prefix; the first ones had 24
// characters, cut-off ones have fewer.
const minStripe = 10
