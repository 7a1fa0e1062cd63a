package series

import (
	"sync"
	"sync/atomic"

	"github.com/readygate/readygate/internal/telemetry"
)

// Owner is whom series belong to: an identity that the table knows.
type Owner struct {
	*owner
	beyond limit // the limit that made the identity less exact, or noLimit
}

// owner is an identity and its service. There is one for each identity, and two
// Owners of it: who is it, and who became it by a limit.
type owner struct {
	identity Identity // borrows nothing
	id       uint64   // never given again
	service  *service

	exact, limited Owner

	pins     atomic.Int64 // Owners that were acquired and not released
	entities atomic.Int64
}

// service is what the versions of a service share: its part of the limits.
type service struct {
	name Identity // without version and canary

	mu      sync.Mutex // held while a series is admitted
	labels  map[string]*label
	refused *demand // series; nil until one was refused

	series atomic.Int64 // that fit the limit
	owners int          // guarded by registry.mu
}

// label is an open label of a service.
type label struct {
	used    map[string]int // entities by value, "other" apart
	refused *demand        // nil until a value was refused
}

func (svc *service) label(name string) *label {
	l := svc.labels[name]
	if l == nil {
		l = &label{used: map[string]int{}}
		svc.labels[name] = l
	}
	return l
}

// hasRoom reports whether the value is known for the label, or may be added.
func (svc *service) hasRoom(name string, value []byte, limit int) bool {
	if string(value) == telemetry.Other {
		return true
	}
	l := svc.label(name)
	return l.used[string(value)] > 0 || len(l.used) < limit
}

// Acquire returns whom the series of an identity belong to, which beyond a limit
// is less exact than the identity. It must be released when nothing more is
// observed for it; until then it is not forgotten. The identity may borrow.
func (t *Table) Acquire(id Identity) *Owner {
	r := &t.registry
	r.mu.RLock()
	if o := r.owners[id]; o != nil {
		o.pins.Add(1)
		r.mu.RUnlock()
		return &o.exact
	}
	r.mu.RUnlock()
	return r.acquire(id)
}

// Identity is whom the owner's series name.
func (o *Owner) Identity() Identity { return o.identity }

// Release undoes one Acquire.
func (o *Owner) Release() { o.pins.Add(-1) }

func (o *owner) unused() bool { return o.entities.Load() == 0 && o.pins.Load() == 0 }
