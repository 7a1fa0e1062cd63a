package series

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// exact is the count as a rational number.
func exact(c Count) *big.Rat {
	whole := new(big.Rat).SetInt(new(big.Int).SetUint64(c.Whole))
	fraction := new(big.Rat).SetFrac(new(big.Int).SetUint64(c.Fraction), new(big.Int).Lsh(big.NewInt(1), 64))
	return whole.Add(whole, fraction)
}

func TestCountsAddUpExactlyInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 0))
	var counts []Count
	want := new(big.Rat)
	for range 10_000 {
		c := Count{Whole: random.Uint64N(1 << 40), Fraction: random.Uint64()}
		counts = append(counts, c)
		want.Add(want, exact(c))
	}
	for range 3 {
		random.Shuffle(len(counts), func(i, j int) { counts[i], counts[j] = counts[j], counts[i] })
		var sum Count
		for _, c := range counts {
			sum.Add(c)
		}
		require.Zero(t, want.Cmp(exact(sum)))
	}
}

func TestTimesIsRepeatedAddition(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 0))
	for range 1000 {
		c := Count{Whole: random.Uint64N(1 << 30), Fraction: random.Uint64()}
		n := random.Uint64N(1 << 20)
		want := new(big.Rat).Mul(exact(c), new(big.Rat).SetInt(new(big.Int).SetUint64(n)))
		require.Zero(t, want.Cmp(exact(c.Times(n))), "%v times %d", c, n)
	}
	require.Equal(t, Count{Whole: 7}, One.Times(7))
}

func TestACountStaysAtItsGreatestValue(t *testing.T) {
	c := Count{Whole: math.MaxUint64, Fraction: math.MaxUint64}
	c.Add(Count{Fraction: 1})
	require.Equal(t, most, c)
	c.Add(One)
	require.Equal(t, most, c)
	require.Equal(t, most, Count{Whole: 1 << 40}.Times(1<<40))
	require.Equal(t, uint64(math.MaxUint64), most.round())
}

func TestFloatAndRoundAreTheNearest(t *testing.T) {
	half := Count{Whole: 3, Fraction: 1 << 63}
	require.InDelta(t, 3.5, half.Float(), 0)
	require.EqualValues(t, 4, half.round())
	require.EqualValues(t, 3, Count{Whole: 3, Fraction: 1<<63 - 1}.round())
	require.True(t, Count{}.IsZero())
	require.False(t, Count{Fraction: 1}.IsZero())
}
