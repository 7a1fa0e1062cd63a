package series

import (
	"hash/maphash"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/telemetry"
)

// admit is the slow path of Observe: for a key, or a detail of one, that was not
// known a moment ago. It is serial for each service, so that what is decided
// about limits holds when the entity is inserted.
func (t *Table) admit(k *Key, o *Observation, now pcommon.Timestamp) bool {
	svc := k.owner.service
	svc.mu.Lock()
	defer svc.mu.Unlock()
	t.limitLabels(k, svc)
	if counted, done := t.tryKnown(k, o, now, true); done {
		return counted
	}
	if t.registry.take(svc, k.group.cost()) {
		return t.insert(k, o, now, 0)
	}
	t.overflowSeries(k, svc)
	blurred := *o
	blurred.Detail = k.group.coarse(o.Detail)
	if counted, done := t.tryKnown(k, &blurred, now, false); done {
		return counted
	}
	return t.insert(k, &blurred, now, k.group.cost())
}

// introduce is the slow path of Introduce.
func (t *Table) introduce(k *Key, now pcommon.Timestamp) {
	svc := k.owner.service
	svc.mu.Lock()
	defer svc.mu.Unlock()
	fits := true
	k.blur(func(label int, value []byte) bool {
		fits = fits && svc.hasRoom(k.group.Labels[label].Name, value, t.Limits.LabelValues)
		return false
	})
	hash, s := t.locate(k.text)
	s.mu.Lock()
	known := s.find(hash, k.text) != nil
	s.mu.Unlock()
	if fits && !known && t.registry.take(svc, k.group.cost()) {
		t.insert(k, nil, now, 0)
	}
}

// limitLabels replaces by "other" each value of an open label that would be one
// too many for the service. The caller holds svc.mu.
func (t *Table) limitLabels(k *Key, svc *service) {
	k.blur(func(label int, value []byte) bool {
		name := k.group.Labels[label].Name
		if svc.hasRoom(name, value, t.Limits.LabelValues) {
			return false
		}
		t.ledger.count(t.ledger.labels[name])
		t.refuse(&svc.label(name).refused, maphash.Bytes(t.seed, value))
		return true
	})
}

// overflowSeries replaces by "other" all open labels, the version among them, where
// there are too many series. The caller holds svc.mu.
func (t *Table) overflowSeries(k *Key, svc *service) {
	t.ledger.count(limitSeries)
	hash := maphash.Bytes(t.seed, k.text)
	for range k.group.Metrics { // as many series as there are metrics
		t.refuse(&svc.refused, hash)
		hash += 0x9e3779b97f4a7c15 // far away, as hashes are
	}
	k.owner = t.registry.rest(k.owner, svc)
	k.blur(func(int, []byte) bool { return true })
	setHeader(k.text, k.owner.id, k.group.index)
}

// tryKnown counts the observation if its entity is known, adding the detail if it
// must: one that costs too much becomes coarse.
func (t *Table) tryKnown(k *Key, o *Observation, now pcommon.Timestamp, exact bool) (counted, done bool) {
	hash, s := t.locate(k.text)
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.find(hash, k.text)
	if e == nil {
		return false, false
	}
	round := t.rounds.current()
	var counter *events
	if e.group.uses[Events] {
		counter = t.counterOf(e, o.Detail, now, round, exact)
	}
	s.changed = true
	return e.add(o, round, counter), true
}

// counterOf returns what counts the detail of a known entity, new if need be. The
// first detail of an entity was paid for with it.
func (t *Table) counterOf(e *entity, detail uint16, now pcommon.Timestamp, r round, exact bool) *events {
	if counter := e.counter(detail); counter != nil {
		return counter
	}
	svc := e.owner.service
	if len(e.events) == 0 || exact && t.registry.take(svc, 1) {
		return e.addCounter(detail, now, r)
	}
	if exact {
		t.ledger.count(limitSeries)
	}
	detail = e.group.coarse(detail)
	if counter := e.counter(detail); counter != nil {
		return counter
	}
	t.registry.overdraw(e, 1)
	return e.addCounter(detail, now, r)
}

func (g *Group) coarse(detail uint16) uint16 {
	if g.Coarse == nil {
		return detail
	}
	return g.Coarse(detail)
}

// insert adds the entity of a key that is not known, with its first observation
// if there is one. Its cost was taken, or is beyond the limit, and the caller holds the
// lock of the service.
func (t *Table) insert(k *Key, o *Observation, now pcommon.Timestamp, beyond int64) bool {
	e := newEntity(k, t)
	t.registry.overdraw(e, beyond)
	e.owner.service.occupy(e.group, e.key)
	e.owner.entities.Add(1)
	hash, s := t.locate(k.text)
	s.mu.Lock()
	defer s.mu.Unlock()
	round := t.rounds.current()
	e.life, e.unsent = newLife(now, round), now
	e.after = s.entities[hash]
	s.entities[hash] = e
	s.changed = true
	var counter *events
	if e.group.uses[Events] {
		detail := uint16(0)
		if o != nil {
			detail = o.Detail
		}
		counter = e.addCounter(detail, now, round)
	}
	return o == nil || e.add(o, round, counter)
}

// occupy books the values of the open labels of an entity, release frees them.
func (svc *service) occupy(g *Group, key string) {
	values := valuesOf(key)
	for _, l := range g.Labels {
		if value := values.next(); l.Open && value != telemetry.Other {
			svc.label(l.Name).used[value]++
		}
	}
}

func (svc *service) release(g *Group, key string) {
	values := valuesOf(key)
	for _, l := range g.Labels {
		value := values.next()
		if !l.Open || value == telemetry.Other {
			continue
		}
		used := svc.label(l.Name).used
		if used[value]--; used[value] == 0 {
			delete(used, value)
		}
	}
}
