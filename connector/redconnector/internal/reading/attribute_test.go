package reading

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAttributesAreKnownByTheirNamesAlone(t *testing.T) {
	for a := errorType; a < attributes; a++ {
		require.NotEmpty(t, names[a], "attribute %d has no name", a)
		require.GreaterOrEqual(t, len(names[a]), shortest, names[a])
		require.Equal(t, a, attributeOf(names[a]), "%s collides with %s: hashOf needs other factors",
			names[a], names[byHash[hashOf(names[a])]])
		require.Equal(t, notRead, attributeOf(names[a]+"x"))
		require.Equal(t, notRead, attributeOf(names[a][1:]))
		for i := range names[a] {
			other := []byte(names[a])
			other[i] ^= 1
			require.Equal(t, notRead, attributeOf(string(other)), "only its character %d differs", i)
		}
	}
	for _, name := range []string{"", "x", "http", "job.nam", "http.router", "thread.name", strings.Repeat("x", 32), strings.Repeat("x", 33)} {
		require.Equal(t, notRead, attributeOf(name))
	}
	require.LessOrEqual(t, int(attributes), 64, "facts.told has 64 bits")
}
