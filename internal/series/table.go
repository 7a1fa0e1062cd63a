package series

import (
	"hash/maphash"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// Config is what a table is made from.
type Config struct {
	// Groups are the kinds of entities, at most 255.
	Groups []*Group
	// Instance is the value of gateway_instance.
	Instance string
	// ScopeName and ScopeVersion are those of the instrumentation scope.
	ScopeName string
	Limits    Limits
	// Expiration is how long an entity may be idle before it is marked stale and
	// forgotten; 0 means forever.
	Expiration time.Duration
	// Bounds are the upper bounds of histogram buckets, ascending.
	Bounds []float64
	// Exponential is the greatest number of buckets of exponential histograms, or
	// 0 for explicit ones.
	Exponential int
	// Delta sends what was counted since the last accepted export, instead of
	// since the series began.
	Delta bool
	// Exemplars attaches traces to the points.
	Exemplars bool
}

// Limits bounds what a table remembers. Whatever comes in, it has at most
//
//	Series · 3/2                         as admitted; the half is one coarse detail for
//	                                     each entity of two series
//	+ (2·Services + 1) · closed · metrics  that read "other" beyond
//
// series, where closed are the combinations of closed labels and coarse details that
// a group can have, summed over the groups: each service has one set of overflow
// series for its telemetry with a version, and one for that without. The second line
// is reached only if everybody is beyond their share.
type Limits struct {
	// Series bounds the series of all metrics together. No service has more than
	// there is room left, so that one that explodes gets at most half, and the next
	// one still finds room (the dynamic threshold of Choudhury and Hahne,
	// IEEE/ACM Transactions on Networking 6(2), 1998, with a factor of 1).
	Series int
	// Services bounds how many services (by name, namespace and environment) are
	// told apart.
	Services int
	// LabelValues bounds the values of each open label of a service, its
	// versions among them.
	LabelValues int
}

// Names of limits, beside those of open labels.
const (
	LimitServices = "services"
	LimitSeries   = "series"
)

// Table is all the series of a connector: entities, each with its labels and what
// was counted for them. All methods are safe for concurrent use, but Load, which
// comes first.
//
// Entities are spread over shards by a hash of their key, each with a lock that
// is held for the counting of one observation, or for the copying of one shard.
//
// Locks are taken in the order flushing, service.mu, shard.mu, registry.mu, and
// none but the last is needed where an entity is known.
type Table struct {
	Config
	seed   maphash.Seed
	rounds rounds
	shards [shards]shard

	registry registry
	ledger   ledger

	flushing sync.Mutex
	flusher  flusher

	told map[Demand]struct{} // what News told, without values
}

const (
	shardBits = 6
	shards    = 1 << shardBits
)

// shard is a part of the entities. It is padded to two cache lines, which
// processors fetch together, so that neighbours do not slow each other down.
type shard struct {
	mu       sync.Mutex
	entities map[uint64]*entity
	changed  bool // since it was copied
	unsaved  bool // what was copied differs from what Save returned

	accepted
	// valued is accepted.last as of the last copy: of series born until then the copy
	// has the value, and not only the zero.
	valued round
	_      [128 - 8 - 8 - 8 - 24]byte
}

// NewTable returns an empty table.
func NewTable(cfg Config) *Table {
	t := &Table{Config: cfg, seed: maphash.MakeSeed()}
	for i, g := range cfg.Groups {
		g.adopt(i, cfg.Bounds)
	}
	for i := range t.shards {
		t.shards[i].entities = map[uint64]*entity{}
	}
	t.ledger.open(cfg)
	t.registry.open(t)
	return t
}

// locate returns the hash of a key's text and its shard.
func (t *Table) locate(text []byte) (uint64, *shard) {
	h := maphash.Bytes(t.seed, text)
	return h, &t.shards[h>>(64-shardBits)]
}

func (s *shard) find(hash uint64, text []byte) *entity {
	e := s.entities[hash]
	for e != nil && e.key != string(text) {
		e = e.after
	}
	return e
}

// Observe counts the observation for the key at the time now, which is the time
// of the gateway and not of what happened. It never loses one: beyond a limit
// labels become "other", and the limit is counted. Only an observation whose
// Units the sum cannot hold is not counted, and false is returned.
//
// Where the entity is known it allocates nothing.
func (t *Table) Observe(k *Key, o *Observation, now pcommon.Timestamp) bool {
	if k.owner.beyond != noLimit {
		t.ledger.count(k.owner.beyond)
	}
	hash, s := t.locate(k.text)
	s.mu.Lock()
	if e := s.find(hash, k.text); e != nil {
		round := t.rounds.current()
		var counter *events
		known := true
		if e.group.uses[Events] {
			counter = e.counter(o.Detail)
			known = counter != nil
		}
		if known {
			s.changed = true
			counted := e.add(o, round, counter)
			s.mu.Unlock()
			return counted
		}
	}
	s.mu.Unlock()
	return t.admit(k, o, now)
}

// Introduce brings the entity of the key into being with the value 0, so that
// readers know of it before anything happens, and keeps one that is known from
// expiring. It does nothing for one that the limits do not admit.
func (t *Table) Introduce(k *Key, now pcommon.Timestamp) {
	hash, s := t.locate(k.text)
	s.mu.Lock()
	e := s.find(hash, k.text)
	if e != nil {
		e.life.touch(t.rounds.current())
	}
	s.mu.Unlock()
	if e == nil {
		t.introduce(k, now)
	}
}
