package derive

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// world is what services there are and what they do.
type world struct {
	services, versions, names int
	sampled                   bool // spans have sampling weights
}

// bounds are the histogram's; seconds are durations that are exact in binary, as their
// sums then are, one of them at a bound and one beyond all.
var (
	bounds  = []float64{0.0625, 0.5, 2}
	seconds = []float64{1.0 / 64, 0.125, 0.5, 1, 4}
)

// sampling is values of tracestate, and how many spans one stands for that has it: the
// rejection threshold 8 (of 16) is one in two, c (12 of 16) one in four.
var sampling = []struct {
	state  string
	weight float64
}{{"", 1}, {"ot=th:0", 1}, {"ot=th:8", 2}, {"vendor=x,ot=rv:ffffffffffffff;th:c", 4}}

// traffic is what one client sends, first the spans, then the records, and what it must
// be counted as.
type traffic struct {
	traces ptrace.Traces
	logs   plog.Logs
	truth  tally
}

func (w world) traffic(random *rand.Rand) traffic {
	t := traffic{traces: ptrace.NewTraces(), logs: plog.NewLogs(), truth: tally{}}
	for range 1 + random.IntN(3) {
		service := "service-" + strconv.Itoa(random.IntN(w.services))
		version := strconv.Itoa(random.IntN(w.versions))
		rs, rl := t.traces.ResourceSpans().AppendEmpty(), t.logs.ResourceLogs().AppendEmpty()
		for _, resource := range []pcommon.Resource{rs.Resource(), rl.Resource()} {
			resource.Attributes().PutStr("service.name", service)
			resource.Attributes().PutStr("service.version", version)
		}
		spans, records := rs.ScopeSpans().AppendEmpty().Spans(), rl.ScopeLogs().AppendEmpty().LogRecords()
		for range random.IntN(12) {
			w.addSpan(random, service, spans.AppendEmpty(), records, t.truth)
		}
		for range random.IntN(3) {
			addRecord(random, service, records.AppendEmpty(), t.truth)
		}
	}
	return t
}

// addSpan fills a span, some with an exception, of which a record may tell too.
func (w world) addSpan(random *rand.Rand, service string, span ptrace.Span, records plog.LogRecordSlice, truth tally) {
	took, weight := seconds[random.IntN(len(seconds))], 1.0
	if w.sampled {
		s := sampling[random.IntN(len(sampling))]
		span.TraceState().FromRaw(s.state)
		weight = s.weight
	}
	var id [16]byte
	binary.LittleEndian.PutUint64(id[:], random.Uint64())
	span.SetTraceID(id)
	span.SetSpanID(pcommon.SpanID(id[:8]))
	span.SetParentSpanID(pcommon.SpanID{1})
	end := time.Now()
	if random.IntN(8) == 0 {
		end = end.Add(-3 * time.Hour) // late, and no less a request
	}
	span.SetEndTimestamp(pcommon.NewTimestampFromTime(end))
	span.SetStartTimestamp(pcommon.NewTimestampFromTime(end.Add(-time.Duration(took * float64(time.Second)))))

	if random.IntN(10) == 0 {
		addException(random, service, weight, span, records, truth)
	}
	s := w.shape(random, span)
	if s.counter == "" {
		return
	}
	truth[key{s.counter, service, s.class}] += weight * s.events
	truth[key{s.histogram + "_count", service, s.class}] += weight
	truth[key{s.histogram + "_sum", service, s.class}] += weight * took
	truth[key{s.histogram + "_bucket", service, "+Inf"}] += weight
	for _, bound := range bounds {
		if took <= bound {
			truth[key{s.histogram + "_bucket", service, fmt.Sprint(bound)}] += weight
		}
	}
}

// shape is what a span is counted as; the zero value, as nothing.
type shape struct {
	counter, histogram, class string
	events                    float64
}

