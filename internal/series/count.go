package series

import (
	"math"
	"math/bits"
)

// Count is a number of events: Whole plus Fraction/2^64. Sampling weights are
// fractions, and in fixed point their sums do not depend on the order, so that
// what a thousand series add up to is exactly what came in. It is never
// negative, and stays at its greatest value instead of overflowing.
//
// The zero value is 0.
type Count struct {
	Whole, Fraction uint64
}

// One is the weight of an event that was not sampled.
var One = Count{Whole: 1}

var most = Count{Whole: math.MaxUint64, Fraction: math.MaxUint64}

// Add adds n.
func (c *Count) Add(n Count) {
	var carry uint64
	c.Fraction, carry = bits.Add64(c.Fraction, n.Fraction, 0)
	c.Whole, carry = bits.Add64(c.Whole, n.Whole, carry)
	if carry != 0 {
		*c = most
	}
}

// Times is n times the count.
func (c Count) Times(n uint64) Count {
	if c.Fraction == 0 && c.Whole == 1 {
		return Count{Whole: n}
	}
	over, whole := bits.Mul64(c.Whole, n)
	carry, fraction := bits.Mul64(c.Fraction, n)
	whole, carried := bits.Add64(whole, carry, 0)
	if over+carried != 0 {
		return most
	}
	return Count{Whole: whole, Fraction: fraction}
}

// Float is the nearest float64: exact up to 2^53 where there is no fraction.
func (c Count) Float() float64 {
	return float64(c.Whole) + math.Ldexp(float64(c.Fraction), -64)
}

// IsZero reports whether nothing was counted.
func (c Count) IsZero() bool { return c == Count{} }

// round is the nearest whole number, as bucket counts are whole numbers in OTLP.
func (c Count) round() uint64 {
	if c.Fraction >= 1<<63 && c.Whole < math.MaxUint64 {
		return c.Whole + 1
	}
	return c.Whole
}
