package reading

import (
	"hash/maphash"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// seen remembers exceptions by their fingerprints, so that one that comes as a
// span event and as a log record is counted once. It is safe for concurrent use.
//
// Of each fingerprint it knows how many events and how many records told of it;
// the greater number is what was counted. So three equal exceptions of a loop of
// retries count as three, and their three log records add nothing.
//
// There are two generations. A fingerprint that is met again belongs to the
// young one; what is in the old one is forgotten when the young one grows old,
// after generationAge or when it is full. So the other half of an exception may
// come up to generationAge later, and state takes at most 5 MB.
type seen struct {
	seed maphash.Seed

	mu         sync.Mutex
	young, old map[uint64]tellers
	since      pcommon.Timestamp // when the young generation began
	early      uint64            // forgotten because it was full
}

const (
	generationAge  = 5 * time.Minute
	generationSize = 1 << 16
)

// teller is who tells of an exception.
type teller uint8

const (
	byEvent teller = iota
	byRecord
	tellerKinds
)

// tellers are how often each told of one.
type tellers [tellerKinds]uint32

func newSeen() *seen {
	return &seen{seed: maphash.MakeSeed(), young: map[uint64]tellers{}, old: map[uint64]tellers{}}
}

// count notes that a teller told of an exception, and reports whether it is one
// more than was known. It does not allocate for one that is known.
func (s *seen) count(fingerprint uint64, by teller, now pcommon.Timestamp) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now < s.since || s.since == 0 { // the clock went back
		s.since = now
	}
	if now-s.since >= pcommon.Timestamp(generationAge) {
		s.grow(now)
	}
	t, known := s.young[fingerprint]
	if !known {
		t = s.old[fingerprint]
		delete(s.old, fingerprint)
		if len(s.young) >= generationSize {
			s.early += uint64(len(s.old))
			s.grow(now)
		}
	}
	counted := max(t[byEvent], t[byRecord])
	t[by]++
	s.young[fingerprint] = t
	return t[by] > counted
}

// grow makes the young generation the old one, and begins a new one.
func (s *seen) grow(now pcommon.Timestamp) {
	clear(s.old)
	s.young, s.old, s.since = s.old, s.young, now
}

func (s *seen) forgotten() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.early
}
