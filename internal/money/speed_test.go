package money_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/money"
)

func TestReadingAmountsAllocatesNothing(t *testing.T) {
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for _, v := range []float64{19.99, 0.1 + 0.2, 19.999, -5, 1e300} {
			_, _ = money.Minor(v, 2)
		}
		for _, s := range []string{" 19.99 ", "-19.99", "0.30000000000000004", "19.999", "1,234.50"} {
			_, _ = money.MinorString(s, 2)
		}
		_, _ = money.MinorInt(20, 2)
		_, _ = money.Lookup("usd")
		_, _ = money.Lookup("XXX")
	}))
}

func BenchmarkMinor(b *testing.B) {
	for name, v := range map[string]float64{"price": 19.99, "noise": 0.1 + 0.2, "refused": 19.999} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = money.Minor(v, 2)
			}
		})
	}
}

func BenchmarkMinorInt(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = money.MinorInt(20, 2)
	}
}

func BenchmarkMinorString(b *testing.B) {
	for name, s := range map[string]string{"price": "1234.50", "noise": "0.30000000000000004"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = money.MinorString(s, 2)
			}
		})
	}
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = money.Lookup("USD")
	}
}

func BenchmarkFormat(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = money.Format(1999, 2)
	}
}
