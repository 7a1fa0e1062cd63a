package detect

import "strings"

// mailgun finds the keys of Mailgun near its name, or as the password of the user
// "api": key- and 32 hexadecimal digits, or three groups of 32, 8 and 8. Caches and
// stores have such keys too; those of Mailgun under a key that names them are found by
// secret_assignment.
var mailgun = &Detector{
	Name:     "mailgun",
	Summary:  "Mailgun key near the name of Mailgun",
	Evidence: "key- and exactly 32 hexadecimal digits, or 32-8-8 of them, 80 bytes or less from the name",
	anchors:  []string{"mailg", "Mailg", "MAILG", "api:key-"},
	match: func(c *candidate) (Finding, bool) {
		if c.text[c.at] == 'a' {
			return mailgunKey(c.text, c.at+len("api:"))
		}
		if len(c.text) < c.end+2 || toLower(c.text[c.end:c.end+2]) != "un" {
			return Finding{}, false
		}
		for i := max(0, c.at-mailgunNear); i < min(len(c.text), c.end+mailgunNear); i++ {
			if !has(c.text[i], isAlnum) {
				continue
			}
			if f, ok := mailgunKey(c.text, i); ok {
				return f, true
			}
			for i+1 < len(c.text) && has(c.text[i+1], isAlnum) {
				i++
			}
		}
		return Finding{}, false
	},
	sample: func() Sample {
		key := "key-" + lowerHex.noise(32)
		return Sample{Text: "mailgun refused " + key, Secret: key}
	},
}

// mailgunNear is how far from its name a key is looked for.
const mailgunNear = 80

// mailgunKey verifies the key at i.
func mailgunKey(text string, i int) (Finding, bool) {
	for _, f := range [...]form{
		exactly("key-", lowerHex, "32"),
		exactly("", lowerHex, "32-8-8"),
	} {
		if !strings.HasPrefix(text[i:], f.prefix) || wordEndsAt(text, i) {
			continue
		}
		body := i + len(f.prefix)
		end, complete := f.end(text, body)
		if complete && !wordStartsAt(text, end) && plausible("", text[body:end], false) {
			return Finding{Start: i, End: end, Confidence: Certain}, true
		}
	}
	return Finding{}, false
}
