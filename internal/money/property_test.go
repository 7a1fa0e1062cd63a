package money_test

import (
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/money"
)

// accept returns the units, be they negative.
func accept(units int64, err error) (int64, error) {
	if errors.Is(err, money.ErrNegative) {
		err = nil
	}
	return units, err
}

// magnitudes calls f with numbers of units of all sizes up to most, of either sign.
func magnitudes(seed uint64, n int, most int64, f func(units int64)) {
	random := rand.New(rand.NewPCG(seed, 0))
	for range n {
		units := random.Int64N(most+1) >> random.UintN(53)
		f(units)
		f(-units)
	}
}

func TestDoublesUpTo2To52UnitsAreExactAtEachScale(t *testing.T) {
	for scale := range uint8(money.MaxScale + 1) {
		power := math.Pow10(int(scale))
		check := func(units int64) {
			if got, err := accept(money.Minor(float64(units)/power, scale)); err != nil || got != units {
				require.Failf(t, "not exact", "%d at scale %d became %d, %v", units, scale, got, err)
			}
		}
		magnitudes(uint64(scale), 100_000, 1<<52, check)
		for units := int64(1<<52 - 10_000); units <= 1<<52; units++ {
			check(units)
		}
	}
}

func TestDoublesAreExactUpToTheLargestThatIsAccepted(t *testing.T) {
	for scale := range uint8(money.MaxScale + 1) {
		power := math.Pow10(int(scale))
		// The first refused power of two.
		end := 1.0
		for _, err := money.Minor(end, scale); err == nil; _, err = money.Minor(end, scale) {
			end *= 2
		}
		_, err := money.Minor(end, scale)
		require.ErrorIs(t, err, money.ErrRange)
		last := int64(math.Ceil(end*power)) - 1
		require.Greater(t, last, int64(1<<52))
		for units := last - 100_000; units <= last; units++ {
			got, err := money.Minor(float64(units)/power, scale)
			if float64(units)/power >= end {
				require.ErrorIs(t, err, money.ErrRange) // it rounded up to the bound
				continue
			}
			if err != nil || got != units {
				require.Failf(t, "not exact", "%d at scale %d became %d, %v", units, scale, got, err)
			}
		}
	}
}

func TestDoublesBeyondTheBoundStandForSeveralAmounts(t *testing.T) {
	end := float64(1 << 46)
	require.Equal(t, (end*100+51)/100, (end*100+52)/100, "two amounts of cents, one double")
}

func TestDoublesMeanTheirShortestDecimal(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	refused := 0
	for range 500_000 {
		scale := uint8(random.UintN(money.MaxScale + 1))
		// Some digits too many half of the time, and noise of a few additions.
		v := float64(random.Int64N(1e12)>>random.UintN(40)) / math.Pow10(int(scale)+random.IntN(2))
		for range random.IntN(3) {
			v = math.Nextafter(v, math.Inf(random.IntN(2)*2-1))
		}
		fromDouble, err := accept(money.Minor(v, scale))
		text := strconv.FormatFloat(v, 'f', -1, 64)
		fromText, errText := accept(money.MinorString(text, scale))
		if fromDouble != fromText || !errors.Is(err, errText) {
			require.Failf(t, "differs", "%s at scale %d: double %d, %v; text %d, %v", text, scale, fromDouble, err, fromText, errText)
		}
		if err != nil {
			refused++
		}
	}
	require.Greater(t, refused, 50_000, "digits too many are refused")
	require.Less(t, refused, 350_000)
}

func TestSumsOfDoublesMeanTheSumOfTheirUnits(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 100_000 {
		want, v := int64(0), 0.0
		for range 2 + random.IntN(9) {
			units := random.Int64N(1e11) >> random.UintN(36)
			want, v = want+units, v+float64(units)/100
		}
		got, err := money.Minor(v, 2)
		require.NoError(t, err, v)
		require.Equal(t, want, got, v)
	}
}

func TestFormattedUnitsReadBack(t *testing.T) {
	for scale := range uint8(money.MaxScale + 1) {
		magnitudes(uint64(scale), 50_000, money.MaxUnits, func(units int64) {
			if got, err := accept(money.MinorString(money.Format(units, scale), scale)); err != nil || got != units {
				require.Failf(t, "not exact", "%d at scale %d became %d, %v", units, scale, got, err)
			}
		})
	}
	require.Equal(t, "-9223372036854775.808", money.Format(math.MinInt64, 3))
}

func TestTenMillionAmountsInRandomOrderSumUpExactly(t *testing.T) {
	const n = 10_000_000
	random := rand.New(rand.NewPCG(5, 6))
	amounts := make([]int64, n)
	want, next := new(big.Int), new(big.Int)
	for i := range amounts {
		// Up to ten million dollars, mostly less; a third whole ones.
		amounts[i] = random.Int64N(1e9) >> random.UintN(30)
		if i%3 == 0 {
			amounts[i] = amounts[i] / 100 * 100
		}
		want.Add(want, next.SetInt64(amounts[i]))
	}
	random.Shuffle(n, func(i, j int) { amounts[i], amounts[j] = amounts[j], amounts[i] })

	sum := int64(0)
	for i, amount := range amounts {
		var units int64
		var err error
		switch {
		case amount%100 == 0:
			units, err = money.MinorInt(amount/100, 2)
		case i%4 == 0:
			units, err = money.MinorString(money.Format(amount, 2), 2)
		default:
			units, err = money.Minor(float64(amount)/100, 2)
		}
		if err != nil {
			require.NoError(t, err, amount)
		}
		sum += units
	}
	require.Equal(t, want.String(), strconv.FormatInt(sum, 10))

	// What is exported is the double nearest to the sum, and means it.
	exported := float64(sum) / 100
	nearest, _ := new(big.Rat).SetFrac(want, big.NewInt(100)).Float64()
	require.Equal(t, nearest, exported)
	read, err := money.Minor(exported, 2)
	require.NoError(t, err)
	require.Equal(t, sum, read)
}
