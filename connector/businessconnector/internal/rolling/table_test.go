package rolling

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

var start = time.Unix(1_800_000_000, 0)

func newTestTable(t testing.TB, limit int) *Table {
	t.Helper()
	table, err := NewTable(Config{
		Metrics: []Metric{
			{telemetry.Metric{Name: "users", Labels: []string{"plan", "window"}}, []time.Duration{5 * time.Minute, time.Hour}},
			{telemetry.Metric{Name: "sessions", Labels: []string{"window"}}, []time.Duration{5 * time.Minute}},
		},
		Precision: 10, Instance: "gw-0", Limit: limit,
	})
	require.NoError(t, err)
	return table
}

func observe(table *Table, k *Key, metric int, service, plan string, hash uint64, now time.Time) {
	k.Start(metric, series.Identity{Service: service})
	if metric == 0 {
		k.Add(plan)
	}
	table.Observe(k, hash, now)
}

// Whatever comes, from several goroutines, while flushes forget what is empty: there
// are no more entities than the limit and one for each metric.
func TestEntitiesAreBounded(t *testing.T) {
	for _, limit := range []int{1, 2, 3, 10} {
		table := newTestTable(t, limit)
		var group sync.WaitGroup
		for seed := range uint64(4) {
			group.Go(func() {
				random := rand.New(rand.NewPCG(seed, 1))
				var k Key
				for i := range 5000 {
					now := start.Add(time.Duration(i) * time.Second)
					observe(table, &k, random.IntN(2), fmt.Sprint("s", random.IntN(9)), fmt.Sprint("p", random.IntN(9)), random.Uint64(), now)
				}
			})
		}
		for i := range 20 {
			_, err := table.Flush(t.Context(), start.Add(time.Duration(i)*250*time.Second), func(context.Context, pmetric.Metrics) error { return nil })
			require.NoError(t, err)
			require.LessOrEqual(t, table.Stats().Entities, limit+2)
		}
		group.Wait()
		require.LessOrEqual(t, table.Stats().Entities, limit+2)
		require.Positive(t, table.Stats().Overflow)
		require.Positive(t, table.Stats().Bytes)
	}
}

func TestWhatIsBeyondTheLimitAllocatesNothing(t *testing.T) {
	table := newTestTable(t, 4)
	var k Key
	n := 0
	once := func() {
		n++
		observe(table, &k, 0, "shop", fmt.Sprint("p", n%7), 1, start)
	}
	for range 20 {
		once()
	}
	plans := [7]string{"p0", "p1", "p2", "p3", "p4", "p5", "p6"}
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for _, plan := range plans {
			observe(table, &k, 0, "shop", plan, 1, start)
			observe(table, &k, 1, "cart", "", 1, start)
		}
	}))
}

// An entity that was sent as stale is forgotten only if that was accepted, and lives
// on if something came meanwhile.
func TestStaleEntitiesAreForgottenWhenThatWasAccepted(t *testing.T) {
	table := newTestTable(t, 10)
	var k Key
	observe(table, &k, 1, "shop", "", 1, start)
	later := start.Add(time.Hour)
	refuse := func(context.Context, pmetric.Metrics) error { return errors.New("refused") }
	_, err := table.Flush(t.Context(), later, refuse)
	require.Error(t, err)
	require.Equal(t, 1, table.Stats().Entities)
	stats, err := table.Flush(t.Context(), later, func(context.Context, pmetric.Metrics) error {
		observe(table, &k, 1, "shop", "", 2, later)
		return nil
	})
	require.NoError(t, err)
	require.Zero(t, stats.Evicted)
	require.Equal(t, 1, table.Stats().Entities)
	later = later.Add(time.Hour)
	stats, err = table.Flush(t.Context(), later, func(context.Context, pmetric.Metrics) error { return nil })
	require.NoError(t, err)
	require.Equal(t, series.FlushStats{Points: 1, Evicted: 1}, stats)
	require.Zero(t, table.Stats().Entities)
}

