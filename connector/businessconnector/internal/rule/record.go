package rule

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// Source is what a metric comes from.
type Source uint8

// The sources.
const (
	Spans Source = iota
	Events
	Logs
	SourceCount
)

func (s Source) String() string { return [SourceCount]string{"spans", "events", "logs"}[s] }

// Sources lists the sources.
func Sources() []string { return []string{"spans", "events", "logs"} }

// Record is one span, span event or log record with what surrounds it. It borrows
// what it is given. It is large, and meant to be used again: set its parts from
// the outside in (resource, then span, then event).
type Record struct {
	resource pcommon.Map
	found    []found // in the resource, by the slot of the field
	source   Source
	own      pcommon.Map // attributes of the record itself
	span     ptrace.Span
	spanOwn  pcommon.Map
	event    ptrace.SpanEvent
	log      plog.LogRecord
	scratch  [scratchSize]byte
}

// found is an attribute of the resource, or that there is none. Most attributes that
// rules ask for are not there, and a resource has more records than rules have
// attributes, so each is looked for once.
type found struct {
	view  View
	known bool
}

// scratchSize is enough for the text of every number.
const scratchSize = 32

// SetResource sets what the next records belong to.
func (r *Record) SetResource(attributes pcommon.Map) {
	r.resource = attributes
	clear(r.found)
}

// ofResource returns the attribute of the resource that the field names.
func (r *Record) ofResource(f *Field) View {
	for len(r.found) <= f.slot {
		r.found = append(r.found, found{})
	}
	slot := &r.found[f.slot]
	if !slot.known {
		*slot = found{attribute(r.resource, f.name), true}
	}
	return slot.view
}

// SetSpan makes it the record of a span.
func (r *Record) SetSpan(span ptrace.Span) {
	r.source, r.span, r.spanOwn = Spans, span, span.Attributes()
	r.own = r.spanOwn
}

// SetEvent makes it the record of an event of the span that was set before.
func (r *Record) SetEvent(event ptrace.SpanEvent) {
	r.source, r.event, r.own = Events, event, event.Attributes()
}

// SetLog makes it the record of a log record.
func (r *Record) SetLog(log plog.LogRecord) {
	r.source, r.log, r.own = Logs, log, log.Attributes()
}

// Source tells what the record is.
func (r *Record) Source() Source { return r.source }

// Forget drops everything that the record borrowed.
func (r *Record) Forget() {
	clear(r.found)
	*r = Record{found: r.found}
}

// Time is when it happened: the end of a span, the time of an event or of a log
// record, which may be the one at which it was observed. 0 if the record tells none.
func (r *Record) Time() pcommon.Timestamp {
	switch r.source {
	case Spans:
		return r.span.EndTimestamp()
	case Events:
		return r.event.Timestamp()
	default:
		if t := r.log.Timestamp(); t != 0 {
			return t
		}
		return r.log.ObservedTimestamp()
	}
}

// Span is the span that was set last.
func (r *Record) Span() ptrace.Span { return r.span }
