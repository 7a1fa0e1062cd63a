package release

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// The same by whole numbers and 200 bits: no rounding on the way.
func exact(e1, n1, e2, n2 int64) float64 {
	ratio := func(a, b int64) *big.Rat { return big.NewRat(a, b) }
	p := ratio(e1+e2, n1+n2)
	variance := new(big.Rat).Mul(p, new(big.Rat).Sub(big.NewRat(1, 1), p))
	variance.Mul(variance, new(big.Rat).Add(big.NewRat(1, n1), big.NewRat(1, n2)))
	deviation := new(big.Float).SetPrec(200).SetRat(variance)
	deviation.Sqrt(deviation)
	delta := new(big.Float).SetPrec(200).SetRat(new(big.Rat).Sub(ratio(e1, n1), ratio(e2, n2)))
	z, _ := delta.Quo(delta, deviation).Float64()
	return z
}

func TestTheScoreIsThatOfAnExactComputation(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 10_000 {
		n1, n2 := 1+random.Int64N(1e6), 1+random.Int64N(1e9)
		e1, e2 := random.Int64N(n1+1), random.Int64N(n2+1)
		if e1+e2 == 0 || e1+e2 == n1+n2 {
			require.True(t, math.IsNaN(zscore(float64(e1), float64(n1), float64(e2), float64(n2))))
			continue
		}
		want := exact(e1, n1, e2, n2)
		require.InDelta(t, want, zscore(float64(e1), float64(n1), float64(e2), float64(n2)), 1e-6*math.Max(1, math.Abs(want)))
	}
}

func TestTheTrafficThatIsNeededMakesTheScore(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 1000 {
		stable, z, times := random.Float64()/2, 1+9*random.Float64(), 0.1+20*random.Float64()
		canary := stable + 0.001 + random.Float64()/3
		n := needed(z, canary, stable, times)
		require.InEpsilon(t, z, zscore(canary*n, n, stable*times*n, times*n), 1e-9)
	}
}
