package money_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/money"
)

// FuzzMinorString holds accepted texts against exact arithmetic.
func FuzzMinorString(f *testing.F) {
	for _, s := range []string{"19.99", "-0.30000000000000004", " +.5 ", "1,234.50", "1e3", "90071992547409.92", "0.99999999999999999999", "-", ""} {
		f.Add(s, uint8(2))
	}
	f.Fuzz(func(t *testing.T, s string, scale uint8) {
		units, err := accept(money.MinorString(s, scale))
		if err != nil {
			require.Zero(t, units)
			return
		}
		again, err := accept(money.MinorString(money.Format(units, scale), scale))
		require.NoError(t, err)
		require.Equal(t, units, again)
		value, ok := new(big.Rat).SetString(strings.TrimSpace(s))
		require.True(t, ok)
		requireNear(t, value, units, scale)
	})
}

// FuzzMinor holds accepted doubles against exact arithmetic.
func FuzzMinor(f *testing.F) {
	for _, v := range []float64{19.99, 0.1 + 0.2, -1e-17, 1 << 46, 70368744177663.99, 19.999, math.NaN(), math.Inf(1), math.MaxFloat64, math.SmallestNonzeroFloat64} {
		f.Add(v, uint8(2))
	}
	f.Fuzz(func(t *testing.T, v float64, scale uint8) {
		units, err := accept(money.Minor(v, scale))
		if err != nil {
			require.Zero(t, units)
			return
		}
		again, err := accept(money.Minor(float64(units)/math.Pow10(int(scale)), scale))
		if err != nil {
			require.ErrorIs(t, err, money.ErrRange) // noise just below the bound
			return
		}
		require.Equal(t, units, again)
		requireNear(t, new(big.Rat).SetFloat64(v), units, scale)
	})
}

// FuzzMinorInt holds accepted integers against exact arithmetic.
func FuzzMinorInt(f *testing.F) {
	f.Add(int64(20), uint8(2))
	f.Add(int64(math.MinInt64), uint8(9))
	f.Fuzz(func(t *testing.T, v int64, scale uint8) {
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
		want := power.Mul(power, big.NewInt(v))
		units, err := accept(money.MinorInt(v, scale))
		if scale > money.MaxScale || want.CmpAbs(big.NewInt(money.MaxUnits)) > 0 {
			require.ErrorIs(t, err, money.ErrRange)
			return
		}
		require.NoError(t, err)
		require.Equal(t, want.String(), big.NewInt(units).String())
	})
}

// FuzzLookup finds nothing but three letters.
func FuzzLookup(f *testing.F) {
	f.Add("usd")
	f.Add("\x15SD")
	f.Fuzz(func(t *testing.T, code string) {
		c, err := money.Lookup(code)
		if err != nil {
			require.ErrorIs(t, err, money.ErrCurrency)
			return
		}
		require.Regexp(t, "^[A-Za-z]{3}$", code)
		require.Regexp(t, "^[A-Z]{3}$", c.Code)
		require.LessOrEqual(t, c.Scale, uint8(money.MaxScale))
	})
}

// requireNear fails if the value is further from units than what is taken for
// noise: a millionth of a unit, up to a hundredth for large ones; and what separates
// the decimal that a double means from the double.
func requireNear(t *testing.T, value *big.Rat, units int64, scale uint8) {
	t.Helper()
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	away, _ := new(big.Rat).Sub(new(big.Rat).Mul(value, new(big.Rat).SetInt(power)), new(big.Rat).SetInt64(units)).Float64()
	magnitude := math.Abs(float64(units))
	require.LessOrEqual(t, math.Abs(away), min(max(1e-6, magnitude/(1<<50)), 1e-2)+magnitude/(1<<52)+1e-15)
}
