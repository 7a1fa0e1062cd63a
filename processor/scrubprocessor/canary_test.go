package scrubprocessor

import (
	"encoding/base64"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/leaf/leaftest"
)

// canary is a made-up secret, put together at run time so that this repository
// holds none.
type canary struct {
	name string
	// text is what is planted; hidden is the part of it that must not leave.
	text, hidden string
}

func canaries() []canary {
	base64url := base64.RawURLEncoding.EncodeToString
	var (
		accessKey = "AK" + "IA" + "Z7VRQ5JN3MXW2LKT"
		jwt       = base64url([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + base64url([]byte(`{"sub":"jane"}`)) + "." + strings.Repeat("q7Zx", 10)
		word      = "Tr0ub4dor" + "Staple9"
		pem       = strings.Repeat("MIIEpAIBAAKCAQEA7bq0", 6)
	)
	return []canary{
		{"aws_access_key_id", accessKey, accessKey[:16]},
		{"github", "gh" + "p_" + strings.Repeat("a1B2c3", 6), strings.Repeat("a1B2c3", 6)},
		{"stripe", "sk_" + "live_" + strings.Repeat("4eC39HqL", 3), strings.Repeat("4eC39HqL", 3)},
		{"jwt", jwt, strings.Repeat("q7Zx", 10)},
		{"private_key_pem", "-----BEGIN RSA " + "PRIVATE KEY-----\n" + pem + "\n-----END RSA " + "PRIVATE KEY-----", pem},
		{"http_authorization", "Authorization: Bear" + "er " + strings.Repeat("mF9x", 8), strings.Repeat("mF9x", 8)},
		{"url_userinfo", "postgres://jane:" + word + "@db.example.com:5432/shop", word},
		{"secret_assignment", "pass" + "word=" + word, word},
		{"payment_card", card, card[:12]},
		{"us_ssn", "219-" + "09-" + "9999", "09-9999"},
		{"email", "jane.doe" + "@" + "example.com", "jane.doe"},
	}
}

// card is the number that card schemes publish for tests. It is also a number.
var card = "4" + strings.Repeat("1", 15)

// plant puts the canary into slot, if it fits there.
func plant(slot leaftest.Slot, c canary) bool {
	switch {
	case slot.Text != nil:
		*slot.Text = c.text
		return true
	case slot.Bytes != nil:
		*slot.Bytes = []byte(c.text)
		return true
	}
	n, err := strconv.ParseInt(c.text, 10, 64)
	if err != nil {
		return false
	}
	if slot.Int != nil {
		*slot.Int = n
	} else {
		*slot.Double = float64(n)
	}
	return true
}

func TestNoCanaryLeavesWhereverItIsPlanted(t *testing.T) {
	for _, s := range leaftest.Signals() {
		for _, c := range canaries() {
			t.Run(s.Name+"/"+c.name, func(t *testing.T) {
				data := received(t, s)
				for _, slot := range leaftest.Slots(data) {
					plant(slot, c)
				}
				before := leaftest.Slots(data)

				data = process(t, defaults(), data)

				after := leaftest.Slots(data)
				require.Len(t, after, len(before))
				for i, slot := range after {
					// The path names the type: a value that kept one kept the other.
					require.Equal(t, before[i].Path, slot.Path)
					require.NotContains(t, slot.String(), c.hidden, slot.Path)
				}
				once := encode(t, s, data)
				require.NotContains(t, string(once), c.hidden)
				twice := process(t, defaults(), decode(t, s, once))
				require.Equal(t, leaftest.Values(data), leaftest.Values(twice), "scrubbing twice gives what scrubbing once gave")
			})
		}
	}
}

func TestNothingChangesButTheSlotWithTheCanary(t *testing.T) {
	c := canaries()[0]
	number := canary{text: card}
	for _, s := range leaftest.Signals() {
		t.Run(s.Name, func(t *testing.T) {
			clean := encode(t, s, received(t, s))
			want := leaftest.Slots(decode(t, s, clean))
			for i := range want {
				data := decode(t, s, clean)
				slot := leaftest.Slots(data)[i]
				if !plant(slot, c) {
					plant(slot, number)
				}

				got := leaftest.Slots(process(t, defaults(), data))

				require.Len(t, got, len(want))
				for j := range want {
					require.Equal(t, want[j].Path, got[j].Path)
					if j != i {
						require.Equalf(t, want[j].String(), got[j].String(), "%s changed, the canary is in %s", got[j].Path, want[i].Path)
					}
				}
				if slot.Int != nil || slot.Double != nil {
					require.Equal(t, "0", got[i].String(), got[i].Path)
				} else {
					require.Regexp(t, `^\[REDACTED:aws_access_key_id.*\]$`, got[i].String(), got[i].Path)
				}
			}
		})
	}
}
