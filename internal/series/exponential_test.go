package series

import (
	"bytes"
	"encoding/gob"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// fill counts n random values of so many octaves, with weights that have fractions.
func fill(random *rand.Rand, n int, octaves float64, into ...*exponential) {
	for range n {
		value := math.Exp2((random.Float64()*2 - 1.5) * octaves)
		if random.IntN(20) == 0 {
			value = 0
		}
		weight := Count{random.Uint64N(3), random.Uint64() << random.IntN(70)}
		for _, e := range into {
			e.add(value, weight)
		}
	}
}

func TestMergedExponentialsAreTheOneThatCountedAll(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for round := range 1000 {
		size := []int{2, 3, 20, 160}[round%4]
		all, merged := newExponential(size), newExponential(size)
		parts := make([]*exponential, 1+random.IntN(4))
		for i := range parts {
			parts[i] = newExponential(size)
			fill(random, random.IntN(60), random.Float64()*float64(random.IntN(600)), all, parts[i])
		}
		for _, i := range random.Perm(len(parts)) {
			before := *parts[i].keep()
			merged.merge(parts[i])
			require.Equal(t, before, *parts[i].keep())
		}
		require.Equal(t, *all.keep(), *merged.keep())
		require.LessOrEqual(t, len(all.buckets), size)
		require.NoError(t, all.keep().check(size))
	}
}

// The histogram has the greatest scale at which its values fit, and each value in
// its bucket.
func TestBucketsAreThoseOfTheGreatestScaleThatFits(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		e := newExponential(160)
		values := make([]float64, 1+random.IntN(300))
		octaves := math.Exp2(float64(random.IntN(11)) * random.Float64())
		for i := range values {
			values[i] = math.Exp2((random.Float64() - 0.5) * octaves)
			e.add(values[i], One)
		}
		scale := maxScale
		for ; scale > minScale; scale-- {
			low, high := math.MaxInt, math.MinInt
			for _, value := range values {
				low, high = min(low, indexOf(value, scale)), max(high, indexOf(value, scale))
			}
			if high-low < 160 {
				break
			}
		}
		require.Equal(t, scale, e.scale)
		want := make([]Count, len(e.buckets))
		for _, value := range values {
			want[indexOf(value, scale)-e.offset].Add(One)
		}
		require.Equal(t, want, e.buckets)
		require.False(t, want[0].IsZero() || want[len(want)-1].IsZero())
	}
}

func TestValuesOutOfRangeAreCountedAtItsEnds(t *testing.T) {
	e := newExponential(160)
	for _, value := range []float64{0, -1, math.SmallestNonzeroFloat64, smallestNormal / 2, math.NaN()} {
		e.add(value, One)
	}
	require.Equal(t, Count{Whole: 5}, e.zero)
	require.Empty(t, e.buckets)
	for _, value := range []float64{smallestNormal, 1, greatest, math.Inf(1)} {
		e.add(value, One)
	}
	require.Equal(t, -4, e.scale)
	require.Equal(t, Count{Whole: 2}, e.buckets[len(e.buckets)-1])
	e.add(1e9, Count{})
	require.Equal(t, uint64(9), pointOf(e).Count())

	small := newExponential(0)
	small.add(smallestNormal, One)
	small.add(greatest, One)
	require.Equal(t, minScale, small.scale)
	require.Equal(t, []Count{One, One}, small.buckets)
}

func pointOf(e *exponential) pmetric.ExponentialHistogramDataPoint {
	dp := pmetric.NewExponentialHistogramDataPoint()
	e.clone().appendTo(dp)
	return dp
}

func TestAPointsCountIsTheSumOfItsBuckets(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for range 200 {
		e := newExponential(20)
		fill(random, random.IntN(100), 5, e)
		dp, buckets, sum := pointOf(e), Count{}, uint64(0)
		for _, n := range dp.Positive().BucketCounts().All() {
			sum += n
		}
		require.Equal(t, dp.Count(), dp.ZeroCount()+sum)
		require.Equal(t, e.empty(), dp.Count() == 0)
		for i, n := range e.buckets { // trimmed at both ends, where there are only fractions
			if at := e.offset + i - int(dp.Positive().Offset()); at >= 0 && at < dp.Positive().BucketCounts().Len() {
				require.Equal(t, n.Whole, dp.Positive().BucketCounts().At(at))
			} else {
				require.Zero(t, n.Whole)
			}
			buckets.Add(n)
		}
		require.InDelta(t, buckets.Float(), float64(sum), 20)
	}
}

