package scrubprocessor

import (
	"context"
	"math"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/readygate/readygate/internal/leaf/leaftest"
	"github.com/readygate/readygate/processor/scrubprocessor/internal/metadatatest"
)

func TestTheContextIsPassedOnAndTheDataIsMutated(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(context.Background(), key{}, "the caller's")
	var got any
	next, err := consumer.NewLogs(func(ctx context.Context, _ plog.Logs) error {
		got = ctx.Value(key{})
		return nil
	})
	require.NoError(t, err)
	p, err := NewFactory().CreateLogs(ctx, metadatatest.NewSettings(componenttest.NewTelemetry()), defaults(), next)
	require.NoError(t, err)

	require.NoError(t, p.ConsumeLogs(ctx, plog.NewLogs()))

	require.Equal(t, "the caller's", got)
	require.True(t, p.Capabilities().MutatesData)
}

func TestBatchesAreScrubbedConcurrently(t *testing.T) {
	s, _ := logScrubber(t, defaults(), working)
	signal := leaftest.Signals()[1]
	want := sensitive()
	scrubLogs(t, s, want)

	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			for range 50 {
				ld := sensitive()
				scrubLogs(t, s, ld)
				if string(encode(t, signal, ld)) != string(encode(t, signal, want)) {
					t.Error("a batch came out differently")
				}
			}
		})
	}
	workers.Wait()
}

func TestCleanRecordsAllocateNothing(t *testing.T) {
	if underRace {
		t.Skip("sync.Pool forgets under the race detector")
	}
	perCopy := math.Inf(1)
	// Two keys may share an entry of the scanner's memo, where they take turns and
	// are classified again each time. Another scanner, with another seed, parts them.
	for range 10 {
		s, _ := logScrubber(t, defaults(), working)
		allocations := func(copies int) float64 {
			ld := repeated(readClean(t, "logs").(plog.Logs), copies)
			return testing.AllocsPerRun(10, func() { scrubLogs(t, s, ld) })
		}
		// A batch costs a few allocations in the metrics SDK; a record must not.
		perCopy = min(perCopy, allocations(100)-allocations(1))
	}
	require.LessOrEqual(t, perCopy, 0.0)
}
