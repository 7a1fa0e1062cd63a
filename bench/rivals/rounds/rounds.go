// Package rounds sums up a figure that was measured several times.
package rounds

import (
	"math"
	"slices"
)

// Figures are the values of a figure, one of each round, in any order. All
// methods need one at least.
type Figures []float64

// Median returns the one in the middle, or the mean of the middle two.
func (f Figures) Median() float64 { return f.Quantile(0.5) }

// Quantile returns what the share q of the figures, from 0 to 1, is below, by
// linear interpolation between the two next to it.
func (f Figures) Quantile(q float64) float64 {
	sorted := slices.Sorted(slices.Values(f))
	low, between := math.Modf(q * float64(len(sorted)-1))
	at := int(low)
	return sorted[at] + between*(sorted[min(at+1, len(sorted)-1)]-sorted[at])
}

// Lowest returns the least.
func (f Figures) Lowest() float64 { return slices.Min(f) }

// Highest returns the greatest.
func (f Figures) Highest() float64 { return slices.Max(f) }

// Over returns, round by round, the figures divided by those of other, which
// has as many.
func (f Figures) Over(other Figures) Figures {
	ratios := make(Figures, len(f))
	for i := range f {
		ratios[i] = f[i] / other[i]
	}
	return ratios
}
