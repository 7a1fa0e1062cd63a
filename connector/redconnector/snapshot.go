package redconnector

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/series"
)

// snapshot is a copy of one source's series, so that points can be built from
// it while the source goes on counting. It is reused from source to source.
type snapshot struct {
	identity  series.Identity
	requests  []requestsCopy
	durations []durationsCopy
	buckets   []uint64 // of all durations, one after the other
	evicted   int      // series that are stale and no longer in the source
	empty     bool     // no series are left in the source
}

type requestsCopy struct {
	key
	phase series.Phase
	start pcommon.Timestamp
	count uint64
}

type durationsCopy struct {
	key
	phase    series.Phase
	start    pcommon.Timestamp
	sum      float64
	count    uint64
	from, to int // its buckets are snapshot.buckets[from:to]
}

// take copies the source and evicts from it what is stale.
func (p *snapshot) take(s *source, export series.Export, now pcommon.Timestamp) {
	p.identity = s.identity
	p.requests, p.durations, p.buckets = p.requests[:0], p.durations[:0], p.buckets[:0]
	p.evicted = 0

	s.mu.Lock()
	defer s.mu.Unlock()
	for k, r := range s.requests {
		phase := r.life.Phase(export, now, s.table.expiration)
		if phase == series.Stale {
			delete(s.requests, k)
			r.durations.requests--
			s.evict(k.endpoint)
			p.evicted++
		}
		p.requests = append(p.requests, requestsCopy{key: k, phase: phase, start: r.life.Start, count: r.count})
	}
	for k, d := range s.durations {
		phase := d.life.Phase(export, now, s.table.expiration)
		if phase == series.Stale && d.requests > 0 {
			phase = series.Value // outlive the series that count into this one
		}
		if phase == series.Stale {
			delete(s.durations, k)
			s.evict(k.endpoint)
			p.evicted++
		}
		from := len(p.buckets)
		p.buckets = append(p.buckets, d.buckets...)
		p.durations = append(p.durations, durationsCopy{
			key: k, phase: phase, start: d.life.Start,
			sum: d.sum, count: d.count, from: from, to: len(p.buckets),
		})
	}
	p.empty = len(s.requests)+len(s.durations) == 0
}
