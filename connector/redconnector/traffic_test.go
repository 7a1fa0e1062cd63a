package redconnector

import (
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/telemetry"
)

// expected is what must be counted, by metric: how much went well and how much
// failed. Histograms are their number of values.
type expected map[string][2]float64

const (
	wentWell = iota
	failed
)

func (e expected) add(metric telemetry.Metric, hasFailed bool, n float64) {
	counts := e[metric.Name]
	if hasFailed {
		counts[failed] += n
	} else {
		counts[wentWell] += n
	}
	e[metric.Name] = counts
}

func (e expected) merge(other expected) {
	for name, counts := range other {
		sum := e[name]
		e[name] = [2]float64{sum[wentWell] + counts[wentWell], sum[failed] + counts[failed]}
	}
}

// traffic makes random spans and log records, and knows what is to be counted.
type traffic struct {
	*rand.Rand
	drop      bool // late spans are not counted
	fractions bool // some weights are fractions
	expected  expected
	seconds   float64 // the sum of all durations, by weight
}

func (r *traffic) pick(values ...string) string { return values[r.IntN(len(values))] }

// batch returns spans, and log records that came with them. The records tell of
// some of the exceptions that are events of the spans.
func (r *traffic) batch() (ptrace.Traces, plog.Logs) {
	td, ld := ptrace.NewTraces(), plog.NewLogs()
	for range 1 + r.IntN(3) {
		rs, rl := td.ResourceSpans().AppendEmpty(), ld.ResourceLogs().AppendEmpty()
		resource := rs.Resource().Attributes()
		resource.PutStr("service.name", r.pick("a", "b", "c", "d", "other", ""))
		resource.PutStr("service.version", r.pick("1", "2", "3", "other", ""))
		resource.CopyTo(rl.Resource().Attributes())
		spans, records := rs.ScopeSpans().AppendEmpty().Spans(), rl.ScopeLogs().AppendEmpty().LogRecords()
		for range r.IntN(30) {
			r.span(spans.AppendEmpty(), records)
		}
		for range r.IntN(5) {
			r.record(records.AppendEmpty())
		}
	}
	td.MarkReadOnly()
	ld.MarkReadOnly()
	return td, ld
}

func (r *traffic) span(span ptrace.Span, records plog.LogRecordSlice) {
	late := r.IntN(10) == 0
	end := time.Now()
	if late {
		end = end.Add(-2 * time.Hour)
	}
	duration := time.Duration(r.Uint64N(uint64(20 * time.Second)))
	span.SetStartTimestamp(pcommon.NewTimestampFromTime(end.Add(-duration)))
	span.SetEndTimestamp(pcommon.NewTimestampFromTime(end))
	span.SetTraceID(r.traceID())
	span.SetSpanID(pcommon.SpanID{1})
	weight := r.weight(span)
	counted := !late || !r.drop
	if r.IntN(8) == 0 {
		r.exception(span, counted, weight, records)
	}
	if !counted {
		weight = 0
	}
	if r.kind(span, weight) {
		r.seconds += weight * (time.Duration(span.EndTimestamp() - span.StartTimestamp())).Seconds()
	}
}

func (r *traffic) traceID() (id pcommon.TraceID) {
	for i := range id {
		id[i] = byte(r.Uint32())
	}
	return id
}

// weight gives the span a sampling rate.
func (r *traffic) weight(span ptrace.Span) float64 {
	n := 6
	if r.fractions {
		n = 8
	}
	switch r.IntN(n) {
	case 0:
		span.TraceState().FromRaw("x=1,ot=th:8")
		return 2
	case 1:
		span.TraceState().FromRaw("ot=th:c;rv:00")
		return 4
	case 2:
		span.Attributes().PutInt("sampling.rate", 10)
		return 10
	case 3:
		span.Attributes().PutDouble("sampling.rate", 0.1)
		return 10
	case 4:
		span.Attributes().PutStr("sampling.rate", "all")
		return 1
	case 6:
		span.Attributes().PutDouble("sampling.rate", 1.5)
		return 1.5
	case 7:
		span.TraceState().FromRaw("ot=th:5")
		return 16.0 / 11
	default:
		return 1
	}
}

