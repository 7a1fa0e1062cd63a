package detect

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// FuzzScrub holds the scanner's promises for any text under any key: it does not
// panic, its findings are in order and inside the text, its output is bounded,
// scrubbing twice is scrubbing once, and JSON stays JSON.
func FuzzScrub(f *testing.F) {
	for _, line := range append(cleanLines(), mixedLines(f)...) {
		f.Add("message", line)
	}
	for _, seed := range []string{
		`{"password": "{{token}}", "pan": {{visa}}, "l": [{{visa}}, -{{visa}}], "e": "jane\u0040example.com"}`,
		`{"a":"{\"token\":\"{{jwt}}\",\"n\":{{visa}}}"}`,
		`Authorization: Bearer {{token}}{{nl}}Cookie: x`, `https://u:p@ss@h.example.com/?password={{sk}}`,
		`password=[REDACTED:email]x card {{visa.dashed}}-{{visa.dashed}} {{ssn}}-{{ssn}}`,
		`[REDACTED:payment_card:1111]{{visa}}`, "{{pemcut}}{{pem}}",
		`{"msg":"Enter password:","l":["secret=","b"],"e":"password=\\","f":"password=abc\\","x":1}`,
		`{"a":"\u0022pwd\u0022:\u0022x1\u0022","e":"Authorization: Digest a=\"b\", c","n":1}`,
		`{"env":[{"name":"DB_PASSWORD","value":"x1"}],"q":"password='a''b'","h":[]string{"x"}}`,
	} {
		f.Add("token", fill(f, seed))
	}
	scanner := Default()
	rules := scanner.Rules()
	f.Fuzz(func(t *testing.T, keyName, text string) {
		key := scanner.Key(keyName)
		end := 0
		found, reason := scanner.Scan(nil, Value{Text: text, Key: key}, rules)
		require.Empty(t, reason)
		for _, finding := range found {
			require.True(t, finding.Start >= end && finding.End > finding.Start && finding.End <= len(text), "%+v", finding)
			end = finding.End
		}
		clean, findings, reason := scanner.Scrub(nil, Value{Text: text, Key: key}, rules)
		require.Empty(t, reason, "%q does not settle", text)
		for _, finding := range findings {
			require.True(t, finding.Start >= 0 && finding.End > finding.Start && finding.End <= len(text), "%+v", finding)
		}
		require.LessOrEqual(t, len(clean), len(text)*20+64)
		require.Equal(t, utf8.ValidString(text), utf8.ValidString(clean) && utf8.ValidString(text))
		again, _, _ := scanner.Scrub(nil, Value{Text: clean, Key: key}, rules)
		require.Equal(t, clean, again, "scrubbing twice")
		if !key.Sensitive() && strings.HasPrefix(text, "{") && json.Valid([]byte(text)) {
			require.True(t, json.Valid([]byte(clean)), "%s became %s", text, clean)
		}
	})
}

// Hostile texts: what makes a careless scanner quadratic takes a time here that
// is far from it. The bound is generous, since machines differ: the square of
// the length would take minutes.
func TestHostileTextsTakeLinearTime(t *testing.T) {
	const size = 1 << 20
	scanner := Default()
	for _, unit := range []string{
		"password=", "token=", "token:{ ", "password:[", `password="`, `password=\"`, `token='`, "authorization: ", "pin=", "pin:", "authorization=realm=", "password:/", "pass=", "pin=[REDACTED:email]", "Authorization: x ", "value:", "password \\", "\x1b[0m", "password\t ", "-----BEGIN PRIVATE KEY-----\nA: b\n", "://", "://a:b/", "://a:b@",
		"@", "a@b.co ", "a@", "eyJ", "eyJ.", fill(t, "{{jwt}}."), "-----BEGIN PRIVATE KEY-----", "ghp_", "github_pat_", "AKIA", "sk_live_",
		"4", "4 ", fill(t, "{{visa}}-"), fill(t, "{{visa.spaced}} "), "219-09-", "bearer ", "Set-Cookie: a=b;", "?code=", "[REDACTED:", "[", "\\", `\"`, "%40", " ", "=", ":", "\x00", "é", "\xff",
	} {
		text := strings.Repeat(unit, size/len(unit))
		start := time.Now()
		_, _, _ = scrubbed(scanner, KeyClass{}, text)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q repeated to %d bytes took %s", unit, len(text), took)
		} else if took > time.Second {
			t.Logf("%q: %s", unit, took)
		}
	}
}
