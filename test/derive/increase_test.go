package derive

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// programs is how many random ones there are of each kind.
const programs = 30

// TestCountsAreWhatCameIn runs random programs against a gateway that remembers nothing
// from life to life. A restart is a clean counter reset: whoever is pushed to misses
// nothing, and whoever scrapes at most the last two flushes before it, of which the
// second goes with the page. Between restarts increase() is exact.
func TestCountsAreWhatCameIn(t *testing.T) {
	prove(t, false)
}

// TestWithStorageCountsAreWhatCameInOverRestarts runs random programs against a gateway
// with storage: restarts lose and double nothing, and a kill loses at most what came
// after the last flush.
func TestWithStorageCountsAreWhatCameInOverRestarts(t *testing.T) {
	prove(t, true)
}

func prove(t *testing.T, storage bool) {
	t.Helper()
	var first sync.Once // finding the smallest program takes long
	for seed := range uint64(programs) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			s := randomScenario(seed, storage)
			why := s.execute(t)
			if why == "" {
				return
			}
			first.Do(func() {
				s, why = s.smallest(func(s scenario) string { return s.execute(t) })
			})
			require.Fail(t, why, "%s", s)
		})
	}
}
