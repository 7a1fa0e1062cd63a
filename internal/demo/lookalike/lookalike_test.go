package lookalike

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// shapes are what a common secret scanner looks for, by kind.
var shapes = map[string]*regexp.Regexp{
	"email":              regexp.MustCompile(`[\w.]+@[\w.]+\.(net|com|org)\b`),
	"payment_card":       regexp.MustCompile(`\b[45]\d{3}-?\d{4}-?\d{4}-?\d{4}\b`),
	"us_ssn":             regexp.MustCompile(`\b\d{3}-\d{2}-\d{4}\b`),
	"jwt":                regexp.MustCompile(`eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}`),
	"private_key_pem":    regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----\nMII`),
	"http_authorization": regexp.MustCompile(`(Bearer|Basic) [A-Za-z0-9+/]{16,}`),
	"url_userinfo":       regexp.MustCompile(`://\w+:\w+@`),
	"aws_access_key_id":  regexp.MustCompile(`\bAKIA[A-Z2-7]{16}\b`),
	"github":             regexp.MustCompile(`\bghp_[0-9A-Za-z]{36}\b`),
	"stripe":             regexp.MustCompile(`\bsk_live_[0-9A-Za-z]{24}\b`),
	"secret_assignment":  regexp.MustCompile(`password"?[=:]"?[0-9A-Za-z]{16}\b`),
}

func TestEverySecretLooksLikeItsKind(t *testing.T) {
	for range 20 {
		for _, s := range All(rand.New(rand.NewPCG(rand.Uint64(), 0))) {
			require.Contains(t, shapes, s.Kind)
			require.Regexp(t, shapes[s.Kind], s.Text)
			require.NotEmpty(t, s.Parts)
			for _, part := range s.Parts {
				require.Contains(t, s.Value, part)
				require.Contains(t, s.Text, part)
				require.Regexp(t, `^[0-9A-Za-z+/=._-]{9,}$`, part, "reads the same when escaped")
			}
		}
	}
}

func TestKeysAndValuesOfOneCallDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range All(rand.New(rand.NewPCG(1, 2))) {
		for _, word := range []string{s.Key, s.Value, s.Text} {
			require.False(t, seen[word], word)
			seen[word] = true
		}
	}
}

func TestTheSameSourceGivesTheSameSecrets(t *testing.T) {
	one, two, other := rand.NewPCG(7, 7), rand.NewPCG(7, 7), rand.NewPCG(8, 7)
	require.Equal(t, All(rand.New(one)), All(rand.New(two)))
	require.NotEqual(t, All(rand.New(one)), All(rand.New(other)))
}

func TestChecksumsAreThoseOfPublishedExamples(t *testing.T) {
	require.Equal(t, "79927398713", luhn("7992739871"))
	require.Equal(t, "000000", base62(0))
	require.Equal(t, "00001a", base62(62+36))
	require.Equal(t, "4gfFC3", base62(1<<32-1))
}

func TestNoSourceFileHoldsALookalike(t *testing.T) {
	root := filepath.Join("..", "..", "demo")
	files := 0
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		files++
		source, err := os.ReadFile(path)
		for kind, shape := range shapes {
			require.NotRegexp(t, shape, string(source), "%s: %s", path, kind)
		}
		return err
	}))
	require.NotZero(t, files)
}