// exception adds one as event, as record, or as both.
func (r *traffic) exception(span ptrace.Span, counted bool, weight float64, records plog.LogRecordSlice) {
	class := r.pick("OSError", "java.lang.NullPointerException", "other", "")
	how := r.IntN(3)
	if how != 0 {
		event := span.Events().AppendEmpty()
		event.SetName("exception")
		event.Attributes().PutStr("exception.type", class)
	}
	if how != 1 {
		record := records.AppendEmpty()
		record.SetTraceID(span.TraceID())
		record.SetSpanID(span.SpanID())
		record.SetSeverityNumber(plog.SeverityNumberError)
		record.Attributes().PutStr("exception.type", class)
		r.expected.add(telemetry.LogRecords, true, 1)
	}
	// Spans come before their records, so that the event is what is counted of both.
	switch {
	case how != 0 && counted:
		r.expected.add(telemetry.Exceptions, false, weight)
	case how != 1:
		r.expected.add(telemetry.Exceptions, false, 1)
	}
}

func (r *traffic) record(record plog.LogRecord) {
	if r.IntN(3) == 0 {
		record.SetSeverityText("error")
		r.expected.add(telemetry.LogRecords, true, 1)
		return
	}
	record.SetSeverityNumber(plog.SeverityNumber(r.IntN(13)))
	r.expected.add(telemetry.LogRecords, false, 1)
}

// kind makes the span one that is counted, or reports that it is not.
func (r *traffic) kind(span ptrace.Span, weight float64) bool {
	a := span.Attributes()
	hasFailed := r.IntN(3) == 0
	switch r.IntN(6) {
	case 0:
		span.SetKind(ptrace.SpanKindServer)
		a.PutStr("http.request.method", r.pick("GET", "POST", "put", "BREW"))
		a.PutStr("url.path", r.pick("/other", "/", "/x/"+r.pick("a", "b", "c", "1", "2")+"/"+r.pick("d", "e", "f", "g")))
		if code := r.pick("200", "201", "204", "301", "404", ""); !hasFailed {
			a.PutStr("http.response.status_code", code)
		} else if r.IntN(2) == 0 {
			a.PutInt("http.response.status_code", int64(500+r.IntN(5)))
		} else {
			span.Status().SetCode(ptrace.StatusCodeError)
		}
		r.expected.add(telemetry.HTTPRequests, hasFailed, weight)
		r.expected.add(telemetry.HTTPRequestDuration, hasFailed, weight)
	case 1:
		span.SetKind(ptrace.SpanKindServer)
		a.PutStr("rpc.system.name", r.pick("grpc", "connect_rpc", "other"))
		a.PutStr("rpc.method", r.pick("x.A/", "x.B/", "other/")+r.pick("Get", "List", "Put"))
		if hasFailed {
			a.PutStr("rpc.response.status_code", r.pick("NOT_FOUND", "INTERNAL", "UNAVAILABLE"))
		}
		r.expected.add(telemetry.RPCRequests, hasFailed, weight)
		r.expected.add(telemetry.RPCRequestDuration, hasFailed, weight)
	case 2:
		messages := r.message(span, hasFailed)
		r.expected.add(telemetry.MessagesProcessed, hasFailed, weight*messages)
		r.expected.add(telemetry.MessageProcessDuration, hasFailed, weight)
	case 3:
		span.SetKind(ptrace.SpanKindInternal)
		span.SetName(r.pick("nightly", "hourly", "other"))
		if hasFailed {
			span.Status().SetCode(ptrace.StatusCodeError)
		}
		r.expected.add(telemetry.JobRuns, hasFailed, weight)
		r.expected.add(telemetry.JobDuration, hasFailed, weight)
	case 4:
		span.SetKind([]ptrace.SpanKind{ptrace.SpanKindClient, ptrace.SpanKindProducer}[r.IntN(2)])
		a.PutStr(r.pick("db.system.name", "messaging.system", "rpc.system", "x"), r.pick("s", "t", "other"))
		a.PutStr("server.address", r.pick("a", "b", "c", "d")+".example.com")
		if hasFailed {
			a.PutStr("error.type", "timeout")
		}
		r.expected.add(telemetry.DependencyRequests, hasFailed, weight)
		r.expected.add(telemetry.DependencyRequestDuration, hasFailed, weight)
	default:
		span.SetParentSpanID(pcommon.SpanID{2})
		span.SetKind([]ptrace.SpanKind{ptrace.SpanKindInternal, ptrace.SpanKindServer}[r.IntN(2)])
		return false
	}
	return true
}

func (r *traffic) message(span ptrace.Span, hasFailed bool) float64 {
	a := span.Attributes()
	span.SetKind(ptrace.SpanKindConsumer)
	a.PutStr("messaging.system", r.pick("kafka", "other"))
	a.PutStr("messaging.destination.name", r.pick("orders", "carts", "mails", "other"))
	n := r.IntN(5)
	if n > 0 {
		a.PutStr("messaging.batch.message_count", strconv.Itoa(n))
	}
	if hasFailed {
		a.PutStr("error.type", "timeout")
	}
	return math.Max(float64(n), 1)
}
