package series

import (
	"errors"
	"fmt"
	"unsafe"

	"go.opentelemetry.io/collector/pdata/pmetric"
)

// The scales an exponential histogram may have. At the greatest, bounds are
// 0.00007 % apart. At the least, two buckets hold all float64 there are.
const (
	maxScale = 20
	minScale = -10
)

// exponential is a base-2 exponential histogram of values that are not negative, as
// OTLP's data model has it: bucket i counts the values in (b^i, b^(i+1)] for
// b = 2^(2^-scale). It has as many buckets as it may and no more: when a value is
// too far from the others, each two buckets become one until it is not, which
// takes one from the scale. So an estimate from it is off by (b-1)/(b+1) at most,
// which is 4.4 % for 160 buckets and values from 1 ms to 60 s.
//
// What it holds depends only on the values it was given: not on their order, nor
// on how they were spread over histograms that were merged. It is not safe for
// concurrent use, and must be made by newExponential.
type exponential struct {
	size    int // the most buckets there may be
	scale   int
	zero    Count   // of values that are 0 or subnormal
	offset  int     // index of the first bucket
	buckets []Count // neither the first nor the last is 0
}

// newExponential returns an empty histogram of at most size buckets, 2 if it is
// less: with fewer, no scale would hold both small and great values.
func newExponential(size int) *exponential {
	return &exponential{size: max(size, 2), scale: maxScale}
}

// add counts a value. What is not greater than 0 counts as 0, as do subnormal
// values; +Inf counts as the greatest float64. It allocates while the range of
// values grows, which is at most seven times for 160 buckets.
func (e *exponential) add(value float64, weight Count) {
	if !(value >= smallestNormal) {
		e.zero.Add(weight)
		return
	}
	index := indexOf(value, e.scale)
	if at := uint(index - e.offset); at < uint(len(e.buckets)) {
		e.buckets[at].Add(weight)
	} else if !weight.IsZero() {
		index >>= e.include(index, index)
		e.buckets[index-e.offset].Add(weight)
	}
}

// include makes room for the buckets from low to high, and returns how much it had
// to take from the scale for it.
func (e *exponential) include(low, high int) (shift int) {
	if len(e.buckets) > 0 {
		low, high = min(low, e.offset), max(high, e.offset+len(e.buckets)-1)
	}
	for ; high-low >= e.size; shift++ {
		low, high = low>>1, high>>1
	}
	e.downscale(shift)
	e.extend(low, high-low+1)
	return shift
}

// downscale takes from the scale: buckets that share an index become one.
func (e *exponential) downscale(shift int) {
	if shift == 0 {
		return
	}
	offset, to := e.offset>>shift, 0
	for i, n := range e.buckets {
		to = (e.offset+i)>>shift - offset
		e.buckets[i] = Count{}
		e.buckets[to].Add(n)
	}
	e.scale, e.offset = e.scale-shift, offset
	e.buckets = e.buckets[:min(to+1, len(e.buckets))]
}

// extend makes the buckets n from the offset, which contain those that are.
func (e *exponential) extend(offset, n int) {
	old, before := e.buckets, e.offset-offset
	if len(old) == 0 {
		before = 0
	}
	if n <= cap(old) {
		e.buckets = old[:n]
	} else {
		e.buckets = make([]Count, n, min(max(8, 2*n), e.size))
	}
	copy(e.buckets[before:], old)
	clear(e.buckets[:before])
	clear(e.buckets[before+len(old):])
	e.offset = offset
}

// merge adds what another histogram counted, which does not change.
func (e *exponential) merge(other *exponential) {
	e.zero.Add(other.zero)
	first, last := extent(other.buckets, Count.IsZero)
	if last < first {
		return
	}
	e.downscale(max(0, e.scale-other.scale))
	shift := other.scale - e.scale
	shift += e.include((other.offset+first)>>shift, (other.offset+last)>>shift)
	for i, n := range other.buckets[first : last+1] {
		e.buckets[(other.offset+first+i)>>shift-e.offset].Add(n)
	}
}

// extent is the first and the last bucket that is not empty; if all are, the last
// is before the first.
func extent(buckets []Count, empty func(Count) bool) (first, last int) {
	last = len(buckets) - 1
	for first <= last && empty(buckets[first]) {
		first++
	}
	for last > first && empty(buckets[last]) {
		last--
	}
	return first, last
}

