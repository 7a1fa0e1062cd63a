package derive

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReplicasAddUp sends at random to two gateways side by side, which are scraped at
// different times and restart one after the other. Their series are told apart by the
// label gateway_instance and by nothing else, and their sum is what came in.
func TestReplicasAddUp(t *testing.T) {
	for seed := range uint64(5) {
		for _, storage := range []bool{false, true} {
			t.Run(fmt.Sprintf("seed %d storage %t", seed, storage), func(t *testing.T) {
				t.Parallel()
				truth, pushed, scraped := replicas(t, seed, storage, "gw-0", "gw-1")
				require.Empty(t, pushed.outside(truth, truth), "exported")
				require.Empty(t, scraped.outside(truth, truth), "increase()")
			})
		}
	}
}

// TestReplicasOfOneNameAreFound is the proof that TestReplicasAddUp can fail: gateways
// that call themselves the same write over each other, and the sums are wrong.
func TestReplicasOfOneNameAreFound(t *testing.T) {
	truth, _, scraped := replicas(t, 0, false, "gw-0", "gw-0")
	require.NotEmpty(t, scraped.outside(truth, truth))
}

// replicas returns what was sent to gateways of these names, what they exported and what
// increase() makes of their pages.
func replicas(t *testing.T, seed uint64, storage bool, names ...string) (truth, pushed, scraped tally) {
	t.Helper()
	const steps, restarts = 60, 20
	random := rand.New(rand.NewPCG(seed, 4))
	world := world{services: 3, versions: 2, names: 5, sampled: true}
	server, backend := newPrometheus(t), newReader(t)
	start := func(i int, directory string) *gateway {
		return startGateway(t, redSettings(names[i]), directory, backend)
	}
	show := func(i int, g *gateway) {
		require.NoError(t, g.flush())
		server.ingest(fmt.Sprint("target ", i), g.page())
	}
	truth = tally{}
	gateways := make([]*gateway, len(names))
	for i := range gateways {
		directory := ""
		if storage {
			directory = t.TempDir()
		}
		gateways[i] = start(i, directory)
	}
	for step := range steps {
		i := random.IntN(len(gateways))
		traffic := world.traffic(random)
		gateways[i].send(traffic)
		truth.add(traffic.truth)
		if i := random.IntN(len(gateways)); random.IntN(2) == 0 {
			show(i, gateways[i])
		}
		if step%restarts == restarts-1 {
			for range 2 { // everything is seen before the page goes
				show(i, gateways[i])
			}
			gateways[i].stop()
			gateways[i] = start(i, gateways[i].storage)
		}
	}
	for i, g := range gateways {
		for range 2 {
			show(i, g)
		}
		g.stop()
	}
	return truth, backend.total(), server.increases()
}
