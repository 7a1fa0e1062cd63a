package series

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// BenchmarkObserve counts in known series, in random order: of few, which stay in the
// processor's caches, and of many, which do not.
func BenchmarkObserve(b *testing.B) {
	for _, entities := range []int{50, 5_000, 50_000} {
		for _, exemplars := range []bool{false, true} {
			b.Run(fmt.Sprintf("entities=%d/exemplars=%t", entities, exemplars), func(b *testing.B) {
				table := testTable(func(c *Config) {
					c.Exemplars = exemplars
					c.Limits = Limits{Series: 1_000_000, Services: 10, LabelValues: 1_000_000}
				})
				owner := table.Acquire(shop("1"))
				defer owner.Release()
				paths := make([]string, entities)
				for i := range paths {
					paths[i] = fmt.Sprintf("/api/v1/resource-%d/{id}/items", i)
				}
				random := rand.New(rand.NewPCG(1, 0))
				random.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
				var k Key
				o := Observation{Events: One, Weight: One, Value: 0.2, Detail: 200, TraceID: pcommon.TraceID{1}}
				count := func(i int) {
					k.Start(owner, table.Groups[0])
					k.Add(paths[i%entities])
					k.AddKnown("2")
					table.Observe(&k, &o, 1)
				}
				for i := range paths {
					count(i)
				}
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					count(i)
				}
			})
		}
	}
}
