package redconnector

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/series"
)

// Sources come and go as fast as they can: series expire at once, and every
// flush removes what is empty while others look it up.
func TestNoRequestIsLostInASourceThatIsRemoved(t *testing.T) {
	const goroutines, rounds = 4, 5000
	cfg := testConfig()
	cfg.SeriesExpiration = 1
	table := newTable(cfg)

	var recording sync.WaitGroup
	for range goroutines {
		recording.Go(func() {
			b := batch{observations: []observation{{method: 1, status: 200}}}
			for range rounds {
				table.record(series.Identity{Service: "shop"}, &b, 1, &tally{})
			}
		})
	}
	stop, flushed := make(chan struct{}), make(chan struct{})
	var evicted uint64
	removed := 0
	flush := func(now pcommon.Timestamp) {
		export := table.rounds.Begin()
		var p snapshot
		for _, s := range table.all() {
			p.take(s, export, now)
			for _, r := range p.requests {
				if r.phase == series.Stale {
					evicted += r.count
				}
			}
			if p.empty {
				removed++
				table.removeEmpty(s)
			}
		}
		table.rounds.Accept(export)
	}
	go func() {
		defer close(flushed)
		for now := pcommon.Timestamp(2); ; now += 2 {
			select {
			case <-stop:
				for range 4 { // zero, value, idle, stale
					now += 2
					flush(now)
				}
				return
			default:
				flush(now)
			}
		}
	}()
	recording.Wait()
	close(stop)
	<-flushed

	require.EqualValues(t, goroutines*rounds, evicted)
	require.Zero(t, table.identities())
	require.Zero(t, table.budget.Used())
	require.Zero(t, table.occupied)
	t.Logf("sources were removed %d times", removed)
}
