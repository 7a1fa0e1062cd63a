package detect

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever stands around a token, it is found to its end and nothing else is taken.
func TestEveryFormIsFoundInEverySurrounding(t *testing.T) {
	s := Default()
	for name, forms := range formsOf {
		if !builtin(name).OnByDefault() {
			continue
		}
		for i := range forms {
			f := &forms[i]
			full := f.example()
			secret := full
			if f.stays {
				secret = full[f.before+len(f.prefix):]
			}
			for _, surrounding := range []string{
				"launchdarkly %s", `{"t":"%s","n":1}`, "x=%s y=2", "https://example.com/launchdarkly?x=%s&n=1", `launchdarkly\n%s\nlast`,
				`launchdarkly\u0022%s\u0022`, "\x1b[31m%s\x1b[0m launchdarkly", "('%s') launchdarkly", "launchdarkly: %s.", "launchdarkly%%20%s%%20z", "launchdarkly `%s`",
			} {
				text := strings.Replace(strings.ReplaceAll(surrounding, "%%", "%"), "%s", full, 1)
				if !strings.Contains(text, "launchdarkly") {
					text = "launchdarkly " + text
				}
				clean, found, _ := scrubbed(s, KeyClass{}, text)
				before, behind, _ := strings.Cut(text, secret)
				if strings.HasPrefix(behind, "%") && f.body.has('%') {
					continue
				}
				require.NotContains(t, clean, secret, "%s: %s", name, describe(found))
				require.True(t, strings.HasPrefix(clean, before) && strings.HasSuffix(clean, behind), "%s: %s became %s", name, text, clean)
			}
		}
	}
}

// A token cut off by a limit on attributes is found from half of its length on; one
// with a weak prefix is not, since its length is the evidence.
func TestTokensThatWereCutOffAreFoundFromHalfTheirLengthOn(t *testing.T) {
	for name, forms := range formsOf {
		d := builtin(name)
		alone, err := New(d)
		require.NoError(t, err)
		for i := range forms {
			f := &forms[i]
			full := f.example()
			head := f.before + len(f.prefix)
			half := full[:head+(f.length()+1)/2]
			if f.valid != nil && !f.valid(half) || f.exact && f.length() < 4 {
				continue
			}
			_, found, _ := scrubbed(alone, KeyClass{}, half)
			if f.exact {
				require.Empty(t, found, "%s: %s", name, half)
				continue
			}
			require.Len(t, found, 1, "%s: %s", name, half)
			_, found, _ = scrubbed(alone, KeyClass{}, full[:head+f.length()/4])
			require.Empty(t, found, "%s: a quarter", name)
		}
	}
}

// Tokens that touch each other leave nothing that a second scan would find.
func TestScrubbingTokensThatTouchSettles(t *testing.T) {
	s, err := New(Builtin()...)
	require.NoError(t, err)
	var tokens []string
	for _, forms := range formsOf {
		for i := range forms {
			tokens = append(tokens, forms[i].example())
		}
	}
	slices.Sort(tokens)
	for i, token := range tokens {
		other := tokens[(i*7+3)%len(tokens)]
		for _, sign := range []string{"", "-", "_", ".", ":", "/", "=", "|", "@", "%20", `\n`, "x"} {
			text := token + sign + other + sign + token[:len(token)/2] + sign
			clean, _, reason := scrubbed(s, KeyClass{}, text)
			require.Empty(t, reason, text)
			again, _, _ := scrubbed(s, KeyClass{}, clean)
			require.Equal(t, clean, again, text)
		}
	}
}

func TestLayoutsAreReadAsNumbersAndLiterals(t *testing.T) {
	f := exactly("x", lowerHex, "2-10.1")
	require.Equal(t, 15, f.length())
	for text, want := range map[string]int{"ab-0123456789.f": 15, "ab-0123456789.g": 14, "ab_": 2, "a": 1, "": 0} {
		end, complete := f.end(text, 0)
		require.Equal(t, want, end, text)
		require.Equal(t, want == 15, complete, text)
	}
}

func TestEntropyTagsAndChangesNothing(t *testing.T) {
	s, err := New(Select("entropy")...)
	require.NoError(t, err)
	for text, tagged := range map[string]bool{
		"t " + noise(31):                             true,
		"t " + noise(19):                             false,
		"t " + lowerHex.noise(32):                    false,
		"t VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVy": false, // text
		"t getUserById2FromTheOrderRepositoryOfAll":  false,
	} {
		clean, found, _ := scrubbed(s, KeyClass{}, text)
		require.Equal(t, text, clean)
		require.Equal(t, tagged, len(found) == 1 && found[0].Detector.Name == "generic_high_entropy", "%s %s", text, describe(found))
	}
}

func TestChecksumsOfWalletsAreVerified(t *testing.T) {
	_, ok := base58Check("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyT" + "J") // the wiki of Bitcoin
	require.True(t, ok)
	_, ok = base58Check("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyT" + "K")
	require.False(t, ok)
	for phrase, want := range map[string]bool{ // vectors of BIP 39
		"legal winner thank year wave sausage worth useful legal winner thank yellow":                                                                                                                 true,
		"legal winner thank year wave sausage worth useful legal winner thank thank":                                                                                                                  false,
		"abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art": true,
	} {
		var numbers []int
		for _, w := range strings.Fields(phrase) {
			numbers = append(numbers, bip39Words[w])
		}
		require.Equal(t, want, phraseChecks(numbers), phrase)
	}
	require.Len(t, bip39Words, 2048)
	require.Equal(t, "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda", fmt.Sprintf("%x", sha256.Sum256([]byte(bip39English))))
}
