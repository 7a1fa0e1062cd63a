package detect

import "strings"

// ssh2PrivateKey finds private keys in the format of SSH Communications Security,
// complete or cut off.
var ssh2PrivateKey = &Detector{
	Name:     "ssh2_private_key",
	Summary:  "private key in the format of SSH2, complete or cut off",
	Evidence: "the line that begins it, and 16 characters of base64 in a row behind it",
	anchors:  []string{ssh2Begin},
	match: func(c *candidate) (Finding, bool) {
		end := pemBodyEnd(c.text, pemHeadersEnd(c.text, c.end))
		if i := strings.Index(window(c.text, c.end, maxPEM), ssh2End); i >= 0 {
			end = c.end + i
			if !pemBody(c.text[c.end:end]) {
				return Finding{}, false
			}
			end += len(ssh2End)
		} else if !pemBody(c.text[c.end:end]) {
			return Finding{}, false
		}
		return Finding{Start: c.at, End: end, Confidence: Certain}, true
	},
	sample: func() Sample {
		return Sample{Text: ssh2Begin + "\n" + noise(64) + "\n" + ssh2End, Secret: noise(64)}
	},
}

const (
	ssh2Begin = "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"
	ssh2End   = "---- END SSH2 ENCRYPTED PRIVATE KEY ----"
)
