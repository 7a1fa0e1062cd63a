package businessconnector

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/connector/businessconnector/internal/rolling"
	"github.com/readygate/readygate/connector/businessconnector/internal/rule"
	"github.com/readygate/readygate/internal/series"
)

// work is what one call of Consume* works with. It is used again, and belongs to one
// goroutine at a time. What it borrows from the data it drops when it leaves a
// resource.
type work struct {
	*business
	now time.Time
	at  pcommon.Timestamp // now

	resource   pcommon.Resource
	id         series.Identity
	identified bool          // id is that of the resource
	owner      *series.Owner // of the resource's series; nil until one matched

	record   rule.Record
	weight   series.Count // of the span
	weighted bool         // weight was read
	matches  []*rule.Rule
	key      series.Key
	rolled   rolling.Key
	text     []byte // of numbers
	tally    tally
}

func newWork(c *business) *work {
	return &work{business: c, tally: newTally(len(c.rules))}
}

// enter begins with the telemetry of a resource.
func (w *work) enter(resource pcommon.Resource) {
	w.resource = resource
	w.record.SetResource(resource.Attributes())
	if w.births == nil {
		return
	}
	for _, r := range w.births.due(w.identity()) {
		w.introduce(&w.key, w.own(), r, w.at)
	}
}

// leave ends what enter began.
func (w *work) leave() {
	if w.owner != nil {
		w.owner.Release()
	}
	w.owner, w.id, w.identified = nil, series.Identity{}, false
}

// identity is that of the resource, without its version: business goes on when a
// release comes.
func (w *work) identity() series.Identity {
	if !w.identified {
		w.id = series.IdentityOf(w.resource)
		w.id.Version = ""
		w.identified = true
	}
	return w.id
}

// own returns whom the resource's series belong to. Services that have none do not
// count for the limit on services.
func (w *work) own() *series.Owner {
	if w.owner == nil {
		w.owner = w.table.Acquire(w.identity())
	}
	return w.owner
}

func (w *work) span(span ptrace.Span) {
	w.record.SetSpan(span)
	w.weighted = false
	if w.index.Has(rule.Spans) {
		w.match()
	}
	if w.index.Has(rule.Events) {
		for _, event := range span.Events().All() {
			w.record.SetEvent(event)
			w.match()
		}
	}
}

func (w *work) log(record plog.LogRecord) {
	if !w.index.Has(rule.Logs) {
		return
	}
	w.weight, w.weighted = series.One, true
	w.record.SetLog(record)
	w.match()
}

// match observes the record for each rule that it matches.
func (w *work) match() {
	w.tally.records[w.record.Source()]++
	w.matches = w.index.Match(&w.record, w.matches[:0])
	for _, r := range w.matches {
		if !r.Includes(w.identity().Service) {
			continue
		}
		counts := w.tally.of(r)
		counts.matched++
		if refusal := w.observe(r, counts); refusal != rule.NotRefused {
			counts.refused[refusal]++
		}
	}
}

// observe counts the record, or says why not.
func (w *work) observe(r *rule.Rule, counts *counts) rule.Refusal {
	o := series.Observation{Events: series.One, Weight: series.One}
	group := w.groups[r.Number].group
	currency := ""
	switch r.Type {
	case rule.Distinct:
		return w.identify(r, counts)
	case rule.Gauge:
		value, refusal := r.Measure(&w.record)
		if refusal != rule.NotRefused {
			return refusal
		}
		o.Value, o.Time = value, w.record.Time()
		if o.Time == 0 || o.Time > w.at {
			// A clock that is ahead must not keep later values from being shown.
			o.Time = w.at
		}
	case rule.Histogram:
		value, refusal := r.Measure(&w.record)
		if refusal != rule.NotRefused {
			return refusal
		}
		o.Value, o.Weight = value, w.weigh()
		if value*o.Weight.Float() > rule.MaxMeasured {
			return rule.Range
		}
	case rule.Sum:
		amount, refusal := r.Amount(&w.record)
		if refusal == rule.NotRefused {
			amount, refusal = amount.Weighted(w.weigh())
		}
		if refusal != rule.NotRefused {
			return refusal
		}
		if amount.Refund {
			group = w.groups[r.Number].refunds
		}
		o.Units, o.Scale, currency = amount.Units, amount.Scale, amount.Currency
	default:
		o.Events = w.weigh()
	}
	w.key.Start(w.own(), group)
	for i := range r.Labels {
		view, outcome := r.Labels[i].Read(&w.record)
		counts.labels[outcome]++
		if text, ok := view.Text(); ok {
			w.key.Add(text)
		} else {
			w.key.AddBuffer(view.AppendText(w.key.Buffer()))
		}
	}
	if currency != "" {
		w.key.Add(currency)
	}
	if !w.table.Observe(&w.key, &o, w.at) {
		return rule.Overflow
	}
	return rule.NotRefused
}

// identify counts the identifier of the record. What it is leaves only as a hash.
func (w *work) identify(r *rule.Rule, counts *counts) rule.Refusal {
	identifier, refusal := r.Identifier(&w.record)
	if refusal != rule.NotRefused {
		return refusal
	}
	var hash uint64
	if text, ok := identifier.Text(); ok {
		hash = w.hashers[r.Number].HashString(text)
	} else {
		w.text = identifier.AppendText(w.text[:0])
		hash = w.hashers[r.Number].Hash(w.text)
		clear(w.text)
	}
	w.rolled.Start(w.places[r.Number], w.identity())
	for i := range r.Labels {
		view, outcome := r.Labels[i].Read(&w.record)
		counts.labels[outcome]++
		if text, ok := view.Text(); ok {
			w.rolled.Add(text)
		} else {
			w.text = view.AppendText(w.text[:0])
			w.rolled.AddBytes(w.text)
		}
	}
	w.rolling.Observe(&w.rolled, hash, w.now)
	return rule.NotRefused
}

// weigh is how many spans the span stands for.
func (w *work) weigh() series.Count {
	if !w.weighted {
		var valid bool
		w.weight, valid = series.WeightOf(w.record.Span())
		w.weighted = true
		if !valid {
			w.tally.invalidWeights++
		}
	}
	return w.weight
}
