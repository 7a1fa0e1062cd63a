package series

import (
	"context"
	"errors"
	"runtime"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// maxPoints is how many data points are sent at once, unless one shard has more:
// what a flush builds stays small beside what the table holds.
const maxPoints = 5000

// FlushStats is what one flush did.
type FlushStats struct {
	Points  int // data points sent, refused ones too
	Evicted int // entities that ended
}

// flusher is what flushes use again.
type flusher struct {
	parts  []part
	turned pcommon.Timestamp // when demands last turned
}

// Occasion is why series are flushed.
type Occasion uint8

// The occasions.
const (
	// Interval: another flush comes after this one.
	Interval Occasion = iota
	// Pause: the state is kept, and the series go on when the gateway is there again.
	// Of a series whose value was never sent this flush, too, sends the zero: a page
	// that is scraped goes with the process, and who saw neither would find the value
	// first. Nothing expires.
	Pause
	// End: no flush comes after this one. A series whose zero is due gets its value too.
	End
)

// Flush sends the series to the next consumer, in parts. What one part was refused
// is sent again by the next flush, with all that was counted since; the errors are
// joined. Only stale points are not repeated: all that their series had counted was
// delivered, and what is left is that readers notice later. A part that was
// refused does not keep the others from being sent, but an end of ctx does.
//
// Between the copying of a part and its sending, in send, Save returns a state that is
// not older than what is sent.
func (t *Table) Flush(
	ctx context.Context, why Occasion, send func(context.Context, pmetric.Metrics) error,
) (FlushStats, error) {
	t.flushing.Lock()
	defer t.flushing.Unlock()

	var stats FlushStats
	var errs []error
	round := t.rounds.begin()
	// The time is taken after Begin: no series of the round starts after it.
	now := pcommon.NewTimestampFromTime(time.Now())
	bytes := int64(0)
	for from := 0; from < shards; {
		out := newOutput(t, now, why == End)
		to := from
		for ; to < shards && (to == from || out.count < maxPoints); to++ {
			if len(t.flusher.parts) == to-from {
				t.flusher.parts = append(t.flusher.parts, part{})
			}
			p := &t.flusher.parts[to-from]
			// A new time slice: who is preempted while holding the lock of a shard
			// keeps everybody waiting until it is run again.
			runtime.Gosched()
			p.take(t, &t.shards[to], round, now, why == Pause)
			out.add(p)
			stats.Evicted += len(p.evicted)
			bytes += p.bytes
			t.forget(p.evicted)
		}
		var err error
		if md := out.finish(); out.count > 0 {
			stats.Points += out.count
			if err = ctx.Err(); err == nil {
				err = send(ctx, md)
			}
		}
		for i := from; i < to; i++ {
			t.shards[i].settle(t, &t.flusher.parts[i-from], round, err == nil)
			t.flusher.parts[i-from].forget()
		}
		if err != nil {
			errs = append(errs, err)
		}
		from = to
	}
	t.ledger.bytes.Store(bytes)
	t.ledger.evicted.Add(int64(stats.Evicted))
	t.registry.sweep()
	t.turnDemands(now)
	return stats, errors.Join(errs...)
}
