package series

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// disk is what was saved of a table.
type disk map[string][]byte

func (d disk) save(t *testing.T, table *Table) {
	for _, key := range table.Keys() {
		data, changed, err := table.Save(key)
		require.NoError(t, err)
		if changed {
			d[key] = data
		}
	}
}

// Over clean restarts nothing is lost or doubled; over killed ones nothing is doubled,
// and at most what came after the last flush is lost.
func TestCountsGoOnAfterARestart(t *testing.T) {
	for seed := range uint64(30) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { checkRestarts(t, seed) })
		})
	}
}

func checkRestarts(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 0))
	limits := Limits{Series: 20 + random.IntN(300), Services: 1 + random.IntN(5), LabelValues: 1 + random.IntN(8)}
	expiration := time.Duration(random.IntN(4)) * time.Second
	start := func() *Table {
		return testTable(func(c *Config) { c.Limits, c.Expiration = limits, expiration })
	}
	pick := func(values string) string { return string(values[random.IntN(len(values))]) }

	table, kept := start(), disk{}
	reader := newReader(t, false, random)
	came, unflushed, lost := 0, 0, 0
	flush := func(why Occasion) {
		_, err := table.Flush(t.Context(), why, func(ctx context.Context, md pmetric.Metrics) error {
			kept.save(t, table)
			return reader.take(ctx, md)
		})
		require.NoError(t, err)
		unflushed = 0
	}
	for range 300 {
		<-time.After(time.Duration(1+random.IntN(300)) * time.Millisecond)
		switch random.IntN(30) {
		case 0, 1, 2, 3:
			flush(Interval)
		case 4: // a clean restart
			flush(Pause)
			kept.save(t, table)
			table = start()
			require.NoError(t, table.Load(kept))
		case 5: // killed
			lost += unflushed
			unflushed = 0
			table = start()
			require.NoError(t, table.Load(kept))
		default:
			see(table, Identity{Service: pick("abcdefg"), Version: pick("123")}, "/"+pick("abcdefgh"), []uint16{200, 204, 500, 503}[random.IntN(4)])
			came++
			unflushed++
		}
	}
	for range 2 { // zeros, then values
		<-time.After(time.Second)
		flush(Interval)
	}
	require.InDelta(t, came-lost, reader.sum["requests_total"], 0)
	require.InDelta(t, came-lost, reader.sum["seconds"], 0)
	for name, last := range reader.last {
		require.LessOrEqual(t, last.start, last.time, name)
	}
}

func TestOnlyWhatChangedIsSaved(t *testing.T) {
	table := testTable(nil)
	see(table, shop(""), "/a", 200)
	saved := func() int {
		_, err := table.Flush(t.Context(), Interval, sums{}.send)
		require.NoError(t, err)
		kept := disk{}
		kept.save(t, table)
		return len(kept)
	}
	require.Equal(t, 1, saved(), "born")
	require.Equal(t, 1, saved(), "its zero was sent")
	require.Zero(t, saved())
	see(table, shop(""), "/a", 200)
	require.Equal(t, 1, saved())
	_, _, err := table.Save("nonsense")
	require.EqualError(t, err, `state "nonsense": there is no such part`)
}

func TestALoadedTableHasWhatWasSaved(t *testing.T) {
	for _, exponential := range []int{0, 20} {
		change := func(c *Config) { c.Exponential = exponential }
		before, kept := testTable(change), disk{}
		for i := range 100 {
			see(before, shop(fmt.Sprint(i%2)), fmt.Sprint("/", i%7), uint16(200+i%3))
		}
		want := flushed(t, before)
		kept.save(t, before)
		after := testTable(change)
		require.NoError(t, after.Load(kept))
		require.Equal(t, before.Stats().Series, after.Stats().Series)
		require.Equal(t, before.Stats().Services, after.Stats().Services)
		got := sums{}
		_, err := after.Flush(t.Context(), Interval, got.send)
		require.NoError(t, err)
		require.Equal(t, want, got, "values at once, without zeros")
	}
}

func TestStateThatDoesNotFitIsRefusedWhole(t *testing.T) {
	kept := disk{}
	before := testTable(nil)
	see(before, shop(""), "/a", 200)
	flushed(t, before)
	kept.save(t, before)
	for name, change := range map[string]func(*Config){
		"buckets": func(c *Config) { c.Bounds = []float64{1} },
		"group":   func(c *Config) { c.Groups[0].Name = "another" },
		"labels": func(c *Config) {
			c.Groups[0].Labels = c.Groups[0].Labels[:1]
			c.Groups[0].Metrics = c.Groups[0].Metrics[:1]
		},
		"kind": func(c *Config) { c.Exponential = 160 },
	} {
		table := testTable(change)
		require.Error(t, table.Load(kept), name)
		require.Zero(t, table.Stats().Series)
		require.Empty(t, table.registry.owners)
	}
	require.Error(t, testTable(nil).Load(disk{"series/0": []byte("not gob")}))
}

// With lower limits some of what was kept would be counted under another name.
func TestALoadedTableWithLowerLimitsCountsNothingTwice(t *testing.T) {
	before, kept := testTable(nil), disk{}
	for i := range 50 {
		see(before, Identity{Service: fmt.Sprint("s", i)}, "/a", 200)
	}
	see(before, nobody, "/a", 200)
	flushed(t, before)
	kept.save(t, before)

	after := testTable(func(c *Config) { c.Limits.Services = 10 })
	require.NoError(t, after.Load(kept))
	require.Equal(t, 10, after.Stats().Services)
	require.EqualValues(t, 40, after.Stats().Evicted)
	reader := newReader(t, false, nil)
	reader.mayBegin = true
	for range 3 {
		_, err := after.Flush(t.Context(), Interval, reader.take)
		require.NoError(t, err)
		<-time.After(time.Millisecond)
	}
	require.Len(t, reader.last, 2*11, "each series once")
}

func FuzzLoad(f *testing.F) {
	table := testTable(nil)
	see(table, shop("1"), "/a", 200)
	_, _ = table.Flush(context.Background(), Interval, sums{}.send)
	for _, key := range table.Keys() {
		if data, changed, _ := table.Save(key); changed {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table := testTable(nil)
		if table.Load(disk{"series/0": data}) != nil {
			require.Zero(t, table.Stats().Series)
			return
		}
		_, err := table.Flush(t.Context(), End, sums{}.send)
		require.NoError(t, err)
	})
}
