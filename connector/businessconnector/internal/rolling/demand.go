package rolling

import (
	"hash/maphash"
	"sync"
	"time"

	"github.com/readygate/readygate/internal/distinct"
	"github.com/readygate/readygate/internal/telemetry"
)

const (
	demandPeriod    = time.Hour
	demandPrecision = 10 // a standard error of 3.25 %
)

// demand estimates how many different entities were refused in the last one to two
// demandPeriods. Its methods are safe for concurrent use.
type demand struct {
	seed maphash.Seed

	mu              sync.Mutex // guards what follows; taken last
	current, before *distinct.Sketch
	turned          time.Time // when the period began
}

func newDemand() *demand {
	return &demand{seed: maphash.MakeSeed(), current: distinct.New(demandPrecision), before: distinct.New(demandPrecision)}
}

// add notes that the entity of a key was refused.
func (d *demand) add(k *Key) {
	hash := maphash.Bytes(d.seed, k.text)
	d.mu.Lock()
	d.current.Add(hash)
	d.mu.Unlock()
}

// turn begins a new period, once in a demandPeriod.
func (d *demand) turn(now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.turned.IsZero() {
		d.turned = now
	}
	if now.Sub(d.turned) < demandPeriod {
		return
	}
	d.turned = now
	d.before, d.current = d.current, d.before
	d.current.Reset()
}

func (d *demand) estimate() float64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return max(d.current.Estimate(), d.before.Estimate())
}

// Demand is how many entities there would be without the limit: those there are,
// what became "other" apart, and an estimate of those that were refused in the last two
// hours, with a standard error of 3.25 % of these. It is 0 if none was.
func (t *Table) Demand() float64 {
	refused := t.demand.estimate()
	if refused == 0 {
		return 0
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, e := range t.entities {
		if !e.isBlurred() {
			refused++
		}
	}
	return refused
}

// isBlurred reports whether the entity is one that others became by the limit.
func (e *entity) isBlurred() bool {
	if e.values[0] == telemetry.Other {
		return true
	}
	for _, value := range e.values[identityValues:] {
		if value != telemetry.Other {
			return false
		}
	}
	return len(e.values) > identityValues
}
