package series

import (
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// Round numbers the exports of a table of series, from 1.
type Round uint64

// Rounds numbers the exports of one table and remembers which the next consumer
// accepted. Current may be called from anywhere; Begin and Accept by one
// exporter at a time. The zero value is ready for use.
type Rounds struct {
	begun atomic.Uint64 // the last round that was begun

	// The last round that was accepted and the accepted one before it, 0 for
	// none. Two suffice to know what was delivered: see Life.delivered.
	accepted, acceptedBefore Round
}

// Current is the round that an observation made now belongs to.
//
// Read it while holding the lock that guards the series, and take that lock
// after Begin to copy them: then a round's export has every observation of the
// round, and an observation made while the export runs counts as made after it.
func (r *Rounds) Current() Round {
	return Round(r.begun.Load() + 1)
}

// Begin ends the current round and returns its export.
func (r *Rounds) Begin() Export {
	return Export{
		Round:          Round(r.begun.Add(1)),
		accepted:       r.accepted,
		acceptedBefore: r.acceptedBefore,
	}
}

// Accept records that the next consumer took the export.
func (r *Rounds) Accept(e Export) {
	r.acceptedBefore, r.accepted = r.accepted, e.Round
}

// Export is one round on its way to the next consumer.
type Export struct {
	Round                    Round
	accepted, acceptedBefore Round
}

// Phase is what an export says of a series.
type Phase uint8

// The phases of a series, in the order in which it goes through them.
const (
	Unborn Phase = iota // born after the round: nothing to say yet
	Zero                // the first point, with the value 0
	Value               // what was counted
	Stale               // no value any more; the table forgets the series
)

// Life is the age of one series. Its owner guards it with the lock that guards
// what is counted.
type Life struct {
	// Start is when the series was first observed.
	Start pcommon.Timestamp

	seen          pcommon.Timestamp // time of the last export that found it touched
	born, touched Round             // rounds of the first and the last observation
}

// NewLife begins the life of a series that is observed in the round.
func NewLife(now pcommon.Timestamp, round Round) Life {
	return Life{Start: now, seen: now, born: round, touched: round}
}

// Touch records an observation in the round.
func (l *Life) Touch(round Round) {
	l.touched = round
}

// Phase tells what the export at the time now says of the series. A series is
// stale once it was idle for the expiration and everything it counted was
// delivered; an expiration of 0 means never. Idleness is measured from export
// to export, so it is late by up to one interval and never early.
func (l *Life) Phase(e Export, now pcommon.Timestamp, expiration time.Duration) Phase {
	if l.touched >= e.Round {
		l.seen = now
	}
	switch {
	case l.born > e.Round:
		return Unborn
	case l.born > e.accepted:
		return Zero
	case expiration > 0 && l.idle(now) >= expiration && l.delivered(e):
		return Stale
	default:
		return Value
	}
}

// idle is how long the series has not been observed; 0 if the clock went back.
func (l *Life) idle(now pcommon.Timestamp) time.Duration {
	if now <= l.seen {
		return 0
	}
	return time.Duration(now - l.seen)
}

// delivered reports whether an export with all that was counted was accepted:
// it was the last accepted one if that came after the last observation, and it
// carried the value if another, with the zero, was accepted before it.
func (l *Life) delivered(e Export) bool {
	return l.touched <= e.accepted && l.born <= e.acceptedBefore
}
