package series

import "sync/atomic"

// Budget bounds how many series are alive. It is safe for concurrent use; the
// zero value admits nothing.
type Budget struct {
	limit int64
	used  atomic.Int64
}

// NewBudget returns a budget of limit series.
func NewBudget(limit int) *Budget {
	return &Budget{limit: int64(limit)}
}

// Take admits n new series, or none of them. Two callers at the very edge of
// the limit may both be refused; the limit is never exceeded.
func (b *Budget) Take(n int) bool {
	if b.used.Add(int64(n)) > b.limit {
		b.used.Add(-int64(n))
		return false
	}
	return true
}

// Overdraw admits n series beyond the limit. It is for overflow series, whose
// number the caller bounds by how it builds them. While the budget is
// overdrawn, Take admits nothing.
func (b *Budget) Overdraw(n int) {
	b.used.Add(int64(n))
}

// Release gives back n series that were admitted.
func (b *Budget) Release(n int) {
	b.used.Add(-int64(n))
}

// Used is the number of series alive.
func (b *Budget) Used() int64 {
	return b.used.Load()
}
