package detect

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The anchors of tokens, and what is nearly one, repeated: see
// TestHostileTextsTakeLinearTime.
func TestHostileTokensTakeLinearTime(t *testing.T) {
	const size = 1 << 16
	s, err := New(slices.Concat(credentialList, vendorList)...)
	require.NoError(t, err)
	units := []string{
		"mnemonic zoo ", "zoo ", "seed phrase ", "seed phrase zoo zoo zoo ", "mailgun ", "mailgun key-", "wif ", "wif 5Kb", "xprv", "Private-Lines: 1\n", "Private-Lines: 1\nPrivate-MAC",
		ssh2Begin, ssh2Begin + "\n", "&sig=", "sv=1&sig=" + noise(sasLength), `"k"`, `"k":"` + noise(30) + `"`, `"kty"`, "$1$", "$1$a$", "$argon2$$$$", "{SHA", "scrypt:$", "a1", "a1B",
		"612345678:AA", "612345678:A-", "MTA", "MTIzNDU2Nzg5", "1/1234567890123456:", "1234567890123456|", "https://hooks.slack.com/services/", `\/`, "AK" + "IAQ7WD2KX3LM4TZ2RB", "AK" + "IAQ7WD2KX3LM4TZ2RB ",
	}
	for _, forms := range formsOf {
		for i := range forms {
			f := &forms[i]
			units = append(units, f.prefix, f.example(), f.example()+"."+f.prefix)
		}
	}
	for _, unit := range units {
		text := strings.Repeat(unit, size/len(unit))
		start := time.Now()
		_, _, _ = scrubbed(s, KeyClass{}, text)
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%q repeated to %d bytes took %s", unit, len(text), took)
		} else if took > 500*time.Millisecond {
			t.Logf("%q: %s", unit, took)
		}
	}
}
