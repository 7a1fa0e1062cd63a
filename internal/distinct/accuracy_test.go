package distinct

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/golden"
)

// The table is testdata/accuracy.txt: three seeds each, and the worst of them. Ten
// million are counted at the precision of business metrics only, to save time.
func TestEstimatesAreWithinTheirBounds(t *testing.T) {
	const seeds = 3
	table := &strings.Builder{}
	fmt.Fprintf(table, "%9s %9s %9s %9s\n", "values", "p=16", "p=14", "p=10")
	for _, n := range []int{1, 10, 100, 999, 1_000, 1_024, 1_025, 2_000, 10_000, 100_000, 1_000_000, 10_000_000} {
		fmt.Fprintf(table, "%9d", n)
		precisions := []uint8{16, 14, 10}
		if n > 1_000_000 {
			precisions = precisions[:1]
		}
		for _, precision := range precisions {
			worst := 0.0
			for seed := range uint64(seeds) {
				worst = max(worst, math.Abs(errorOf(precision, n, seed)))
			}
			switch sigma := 1.04 / math.Sqrt(math.Exp2(float64(precision))); {
			case n <= MaxExact:
				require.Zero(t, worst, "%d values", n)
			case precision == 16:
				require.LessOrEqual(t, worst, 0.02, "%d values", n)
			default:
				require.LessOrEqual(t, worst, 4*sigma, "%d values", n)
			}
			fmt.Fprintf(table, " %7.3f %%", 100*worst)
		}
		table.WriteByte('\n')
	}
	golden.File(t, "testdata/accuracy.txt", []byte(table.String()))
}

// errorOf is the relative error of the estimate of n different hashes.
func errorOf(precision uint8, n int, seed uint64) float64 {
	s := New(precision)
	random := rand.NewPCG(seed, uint64(n))
	for range n {
		s.Add(random.Uint64())
	}
	return s.Estimate()/float64(n) - 1
}

// The distribution of errors over 200 seeds, as metrics of the benchmark:
//
//	go test -run xxx -bench Error -benchtime 1x ./internal/distinct
func BenchmarkError(b *testing.B) {
	for _, n := range []int{1_025, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("values=%d", n), func(b *testing.B) {
			for b.Loop() {
				const seeds = 200
				var sum, squares, worst float64
				for seed := range uint64(seeds) {
					e := errorOf(16, n, seed+1000)
					sum, squares, worst = sum+e, squares+e*e, max(worst, math.Abs(e))
				}
				b.ReportMetric(100*sum/seeds, "%mean")
				b.ReportMetric(100*math.Sqrt(squares/seeds), "%rms")
				b.ReportMetric(100*worst, "%worst")
			}
		})
	}
}