// shape makes the span a request, which most are, or something else.
func (w world) shape(random *rand.Rand, span ptrace.Span) shape {
	name := string(rune('a' + random.IntN(w.names)))
	failed := random.IntN(3) == 0
	outcome := "success"
	if failed {
		outcome = "failure"
		span.Status().SetCode(ptrace.StatusCodeError)
	}
	attributes := span.Attributes()
	switch random.IntN(12) {
	case 0:
		span.SetKind(ptrace.SpanKindInternal) // work inside of a service
		return shape{}
	case 1:
		span.SetKind(ptrace.SpanKindClient)
		attributes.PutStr("db.system.name", "postgresql")
		attributes.PutStr("server.address", name+".example.com")
		return shape{"dependency_requests_total", "dependency_request_duration_seconds", outcome, 1}
	case 2:
		span.SetKind(ptrace.SpanKindConsumer)
		attributes.PutStr("messaging.system", "kafka")
		attributes.PutStr("messaging.operation.type", "process")
		attributes.PutStr("messaging.destination.template", "orders/"+name)
		n := 1 + random.Int64N(5)
		attributes.PutInt("messaging.batch.message_count", n)
		return shape{"messages_processed_total", "message_process_duration_seconds", outcome, float64(n)}
	case 3:
		span.SetKind(ptrace.SpanKindInternal)
		attributes.PutStr("job.name", "job-"+name)
		return shape{"job_runs_total", "job_duration_seconds", outcome, 1}
	case 4:
		span.SetKind(ptrace.SpanKindServer)
		span.Status().SetCode(ptrace.StatusCodeUnset)
		attributes.PutStr("rpc.system.name", "grpc")
		attributes.PutStr("rpc.method", "shop.Cart/"+name)
		status := []string{"OK", "NOT_FOUND", "INTERNAL"}[random.IntN(3)]
		attributes.PutStr("rpc.response.status_code", status)
		return shape{"rpc_requests_total", "rpc_request_duration_seconds", status, 1}
	default:
		span.SetKind(ptrace.SpanKindServer)
		attributes.PutStr("http.request.method", []string{"GET", "POST"}[random.IntN(2)])
		attributes.PutStr("http.route", "/things/"+name+"/{id}")
		code := []int64{200, 201, 404}[random.IntN(3)]
		if failed {
			code = []int64{500, 503}[random.IntN(2)]
		}
		attributes.PutInt("http.response.status_code", code)
		class := strconv.FormatInt(code/100, 10) + "xx"
		return shape{"http_requests_total", "http_request_duration_seconds", class, 1}
	}
}

// addException adds an exception as an event of the span, as a record, or as both, and
// some of them twice: it happened as often as one of them tells.
func addException(random *rand.Rand, service string, weight float64, span ptrace.Span, records plog.LogRecordSlice, truth tally) {
	times := 1 + random.IntN(2)
	how := random.IntN(3)
	tell := func(attributes pcommon.Map) {
		attributes.PutStr("exception.type", "shop.OutOfStock")
		attributes.PutStr("exception.stacktrace", "at example.com/shop.go:"+span.SpanID().String())
	}
	if how != 0 {
		for range times {
			event := span.Events().AppendEmpty()
			event.SetName("exception")
			tell(event.Attributes())
			truth[key{"exceptions_total", service, ""}] += weight
		}
	}
	if how == 1 {
		return
	}
	for range times {
		record := records.AppendEmpty()
		record.SetTraceID(span.TraceID())
		record.SetSpanID(span.SpanID())
		record.SetSeverityNumber(plog.SeverityNumberError)
		tell(record.Attributes())
		truth[key{"log_records_total", service, "error"}]++
		if how == 0 {
			truth[key{"exceptions_total", service, ""}]++
		}
	}
}

func addRecord(random *rand.Rand, service string, record plog.LogRecord, truth tally) {
	severity := []string{"info", "warn", "error"}[random.IntN(3)]
	record.SetSeverityText(severity)
	truth[key{"log_records_total", service, severity}]++
}
