package series

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/internal/telemetry"
)

// An observation that comes while the flush that began before is being sent is in the
// next one, whatever is new about it.
func TestWhatComesWhileAFlushIsSentIsInTheNext(t *testing.T) {
	for _, delta := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			table := testTable(func(c *Config) { c.Delta = delta })
			reader := newReader(t, delta, nil)
			n := 0
			count := func() {
				for path := range 3000 { // more than one part
					see(table, shop("1"), fmt.Sprint("/", path), uint16(200+n/3000))
					n++
				}
			}
			count()
			for range 6 {
				<-time.After(time.Second) // of the bubble's clock
				_, err := table.Flush(t.Context(), Interval, func(ctx context.Context, md pmetric.Metrics) error {
					if n < 12_000 {
						count()
					}
					return reader.take(ctx, md)
				})
				require.NoError(t, err)
			}
			require.InDelta(t, n, reader.sum["requests_total"], 0, "delta %t", delta)
			require.InDelta(t, n, reader.sum["seconds"], 0, "delta %t", delta)
		})
	}
}

// Whatever happens at the same time, what a reader adds up is what came in.
func TestSumsHoldUnderConcurrencyRefusalAndExpiration(t *testing.T) {
	for _, delta := range []bool{false, true} {
		for seed := range uint64(15) {
			t.Run(fmt.Sprint("delta ", delta, " seed ", seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { checkSums(t, seed, delta) })
			})
		}
	}
}

func checkSums(t *testing.T, seed uint64, delta bool) {
	random := rand.New(rand.NewPCG(seed, 0))
	table := testTable(func(c *Config) {
		c.Delta = delta
		c.Expiration = time.Duration(random.IntN(4)) * time.Second
		c.Limits = Limits{Series: 1 + random.IntN(300), Services: 1 + random.IntN(5), LabelValues: 1 + random.IntN(8)}
	})
	var group sync.WaitGroup
	const goroutines, each = 4, 300
	for g := range uint64(goroutines) {
		group.Go(func() {
			random := rand.New(rand.NewPCG(seed, 1+g))
			pick := func(values string) string { return string(values[random.IntN(len(values))]) }
			for i := range each {
				see(table, Identity{Service: pick("abcdefg"), Version: pick("123456")}, "/"+pick("abcdefghijkl"),
					[]uint16{200, 204, 301, 404, 500, 503}[random.IntN(6)])
				if i%10 == 0 {
					<-time.After(time.Duration(random.IntN(400)) * time.Millisecond)
				}
			}
		})
	}
	stop := make(chan struct{})
	reader := newReader(t, delta, random)
	flushing := make(chan struct{})
	go func() {
		defer close(flushing)
		for {
			select {
			case <-stop:
				return
			case <-time.After(500 * time.Millisecond):
				_, _ = table.Flush(context.Background(), Interval, reader.maybe)
			}
		}
	}()
	group.Wait()
	close(stop)
	<-flushing
	_, err := table.Flush(t.Context(), End, reader.take)
	require.NoError(t, err)
	require.InDelta(t, goroutines*each, reader.sum["requests_total"], 0)
	require.InDelta(t, goroutines*each, reader.sum["seconds"], 0)
}

func TestKeysOfEqualHashAreToldApart(t *testing.T) {
	var s shard
	s.entities = map[uint64]*entity{}
	var chain []*entity
	for _, name := range []string{"a", "b", "c"} {
		e := &entity{key: name, after: s.entities[7]}
		s.entities[7] = e
		chain = append(chain, e)
	}
	for _, e := range chain {
		require.Same(t, e, s.find(7, []byte(e.key)))
	}
	require.Nil(t, s.find(7, []byte("d")))
	s.remove(7, chain[2], chain[1])
	require.Nil(t, s.find(7, []byte("b")))
	s.remove(7, nil, chain[2])
	require.Same(t, chain[0], s.find(7, []byte("a")))
	s.remove(7, nil, chain[0])
	require.Empty(t, s.entities)
}

func TestAKeyTakesAnyText(t *testing.T) {
	table := testTable(nil)
	o := table.Acquire(shop(""))
	defer o.Release()
	for _, value := range []string{"", "/a", strings.Repeat("längs", 200), "bad\xff\xfe", strings.Repeat("\xff", 300)} {
		var direct, built Key
		direct.Start(o, table.Groups[0])
		direct.Add(value)
		direct.Add("x")
		built.Start(o, table.Groups[0])
		built.AddBuffer(append(built.Buffer(), value...))
		built.AddBuffer(append(built.Buffer(), "x"...))
		require.Equal(t, direct.text, built.text)
		values := valuesOf(string(built.text))
		require.Equal(t, LabelValue(value), values.next())
		require.Equal(t, "x", values.next())
	}
}

func TestIntroducedSeriesAreZeroAndWithinLimits(t *testing.T) {
	table := testTable(func(c *Config) { c.Limits.LabelValues = 1 })
	o := table.Acquire(shop(""))
	defer o.Release()
	introduce := func(path string) {
		var k Key
		k.Start(o, table.Groups[0])
		k.Add(path)
		k.Add("0")
		table.Introduce(&k, 1)
	}
	introduce("/a")
	introduce("/a")
	introduce("/b")
	s := flushed(t, table)
	require.Equal(t, sums{
		"requests_total": 0, "seconds": 0,
		"requests_total{path=/a}": 1, "requests_total{service=shop}": 1, "requests_total{gateway_instance=gw}": 1, "requests_total{code=0}": 1,
		"seconds{path=/a}": 1, "seconds{service=shop}": 1, "seconds{gateway_instance=gw}": 1, "seconds{class=0}": 1,
	}, s)
}

func TestUnitsThatDoNotFitAreRefusedWhole(t *testing.T) {
	table := testTable(func(c *Config) {
		c.Groups = []*Group{{Name: "sum", Metrics: []Metric{{Metric: telemetry.Metric{Name: "revenue"}, Aggregation: Units}}}}
	})
	o := table.Acquire(shop(""))
	defer o.Release()
	var k Key
	k.Start(o, table.Groups[0])
	require.True(t, table.Observe(&k, &Observation{Units: 1<<63 - 10, Scale: 2}, 1))
	require.False(t, table.Observe(&k, &Observation{Units: 11, Scale: 2}, 1))
	require.True(t, table.Observe(&k, &Observation{Units: 9, Scale: 2}, 1))
	s := flushed(t, table)
	require.InDelta(t, float64(1<<63-1)/100, s["revenue"], 0)
}
