package rolling

import (
	"hash/fnv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/readygate/readygate/internal/distinct"
	"github.com/readygate/readygate/internal/telemetry"
)

// Metric is what a table counts identifiers for.
type Metric struct {
	telemetry.Metric // Labels: those of Key, in their order, and that of the window last
	Windows          []time.Duration
}

// Config is what a table is made from.
type Config struct {
	Metrics   []Metric
	Precision uint8 // of distinct.Windows
	Instance  string
	ScopeName string
	Limit     int // of entities; see the package's comment
}

// Table counts identifiers. Its methods are safe for concurrent use. It must be made by NewTable.
type Table struct {
	Config
	overflow atomic.Int64
	demand   *demand
	turn     atomic.Uint64 // the part of the state whose turn comes next
	saveAll  atomic.Bool

	mu       sync.RWMutex // guards what follows
	entities map[string]*entity
	parts    [parts]part
}

// entity is one combination of metric, service and label values.
type entity struct {
	key    string
	metric *Metric
	values []string // of the key
	part   *part

	mu      sync.Mutex // guards what follows; taken after Table.mu
	windows *distinct.Windows
	gone    bool // it is not in the table any more
}

// NewTable returns an empty table. It is an error if the windows of a metric are
// not what distinct.NewWindows takes.
func NewTable(cfg Config) (*Table, error) {
	for i := range cfg.Metrics {
		if _, err := distinct.NewWindows(cfg.Precision, cfg.Metrics[i].Windows...); err != nil {
			return nil, err
		}
	}
	return &Table{Config: cfg, demand: newDemand(), entities: map[string]*entity{}}, nil
}

// Observe counts the identifier with the hash for the key. It allocates nothing
// where the entity is known or beyond a limit, but for what the windows need.
func (t *Table) Observe(k *Key, hash uint64, now time.Time) {
	for {
		e, exact := t.find(k)
		if e == nil {
			e, exact = t.admit(k)
		}
		if e.add(hash, now) {
			if !exact {
				t.overflow.Add(1)
				t.demand.add(k)
			}
			return
		}
	}
}

// add reports false if the entity was forgotten meanwhile.
func (e *entity) add(hash uint64, now time.Time) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.gone {
		return false
	}
	e.windows.Add(hash, now)
	e.part.changed.Store(true)
	return true
}

// find returns the entity that the key's identifiers go to, if it is known: that of
// the key, or beyond the limit a less exact one.
func (t *Table) find(k *Key) (e *entity, exact bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if e := t.entities[string(k.text)]; e != nil {
		return e, true
	}
	if t.hasRoom(k.hasLabels()) {
		return nil, false
	}
	if k.hasLabels() {
		if e := t.entities[string(k.blurLabels())]; e != nil || t.hasRoom(false) {
			return e, false
		}
	}
	return t.entities[string(k.blurAll())], false
}

// hasRoom reports whether an entity may be added, with labels of its own or without.
func (t *Table) hasRoom(labels bool) bool {
	if labels {
		return len(t.entities) < max(1, t.Limit-t.Limit/4)
	}
	return len(t.entities) < t.Limit
}

// admit makes the entity that find did not find.
func (t *Table) admit(k *Key) (e *entity, exact bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text, exact := k.text, true
	if !t.hasRoom(k.hasLabels()) && t.entities[string(text)] == nil {
		text, exact = k.blurLabels(), !k.hasLabels()
	}
	if !t.hasRoom(false) && t.entities[string(text)] == nil {
		text, exact = k.blurAll(), false
	}
	if e := t.entities[string(text)]; e != nil {
		return e, exact
	}
	return t.add(string(text)), exact
}

func (t *Table) add(key string) *entity {
	metric, values, _ := parse(key)
	m := &t.Metrics[metric]
	windows, err := distinct.NewWindows(t.Precision, m.Windows...)
	if err != nil {
		panic(err) // NewTable has tried it
	}
	e := &entity{key: key, metric: m, values: values, part: t.partOf(key), windows: windows}
	t.entities[key] = e
	return e
}

// partOf is the part of the state that the key belongs to, the same in every process.
func (t *Table) partOf(key string) *part {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	return &t.parts[h.Sum32()%parts]
}

// forget removes those of the entities that still are empty.
func (t *Table) forget(entities []*entity, now time.Time) (forgotten int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range entities {
		e.mu.Lock()
		if e.windows.Estimate(len(e.metric.Windows)-1, now) == 0 {
			e.gone = true
			e.part.changed.Store(true)
			delete(t.entities, e.key)
			forgotten++
		}
		e.mu.Unlock()
	}
	return forgotten
}

// Stats is what a table tells about itself.
type Stats struct {
	Entities int
	Overflow int64 // identifiers that were told apart less because of the limit, since the start
	Bytes    int64 // of the windows
}

// Stats looks at every entity: it is meant for a scrape, not for every batch.
func (t *Table) Stats() Stats {
	t.mu.RLock()
	defer t.mu.RUnlock()
	s := Stats{Entities: len(t.entities), Overflow: t.overflow.Load()}
	for _, e := range t.entities {
		e.mu.Lock()
		s.Bytes += int64(e.windows.Bytes())
		e.mu.Unlock()
	}
	return s
}
