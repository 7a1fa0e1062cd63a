package rule

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/money"
	"github.com/readygate/readygate/internal/series"
)

func TestCanonicalTextIsTheSameForEqualNumbers(t *testing.T) {
	for want, values := range map[string][]any{
		"42":                       {int64(42), 42.0, "42"},
		"-1":                       {int64(-1), -1.0},
		"0":                        {int64(0), 0.0, math.Copysign(0, -1)},
		"9007199254740992":         {int64(1 << 53), float64(1 << 53)},
		"0.5":                      {0.5, "0.5"},
		"1e+300":                   {1e300},
		"-2.2250738585072014e-308": {-2.2250738585072014e-308},
		"true":                     {true, "true"},
		"NaN":                      {math.NaN()},
		"-9223372036854775808":     {int64(math.MinInt64)},
	} {
		for _, value := range values {
			v := pcommon.NewValueEmpty()
			require.NoError(t, v.FromRaw(value))
			require.Equal(t, want, viewOf(v).canonical())
			require.LessOrEqual(t, len(want), scratchSize)
		}
	}
}

// Against exact arithmetic: the nearest whole unit, half away from zero, or refused.
func TestAWeightedAmountIsRoundedToTheUnit(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 100_000 {
		a := Amount{Units: random.Int64N(money.MaxUnits+1) >> random.IntN(54)}
		weight := series.Count{Whole: random.Uint64N(1<<56) >> random.IntN(57), Fraction: random.Uint64()}
		exact := new(big.Int).Lsh(new(big.Int).SetUint64(weight.Whole), 64)
		exact.Add(exact, new(big.Int).SetUint64(weight.Fraction))
		exact.Mul(exact, big.NewInt(a.Units))
		exact.Add(exact, new(big.Int).Lsh(big.NewInt(1), 63))
		exact.Rsh(exact, 64)
		got, refusal := a.Weighted(weight)
		if exact.Cmp(big.NewInt(money.MaxUnits)) > 0 {
			require.Equal(t, Range, refusal)
			continue
		}
		require.Equal(t, NotRefused, refusal)
		require.Equal(t, exact.Int64(), got.Units, "%d times %v", a.Units, weight)
	}
}

func TestEveryReasonHasItsOwnWord(t *testing.T) {
	words := map[string]bool{}
	for refusal := range RefusalCount {
		words[refusal.String()] = true
	}
	require.Len(t, words, int(RefusalCount))
	for _, err := range []*money.Error{money.ErrNotANumber, money.ErrSyntax, money.ErrPrecision, money.ErrRange} {
		require.Equal(t, err.Reason(), refusalOf(err).String())
	}
	require.Equal(t, money.ErrNegative.Reason(), Negative.String())
	require.Equal(t, money.ErrCurrency.Reason(), WrongCurrency.String())
}
