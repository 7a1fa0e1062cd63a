package derived_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"

	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/bench/rivals/derived"
	"github.com/readygate/readygate/bench/rivals/workload"
)

// The comparison is one of like with like: from the same spans all connectors
// derive the same series, with the same numbers.
func TestAllConnectorsDeriveTheSameTotals(t *testing.T) {
	const batches, spans = 40, 512
	fleet := workload.Fleet{Services: 3, Routes: 40}
	for _, exemplars := range []bool{false, true} {
		all := map[string]derived.Totals{}
		for _, name := range contender.DeriverNames() {
			deriver, err := contender.NewDeriver(name, contender.DeriverOptions{
				FlushInterval: time.Hour, Exemplars: exemplars, Series: 2 * fleet.Series(), Services: fleet.Services,
			})
			require.NoError(t, err)
			sink := new(derived.Sink)
			running, err := deriver.Create(t.Context(), sink)
			require.NoError(t, err)
			require.NoError(t, running.Start(t.Context(), componenttest.NewNopHost()))
			feed := fleet.Feed(spans, 7)
			for range batches {
				require.NoError(t, running.ConsumeTraces(t.Context(), feed.Next()))
			}
			sink.Keep()
			require.NoError(t, running.Finish(context.Background()))
			all[name] = sink.Totals()
		}
		red := all[contender.RED]
		require.Equal(t, fleet.Series(), red.Series())
		for name, rival := range all {
			require.Equal(t, len(red.Requests), len(rival.Requests), name)
			require.Equal(t, len(red.Durations), len(rival.Durations), name)
			var counted int64
			for labels, want := range rival.Requests {
				require.Equal(t, want, red.Requests[labels], labels)
				counted += want
			}
			require.EqualValues(t, batches*spans, counted, name)
			for labels, want := range rival.Durations {
				got := red.Durations[labels]
				require.InEpsilon(t, want.Sum, got.Sum, 1e-9, labels)
				got.Sum = want.Sum // the order of additions differs
				require.Equal(t, want, got, labels)
			}
		}
	}
}
