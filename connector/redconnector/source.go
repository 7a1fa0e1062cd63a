package redconnector

import (
	"sync"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// other is the endpoint of requests beyond a limit.
var other = []byte(telemetry.Other)

// source is the series of one identity.
//
// It has its own lock, held once per resource of a batch: two services never
// wait for each other, and neither waits for a flush but for the copying of
// its own series.
type source struct {
	identity series.Identity // borrows nothing; constant
	level    level           // at which it was added; constant
	table    *table          // for its constants, budget and rounds

	mu        sync.Mutex
	removed   bool           // from the table: look the source up again
	endpoints map[string]int // series of each endpoint but other; at most limits.endpoints
	requests  map[key]*requests
	durations map[key]*durations
}

// key is the labels of a series within its source. In the key of durations the
// status is a class.
type key struct {
	endpoint string
	method   method
	status   status
}

// requests is a series of telemetry.HTTPRequests.
type requests struct {
	life      series.Life
	count     uint64
	durations *durations // where the same requests' durations go
}

// durations is a series of telemetry.HTTPRequestDuration.
type durations struct {
	life series.Life
	histogram
	requests int // series that refer to this one; it outlives them
}

func newSource(identity series.Identity, l level, t *table) *source {
	return &source{
		identity:  identity.Clone(),
		level:     l,
		table:     t,
		endpoints: map[string]int{},
		requests:  map[key]*requests{},
		durations: map[key]*durations{},
	}
}

// record counts a batch; the caller holds the lock. Requests of known series
// take the fast path: one lookup, with a key that borrows from the batch.
func (s *source) record(b *batch, now pcommon.Timestamp, counts *tally) {
	round := s.table.rounds.Current()
	for _, o := range b.observations {
		endpoint := b.endpoint(o)
		r := s.requests[key{endpoint: string(endpoint), method: o.method, status: o.status}]
		if r == nil {
			r = s.admit(o, endpoint, series.NewLife(now, round), counts)
		}
		r.count++
		r.life.Touch(round)
		r.durations.add(s.table.bounds, o.seconds)
		r.durations.life.Touch(round)
	}
}

// admit is the slow path of record: it returns the series that o shall count
// in, new or of overflow. A request is admitted with both of its series or with
// neither, so the two metrics agree on what an endpoint did.
func (s *source) admit(o observation, endpoint []byte, life series.Life, counts *tally) *requests {
	if !s.hasRoom(endpoint) {
		counts.overflow[limitEndpoints]++
		endpoint = other
		if r := s.requests[key{endpoint: string(endpoint), method: o.method, status: o.status}]; r != nil {
			return r
		}
	}
	if s.table.budget.Take(s.missing(o, endpoint)) {
		return s.insert(key{endpoint: string(endpoint), method: o.method, status: o.status}, life)
	}
	counts.overflow[limitSeries]++
	k := key{endpoint: telemetry.Other, method: o.method, status: o.status.class()}
	if r := s.requests[k]; r != nil {
		return r
	}
	s.table.budget.Overdraw(s.missing(o, other))
	return s.insert(k, life)
}

// missing is how many series insert adds for a request without one.
func (s *source) missing(o observation, endpoint []byte) int {
	if s.durations[key{endpoint: string(endpoint), method: o.method, status: o.status.class()}] == nil {
		return 2
	}
	return 1
}

// hasRoom reports whether the endpoint is known or may be added.
func (s *source) hasRoom(endpoint []byte) bool {
	if _, known := s.endpoints[string(endpoint)]; known {
		return true
	}
	return string(endpoint) == telemetry.Other || len(s.endpoints) < s.table.limits.Endpoints
}

// insert adds the series of requests, and that of their durations if it is
// missing. The budget has been asked.
func (s *source) insert(k key, life series.Life) *requests {
	class := key{endpoint: k.endpoint, method: k.method, status: k.status.class()}
	d := s.durations[class]
	if d == nil {
		d = &durations{life: life, histogram: histogram{buckets: make([]uint64, len(s.table.bounds)+1)}}
		s.durations[class] = d
		s.occupy(k.endpoint)
	}
	r := &requests{life: life, durations: d}
	d.requests++
	s.requests[k] = r
	s.occupy(k.endpoint)
	return r
}

func (s *source) occupy(endpoint string) {
	if endpoint != telemetry.Other {
		s.endpoints[endpoint]++
	}
}

// evict forgets what insert added for one series, and frees its places.
func (s *source) evict(endpoint string) {
	s.table.budget.Release(1)
	if endpoint == telemetry.Other {
		return
	}
	if s.endpoints[endpoint]--; s.endpoints[endpoint] == 0 {
		delete(s.endpoints, endpoint)
	}
}
