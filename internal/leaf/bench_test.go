package leaf_test

import (
	"testing"

	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/leaf/leaftest"
)

// BenchmarkWalk is what a visit costs besides what the visitor does.
func BenchmarkWalk(b *testing.B) {
	for _, s := range leaftest.AllSignals() {
		b.Run(s.Name, func(b *testing.B) {
			data := s.Fill()
			walker := leaf.NewWalker(quiet{}, depth)
			slots := len(leaftest.Slots(data))
			b.ReportAllocs()
			for b.Loop() {
				walk(walker, data)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(slots), "ns/slot")
		})
	}
}
