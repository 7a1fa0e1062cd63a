package canary

import (
	"encoding/base64"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestACanaryIsRecognisedPlainAndEncoded(t *testing.T) {
	for _, c := range All() {
		require.Contains(t, c.Text, c.Hidden, c.Kind)
		for _, text := range []string{
			c.Text,
			"around " + c.Hidden + " it",
			base64.StdEncoding.EncodeToString([]byte(c.Text)),
			hex.EncodeToString([]byte(c.Text)),
		} {
			require.True(t, c.In(text), "%s in %s", c.Kind, text)
		}
		require.False(t, c.In("[REDACTED]"), c.Kind)
	}
}

func TestOnlyTheCardIsANumber(t *testing.T) {
	for _, c := range All() {
		_, ok := c.Number()
		require.Equal(t, c.Text == Card, ok, c.Kind)
	}
}