// A turn saves each part once, if it changed.
func TestEachFlushSavesTheNextPart(t *testing.T) {
	table := newTestTable(t, 1000)
	var k Key
	for i := range 500 {
		observe(table, &k, 1, fmt.Sprint("s", i), "", 1, start)
	}
	for turn := range 2 * parts {
		_, err := table.Flush(t.Context(), start, func(context.Context, pmetric.Metrics) error { return nil })
		require.NoError(t, err)
		saved := 0
		for _, key := range table.Keys() {
			_, changed, err := table.Save(key)
			require.NoError(t, err)
			if changed {
				saved++
			}
		}
		if turn < parts {
			require.Equal(t, 1, saved)
		} else {
			require.Zero(t, saved, "nothing changed since")
		}
	}
}

func TestStateThatIsNotWhatSaveWroteIsAnError(t *testing.T) {
	table := newTestTable(t, 10)
	var k Key
	observe(table, &k, 0, "shop", "free", 1, start)
	table.SaveAll()
	var good []byte
	for _, key := range table.Keys() {
		if data, changed, err := table.Save(key); err == nil && changed {
			good = data
		}
	}
	_, err := newTestTable(t, 10).Decode(map[string][]byte{"distinct/0": good})
	require.NoError(t, err)
	for i := range good {
		bad := append([]byte(nil), good...)
		bad[i] ^= 0xff
		_, _ = newTestTable(t, 10).Decode(map[string][]byte{"distinct/0": bad}) // it does not panic
		_, err := newTestTable(t, 10).Decode(map[string][]byte{"distinct/0": good[:i]})
		require.ErrorContains(t, err, `state "distinct/0"`)
	}
	other, err := NewTable(Config{Metrics: []Metric{{telemetry.Metric{Name: "users", Labels: []string{"window"}}, []time.Duration{time.Hour}}}, Precision: 10, Limit: 1})
	require.NoError(t, err)
	_, err = other.Decode(map[string][]byte{"distinct/0": good})
	require.EqualError(t, err, `state "distinct/0": metric "users": 4 label values, not 3`)
	other, err = NewTable(Config{Metrics: []Metric{{telemetry.Metric{Name: "sessions", Labels: []string{"window"}}, []time.Duration{time.Hour}}}, Precision: 10, Limit: 1})
	require.NoError(t, err)
	_, err = other.Decode(map[string][]byte{"distinct/0": good})
	require.EqualError(t, err, `state "distinct/0": metric "users": there is no such metric`)
	_, _, err = table.Save("distinct/99")
	require.EqualError(t, err, `state "distinct/99": there is no such part`)
}

// BenchmarkFlush estimates 10 entities that have seen many values all day.
func BenchmarkFlush(b *testing.B) {
	table, err := NewTable(Config{
		Metrics:   []Metric{{telemetry.Metric{Name: "users", Labels: []string{"window"}}, []time.Duration{5 * time.Minute, time.Hour, 24 * time.Hour}}},
		Precision: 16, Limit: 10,
	})
	require.NoError(b, err)
	var k Key
	now := start
	for step := range 24 * 60 {
		now = start.Add(time.Duration(step) * time.Minute)
		for service := range 10 {
			for i := range 3000 {
				k.Start(0, series.Identity{Service: fmt.Sprint("s", service)})
				table.Observe(&k, uint64(step*3000+i)*0x9E3779B97F4A7C15, now)
			}
		}
	}
	for b.Loop() {
		_, err := table.Flush(context.Background(), now, func(context.Context, pmetric.Metrics) error { return nil })
		require.NoError(b, err)
	}
	b.ReportMetric(float64(table.Stats().Bytes)/10, "B/entity")
}

// Few that are refused are counted, not estimated.
func TestDemandIsWhatThereWouldBeWithoutTheLimit(t *testing.T) {
	table := newTestTable(t, 4)
	var k Key
	for i := range 8 {
		require.Equal(t, i > 3, table.Demand() > 0)
		for range 3 {
			observe(table, &k, 0, "shop", fmt.Sprint("p", i), 1, start)
		}
	}
	// Five are refused; the one they became is none of the metric's own.
	require.InDelta(t, 8, table.Demand(), 0.001)
	flush := func(now time.Time) {
		_, err := table.Flush(t.Context(), now, func(context.Context, pmetric.Metrics) error { return nil })
		require.NoError(t, err)
	}
	flush(start)
	flush(start.Add(time.Hour))
	require.Positive(t, table.Demand())
	flush(start.Add(2 * time.Hour))
	require.Zero(t, table.Demand())
}
