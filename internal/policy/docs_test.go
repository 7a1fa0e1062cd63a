package policy_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/policy"
)

// Whoever copies an example from the documentation has a gateway that starts.
func TestTheExamplesOfTheDocumentationArePolicies(t *testing.T) {
	keys := filepath.Join(t.TempDir(), "pseudonym")
	for _, suffix := range []string{".key", ".k1.key"} {
		require.NoError(t, os.WriteFile(keys+suffix, []byte(key), 0o600))
	}
	for _, page := range []string{"policies.md", "pseudonyms.md"} {
		text, err := os.ReadFile(filepath.Join("../../docs", page))
		require.NoError(t, err)
		examples := strings.Split(string(text), "```yaml\n")[1:]
		require.NotEmpty(t, examples, page)
		for _, example := range examples {
			example, _, _ = strings.Cut(example, "```")
			f, err := policy.Parse(page, []byte(strings.ReplaceAll(example, "/etc/readygate/pseudonym", keys)), places)
			require.NoError(t, err, example)
			set, err := f.Compile(policy.Options{Places: places})
			require.NoError(t, err, example)
			require.NoError(t, set.SelfTest(), example)
		}
	}
}

func TestAShortKeyIsToldWhereItCameFrom(t *testing.T) {
	short := filepath.Join(t.TempDir(), "short.key")
	require.NoError(t, os.WriteFile(short, []byte("hush"), 0o600))
	_, err := policy.Parse("p.yaml", []byte("pseudonyms: {key_id: k1, key_file: "+short+"}"), places)
	require.EqualError(t, err, "p.yaml:1:36: pseudonyms.key_file: got 4 bytes, allowed: 32 or more")
}
