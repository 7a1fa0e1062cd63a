package detect

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The numbers are the examples of the standards and of those who use them.
func TestEachValidatorAcceptsItsExampleAndNotItsNeighbour(t *testing.T) {
	for name, c := range map[string]struct{ valid, invalid string }{
		"luhn":     {"7992739871-3", "79927398714"},
		"verhoeff": {"236-3", "2364"},
		"mod97":    {"794 44", "794 45"},
		"mod11_10": {"0794 5", "07946"},
		"mod11_2":  {"0000-0002-1825-0097", "0000-0002-1825-0098"},
		"iban":     {"GB82 WEST " + "1234 5698 7654 32", "GB82 WEST " + "1234 5698 7654 33"},
	} {
		require.True(t, validators[name](c.valid), "%s: %s", name, c.valid)
		require.False(t, validators[name](c.invalid), "%s: %s", name, c.invalid)
		for _, s := range []string{"", "7", "x", "-", "no digits"} {
			require.False(t, validators[name](s), "%s: %q", name, s)
		}
	}
	require.True(t, validators["mod11_2"]("0000-0002-1694-233X"), "X is ten")
	require.Len(t, Validators(), 6)
}
