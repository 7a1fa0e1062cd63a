package detect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAddressesOnBlockchainsAreTagged(t *testing.T) {
	s, err := New(cryptoAddress)
	require.NoError(t, err)
	tagged := func(text string) []string {
		var found []string
		findings, _ := s.Scan(nil, Value{Text: text}, s.Rules())
		for _, f := range findings {
			if f.Action == Tag {
				found = append(found, text[f.Start:f.End])
			}
		}
		return found
	}
	all := fakes()
	for _, name := range []string{"btc", "btcsegwit", "btctaproot", "eth", "xmr"} {
		address := all[name]
		for _, format := range []string{"%", "to=%", `{"to":"%"}`, `x\n%\n`, "https://example.com/tx/%?x=1"} {
			require.Equal(t, []string{address}, tagged(strings.Replace(format, "%", address, 1)), format)
		}
		last := map[byte]string{'a': "b"}[address[len(address)-1]]
		if last == "" {
			last = "a"
		}
		require.Empty(t, tagged(address[:len(address)-1]+last), "%s with a wrong end", name)
		require.Empty(t, tagged("x"+address), "%s inside of a word", name)
		require.Empty(t, tagged(address[:20]), "%s cut off", name)
	}
	small := strings.ToLower(all["eth"])
	require.Empty(t, tagged("block "+small))
	require.Equal(t, []string{small}, tagged("wallet "+small))
}
