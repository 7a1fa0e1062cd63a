package series

import (
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// round numbers the exports of a table, from 1.
type round uint64

// rounds counts the exports of a table. The zero value is ready for use.
type rounds struct{ begun atomic.Uint64 }

// current is the round that an observation made now belongs to.
//
// It is read while holding the lock of the shard, and that lock is taken after
// begin to copy the shard: then a round's export has every observation of the round,
// and an observation made while the export runs counts as made after it.
func (r *rounds) current() round { return round(r.begun.Load() + 1) }

// begin ends the current round and returns it.
func (r *rounds) begin() round { return round(r.begun.Add(1)) }

// accepted are the last round of a shard that the next consumer took, and the one it
// took before that; 0 for none. Two suffice to know what was delivered: see
// life.delivered.
type accepted struct{ last, before round }

func (a *accepted) accept(r round) { a.before, a.last = a.last, r }

// export is one round of a shard on its way to the next consumer.
type export struct {
	round round
	accepted
}

// phase is what an export says of a series.
type phase uint8

// The phases of a series, in the order in which it goes through them.
const (
	isUnborn phase = iota // born after the round: nothing to say yet
	isZero                // the first point, with the value 0
	isValue               // what was counted
	isStale               // no value any more; the table forgets the series
)

// life is the age of an entity, guarded by the lock of its shard.
type life struct {
	start pcommon.Timestamp // when it was first observed; never changes

	seen          pcommon.Timestamp // time of the last export that found it touched
	born, touched round             // rounds of the first and the last observation
}

// newLife begins the life of an entity that is observed in the round.
func newLife(now pcommon.Timestamp, r round) life {
	return life{start: now, seen: now, born: r, touched: r}
}

// touch records an observation in the round.
func (l *life) touch(r round) { l.touched = r }

// phase tells what the export at the time now says of the entity. It is stale once
// it was idle for the expiration and everything it counted was delivered; an
// expiration of 0 means never. Idleness is measured from export to export, so it is
// late by up to one interval and never early.
func (l *life) phase(e export, now pcommon.Timestamp, expiration time.Duration) phase {
	if l.touched >= e.round || now < l.seen { // or the clock was set back
		l.seen = now
	}
	switch {
	case l.born > e.round:
		return isUnborn
	case l.born > e.last:
		return isZero
	case expiration > 0 && l.idle(now) >= expiration && l.delivered(e):
		return isStale
	default:
		return isValue
	}
}

// idle is how long the entity has not been observed.
func (l *life) idle(now pcommon.Timestamp) time.Duration {
	return time.Duration(now - l.seen)
}

// delivered reports whether an export with all that was counted was accepted: it was
// the last accepted one if that came after the last observation, and it carried the
// value if another, with the zero, was accepted before it.
func (l *life) delivered(e export) bool {
	return l.touched <= e.last && l.born <= e.before
}
