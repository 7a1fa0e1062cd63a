package detect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAScanThatTakesTooLongIsGivenUpAndTheValueReplaced(t *testing.T) {
	for name, unit := range map[string]string{"matchers": "jane@example.com ", "values of keys": "phone=x "} {
		s := Default()
		s.MaxTime = 1 // a nanosecond
		text := strings.Repeat(unit, 5_000)
		clean, _, reason := scrubbed(s, KeyClass{}, text)
		require.Equal(t, TooLong, reason, name)
		require.Equal(t, Unscannable(TooLong), clean, name)

		s.MaxTime = 0 // no bound
		_, _, reason = scrubbed(s, KeyClass{}, text)
		require.Empty(t, reason, name)
	}
}

// A finding that the rules only tag claims nothing: what stands inside of it is looked
// at as if it were not there.
func TestATaggedFindingHidesNoSecretInIt(t *testing.T) {
	s, err := New(Builtin()...)
	require.NoError(t, err)
	rules := s.Rules()
	for _, d := range s.Detectors() {
		if d.Name == "user_id" {
			rules.Set(d, Tag)
		}
	}
	text := fill(t, `user_id="a; password={{token}}"`)
	clean, _, _ := s.Scrub(nil, Value{Text: text}, rules)
	require.NotContains(t, clean, fakes()["token"])
}
