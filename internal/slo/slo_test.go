package slo

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheWindowsAreTheWorkbooks(t *testing.T) {
	all := append(Fast(), Slow()...)
	for i, factor := range []float64{14.4, 6, 3, 1} {
		require.Equal(t, factor, all[i].Factor())
		require.Equal(t, all[i].Long, 12*all[i].Short)
		require.Less(t, all[i].For, all[i].Short)
	}
}

// A service with steady traffic burns at a rate for the long window; what it has lost
// then, counted request by request, is the share of what it may lose in the period.
func TestABurnRateSpendsItsShareInItsWindow(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		objective := 0.5 + 0.49999*random.Float64()
		perHour := big.NewRat(1+random.Int64N(1e6), 1+random.Int64N(100))
		budget := new(big.Rat).Sub(big.NewRat(1, 1), new(big.Rat).SetFloat64(objective))
		allowed := new(big.Rat).Mul(budget, new(big.Rat).Mul(perHour, big.NewRat(30*24, 1)))
		for _, w := range append(Fast(), Slow()...) {
			bad := w.Factor() * Budget(objective)
			hours := big.NewRat(int64(w.Long/time.Hour), 1)
			lost := new(big.Rat).Mul(new(big.Rat).SetFloat64(bad), new(big.Rat).Mul(perHour, hours))
			share, _ := new(big.Rat).Quo(lost, allowed).Float64()
			require.InEpsilon(t, w.Share, share, 1e-6)
			require.InEpsilon(t, w.Share, Spent(BurnRate(bad, objective), w.Long), 1e-9)
		}
	}
}

func TestEveryWindowCanFireAtEveryObjective(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		objective := 0.5 + 0.49999*random.Float64()
		last := math.Inf(1)
		for _, w := range append(Fast(), Slow()...) {
			f := w.Attainable(objective)
			require.Less(t, f, last, "two windows would tell of the same")
			last = f
			require.LessOrEqual(t, f*Budget(objective), w.Ceiling+1e-6)
			require.LessOrEqual(t, f, w.Factor())
			require.GreaterOrEqual(t, f, 1.0, "it must not tell of a budget that lasts")
			if w.Factor()*Budget(objective) < w.Ceiling {
				require.Equal(t, w.Factor(), f)
			}
		}
	}
	require.Equal(t, 9.0, Fast()[0].Attainable(0.9))
}

func TestABudgetLastsUntilItIsSpent(t *testing.T) {
	for rate := 0.01; rate < 1e5; rate *= 1.7 {
		require.InDelta(t, 1, Spent(rate, Lasts(rate)), 0.5*rate/Period.Seconds()+1e-12)
	}
	require.Equal(t, Period, Lasts(1))
	require.Equal(t, 50*time.Hour, Lasts(14.4))
}

func TestBudgetsReadAsPeopleWriteThem(t *testing.T) {
	for objective, budget := range map[float64]float64{0.5: 0.5, 0.9: 0.1, 0.95: 0.05, 0.99: 0.01, 0.999: 0.001, 0.9995: 0.0005, 0.99999: 0.00001} {
		require.Equal(t, budget, Budget(objective))
		require.False(t, math.Signbit(Budget(objective)))
	}
}
