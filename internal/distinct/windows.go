package distinct

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"
	"unsafe"
)

// Slots is the number of slots that a window is made of.
const Slots = 12

// The windows there may be are whole minutes, so that a slot is whole seconds.
const (
	MinWindow = time.Minute
	MaxWindow = 31 * 24 * time.Hour
)

// Windows estimates how many different hashes came in the last 5 minutes, the
// last hour, the last day, and so on: any number of windows over one stream.
//
// # Span
//
// A window is a ring of 12 slots, each a Sketch. Slots begin at multiples of
// their length since the Unix epoch, so those of two gateways are the same and
// merge one by one. An estimate covers the slot that now is in and the 11 before:
// never more than the window, and never less than 11/12 of it. An hour is
// covered by 55 to 60 minutes.
//
// # Clock
//
// Time comes from the caller. It never allocates, and costs no more than one turn
// of each ring, however far it jumps. A jump ahead is time that passed: what is
// older than a window leaves it. When time goes back, which a clock does when it
// is set, nothing is lost: all slots keep their distance to the newest one, which
// is the present again. Going back into the slot before the newest is taken for
// callers that overtook each other, and counts as the newest.
//
// # Memory
//
// Each slot is at most 2^p bytes, or 8 KiB while exact: 12·2^p for each window.
// Precision 16 with windows of 5m, 1h and 24h takes at most 2.25 MiB, and
// 2 KiB while nothing came. A slot that left its window is freed.
//
// Windows must be made by NewWindows, or by UnmarshalBinary.
type Windows struct {
	precision uint8
	tick      int64 // seconds; the greatest that all lengths of slots are multiples of
	head      int64 // the newest time, in ticks since the epoch, or never
	rings     []ring
}

const (
	// never is the head before the first use.
	never = math.MinInt64

	// clockEnd is when the clock stands still, 35 million years from 1970 on either
	// side: no difference of times overflows.
	clockEnd = 1 << 50 // seconds
)

// NewWindows returns empty windows: at least one, in ascending order, whole
// minutes from MinWindow to MaxWindow. The error tells everything that is wrong.
func NewWindows(precision uint8, windows ...time.Duration) (*Windows, error) {
	var problems []error
	if precision < MinPrecision || precision > MaxPrecision {
		problems = append(problems, fmt.Errorf("precision %d: allowed is %d to %d", precision, MinPrecision, MaxPrecision))
	}
	if len(windows) == 0 {
		problems = append(problems, errors.New("no window: at least one is needed"))
	}
	for i, window := range windows {
		if window < MinWindow || window > MaxWindow || window%time.Minute != 0 {
			problems = append(problems, fmt.Errorf("window %s: allowed are whole minutes from %s to %s", window, MinWindow, MaxWindow))
		}
		if i > 0 && window <= windows[i-1] {
			problems = append(problems, fmt.Errorf("window %s after %s: allowed is ascending order", window, windows[i-1]))
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}

	w := &Windows{precision: precision, head: never, rings: make([]ring, len(windows))}
	for i, window := range windows {
		r := &w.rings[i]
		r.seconds = int64(window / time.Second / Slots)
		w.tick = divisor(r.seconds, w.tick)
		if i > 0 {
			w.rings[i-1].nested = r.seconds%w.rings[i-1].seconds == 0
		}
		for i := range r.slots {
			r.slots[i].precision = precision
		}
	}
	return w, nil
}

// Add counts the hash in all windows.
func (w *Windows) Add(hash uint64, now time.Time) {
	w.Expire(now)
	for i := range w.rings {
		r := &w.rings[i]
		// The newest slot of the next ring has seen all that the newest of this one
		// has, if it contains it. So most calls end at the first ring.
		if !r.slot(0).Add(hash) && r.nested {
			return
		}
	}
}

// unions are sketches for Estimate to merge into, by precision.
var unions [MaxPrecision + 1]sync.Pool

// Estimate is how many different hashes came in the window, by its place in what
// NewWindows was given. The error is that of one Sketch; see Span for what the
// window covers.
func (w *Windows) Estimate(window int, now time.Time) float64 {
	w.Expire(now)
	r := &w.rings[window]

	union, ok := unions[w.precision].Get().(*Sketch)
	if !ok {
		union = New(w.precision)
	}
	defer unions[w.precision].Put(union)
	union.Reset()
	for _, dense := range []bool{true, false} { // the dense first: hashes are fast to add to them
		for i := range r.slots {
			if slot := &r.slots[i]; (len(slot.registers) != 0) == dense {
				union.mustMerge(slot)
			}
		}
	}
	return union.Estimate()
}

// Expire frees what is too old for its window. Add and Estimate do it too.
func (w *Windows) Expire(now time.Time) {
	tick := floor(min(max(now.Unix(), -clockEnd), clockEnd), w.tick)
	if tick > w.head || tick < w.head-1 {
		w.move(tick)
	}
}

// move makes tick the newest time.
func (w *Windows) move(tick int64) {
	for i := range w.rings {
		r := &w.rings[i]
		if w.head != never {
			r.turn(r.number(tick, w.tick)-r.number(w.head, w.tick), w.precision)
		}
	}
	w.head = tick
}

// Merge makes the windows what they were had they been given the hashes of the
// others too, at the times they came. The others do not change. The later of the
// two clocks is the clock of both: Expire the others first if theirs is not to be
// trusted. It is an error if their precisions or windows differ; then nothing
// changes.
func (w *Windows) Merge(others *Windows) error {
	if err := w.same(others); err != nil {
		return err
	}
	if others.head == never {
		return nil
	}
	if others.head > w.head {
		w.move(others.head)
	}
	for i := range w.rings {
		r, o := &w.rings[i], &others.rings[i]
		older := r.number(w.head, w.tick) - o.number(others.head, w.tick)
		for age := older; age < Slots; age++ {
			r.slot(int(age)).mustMerge(o.slot(int(age - older)))
		}
	}
	return nil
}

// same tells in what the others differ.
func (w *Windows) same(others *Windows) error {
	var problems []error
	if w.precision != others.precision {
		problems = append(problems, fmt.Errorf("precision %d: allowed is %d, as here", others.precision, w.precision))
	}
	if a, b := w.lengths(), others.lengths(); !slices.Equal(a, b) {
		problems = append(problems, fmt.Errorf("windows %v: allowed are %v, as here", b, a))
	}
	return errors.Join(problems...)
}

// lengths are the windows, as NewWindows was given them.
func (w *Windows) lengths() []time.Duration {
	all := make([]time.Duration, len(w.rings))
	for i := range w.rings {
		all[i] = time.Duration(w.rings[i].seconds) * time.Second * Slots
	}
	return all
}

// Bytes is the memory that the windows take.
func (w *Windows) Bytes() int {
	n := int(unsafe.Sizeof(*w)) + cap(w.rings)*int(unsafe.Sizeof(ring{}))
	for i := range w.rings {
		for age := range Slots {
			n += w.rings[i].slot(age).Bytes()
		}
	}
	return n
}