// clone returns what a point tells of the histogram: the whole part of each bucket.
//
// It is cut and not rounded, because readers of cumulative histograms take a
// bucket that fell for a restart: when two buckets become one, the whole part of
// their sum is never less than the sum of their whole parts. Rounded, it is.
func (e *exponential) clone() *exponential {
	c := &exponential{size: e.size, scale: e.scale, zero: Count{Whole: e.zero.Whole}, offset: e.offset}
	first, last := extent(e.buckets, isFraction)
	c.offset += first
	c.buckets = make([]Count, 0, max(0, last-first+1))
	for i := first; i <= last; i++ {
		c.buckets = append(c.buckets, Count{Whole: e.buckets[i].Whole})
	}
	return c
}

func isFraction(n Count) bool { return n.Whole == 0 }

// reset takes away what clone returns. The fractions stay, so that nothing is lost
// however many deltas a value is spread over.
func (e *exponential) reset() {
	e.zero.Whole = 0
	for i := range e.buckets {
		e.buckets[i].Whole = 0
	}
	first, last := extent(e.buckets, Count.IsZero)
	if last < first {
		e.buckets, e.offset, e.scale = e.buckets[:0], 0, maxScale
		return
	}
	e.offset += first
	e.buckets = e.buckets[:copy(e.buckets, e.buckets[first:last+1])]
}

// empty tells whether there is nothing that a point could tell.
func (e *exponential) empty() bool {
	first, last := extent(e.buckets, isFraction)
	return e.zero.Whole == 0 && last < first
}

// bytes is the memory that the histogram takes: 16 for each bucket, in powers of two.
func (e *exponential) bytes() int {
	return int(unsafe.Sizeof(*e)) + cap(e.buckets)*int(unsafe.Sizeof(Count{}))
}

// appendTo writes the buckets and their count, which is their sum, to a point.
func (e *exponential) appendTo(dp pmetric.ExponentialHistogramDataPoint) {
	dp.SetScale(int32(e.scale))
	dp.SetZeroCount(e.zero.Whole)
	dp.Positive().SetOffset(int32(e.offset))
	counts, sum := dp.Positive().BucketCounts(), e.zero.Whole
	counts.EnsureCapacity(len(e.buckets))
	for _, n := range e.buckets {
		counts.Append(n.Whole)
		sum += n.Whole
	}
	dp.SetCount(sum)
}

// keptExponential is an exponential histogram on disk.
type keptExponential struct {
	Size, Scale, Offset int
	Zero                Count
	Buckets             []Count
}

// keep returns a copy of the histogram.
func (e *exponential) keep() *keptExponential {
	return &keptExponential{Size: e.size, Scale: e.scale, Offset: e.offset, Zero: e.zero, Buckets: append([]Count(nil), e.buckets...)}
}

// check tells what is wrong with what was kept, for histograms of size buckets.
func (k *keptExponential) check(size int) error {
	if k == nil {
		return errors.New("no exponential histogram")
	}
	var problems []error
	if k.Size != max(size, 2) {
		problems = append(problems, fmt.Errorf("exponential histogram of %d buckets: allowed is %d", k.Size, max(size, 2)))
	}
	if len(k.Buckets) > k.Size {
		problems = append(problems, fmt.Errorf("exponential histogram has %d buckets: allowed are %d", len(k.Buckets), k.Size))
	}
	if k.Scale < minScale || k.Scale > maxScale {
		problems = append(problems, fmt.Errorf("exponential histogram of scale %d: allowed is %d to %d", k.Scale, minScale, maxScale))
	} else if low, high := indexOf(smallestNormal, k.Scale), indexOf(greatest, k.Scale); k.Offset < low || k.Offset > high+1-len(k.Buckets) {
		problems = append(problems, fmt.Errorf("exponential histogram has the buckets %d to %d: allowed at scale %d is %d to %d",
			k.Offset, k.Offset+len(k.Buckets)-1, k.Scale, low, high))
	}
	return errors.Join(problems...)
}

// revive returns the histogram that was kept, and takes its buckets.
func (k *keptExponential) revive() *exponential {
	return &exponential{size: k.Size, scale: k.Scale, offset: k.Offset, zero: k.Zero, buckets: k.Buckets}
}
