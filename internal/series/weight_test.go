package series

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// fixed is 2^64 times the count.
func fixed(c Count) *big.Int {
	n := new(big.Int).SetUint64(c.Whole)
	return n.Lsh(n, 64).Add(n, new(big.Int).SetUint64(c.Fraction))
}

func TestTheWeightOfAThresholdIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		digits := fmt.Sprintf("%014x", random.Uint64()>>8)[:1+random.IntN(14)]
		rejected, ok := new(big.Int).SetString((digits + "00000000000000")[:14], 16)
		require.True(t, ok)

		// The greatest multiple of 2^-64 that is not above 2^56 / (2^56 - T).
		all := new(big.Int).Lsh(big.NewInt(1), 56)
		want := new(big.Int).Lsh(big.NewInt(1), 56+64)
		want.Div(want, all.Sub(all, rejected))

		got, valid := Weight("x=1,ot=rv:1;th:"+digits+";k:v", Rate{})
		if want.Cmp(new(big.Int).Lsh(big.NewInt(MaxWeight+1), 64)) >= 0 {
			require.False(t, valid, digits)
			require.Equal(t, One, got)
			continue
		}
		require.True(t, valid, digits)
		require.Zero(t, want.Cmp(fixed(got)), digits)
	}
}

func TestTheThresholdIsThatOfOurMember(t *testing.T) {
	for state, want := range map[string]struct {
		weight float64
		valid  bool
	}{
		"":                        {1, true},
		"ot=th:0":                 {1, true},
		"ot=th:8":                 {2, true},
		"ot=th:C":                 {4, true},
		"ot=th:ffffffffffffff":    {1, false},
		"a=th:8,ot=th:c":          {4, true},
		"a=1 , \tot=rv:1;th:c ,b": {4, true},
		"ot=xth:8;th:c":           {4, true},
		"ot=th:c,ot=th:8":         {4, true},
		"got=th:8":                {1, true},
		"ot=":                     {1, true},
		"ot=th":                   {1, true},
		"ot=p:8;r:62":             {1, true},
		"ot=th:":                  {1, false},
		"ot=th:-1":                {1, false},
		"ot=th:g":                 {1, false},
		"ot=th:0123456789abcde":   {1, false},
		",,,=,;ot":                {1, true},
	} {
		weight, valid := Weight(state, Rate{})
		require.Equal(t, want.valid, valid, state)
		require.InDelta(t, want.weight, weight.Float(), 0, state)
	}
}

func TestARateIsOneInSoManyOrAProbability(t *testing.T) {
	for _, test := range []struct {
		rate  any
		want  float64
		valid bool
	}{
		{1, 1, true},
		{100, 100, true},
		{2.5, 2.5, true},
		{0.5, 2, true},
		{0.1, 10, true},
		{0.01, 100, true},
		{1e-6, 1e6, true},
		{1.0, 1, true},
		{1 << 20, 1 << 20, true},
		{"20", 20, true},
		{"0.25", 4, true},
		{1<<20 + 1, 1, false},
		{0, 1, false},
		{-1, 1, false},
		{math.NaN(), 1, false},
		{math.Inf(1), 1, false},
		{1e-300, 1, false},
		{"", 1, false},
		{".", 1, false},
		{"1.2.3", 1, false},
		{"1e3", 1, false},
		{"123456789012345678901", 1, false},
		{true, 1, false},
	} {
		value := pcommon.NewValueEmpty()
		require.NoError(t, value.FromRaw(test.rate))
		var r Rate
		r.Read(RateAttribute, value)
		weight, valid := Weight("", r)
		require.Equal(t, test.valid, valid, "%v", test.rate)
		require.InDelta(t, test.want, weight.Float(), 0, "%v", test.rate)
	}
}
