package push

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAddressesThatAreNoneAreNotRepeated(t *testing.T) {
	for address, want := range map[string]string{
		"grafana.example.com/?a=word": "got an address without https:// before it",
		"localhost:3000":              "got an address without https:// before it",
		"https://:3000":               "got a URL without a host",
		"https://" + "user:word@" + "grafana.example.com": "got a user in the URL of grafana.example.com, allowed",
		"https://grafana.example.com/?auth_token=word":    "got a query or a fragment, after ? or #, in the URL of grafana.example.com, allowed",
		"https://grafana.example.com/?":                   "got a query or a fragment",
		"https://grafana.example.com/#word":               "got a query or a fragment",
		"https://gra fana?word":                           "got what is no URL",
	} {
		_, err := Address(address, true)
		require.ErrorContains(t, err, want, address)
		require.NotContains(t, err.Error(), "word")
	}
}

func TestPlainHTTPLeavesThisMachineOnlyWhenAllowed(t *testing.T) {
	for _, address := range []string{"http://grafana.example.com", "HTTP://192.0.2.1:3000/grafana", "http://localhost.example.com", "http://[2001:db8::1]:3000", "http://0.0.0.0:3000"} {
		_, err := Address(address, false)
		require.ErrorContains(t, err, "over which anybody on the way reads the token", address)
		_, err = Address(address, true)
		require.NoError(t, err, address)
	}
	for _, address := range []string{"http://localhost:3000", "http://127.0.0.2:3000", "http://[::1]:3000/grafana", "http://[::ffff:127.0.0.1]:3000", "https://grafana.example.com"} {
		_, err := Address(address, false)
		require.NoError(t, err, address)
	}
}

func TestTokensAreOneWord(t *testing.T) {
	for _, wrong := range []string{"", " \n", "two\nlines", "wörd"} {
		_, err := Token(wrong)
		require.ErrorContains(t, err, "got nothing, or more than one word")
	}
	got, err := Token(" " + token + "\n")
	require.NoError(t, err)
	require.Equal(t, token, got)
}
