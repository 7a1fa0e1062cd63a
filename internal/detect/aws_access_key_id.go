package detect

// awsAccessKeyID finds the public half of AWS credentials. It is no secret by
// itself but names an account and a key, so its end stays readable for the person
// who has to revoke it. Identifiers of roles and users (AROA, AIDA, ANPA) are
// left alone.
var awsAccessKeyID = &Detector{
	Name:     "aws_access_key_id",
	Summary:  "AWS access key id: AKIA, ASIA, ABIA or ACCA and 16 characters of base32",
	Evidence: "exactly 16 characters of base32 behind the prefix; other capitals and digits are likely",
	Keeps:    4,
	anchors:  awsKeyPrefixes,
	match: func(c *candidate) (Finding, bool) {
		end := upper36.span(c.text, c.end, awsKeyIDLength)
		if end-c.end != awsKeyIDLength || wordEndsAt(c.text, c.at) || wordStartsAt(c.text, end) || allSame(c.text[c.end:end]) {
			return Finding{}, false
		}
		confidence := Certain
		if !base32.all(c.text[c.end:end]) {
			confidence = Likely // as in the examples of the documentation
		}
		return Finding{Start: c.at, End: end, Confidence: confidence}, true
	},
	sample: func() Sample { return bareSample("AK" + "IA" + "Q7WD2KX3LM4TZ2RB") },
}

var awsKeyPrefixes = []string{"AKIA", "ASIA", "ABIA", "ACCA"}
