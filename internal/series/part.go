package series

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// part is a copy of one shard, so that points can be built from it while the shard
// goes on counting. It is used again and again, so it forgets what it points to.
type part struct {
	entities []copied
	events   []events
	buckets  []uint64
	evicted  []*entity
	bytes    int64
}

// copied is an entity as it was.
type copied struct {
	entity *entity // only what never changes may be read without the lock
	phase  phase
	export export
	start  pcommon.Timestamp // delta: of what was taken

	events      span // of part.events
	units       int64
	scale       uint8
	sum         float64
	buckets     span // of part.buckets
	exponential *exponential
	gauges      gauges
	exemplars   exemplars
}

type span struct{ from, to int }

// take copies the shard, and removes from it what is stale. With delta it takes
// away what was counted; settle gives it back if it was refused.
func (p *part) take(t *Table, s *shard, r round, now pcommon.Timestamp, pause bool) {
	p.entities, p.events, p.buckets, p.evicted = p.entities[:0], p.events[:0], p.buckets[:0], p.evicted[:0]
	p.bytes = 0

	s.mu.Lock()
	defer s.mu.Unlock()
	x := export{round: r, accepted: s.accepted}
	valued := s.valued
	s.unsaved = s.unsaved || s.changed
	s.changed = false
	if pause {
		x.last = valued
	} else {
		s.valued = s.last
	}
	for hash, e := range s.entities {
		var before *entity
		for ; e != nil; e = e.after {
			at := e.phase(x, now, t)
			if at == isStale && pause {
				at = isValue
			}
			if at == isStale {
				s.remove(hash, before, e)
				p.evicted = append(p.evicted, e)
			} else {
				before = e
			}
			s.unsaved = s.unsaved || e.born() > valued // what readers know of it changes
			if at != isUnborn {
				p.copy(e, at, x, now, t.Delta)
			}
			p.bytes += e.bytes()
		}
	}
}

// phase is what the export says of the entity.
func (e *entity) phase(x export, now pcommon.Timestamp, t *Table) phase {
	at := e.life.phase(x, now, t.Expiration)
	switch {
	case at == isZero && t.Delta:
		return isValue
	case at == isStale && e.born() > x.before:
		return isValue // not all of its values were delivered
	default:
		return at
	}
}

// born is when the youngest series of the entity was born.
func (e *entity) born() round {
	born := e.life.born
	for i := range e.events {
		born = max(born, e.events[i].born)
	}
	return born
}

// remove takes the entity out of its shard; before is the one before it in its chain.
func (s *shard) remove(hash uint64, before, e *entity) {
	switch {
	case before != nil:
		before.after = e.after
	case e.after != nil:
		s.entities[hash] = e.after
	default:
		delete(s.entities, hash)
	}
	s.unsaved = true
}

func (p *part) copy(e *entity, at phase, x export, now pcommon.Timestamp, delta bool) {
	c := copied{entity: e, phase: at, export: x, start: e.unsent, units: e.units, scale: e.scale}
	c.events = span{len(p.events), len(p.events) + len(e.events)}
	p.events = append(p.events, e.events...)
	if h := &e.histogram; e.group.uses[Distribution] {
		c.sum = h.sum
		if h.exponential != nil {
			c.exponential = h.exponential.clone()
		}
		c.buckets = span{len(p.buckets), len(p.buckets) + len(h.buckets)}
		for i := range h.buckets {
			if delta {
				p.buckets = append(p.buckets, h.buckets[i])
			} else {
				p.buckets = append(p.buckets, h.bucket(i).round())
			}
		}
	}
	if e.gauges != nil {
		c.gauges = *e.gauges
	}
	if e.exemplars != nil {
		c.exemplars = *e.exemplars
		if at == isValue { // a zero has none: they wait for the value
			*e.exemplars = exemplars{}
		}
	}
	if delta {
		e.reset(now)
	}
	p.entities = append(p.entities, c)
}

// reset takes away what part.copy took; of a bucket the fraction stays.
func (e *entity) reset(now pcommon.Timestamp) {
	e.unsent, e.units = now, 0
	for i := range e.events {
		e.events[i].count = Count{}
	}
	if h := &e.histogram; e.group.uses[Distribution] {
		h.sum = 0
		clear(h.buckets)
		if h.exponential != nil {
			h.exponential.reset()
		}
	}
}

// forget lets go of what the part points to.
func (p *part) forget() {
	clear(p.entities)
	clear(p.evicted)
}

// settle notes whether the next consumer took what was copied.
func (s *shard) settle(t *Table, p *part, r round, taken bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if taken {
		s.accept(r)
	}
	if taken || !t.Delta {
		return
	}
	// What is given back is part of the state again, and with the next copy it is not.
	s.unsaved, s.changed = true, true
	for i := range p.entities {
		if c := &p.entities[i]; c.phase != isStale {
			c.entity.giveBack(c, p)
		}
	}
}

// giveBack adds what was taken to what was counted since.
func (e *entity) giveBack(c *copied, p *part) {
	e.unsent = c.start
	e.units += c.units
	for i, n := range p.events[c.events.from:c.events.to] {
		e.events[i].count.Add(n.count)
	}
	if h := &e.histogram; e.group.uses[Distribution] {
		h.sum += c.sum
		for i, n := range p.buckets[c.buckets.from:c.buckets.to] {
			h.buckets[i] += n
		}
		if h.exponential != nil {
			h.exponential.merge(c.exponential)
		}
	}
}

// forget frees what the entities took of the limits.
func (t *Table) forget(evicted []*entity) {
	for _, e := range evicted {
		svc := e.owner.service
		svc.mu.Lock()
		svc.release(e.group, e.key)
		svc.mu.Unlock()
		t.registry.release(e)
		e.owner.entities.Add(-1)
	}
}
