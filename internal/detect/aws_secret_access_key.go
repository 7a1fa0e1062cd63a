package detect

import "strings"

// awsSecretAccessKey finds the secret half of AWS credentials near the id of its key.
// Alone it is only 40 characters of base64, which hashes have too; under a key that
// names it, it is found by secret_assignment.
var awsSecretAccessKey = &Detector{
	Name:     "aws_secret_access_key",
	Summary:  "AWS secret access key near an access key id",
	Evidence: "exactly 40 characters of base64 with digits and letters of both cases, 100 bytes or less from an access key id",
	anchors:  awsKeyPrefixes,
	match: func(c *candidate) (Finding, bool) {
		end := upper36.span(c.text, c.end, awsKeyIDLength+1)
		if end-c.end != awsKeyIDLength || wordEndsAt(c.text, c.at) {
			return Finding{}, false
		}
		near := max(0, c.at-awsPairDistance)
		limit := min(len(c.text), end+awsPairDistance+awsSecretLength)
		for _, part := range [...][2]int{{end, limit}, {near, c.at}} {
			for i := part[0]; i < part[1]; i++ {
				if !awsSecretBody.has(c.text[i]) {
					continue
				}
				start := i
				for n := 1; n <= 2; n++ { // the letters of \n, of %20
					if i+n < part[1] && escapeEndsAt(c.text, i+n) {
						start = i + n
					}
				}
				i = awsSecretBody.span(c.text, start, part[1]-start)
				if i-start == awsSecretLength && awsSecret(c.text[start:i]) {
					return Finding{Start: start, End: i, Confidence: Certain}, true
				}
			}
		}
		return Finding{}, false
	},
	sample: func() Sample {
		secret := noise(awsSecretLength)
		return Sample{Text: "AK" + "IA" + "Q7WD2KX3LM4TZ2RB" + ":" + secret, Secret: secret}
	},
}

const (
	awsKeyIDLength  = 16
	awsSecretLength = 40
	// awsPairDistance is how far, in bytes, the halves stand from each other.
	awsPairDistance = 100
)

var awsSecretBody = alphabetOf("0-9A-Za-z+/")

// awsSecret tells a secret from a digest and from a path.
func awsSecret(s string) bool {
	const slashes = 4
	return varied(s) && s[0] != '/' && strings.Count(s, "/") <= slashes && plausible("", s, false)
}
