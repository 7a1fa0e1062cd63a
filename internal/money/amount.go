package money

import "math"

// Limits of amounts.
const (
	MaxScale = 9       // a billionth
	MaxUnits = 1 << 53 // of either sign; see the package's comment
)

// powers are the powers of ten: units for one, by scale.
var powers = [MaxScale + 1]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}

// coarse are the magnitudes, by scale, from which on neighbouring doubles may lie a
// unit or more apart: the greatest 2^k with 2^(k-53) < 10^-scale. Below, two
// different units never round to the same double.
var coarse = [MaxScale + 1]float64{
	1 << 53, 1 << 49, 1 << 46, 1 << 43, 1 << 39, 1 << 36, 1 << 33, 1 << 29, 1 << 26, 1 << 23,
}

// Minor returns the units that a double means at a scale. Errors: ErrNotANumber,
// ErrRange, ErrPrecision; and ErrNegative, with which the units are returned too.
func Minor(v float64, scale uint8) (int64, error) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, ErrNotANumber
	}
	if scale > MaxScale || math.Abs(v) >= coarse[scale] {
		return 0, ErrRange
	}
	power := float64(powers[scale]) // exact, as the units below are
	units := math.Round(v * power)
	// Fast: v is the double nearest to so many units, which no other number of units
	// has (see coarse). Division is correctly rounded.
	if units/power != v {
		// Slow: the product was rounded, which may have led to a neighbour. FMA rounds
		// only what is left.
		units += math.Round(math.FMA(v, power, -units))
		if units/power != v && !isNoise(math.FMA(v, power, -units), units) {
			return 0, ErrPrecision
		}
	}
	return signed(int64(units))
}

// MinorInt returns the units of a whole number at a scale. Errors: ErrRange; and
// ErrNegative, with which the units are returned too.
func MinorInt(v int64, scale uint8) (int64, error) {
	if scale > MaxScale || v > MaxUnits/powers[scale] || v < -MaxUnits/powers[scale] {
		return 0, ErrRange
	}
	return signed(v * powers[scale])
}

// isNoise reports whether what lies beyond a number of units comes from arithmetic
// with doubles, not from somebody's digits.
func isNoise(beyond, units float64) bool {
	const leastTolerance, tolerance, mostTolerance = 1e-6, 1.0 / (1 << 50), 1e-2
	return math.Abs(beyond) < min(max(leastTolerance, math.Abs(units)*tolerance), mostTolerance)
}

// signed returns the units, with ErrNegative if they are.
func signed(units int64) (int64, error) {
	if units < 0 {
		return units, ErrNegative
	}
	return units, nil
}
