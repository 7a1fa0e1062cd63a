package series

import (
	"math"
	"math/bits"
)

const (
	smallestNormal = 0x1p-1022
	greatest       = math.MaxFloat64

	significandBits = 52
	exponentBias    = 1023
)

// indexOf is the bucket of a value at a scale: the i with b^i < value <= b^(i+1) for
// b = 2^(2^-scale). It is exact for all values from smallestNormal on, also where
// rounding errors of a logarithm are greater than the distance to a bound.
//
// Buckets of a scale are unions of those of greater scales, so the index at the
// greatest scale, shifted, is the index at any. See OTLP's data model, exponential
// scale, on why, and on the upper bound being in the bucket.
func indexOf(value float64, scale int) int {
	b := math.Float64bits(value)
	exponent := int(b>>significandBits) - exponentBias
	significand := b & (1<<significandBits - 1)
	switch {
	case significand == 0: // a bound, at any scale
		return (exponent<<maxScale - 1) >> (maxScale - scale)
	case scale <= 0:
		return exponent >> -scale
	default:
		return (exponent<<maxScale + binaryLogarithm(significand)) >> (maxScale - scale)
	}
}

// binaryLogarithm is log2(1+significand/2^52)·2^20, rounded down.
func binaryLogarithm(significand uint64) int {
	const factor = math.Log2E * (1 << maxScale)
	x := math.Log(math.Float64frombits(exponentBias<<significandBits|significand)) * factor
	// The error of x is below 2^-31: 2^-52 of up to 2^20 from each of the logarithm
	// (less than one unit in the last place), the factor and the product.
	const doubt = 1.0 / (1 << 28)
	if down := math.Floor(x); x-down > doubt && x-down < 1-doubt {
		return int(down)
	}
	return exactBinaryLogarithm(significand)
}

// exactBinaryLogarithm is binaryLogarithm without rounding errors: when a number from
// 1 to 2 is squared, whether the square reaches 2 is the next binary digit of its
// logarithm. The numbers are 128 bits long, cut: after 20 squarings they are off by
// 2^-106 at most, and no float64 but the powers of two can be expected nearer to a
// bound than 2^-53-20, as there are 2^53·2^20 pairs.
func exactBinaryLogarithm(significand uint64) (digits int) {
	high, low := 1<<63|significand<<(63-significandBits), uint64(0) // ·2^-127
	for range maxScale {
		w3, w2 := bits.Mul64(high, high)
		m1, m0 := bits.Mul64(high, low)
		w1, _ := bits.Mul64(low, low)
		w1, carry := bits.Add64(w1, m0<<1, 0)
		w2, carry = bits.Add64(w2, m1<<1|m0>>63, carry)
		w3 += m1>>63 + carry

		digits <<= 1
		if w3>>63 == 1 { // the square is 2 or more: halve it
			digits |= 1
			high, low = w3, w2
		} else {
			high, low = w3<<1|w2>>63, w2<<1|w1>>63
		}
	}
	return digits
}
