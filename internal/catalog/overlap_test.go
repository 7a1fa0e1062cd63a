package catalog

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Two entries overlap where one series can be found that both govern.
func TestOverlapsAreFoundAsIfEveryTwoEntriesWereCompared(t *testing.T) {
	names, namespaces, environments := []string{"a", "b"}, []string{"", "x", "y"}, []string{"", "p", "s", "d"}
	overlap := func(s, t Service) bool {
		return slices.ContainsFunc([]string{"", "x", "y", "z"}, func(namespace string) bool {
			return slices.ContainsFunc([]string{"", "p", "s", "d", "q"}, func(environment string) bool {
				return s.Governs(s.Name, namespace, environment) && t.Governs(s.Name, namespace, environment)
			})
		})
	}
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 2000 {
		index := make(overlaps)
		var entries []Service
		for i := range 5 {
			s := Service{Name: names[random.IntN(2)], Namespace: namespaces[random.IntN(3)]}
			for _, e := range environments[1:] {
				if random.IntN(3) == 0 {
					s.Environments = append(s.Environments, e)
				}
			}
			want := slices.IndexFunc(entries, func(t Service) bool { return overlap(s, t) })
			got, ok := index.first(s)
			require.Equal(t, want >= 0, ok, "%+v among %+v", s, entries)
			if ok {
				require.Equal(t, want, got, "%+v among %+v", s, entries)
				found++
			}
			index.add(i, s)
			entries = append(entries, s)
		}
	}
	require.Greater(t, found, 1000)
}