// A reader takes a cumulative bucket that falls for a restart. None does, when the
// reader merges the buckets it saw before as the histogram did.
func TestCumulativeBucketsNeverFall(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	for range 50 {
		e, seen := newExponential(12), newExponential(12)
		for range 100 {
			fill(random, 3, float64(1+random.IntN(60)), e)
			now := e.clone()
			if len(seen.buckets) > 0 {
				seen.downscale(seen.scale - now.scale)
			}
			require.GreaterOrEqual(t, now.zero.Whole, seen.zero.Whole)
			for i, n := range seen.buckets {
				if n.Whole > 0 {
					require.GreaterOrEqual(t, now.buckets[seen.offset+i-now.offset].Whole, n.Whole)
				}
			}
			seen = now
		}
	}
}

// Deltas, of which some are refused and given back: in the end all was told, but
// fractions.
func TestDeltasAddUpToWhatWasCounted(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	for range 100 {
		e, all, told := newExponential(160), newExponential(160), newExponential(160)
		for range 30 {
			fill(random, random.IntN(20), 20, e, all)
			delta := e.clone()
			e.reset()
			require.True(t, e.empty())
			fill(random, random.IntN(3), 2, e, all)
			if random.IntN(3) == 0 {
				e.merge(delta)
			} else {
				told.merge(delta)
			}
		}
		told.merge(e) // and what is left
		requireSame(t, all, told)
	}
	e := newExponential(160)
	e.add(1, One)
	e.add(1000, One)
	e.reset()
	require.Equal(t, *newExponential(160).keep(), *e.keep())
}

// requireSame compares histograms of which one may have had less of its scale left.
func requireSame(t *testing.T, a, b *exponential) {
	t.Helper()
	scale := min(a.scale, b.scale)
	a.downscale(a.scale - scale)
	b.downscale(b.scale - scale)
	require.Equal(t, *a.keep(), *b.keep())
}

func TestKeptExponentialsAreRevived(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	for range 50 {
		e := newExponential(160)
		fill(random, random.IntN(50), 300, e)
		var b bytes.Buffer
		require.NoError(t, gob.NewEncoder(&b).Encode(e.keep()))
		var kept keptExponential
		require.NoError(t, gob.NewDecoder(&b).Decode(&kept))
		require.NoError(t, kept.check(160))
		revived := kept.revive()
		fill(rand.New(rand.NewPCG(1, 1)), 50, 300, e)
		fill(rand.New(rand.NewPCG(1, 1)), 50, 300, revived)
		require.Equal(t, *e.keep(), *revived.keep())
	}
}

func TestWhatIsWrongWithAKeptExponentialIsTold(t *testing.T) {
	var none *keptExponential
	require.EqualError(t, none.check(160), "no exponential histogram")
	require.EqualError(t, (&keptExponential{Size: 3, Scale: 21, Buckets: make([]Count, 4)}).check(160),
		"exponential histogram of 3 buckets: allowed is 160\n"+
			"exponential histogram has 4 buckets: allowed are 3\n"+
			"exponential histogram of scale 21: allowed is -10 to 20")
	for _, offset := range []int{-1024, 1023, math.MaxInt, math.MinInt} {
		require.ErrorContains(t, (&keptExponential{Size: 160, Offset: offset, Buckets: make([]Count, 2)}).check(160),
			"allowed at scale 0 is -1023 to 1023")
	}
}

func TestAddToAnExponentialDoesNotAllocate(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 18))
	e := newExponential(160)
	fill(random, 1000, 8, e)
	require.Zero(t, testing.AllocsPerRun(1000, func() { fill(random, 1, 8, e) }))
	require.LessOrEqual(t, e.bytes(), 160*16+100)
	require.Zero(t, testing.AllocsPerRun(10, e.reset))
}

func BenchmarkExponentialAdd(b *testing.B) {
	random := rand.New(rand.NewPCG(19, 20))
	values := make([]float64, 4096)
	for i := range values {
		values[i] = math.Exp(random.NormFloat64()) / 20 // seconds: around 50 ms
	}
	e, i := newExponential(160), 0
	b.ReportAllocs()
	for b.Loop() {
		e.add(values[i&4095], One)
		i++
	}
}

func BenchmarkExponentialClone(b *testing.B) {
	e := newExponential(160)
	fill(rand.New(rand.NewPCG(21, 22)), 10_000, 8, e)
	b.ReportAllocs()
	for b.Loop() {
		e.clone()
	}
}
