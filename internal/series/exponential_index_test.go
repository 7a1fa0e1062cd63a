package series

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// oracle is the index of a value at the greatest scale, by arithmetic that has no
// rounding errors to speak of.
func oracle(value float64) int {
	x := new(big.Float).SetPrec(500)
	exponent := new(big.Float).SetPrec(500).SetFloat64(value).MantExp(x)
	x.SetMantExp(x, 1) // value = x·2^(exponent-1), 1 <= x < 2
	if x.Cmp(big.NewFloat(1)) == 0 {
		return (exponent-1)<<maxScale - 1
	}
	for range maxScale {
		x.Mul(x, x)
	}
	return (exponent-1)<<maxScale + x.MantExp(nil) - 1
}

func requireIndex(t *testing.T, value float64) {
	t.Helper()
	want := oracle(value)
	for scale := minScale; scale <= maxScale; scale++ {
		if got := indexOf(value, scale); got != want>>(maxScale-scale) {
			require.Equal(t, want>>(maxScale-scale), got, "%b at scale %d", value, scale)
		}
	}
}

func TestPowersOfTwoAreUpperBounds(t *testing.T) {
	for exponent := -1022; exponent <= 1023; exponent++ {
		value := math.Ldexp(1, exponent)
		for scale := 0; scale <= maxScale; scale++ {
			require.Equal(t, exponent<<scale-1, indexOf(value, scale))
			require.Equal(t, exponent<<scale, indexOf(math.Nextafter(value, math.Inf(1)), scale))
		}
		requireIndex(t, value)
		requireIndex(t, max(smallestNormal, math.Nextafter(value, 0)))
	}
	// The table of the data model: scale 0 and -1.
	for value, want := range map[float64][2]int{1: {-1, -1}, 2: {0, 0}, 3: {1, 0}, 4: {1, 0}, 5: {2, 1}, 16: {3, 1}, 16.5: {4, 2}, 0.25: {-3, -2}, 0.5: {-2, -1}} {
		require.Equal(t, want, [2]int{indexOf(value, 0), indexOf(value, -1)}, "%v", value)
	}
	require.Equal(t, indexOf(greatest, 20), indexOf(math.Inf(1), 20))
}

func TestIndexesAreExactAtAllBounds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		requireIndex(t, math.Float64frombits(uint64(random.Int64N(1<<62-1<<52))+1<<52))
		// The float64 on either side of a bound, and their neighbours.
		bound := math.Exp2(float64(random.IntN(1<<maxScale)) / (1 << maxScale))
		for step, value := 0, bound*(1-0x1p-50); step < 12; step++ {
			requireIndex(t, math.Ldexp(value, random.IntN(2000)-1000))
			value = math.Nextafter(value, 3)
		}
	}
	for k := range 1 << 10 { // all bounds that a histogram of latencies may have
		bound := math.Exp2(float64(k) / (1 << 10))
		requireIndex(t, math.Nextafter(bound, 0))
		requireIndex(t, bound)
		requireIndex(t, math.Nextafter(bound, 3))
	}
}

func TestTheFastLogarithmIsTheExactOne(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300_000 {
		significand := random.Uint64()>>12 | 1
		if binaryLogarithm(significand) != exactBinaryLogarithm(significand) {
			require.Equal(t, exactBinaryLogarithm(significand), binaryLogarithm(significand), "%x", significand)
		}
	}
}

func BenchmarkExponentialIndex(b *testing.B) {
	for name, value := range map[string]float64{"fast": 0.0371, "exact": math.Exp2(0.25)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				indexOf(value, 3)
			}
		})
	}
}
