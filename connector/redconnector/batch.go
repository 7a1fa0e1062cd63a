package redconnector

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// observation is one request, ready to be counted.
type observation struct {
	seconds  float64
	from, to uint32 // its endpoint is batch.text[from:to]
	method   method
	status   status
}

// batch collects the requests of one resource before the lock of their source
// is taken, so that reading attributes and making templates happens outside of
// it. Endpoints are copied into one reused buffer: nothing refers to the
// incoming data, and a batch that was used before allocates nothing.
//
// A batch belongs to one goroutine at a time.
type batch struct {
	observations []observation
	text         []byte
}

func (b *batch) reset() {
	b.observations = b.observations[:0]
	b.text = b.text[:0]
}

// endpoint is valid until the batch is reset.
func (b *batch) endpoint(o observation) []byte {
	return b.text[o.from:o.to]
}

// addResource adds the requests among the resource's spans.
func (b *batch) addResource(spans ptrace.ResourceSpans, counts *tally) {
	for _, scope := range spans.ScopeSpans().All() {
		for _, span := range scope.Spans().All() {
			b.addSpan(span, counts)
		}
	}
}

func (b *batch) addSpan(span ptrace.Span, counts *tally) {
	if span.Kind() != ptrace.SpanKindServer {
		counts.notServer++
		return
	}
	http := readHTTP(span.Attributes())
	if !http.found {
		counts.noHTTP++
		return
	}
	counts.counted++
	seconds, possible := duration(span.StartTimestamp(), span.EndTimestamp())
	if !possible {
		counts.clamped++
	}
	from := len(b.text)
	b.text = http.appendEndpoint(b.text, span.Name())
	b.observations = append(b.observations, observation{
		seconds: seconds,
		from:    uint32(from),
		to:      uint32(len(b.text)),
		method:  http.method,
		status:  http.outcome(span.Status()),
	})
}

// duration is the time between start and end, in seconds. It is 0, and not
// possible, if one of them is missing or the end lies before the start.
func duration(start, end pcommon.Timestamp) (seconds float64, possible bool) {
	if start == 0 || end < start {
		return 0, false
	}
	return float64(end-start) / 1e9, true
}

// tally counts, for one call of ConsumeTraces, what the connector reports about
// itself.
type tally struct {
	counted, notServer, noHTTP int64
	clamped                    int64
	overflow                   [limits]int64
}

// limit is a limit of the configuration that a span ran into.
type limit uint8

const (
	limitIdentities limit = iota // version became other
	limitServices                // the whole identity became other
	limitEndpoints               // endpoint became other
	limitSeries                  // endpoint became other, status its class
	limits                       // the number of limits
)

func (l limit) String() string {
	return [limits]string{"identities", "services", "endpoints", "series"}[l]
}
