package detect

import "strings"

// noise returns n characters that look like those of a token: the same ones each
// time.
func noise(n int) string {
	const letters = "q7Wd2Kx9Lm4Tz8Rb3Vn6Yc1Hs5Jf0Gp"
	return strings.Repeat(letters, n/len(letters)+1)[:n]
}

// bareSample is a sample whose text is the secret.
func bareSample(secret string) Sample { return Sample{Text: secret, Secret: secret} }
