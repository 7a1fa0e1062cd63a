package matrix

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/bench/rivals/canary"
	"github.com/readygate/readygate/internal/leaf/leaftest"
)

func TestACanaryCountsAsGoneOnlyIfNoSlotHoldsIt(t *testing.T) {
	secret := canary.Canary{Text: "abcdef", Hidden: "cde"}
	before := map[string]string{"A": "abcdef", "B": "1", "M.Key": "k", "M.Value.X": "2"}
	slots := func(pairs ...string) []leaftest.Slot {
		var list []leaftest.Slot
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, leaftest.Slot{Path: pairs[i], Text: &pairs[i+1]})
		}
		return list
	}
	for name, c := range map[string]struct {
		after []leaftest.Slot
		under string
		want  effect
	}{
		"masked":                  {slots("A", "*", "B", "1", "M.Key", "k", "M.Value.X", "2"), "", effect{gone: true, alone: true}},
		"left":                    {slots("A", "abcdef", "B", "1", "M.Key", "k", "M.Value.X", "2"), "", effect{alone: true}},
		"moved elsewhere":         {slots("A", "*", "B", "abcdef", "M.Key", "k", "M.Value.X", "2"), "", effect{}},
		"another slot changed":    {slots("A", "*", "B", "*", "M.Key", "k", "M.Value.X", "2"), "", effect{gone: true}},
		"another slot went":       {slots("A", "*", "M.Key", "k", "M.Value.X", "2"), "", effect{gone: true}},
		"another type":            {slots("A", "*", "B", "1", "M.Key", "k", "M.Value.Y", "2"), "", effect{gone: true}},
		"changed under the key":   {slots("A", "*", "B", "1", "M.Key", "k", "M.Value.X", "*"), "M.Value.", effect{gone: true, alone: true}},
		"went under the key":      {slots("A", "*", "B", "1", "M.Key", "k"), "M.Value.", effect{gone: true, alone: true}},
		"key went with its value": {slots("A", "*", "B", "1"), "M.Value.", effect{gone: true}},
	} {
		require.Equal(t, c.want, compare(before, c.after, "A", c.under, secret), name)
	}
}

func TestAKeyIsPlantedAboveTheValueThatItNames(t *testing.T) {
	inner, outer, value := "inner", "outer", "v"
	slots := []leaftest.Slot{
		{Path: "A.Key", Text: &outer},
		{Path: "A.Value.Values[0].Key", Text: &inner},
		{Path: "A.Value.Values[0].Value.StringValue", Text: &value},
	}

	under, fits := plant(slots, 2, canary.Canary{Text: "secret", Key: "password"})

	require.True(t, fits)
	require.Equal(t, "A.Value.Values[0].Value.", under)
	require.Equal(t, []string{"outer", "password", "secret"}, []string{outer, inner, value})
	_, fits = plant(slots, 1, canary.Canary{Text: "secret", Key: "password"})
	require.False(t, fits, "what a key says does not hold for keys under it")
}
