package derive

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDeltasAddUpToWhatCameIn refuses every third of the calls, while four goroutines
// send, series expire and the connector restarts: what was accepted adds up to what came
// in, nothing is sent twice and nothing is dropped with a refusal.
func TestDeltasAddUpToWhatCameIn(t *testing.T) {
	for seed := range uint64(20) {
		for _, storage := range []bool{false, true} {
			t.Run(fmt.Sprintf("seed %d storage %t", seed, storage), func(t *testing.T) {
				t.Parallel()
				truth, accepted := deltas(t, seed, storage)
				require.Empty(t, accepted.outside(truth, truth))
			})
		}
	}
}

func deltas(t *testing.T, seed uint64, storage bool) (truth, accepted tally) {
	t.Helper()
	const lives, flushes, goroutines, batches = 3, 8, 4, 4
	random := rand.New(rand.NewPCG(seed, 5))
	world := world{services: 3, versions: 2, names: 5, sampled: true}
	settings := redSettings("gw-0").with("temporality", "delta")
	if random.IntN(2) == 0 {
		settings = settings.with("series_expiration", "1s")
	}
	directory := ""
	if storage {
		directory = t.TempDir()
	}
	backend := newReader(t)
	var mu sync.Mutex
	truth = tally{}
	for life := range lives {
		g := startGateway(t, settings, directory, backend)
		g.outlet.refuse = func() bool { return random.IntN(3) == 0 }
		var wg sync.WaitGroup
		for client := range uint64(goroutines) {
			wg.Go(func() {
				random := rand.New(rand.NewPCG(seed, 10+client+100*uint64(life)))
				for range batches {
					traffic := world.traffic(random)
					g.send(traffic)
					mu.Lock()
					truth.add(traffic.truth)
					mu.Unlock()
				}
			})
		}
		for range flushes {
			_ = g.flush() // refused or not
		}
		wg.Wait()
		_ = g.flush()
		g.outlet.refuse = nil // without storage a last flush that is refused is lost
		g.stop()
	}
	if storage { // which keeps what is due for the next life
		g := startGateway(t, settings, directory, backend)
		require.NoError(t, g.flush())
		g.stop()
	}
	return truth, backend.total()
}
