package spell_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/spell"
)

func TestTheNearestWordIsAtMostTwoLettersAway(t *testing.T) {
	words := []string{"email", "payment_card", "mask", "drop_value"}
	for word, want := range map[string]string{
		"emial": "email", "Email": "email", "payment-crad": "payment_card", "paymentcard": "payment_card", "maks": "mask", "dropvalue": "drop_value",
		"": "", "m": "", "telephone": "", "mk": "",
	} {
		require.Equal(t, want, spell.Nearest(word, words), word)
	}
	require.Empty(t, spell.Nearest("email", nil))
}
