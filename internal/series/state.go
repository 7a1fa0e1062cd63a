package series

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"slices"
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// keptEntity is an entity on disk.
type keptEntity struct {
	Owner  Identity
	Group  string
	Values []string // of the labels
	Start  pcommon.Timestamp
	Unsent pcommon.Timestamp
	Beyond int64 // series beyond the limit
	// Known is keptEvents.Known, for all but the events.
	Known bool

	Events    []keptEvents
	Units     int64
	Scale     uint8
	Sum       float64
	Buckets   []uint64
	Fractions []uint64
	// Exponential histograms are kept in their own form.
	Exponential *keptExponential
	Gauge       float64
	At          pcommon.Timestamp
	First       pcommon.Timestamp
	Latest      pcommon.Timestamp
}

// keptEvents is what was counted of one detail.
type keptEvents struct {
	Count  Count
	Start  pcommon.Timestamp
	Detail uint16
	// Known says that its value was sent, or is about to be. A series that is not
	// known begins with a zero again, which changes nothing for a reader who saw the
	// first, and would double the value for one who saw that.
	Known bool
}

// Keys are the names under which parts of the state are kept.
func (t *Table) Keys() []string {
	keys := make([]string, shards)
	for i := range keys {
		keys[i] = "series/" + strconv.Itoa(i)
	}
	return keys
}

// Save returns a part of the state, or false if all that Flush has copied of it was in
// what Save, or Load, had last. With a table that is filled with what was saved while
// or after a part was sent, the series go on where readers are.
func (t *Table) Save(key string) (data []byte, changed bool, err error) {
	i := slices.Index(t.Keys(), key)
	if i < 0 {
		return nil, false, fmt.Errorf("state %q: there is no such part", key)
	}
	entities, changed := t.shards[i].keep()
	if !changed {
		return nil, false, nil
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(entities); err != nil {
		return nil, false, fmt.Errorf("state %q: %w", key, err)
	}
	return b.Bytes(), true, nil
}

func (s *shard) keep() (entities []keptEntity, changed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.unsaved {
		return nil, false
	}
	s.unsaved = false
	entities = make([]keptEntity, 0, len(s.entities))
	for _, e := range s.entities {
		for ; e != nil; e = e.after {
			entities = append(entities, e.keep(s.valued))
		}
	}
	return entities, true
}

func (e *entity) keep(valued round) keptEntity {
	k := keptEntity{
		Owner: e.owner.identity, Group: e.group.Name, Start: e.life.start, Unsent: e.unsent, Beyond: e.overdrawn,
		Known: e.life.born <= valued, Units: e.units, Scale: e.scale,
	}
	for values, i := valuesOf(e.key), 0; i < len(e.group.Labels); i++ {
		k.Values = append(k.Values, values.next())
	}
	for _, v := range e.events {
		k.Events = append(k.Events, keptEvents{
			Count: v.count, Start: v.start, Detail: v.detail, Known: v.born <= valued,
		})
	}
	if h := &e.histogram; e.group.uses[Distribution] {
		k.Sum, k.Buckets, k.Fractions = h.sum, slices.Clone(h.buckets), slices.Clone(h.fractions)
		if h.exponential != nil {
			k.Exponential = h.exponential.keep()
		}
	}
	if g := e.gauges; g != nil {
		k.Gauge, k.At, k.First, k.Latest = g.value, g.at, g.first, g.latest
	}
	return k
}

// Load fills the table, which must be empty and not yet in use, with what was kept
// by one with the same configuration. With an error the table is still empty.
func (t *Table) Load(state map[string][]byte) error {
	groups := map[string]*Group{}
	for _, g := range t.Groups {
		groups[g.Name] = g
	}
	var all []keptEntity
	for key, data := range state {
		var entities []keptEntity
		if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&entities); err != nil {
			return fmt.Errorf("state %q: %w", key, err)
		}
		for i := range entities {
			if err := entities[i].check(groups, t.Exponential); err != nil {
				return fmt.Errorf("state %q: %w", key, err)
			}
		}
		all = append(all, entities...)
	}
	for i := range t.shards {
		t.shards[i].unsaved = true // under another key, as hashes differ
	}
	for i := range all {
		t.revive(&all[i], groups[all[i].Group])
	}
	return nil
}

func (k *keptEntity) check(groups map[string]*Group, size int) error {
	g := groups[k.Group]
	switch {
	case g == nil:
		return fmt.Errorf("group %q: there is no such group", k.Group)
	case len(k.Values) != len(g.Labels):
		return fmt.Errorf("group %q: %d label values, not %d", k.Group, len(k.Values), len(g.Labels))
	case g.uses[Distribution] && size == 0 && len(k.Buckets) != len(g.Bounds)+1:
		return fmt.Errorf("group %q: %d buckets, not %d", k.Group, len(k.Buckets), len(g.Bounds)+1)
	case k.Fractions != nil && len(k.Fractions) != len(k.Buckets):
		return fmt.Errorf("group %q: %d fractions of %d buckets", k.Group, len(k.Fractions), len(k.Buckets))
	case k.Beyond < 0:
		return fmt.Errorf("group %q: %d series beyond the limit", k.Group, k.Beyond)
	case g.uses[Distribution] && size > 0:
		return k.Exponential.check(size)
	case g.uses[Events] && len(k.Events) == 0:
		return fmt.Errorf("group %q: no events", k.Group)
	default:
		return nil
	}
}

// revive adds an entity that was kept, unless the limits are lower than they were
// and it would be counted under another name: readers have its counts, and those of the
// other one would take them in once more. Then it is forgotten.
//
// What readers know goes on as if it had been
// born long ago; what they may not know is born anew, with its first start.
func (t *Table) revive(kept *keptEntity, g *Group) {
	var k Key
	o := t.Acquire(kept.Owner)
	defer o.Release()
	k.Start(o, g)
	for _, value := range kept.Values {
		k.Add(value)
	}
	hash, s := t.locate(k.text)
	if o.beyond != noLimit || s.find(hash, k.text) != nil {
		t.ledger.evicted.Add(1)
		return
	}
	e := newEntity(&k, t)
	e.owner.service.occupy(g, e.key)
	e.owner.entities.Add(1)
	now := t.rounds.current()
	born := func(known bool) round {
		if known {
			return 0
		}
		return now
	}
	e.life, e.unsent = life{start: kept.Start, seen: kept.Start, born: born(kept.Known), touched: now}, kept.Unsent
	for _, v := range kept.Events {
		e.events = append(e.events, events{count: v.Count, start: v.Start, born: born(v.Known), detail: v.Detail})
	}
	e.units, e.scale = kept.Units, kept.Scale
	if h := &e.histogram; e.group.uses[Distribution] {
		h.sum, h.buckets, h.fractions = kept.Sum, kept.Buckets, kept.Fractions
		if kept.Exponential != nil {
			h.exponential = kept.Exponential.revive()
		}
	}
	if e.gauges != nil {
		*e.gauges = gauges{value: kept.Gauge, at: kept.At, first: kept.First, latest: kept.Latest}
	}
	t.registry.overdraw(e, min(kept.Beyond, e.cost()))
	t.registry.taken.Add(e.cost() - e.overdrawn)
	e.owner.service.series.Add(e.cost() - e.overdrawn)
	e.after = s.entities[hash]
	s.entities[hash] = e
}
