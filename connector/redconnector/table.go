package redconnector

import (
	"maps"
	"slices"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// table is all that the connector remembers: a source per identity.
//
// It is bounded, whatever comes in. With the limits I identities and S series:
//
//	sources  2·I + 1                             see level
//	series   S + (2·I + 1) · 11 · (6 + 6)        11 methods, 6 classes for each
//	                                             of the two metrics: overflow series
//
// The second summand of series is reached only if every identity, each with
// every method and outcome, has more than its share. Each source has at most
// limits.endpoints endpoints and other.
//
// Locks: mu guards sources and occupied. A source's lock is never held while mu is
// taken; remove takes them in the order mu, source.
type table struct {
	limits     LimitsConfig
	expiration time.Duration
	bounds     []float64

	budget *series.Budget
	rounds series.Rounds

	mu       sync.RWMutex
	sources  map[series.Identity]*source // of all levels: equal labels are one source
	occupied [levels]int                 // sources by the level they were added at
}

// level is how much of an identity is kept: all of it, and less where there
// are too many.
type level uint8

const (
	exact    level = iota // all; at most limits.identities
	services              // version became other; at most as many again
	anything              // everything became other; one
	levels
)

// of is the identity as the level keeps it.
func (l level) of(id series.Identity) series.Identity {
	switch l {
	case exact:
		return id
	case services:
		id.Version = telemetry.Other
		return id
	default:
		return series.Identity{
			Service:     telemetry.Other,
			Namespace:   telemetry.Other,
			Environment: telemetry.Other,
			Version:     telemetry.Other,
		}
	}
}

func newTable(cfg *Config) *table {
	return &table{
		limits:     cfg.Limits,
		expiration: cfg.SeriesExpiration,
		bounds:     cfg.Histogram.Buckets,
		budget:     series.NewBudget(cfg.Limits.Series),
		sources:    map[series.Identity]*source{},
	}
}

// record counts a batch of requests of one identity. It is safe for concurrent
// use.
func (t *table) record(id series.Identity, b *batch, now pcommon.Timestamp, counts *tally) {
	s, l := t.acquire(id)
	defer s.mu.Unlock()
	switch l {
	case services:
		counts.overflow[limitIdentities] += int64(len(b.observations))
	case anything:
		counts.overflow[limitServices] += int64(len(b.observations))
	}
	s.record(b, now, counts)
}

// acquire returns the source of the identity, locked, and the level at which it
// was found or made.
func (t *table) acquire(id series.Identity) (*source, level) {
	for {
		t.mu.RLock()
		s, l := t.find(id)
		t.mu.RUnlock()
		if s == nil {
			t.mu.Lock()
			s, l = t.findOrAdd(id)
			t.mu.Unlock()
		}
		s.mu.Lock()
		if !s.removed {
			return s, l
		}
		s.mu.Unlock() // removed since: the table no longer has it
	}
}

// find returns the source of the identity, or nil and the level to add it at.
// A level that has room ends the search: what is kept of an identity grows back
// once there is room again.
func (t *table) find(id series.Identity) (*source, level) {
	for l := exact; ; l++ {
		s := t.sources[l.of(id)]
		if s != nil || l == anything || t.occupied[l] < t.limits.Identities {
			return s, l
		}
	}
}

func (t *table) findOrAdd(id series.Identity) (*source, level) {
	s, l := t.find(id)
	if s == nil {
		s = newSource(l.of(id), l, t)
		t.sources[s.identity] = s
		t.occupied[l]++
	}
	return s, l
}

// all returns the sources there are now, in no order.
func (t *table) all() []*source {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return slices.Collect(maps.Values(t.sources))
}

// identities is the number of sources.
func (t *table) identities() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.sources)
}

// removeEmpty removes the source if it has no series, which frees its place.
func (t *table) removeEmpty(s *source) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.requests)+len(s.durations) > 0 {
		return
	}
	s.removed = true
	delete(t.sources, s.identity)
	t.occupied[s.level]--
}
