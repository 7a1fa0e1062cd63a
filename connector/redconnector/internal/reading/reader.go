package reading

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/series"
)

// Config is what a Reader is made from.
type Config struct {
	// MaxAge is how long ago a span may have ended that is not late; 0 means that
	// none is late.
	MaxAge time.Duration
	// DropLate skips late spans and their exceptions.
	DropLate bool
}

// Reader reads spans and log records for one table. It is safe for concurrent
// use; its only state is which exceptions it has seen.
type Reader struct {
	config Config
	groups groups
	seen   *seen
}

// NewReader returns a reader that has seen nothing.
func NewReader(cfg Config) *Reader {
	return &Reader{config: cfg, groups: newGroups(), seen: newSeen()}
}

// Groups are the kinds of series that the reader's keys are of. They belong in one
// table, the one that observes the keys.
func (r *Reader) Groups() []*series.Group {
	g := &r.groups
	return []*series.Group{&g.http, &g.rpc, &g.message, &g.job, &g.dependency, &g.exception, &g.version, &g.log}
}

// Outcome is what became of a span.
type Outcome uint8

// The outcomes of spans. Those before SkippedInternal are counted, in the group of
// their name.
const (
	CountedHTTP Outcome = iota
	CountedRPC
	CountedMessage
	CountedJob
	CountedDependency
	SkippedInternal   // work inside of a service that something else is counted for
	SkippedNoProtocol // a SERVER span that tells neither HTTP nor RPC
	SkippedLate       // see Config.DropLate
	Outcomes          // the number of outcomes
)

// String is the outcome as the connector's own metric tells it.
func (o Outcome) String() string {
	return [Outcomes]string{
		"http", "rpc", "message", "job", "dependency", "internal", "no_protocol", "late",
	}[o]
}

// Counted reports whether there is something to observe.
func (o Outcome) Counted() bool { return o < SkippedInternal }

// Notes are what is odd about a span that is counted nevertheless.
type Notes uint8

// What may be odd about a span.
const (
	NoteLate     Notes = 1 << iota // it ended longer than Config.MaxAge ago
	NoteDuration                   // its duration cannot be and was taken for 0
	NoteWeight                     // its sampling rate is not valid and was taken for 1
	NoteBatch                      // its number of messages is not valid or too large
)

// Span reads one span. If the outcome is a counted one, the key and the
// observation tell what is to be counted; otherwise they are not touched, or not
// of any use. The owner is that of the span's resource.
func (r *Reader) Span(
	owner *series.Owner, span ptrace.Span, now pcommon.Timestamp, key *series.Key, o *series.Observation,
) (Outcome, Notes) {
	var f facts
	var told uint64
	// The hot path, which finds all attributes in one pass. It is no function of its
	// own: only here the compiler knows that f is on the stack, where pointers need
	// no write barriers.
	for name, value := range span.Attributes().All() {
		a := attributeOf(name)
		f.values[a] = value
		told |= 1 << a
	}
	f.told = told &^ (1 << notRead)
	became := f.classify(span)
	if !became.Counted() {
		return became, 0
	}
	var notes Notes
	if r.late(span, now) {
		if r.config.DropLate {
			return SkippedLate, NoteLate
		}
		notes = NoteLate
	}
	weight, valid := series.Weight(span.TraceState().AsRaw(), f.rate())
	if !valid {
		notes |= NoteWeight
	}
	seconds, possible := duration(span.StartTimestamp(), span.EndTimestamp())
	if !possible {
		notes |= NoteDuration
	}
	*o = series.Observation{
		Events: weight, Weight: weight, Value: seconds,
		TraceID: span.TraceID(), SpanID: span.SpanID(),
	}
	switch became {
	case CountedHTTP:
		key.Start(owner, &r.groups.http)
		f.addHTTP(span, key, o)
	case CountedRPC:
		key.Start(owner, &r.groups.rpc)
		f.addRPC(span, key, o)
	case CountedMessage:
		key.Start(owner, &r.groups.message)
		notes |= f.addMessage(span, key, o)
	case CountedJob:
		key.Start(owner, &r.groups.job)
		f.addJob(span, possible, now, key, o)
	default:
		key.Start(owner, &r.groups.dependency)
		f.addDependency(span, key, o)
	}
	return became, notes
}

// classify decides what the span is: see the package's documentation.
func (f *facts) classify(span ptrace.Span) Outcome {
	switch span.Kind() {
	case ptrace.SpanKindServer:
		switch {
		case f.text(jobName) != "":
			return CountedJob
		case f.rpcSystem() != "":
			return CountedRPC
		case f.isHTTP():
			return CountedHTTP
		case f.isRPC():
			return CountedRPC
		case f.isTimer():
			return CountedJob
		}
		return SkippedNoProtocol
	case ptrace.SpanKindConsumer:
		if f.text(jobName) != "" {
			return CountedJob
		}
		if operation := f.operation(); operation == "receive" || operation == "settle" {
			return CountedDependency
		}
		return CountedMessage
	case ptrace.SpanKindClient, ptrace.SpanKindProducer:
		return CountedDependency
	default: // a span without a kind is internal, says the trace API
		if f.text(jobName) != "" || f.isTimer() || span.ParentSpanID().IsEmpty() {
			return CountedJob
		}
		return SkippedInternal
	}
}

// late reports whether the span ended longer ago than is allowed. One that tells
// no end is not late.
func (r *Reader) late(span ptrace.Span, now pcommon.Timestamp) bool {
	end, age := span.EndTimestamp(), pcommon.Timestamp(r.config.MaxAge)
	return age > 0 && end != 0 && now > age && end < now-age
}

// duration is the time between start and end, in seconds. It is 0, and not
// possible, if one of them is missing or the end lies before the start.
func duration(start, end pcommon.Timestamp) (seconds float64, possible bool) {
	if start == 0 || end < start {
		return 0, false
	}
	return float64(end-start) / 1e9, true
}

// Version reads that telemetry of a resource with service.version arrived now.
func (r *Reader) Version(owner *series.Owner, now pcommon.Timestamp, key *series.Key, o *series.Observation) {
	key.Start(owner, &r.groups.version)
	*o = series.Observation{Time: now} // not a span's time: clocks differ
}
