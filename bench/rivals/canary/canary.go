// Package canary has made-up secrets to plant into telemetry. They are put
// together at run time, so that this repository holds none.
package canary

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
)

// Canary is one made-up secret.
type Canary struct {
	// Kind names what it is, and is distinct.
	Kind string
	// Text is what is planted; Hidden is the part of it that must not leave.
	Text, Hidden string
	// Key, where it is not empty, is what the canary is planted under: nothing but
	// this key tells that the text is secret.
	Key string
}

// Card is the number that card schemes publish for tests. It fits numbers too.
var Card = "4" + strings.Repeat("1", 15)

// All returns one canary of each kind.
func All() []Canary {
	base64url := base64.RawURLEncoding.EncodeToString
	var (
		accessKey = "AK" + "IA" + "Z7VRQ5JN3MXW2LKT"
		signature = strings.Repeat("q7Zx", 10)
		jwt       = base64url([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + base64url([]byte(`{"sub":"jane"}`)) + "." + signature
		word      = "Tr0ub4dor" + "Staple9"
		pem       = strings.Repeat("MIIEpAIBAAKCAQEA7bq0", 6)
		body      = strings.Repeat("a1B2c3", 6)
		stripe    = strings.Repeat("4eC39HqL", 3)
		bearer    = strings.Repeat("mF9x", 8)
	)
	return []Canary{
		{Kind: "AWS access key id", Text: accessKey, Hidden: accessKey[:16]},
		{Kind: "GitHub token", Text: "gh" + "p_" + body, Hidden: body},
		{Kind: "Stripe key", Text: "sk_" + "live_" + stripe, Hidden: stripe},
		{Kind: "JWT", Text: jwt, Hidden: signature},
		{Kind: "private key", Text: "-----BEGIN RSA " + "PRIVATE KEY-----\n" + pem + "\n-----END RSA " + "PRIVATE KEY-----", Hidden: pem},
		{Kind: "bearer header", Text: "Authorization: Bear" + "er " + bearer, Hidden: bearer},
		{Kind: "URL userinfo", Text: "postgres://jane:" + word + "@db.example.com:5432/shop", Hidden: word},
		{Kind: "password in text", Text: "pass" + "word=" + word, Hidden: word},
		{Kind: "password under its key", Text: word, Hidden: word, Key: "password"},
		{Kind: "payment card", Text: Card, Hidden: Card[:12]},
		{Kind: "SSN", Text: "219-" + "09-" + "9999", Hidden: "09-9999"},
		{Kind: "e-mail", Text: "jane.doe" + "@" + "example.com", Hidden: "jane.doe"},
	}
}

// Number returns the canary's text as a number, if it is one.
func (c Canary) Number() (int64, bool) {
	n, err := strconv.ParseInt(c.Text, 10, 64)
	return n, err == nil
}

// In reports whether text still gives the canary away, be it plain, or as the
// base64 or hexadecimal digits that the Collector's APIs write bytes in.
func (c Canary) In(text string) bool {
	if strings.Contains(text, c.Hidden) {
		return true
	}
	// Whole groups of three bytes, so that what follows does not change the digits.
	whole := c.Text[:len(c.Text)/3*3]
	return strings.Contains(text, base64.StdEncoding.EncodeToString([]byte(whole))) ||
		strings.Contains(text, hex.EncodeToString([]byte(c.Text)))
}
