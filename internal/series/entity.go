package series

import (
	"math"
	"slices"
	"unsafe"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// Observation is what happened once, or as often as its weight says.
type Observation struct {
	// Events is what counters add: the weight, times what the event stands for.
	Events Count
	// Weight is how often the value happened: 1, or 1 divided by the probability
	// with which it was sampled.
	Weight Count
	// Value is what a Distribution or LastValue takes, in the metric's unit.
	Value float64
	// Units are a number of 10^-Scale, for a Units metric. All observations of one
	// entity have the same Scale.
	Units int64
	Scale uint8
	// Time is when it happened, for the gauges; 0 for those that shall not see it.
	Time pcommon.Timestamp
	// Detail is what one of the metrics tells of it, such as the exact status.
	Detail uint16
	// Failed puts it among the errors when exemplars are chosen.
	Failed bool
	// TraceID and SpanID lead to where it happened; empty for nowhere.
	TraceID pcommon.TraceID
	SpanID  pcommon.SpanID
}

// entity is what is remembered for one set of labels, guarded by its shard's
// lock.
type entity struct {
	key   string  // as Key has it
	after *entity // another with the same hash
	owner *Owner
	group *Group
	life  life

	events    []events // by detail; begins in one
	one       [1]events
	units     int64
	scale     uint8
	histogram histogram // where the group has one
	gauges    *gauges
	exemplars *exemplars
	overdrawn int64             // how many of its series are beyond the limit
	unsent    pcommon.Timestamp // delta: the start of what was not delivered
}

// events counts what has one detail.
type events struct {
	count  Count
	start  pcommon.Timestamp
	born   round
	detail uint16
}

// gauges are what the gauges of an entity show; a time of 0 is none yet.
type gauges struct {
	value             float64
	at, first, latest pcommon.Timestamp
}

func newEntity(k *Key, t *Table) *entity {
	e := &entity{key: string(k.text), owner: k.owner, group: k.group}
	e.events = e.one[:0]
	if e.group.uses[Distribution] {
		e.histogram = newHistogram(e.group.Bounds, t.Exponential)
	}
	if e.group.uses[LastValue] || e.group.uses[FirstTime] || e.group.uses[LastTime] {
		e.gauges = &gauges{}
	}
	if t.Exemplars {
		e.exemplars = &exemplars{}
	}
	return e
}

// add counts the observation, all of it or, if Units would overflow, nothing.
// A detail that is new must be added before.
func (e *entity) add(o *Observation, r round, counter *events) bool {
	if o.Units != 0 {
		sum := e.units + o.Units
		if (sum > e.units) != (o.Units > 0) {
			return false
		}
		e.units, e.scale = sum, o.Scale
	}
	e.life.touch(r)
	if counter != nil {
		counter.count.Add(o.Events)
	}
	if e.group.uses[Distribution] {
		e.histogram.add(o.Value, o.Weight, e.group.Bounds)
	}
	if e.gauges != nil {
		e.gauges.add(o)
	}
	if e.exemplars != nil && !o.TraceID.IsEmpty() {
		e.exemplars.offer(o)
	}
	return true
}

// counter returns what counts the detail, or nil if there is none yet.
func (e *entity) counter(detail uint16) *events {
	for i := range e.events {
		if e.events[i].detail == detail {
			return &e.events[i]
		}
	}
	return nil
}

func (e *entity) addCounter(detail uint16, now pcommon.Timestamp, r round) *events {
	e.events = append(e.events, events{detail: detail, start: now, born: r})
	return &e.events[len(e.events)-1]
}

// cost is how many series the entity has. A group with a counter has a series of
// it for each detail, and the first is in the group's cost.
func (e *entity) cost() int64 {
	return e.group.cost() + int64(max(len(e.events)-1, 0))
}

// bytes is about how much memory the entity takes, its place in the map included.
func (e *entity) bytes() int64 {
	n := int(unsafe.Sizeof(*e)) + len(e.key) + 3*8
	if cap(e.events) > 1 {
		n += cap(e.events) * int(unsafe.Sizeof(events{}))
	}
	if e.group.uses[Distribution] {
		n += e.histogram.bytes()
	}
	if e.gauges != nil {
		n += int(unsafe.Sizeof(*e.gauges))
	}
	if e.exemplars != nil {
		n += e.exemplars.bytes()
	}
	return int64(n)
}

func (g *gauges) add(o *Observation) {
	if o.Time == 0 {
		return
	}
	if o.Time >= g.at {
		g.value, g.at = o.Value, o.Time
	}
	if g.first == 0 || o.Time < g.first {
		g.first = o.Time
	}
	g.latest = max(g.latest, o.Time)
}

// show is what a gauge shows, if it has anything to show.
func (g *gauges) show(a Aggregation) (value float64, shown bool) {
	switch a {
	case LastValue:
		return g.value, g.at != 0
	case FirstTime:
		return seconds(g.first), g.first != 0
	default:
		return seconds(g.latest), g.latest != 0
	}
}

// seconds is the time in Unix seconds, to the microsecond that a float64 holds.
func seconds(t pcommon.Timestamp) float64 {
	return math.Round(float64(t)/1e3) / 1e6
}

// histogram is an explicit histogram, or an exponential one.
type histogram struct {
	sum         float64
	buckets     []uint64 // whole parts, one for each bound and one beyond the last
	fractions   []uint64 // the rest, in 2^-64; nil while all weights were whole
	exponential *exponential
}

func newHistogram(bounds []float64, exponentialSize int) histogram {
	if exponentialSize > 0 {
		return histogram{exponential: newExponential(exponentialSize)}
	}
	return histogram{buckets: make([]uint64, len(bounds)+1)}
}

// add counts a value in the first bucket whose upper bound is not below it.
func (h *histogram) add(value float64, weight Count, bounds []float64) {
	if weight == One {
		h.sum += value
	} else {
		h.sum += value * weight.Float()
	}
	if h.exponential != nil {
		h.exponential.add(value, weight)
		return
	}
	i, _ := slices.BinarySearch(bounds, value)
	if weight.Fraction == 0 && h.fractions == nil {
		h.buckets[i] += weight.Whole
		return
	}
	if h.fractions == nil {
		h.fractions = make([]uint64, len(h.buckets))
	}
	bucket := Count{h.buckets[i], h.fractions[i]}
	bucket.Add(weight)
	h.buckets[i], h.fractions[i] = bucket.Whole, bucket.Fraction
}

func (h *histogram) bucket(i int) Count {
	if h.fractions == nil {
		return Count{Whole: h.buckets[i]}
	}
	return Count{h.buckets[i], h.fractions[i]}
}

func (h *histogram) bytes() int {
	n := 8 * (cap(h.buckets) + cap(h.fractions))
	if h.exponential != nil {
		n += h.exponential.bytes()
	}
	return n
}
