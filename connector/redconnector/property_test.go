package redconnector

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"

	"github.com/readygate/readygate/connector/internal/derive"
	"github.com/readygate/readygate/internal/telemetry"
)

// TestWhatAReaderAddsUpIsWhatCameIn runs random spans and log records through random
// limits, from many goroutines, with flushes between them, a consumer that often
// refuses, label sets that expire and come back, and restarts with and without
// storage. Whatever happens, what a reader adds up from the accepted points is what
// came in, by weight, by metric and by whether it failed.
func TestWhatAReaderAddsUpIsWhatCameIn(t *testing.T) {
	for seed := range uint64(32) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { checkSums(t, seed) })
		})
	}
}

func checkSums(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 0))
	cfg := randomConfig(random)
	fractions, emptied := random.IntN(2) == 0, random.IntN(2) == 0
	storage := newDisk()
	if random.IntN(2) == 0 {
		id := component.MustNewID("disk")
		cfg.Storage = &id
	}
	out, came := newReader(t, seed), &came{expected: expected{}}

	g := newGateway(t, cfg, out)
	g.start(t, storage)
	came.send(t, g, cfg, seed, fractions)
	// Without storage a shutdown that is refused loses counts, and says so.
	out.accept.Store(cfg.Storage == nil)
	_ = g.shutdown(context.Background())
	out.accept.Store(false)

	again := *cfg // the same, as after a reload
	g = newGateway(t, &again, out)
	g.start(t, storage)
	came.send(t, g, cfg, seed+1000, fractions)
	out.accept.Store(true)
	if cfg.Storage != nil || emptied {
		// Storage keeps what a later flush would send, so there has to be one. What
		// has expired leaves nothing behind.
		<-time.After(cfg.SeriesExpiration + 5*time.Second) // of the bubble's clock
		stats := g.red().table.Stats()
		require.Zero(t, stats.Series)
		require.Zero(t, stats.Services)
	}
	require.NoError(t, g.shutdown(context.Background()))

	compareCounts(t, cfg, came, out, fractions)
}

func randomConfig(random *rand.Rand) *Config {
	cfg := testConfig()
	cfg.MetricsFlushInterval = time.Second
	cfg.SeriesExpiration = time.Duration(1+random.IntN(4)) * time.Second
	cfg.Limits = LimitsConfig{Services: 1 + random.IntN(6), LabelValues: 1 + random.IntN(10), Series: 1 + random.IntN(400)}
	cfg.LateSpans = LateSpansConfig{OlderThan: time.Hour, Drop: random.IntN(2) == 0}
	if random.IntN(2) == 0 {
		cfg.Temporality = derive.Delta
	}
	if random.IntN(3) == 0 {
		cfg.Histogram.Type, cfg.Histogram.MaxSize = Exponential, 4+random.IntN(20)
	}
	return cfg
}

// came is what came in, of all goroutines.
type came struct {
	mu       sync.Mutex
	expected expected
	seconds  float64
}

func (c *came) send(t *testing.T, g *gateway, cfg *Config, seed uint64, fractions bool) {
	const goroutines, batches = 4, 30
	var wg sync.WaitGroup
	for i := range uint64(goroutines) {
		wg.Go(func() {
			traffic := &traffic{
				Rand: rand.New(rand.NewPCG(seed, 2+i)), drop: cfg.LateSpans.Drop, fractions: fractions, expected: expected{},
			}
			for range batches {
				td, ld := traffic.batch()
				if g.traces.ConsumeTraces(t.Context(), td) != nil || g.logs.ConsumeLogs(t.Context(), ld) != nil {
					t.Error("not consumed")
				}
				<-time.After(time.Duration(traffic.IntN(400)) * time.Millisecond)
			}
			c.mu.Lock()
			defer c.mu.Unlock()
			c.expected.merge(traffic.expected)
			c.seconds += traffic.seconds
		})
	}
	wg.Wait()
	stats := g.red().table.Stats()
	if stats.Services > cfg.Limits.Services {
		t.Errorf("%d services", stats.Services)
	}
}

func compareCounts(t *testing.T, cfg *Config, came *came, out *reader, fractions bool) {
	t.Helper()
	require.InEpsilon(t, came.seconds, out.seconds, 1e-9, "sum of all durations")
	for _, metric := range telemetry.Metrics() {
		want, got := came.expected[metric.Name], out.counted[metric.Name]
		for i := range want {
			switch {
			case metric.Kind == telemetry.Counter:
				require.InDelta(t, want[i], got[i], 1e-6, metric.Name)
			case metric.Kind == telemetry.Histogram && !fractions:
				require.InDelta(t, want[i], got[i], 0, metric.Name)
			case metric.Kind == telemetry.Histogram && cfg.Temporality == derive.Cumulative:
				// Bucket counts are rounded to whole numbers.
				buckets := max(len(cfg.Histogram.Buckets), cfg.Histogram.MaxSize) + 1
				require.InDelta(t, want[i], got[i], float64(out.lives*buckets)/2, metric.Name)
			}
		}
	}
}
