package series

import (
	"cmp"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/distinct"
	"github.com/readygate/readygate/internal/telemetry"
)

// limit is a limit of a table: an index of ledger.names.
type limit uint8

const (
	noLimit limit = iota
	limitServices
	limitSeries
	firstLabel // limits of open labels, from here on
)

// ledger counts what limits did to observations.
type ledger struct {
	names    []string
	labels   map[string]limit
	version  limit
	overflow []atomic.Int64 // observations, by limit
	evicted  atomic.Int64
	bytes    atomic.Int64 // of entities, as of the last flush
	demands  atomic.Int64 // sketches in use
}

func (l *ledger) open(cfg Config) {
	l.names = []string{"", LimitServices, LimitSeries, telemetry.Version}
	l.labels = map[string]limit{telemetry.Version: firstLabel}
	l.version = firstLabel
	for _, g := range cfg.Groups {
		for _, label := range g.Labels {
			if _, known := l.labels[label.Name]; label.Open && !known {
				l.labels[label.Name] = limit(len(l.names))
				l.names = append(l.names, label.Name)
			}
		}
	}
	l.overflow = make([]atomic.Int64, len(l.names))
}

func (l *ledger) count(which limit) { l.overflow[which].Add(1) }

// demand estimates how many different values were refused in the last one to two
// demandPeriods, with a standard error of 3.25 %.
type demand struct {
	current, before *distinct.Sketch
}

const (
	demandPeriod    = time.Hour
	demandPrecision = 10
	// maxDemands bounds the sketches of a table, which take up to 16 KiB each.
	// Values that are refused beyond are counted, but their demand is not estimated.
	maxDemands = 256
)

// newDemand returns nil if there are too many.
func (l *ledger) newDemand() *demand {
	if l.demands.Add(1) > maxDemands {
		l.demands.Add(-1)
		return nil
	}
	return &demand{current: distinct.New(demandPrecision), before: distinct.New(demandPrecision)}
}

func (d *demand) add(hash uint64) { d.current.Add(hash) }

func (d *demand) estimate() float64 {
	return max(d.current.Estimate(), d.before.Estimate())
}

// turn begins a new period. It reports whether anything was refused in the last one.
func (d *demand) turn() bool {
	d.before, d.current = d.current, d.before
	d.current.Reset()
	return d.before.Estimate() > 0
}

// refuse notes in the demand, made if need be, that the value of that hash was one too many. The
// caller holds svc.mu.
func (t *Table) refuse(refused **demand, hash uint64) {
	if *refused == nil {
		*refused = t.ledger.newDemand()
	}
	if *refused != nil {
		(*refused).add(hash)
	}
}

// turnDemands begins a new period of all demands, once in a demandPeriod.
func (t *Table) turnDemands(now pcommon.Timestamp) {
	f := &t.flusher
	if f.turned == 0 || now < f.turned { // the first time, or the clock was set back
		f.turned = now
	}
	if time.Duration(now-f.turned) < demandPeriod {
		return
	}
	f.turned = now
	t.registry.mu.Lock()
	t.registry.refused.turn()
	t.registry.mu.Unlock()
	for _, svc := range t.registry.all() {
		svc.mu.Lock()
		t.turnDemand(&svc.refused)
		for _, l := range svc.labels {
			t.turnDemand(&l.refused)
		}
		svc.mu.Unlock()
	}
}

func (t *Table) turnDemand(refused **demand) {
	if *refused != nil && !(*refused).turn() {
		*refused = nil
		t.ledger.demands.Add(-1)
	}
}

// Stats is what a table tells about itself.
type Stats struct {
	Series   int64
	Services int
	Evicted  int64 // entities, since the start
	Bytes    int64 // of the entities, estimated at the last flush
	Overflow []Overflow
}

// Overflow is how many observations a limit made less exact, since the start.
type Overflow struct {
	Limit string // LimitServices, LimitSeries, or the name of a label
	Count int64
}

// Demand is how many services, series or values of a label there would be without
// the limit: those there are, and an estimate of those that were refused.
type Demand struct {
	Limit   string
	Service Identity // empty for LimitServices
	Values  float64
}

// Stats returns what the table has and what its limits did.
func (t *Table) Stats() Stats {
	s := Stats{
		Series:  t.registry.taken.Load() + t.registry.beyond.Load(),
		Evicted: t.ledger.evicted.Load(),
		Bytes:   t.ledger.bytes.Load(),
	}
	for i, name := range t.ledger.names[1:] {
		s.Overflow = append(s.Overflow, Overflow{name, t.ledger.overflow[i+1].Load()})
	}
	t.registry.mu.RLock()
	defer t.registry.mu.RUnlock()
	s.Services = t.registry.admitted
	return s
}

// News returns the demands that were not there at the last call, for a line in the
// log. It is called by one goroutine.
func (t *Table) News() []Demand {
	told := t.told
	t.told = map[Demand]struct{}{}
	var news []Demand
	for _, d := range t.Demand() {
		place := Demand{Limit: d.Limit, Service: d.Service}
		t.told[place] = struct{}{}
		if _, known := told[place]; !known {
			news = append(news, d)
		}
	}
	return news
}

// Demand tells where a limit was hit in the last two hours, sorted. It walks over
// the services, and is meant for a scrape, not for every batch.
func (t *Table) Demand() []Demand {
	var all []Demand
	t.registry.mu.RLock()
	if refused := t.registry.refused.estimate(); refused > 0 {
		all = append(all, Demand{Limit: LimitServices, Values: float64(t.registry.admitted) + refused})
	}
	t.registry.mu.RUnlock()
	for _, svc := range t.registry.all() {
		all = append(all, svc.demand()...)
	}
	slices.SortFunc(all, func(a, b Demand) int {
		return cmp.Or(cmp.Compare(a.Limit, b.Limit), cmp.Compare(a.Service.Service, b.Service.Service),
			cmp.Compare(a.Service.Namespace, b.Service.Namespace), cmp.Compare(a.Service.Environment, b.Service.Environment))
	})
	return all
}

func (svc *service) demand() []Demand {
	svc.mu.Lock()
	defer svc.mu.Unlock()
	var all []Demand
	if svc.refused != nil {
		all = append(all, Demand{LimitSeries, svc.name, float64(svc.series.Load()) + svc.refused.estimate()})
	}
	for name, l := range svc.labels {
		if l.refused != nil {
			all = append(all, Demand{name, svc.name, float64(len(l.used)) + l.refused.estimate()})
		}
	}
	return all
}

func (r *registry) all() []*service {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Collect(maps.Values(r.services))
}
