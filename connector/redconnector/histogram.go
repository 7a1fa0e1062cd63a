package redconnector

import "slices"

// histogram counts durations in explicit buckets. Its bounds are those of the
// table, which are the same for all.
type histogram struct {
	sum     float64 // seconds
	count   uint64
	buckets []uint64 // one per bound, and one beyond the last
}

// add counts a duration in the first bucket whose upper bound is not below it.
func (h *histogram) add(bounds []float64, seconds float64) {
	i, _ := slices.BinarySearch(bounds, seconds)
	h.buckets[i]++
	h.count++
	h.sum += seconds
}
