package detect

// awsAccessKeyID finds the public half of AWS credentials. It is no secret by
// itself but names an account and a key, so its end stays readable for the person
// who has to revoke it. Identifiers of roles and users (AROA, AIDA, ANPA) are
// left alone.
var awsAccessKeyID = &Detector{
	Name:    "aws_access_key_id",
	Summary: "AWS access key id: AKIA, ASIA, ABIA or ACCA and 16 characters of base32",
	Keeps:   4,
	anchors: []string{"AKIA", "ASIA", "ABIA", "ACCA"},
	match: func(c candidate) (Finding, bool) {
		const length = 16
		end := c.end
		for end < len(c.text) && end-c.end < length && (has(c.text[end], isUpper) || c.text[end] >= '2' && c.text[end] <= '7') {
			end++
		}
		if end-c.end != length || wordEndsAt(c.text, c.at) || wordStartsAt(c.text, end) || allSame(c.text[c.end:end]) {
			return Finding{}, false
		}
		return Finding{Start: c.at, End: end, Confidence: Certain}, true
	},
}
