// Package lookalike invents personal data and credentials that look real: the
// checksums hold, the prefixes are right, and none was ever issued to anybody.
// They are what a demonstration or a test plants, to see that nothing sensitive
// comes out of the gateway.
//
// Everything is put together at run time from a source of randomness, so no
// file of the repository holds one and secret scanners stay quiet.
package lookalike

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
)

// Secret is one invented value and the ways in which careless code writes it.
type Secret struct {
	// Kind is the name of the detector that is meant to find it.
	Kind string
	// Key is the attribute under which careless code keeps Value. It differs
	// between all secrets of one call of [All].
	Key string
	// Value is the value as it stands under Key.
	Value string
	// Text is a line, or several, with the value in its midst.
	Text string
	// Parts are what must not survive: not one of them may be found in
	// anything that leaves the gateway. Parts are printable ASCII without quote
	// and backslash, so they read the same in JSON and in Prometheus' text
	// format as they do here.
	Parts []string
}

// All invents one secret of every kind. The same state of r gives the same
// secrets.
func All(r *rand.Rand) []Secret {
	m := maker{r}
	return []Secret{
		m.email(),
		m.card(),
		m.groupedCard(),
		m.ssn(),
		m.jwt(),
		m.privateKey(),
		m.bearer(),
		m.basic(),
		m.urlUserinfo(),
		m.awsAccessKeyID(),
		m.githubToken(),
		m.stripeKey(),
		m.passwordAssignment(),
		m.passwordInJSON(),
	}
}

// Alphabets of the values.
const (
	digits  = "0123456789"
	lower   = "abcdefghijklmnopqrstuvwxyz"
	upper   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	alnum   = digits + upper + lower // in the order of base 62
	base32  = upper + "234567"
	letters = upper + lower
)

// maker invents the secrets, one method for each.
type maker struct{ *rand.Rand }

// pick returns n random characters of the alphabet.
func (m maker) pick(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[m.IntN(len(alphabet))]
	}
	return string(b)
}

// word returns n random characters, the first of which is a letter.
func (m maker) word(n int) string { return m.pick(letters, 1) + m.pick(alnum, n-1) }

func (m maker) email() Secret {
	local := "maria." + m.pick(lower, 7)
	address := local + "@mailbox.example.net"
	return Secret{
		Kind: "email", Key: "user.email", Value: address,
		Text:  "receipt sent to " + address + " after a retry",
		Parts: []string{local},
	}
}

func (m maker) card() Secret {
	pan := luhn("4" + m.pick(digits, 14))
	return Secret{
		Kind: "payment_card", Key: "payment.card.number", Value: pan,
		Text:  "card " + pan + " was declined by the issuer",
		Parts: []string{pan},
	}
}

func (m maker) groupedCard() Secret {
	pan := luhn("5" + m.pick("12345", 1) + m.pick(digits, 13))
	grouped := strings.Join([]string{pan[:4], pan[4:8], pan[8:12], pan[12:]}, "-")
	return Secret{
		Kind: "payment_card", Key: "payment.card.on_file", Value: grouped,
		Text:  "payment with card " + grouped + " on file",
		Parts: []string{grouped},
	}
}

// luhn appends the check digit of ISO/IEC 7812-1 to the digits.
func luhn(payload string) string {
	sum := 0
	for i := range len(payload) {
		d := int(payload[len(payload)-1-i] - '0')
		if i%2 == 0 { // every second digit from the right, the check digit being the first
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return payload + string(digits[(10-sum%10)%10])
}

// ssn stays within the areas and groups that the Social Security
// Administration gives out (POMS RM 10201.035).
func (m maker) ssn() Secret {
	ssn := fmt.Sprintf("%03d-%02d-%04d", 100+m.IntN(500), 10+m.IntN(90), 1000+m.IntN(9000))
	return Secret{
		Kind: "us_ssn", Key: "customer.ssn", Value: ssn,
		Text:  "taxpayer with ssn " + ssn + " verified",
		Parts: []string{ssn},
	}
}

func (m maker) urlUserinfo() Secret {
	user, password := "svc"+m.pick(lower, 6), m.word(18)
	url := "https://" + user + ":" + password + "@ledger.shop.internal:8443/entries"
	return Secret{
		Kind: "url_userinfo", Key: "url.full", Value: url,
		Text:  "GET " + url + " timed out",
		Parts: []string{user, password},
	}
}

func (m maker) bearer() Secret {
	token := m.word(40)
	return Secret{
		Kind: "http_authorization", Key: "http.request.header.authorization", Value: "Bearer " + token,
		Text:  "upstream got Authorization: Bearer " + token,
		Parts: []string{token},
	}
}

func (m maker) basic() Secret {
	// 21 bytes: a multiple of three needs no padding.
	credentials := base64.StdEncoding.EncodeToString([]byte(m.pick(lower, 6) + ":" + m.word(14)))
	return Secret{
		Kind: "http_authorization", Key: "http.request.header.proxy-authorization", Value: "Basic " + credentials,
		Text:  "proxy got Authorization: Basic " + credentials,
		Parts: []string{credentials},
	}
}
