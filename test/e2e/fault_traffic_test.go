package e2e

import (
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/readygate/readygate/internal/overlay"
	"github.com/readygate/readygate/internal/telemetry"
)

// traffic is what services send in a step. A span of a long step says that it was
// sampled, one of so many.
type traffic struct {
	step
	spans   ptrace.Traces
	records plog.Logs
	points  pmetric.Metrics
	end     pcommon.Timestamp
	ids     uint64
	// counted is what the gateway must have counted then, by metric.
	counted map[string]float64
}

// usual is how many requests a service gets in a step.
const usual = 15

func newTraffic(s step, counted map[string]float64) *traffic {
	return &traffic{
		step: s, spans: ptrace.NewTraces(), records: plog.NewLogs(), points: pmetric.NewMetrics(),
		end: pcommon.NewTimestampFromTime(time.Now()), counted: counted,
	}
}

// sender is a release of a service.
type sender struct {
	*traffic
	resource pcommon.Resource
	spans    ptrace.SpanSlice
}

func (w *traffic) from(service, version string, more ...string) sender {
	rs := w.spans.ResourceSpans().AppendEmpty()
	identify(rs.Resource(), service)
	rs.Resource().Attributes().PutStr("service.version", version)
	for i := 0; i < len(more); i += 2 {
		rs.Resource().Attributes().PutStr(more[i], more[i+1])
	}
	return sender{w, rs.Resource(), rs.ScopeSpans().AppendEmpty().Spans()}
}

func identify(resource pcommon.Resource, service string) {
	resource.Attributes().PutStr("service.name", service)
}

// span adds a span of n that are alike, and counts it.
func (w sender) span(n int, metric string, took time.Duration, fill func(ptrace.Span)) {
	for range n {
		s := w.spans.AppendEmpty()
		w.ids++
		var id pcommon.TraceID
		binary.BigEndian.PutUint64(id[:], uint64(w.end))
		binary.BigEndian.PutUint64(id[8:], w.ids)
		s.SetTraceID(id)
		s.SetSpanID(pcommon.SpanID(id[8:]))
		s.SetEndTimestamp(w.end)
		s.SetStartTimestamp(w.end - pcommon.Timestamp(took))
		s.Attributes().PutInt("sampling.rate", int64(w.weight()))
		fill(s)
	}
	w.counted[metric] += float64(n * w.weight())
}

// requests are n requests that are answered by the status.
func (w sender) requests(n, status int, took time.Duration) {
	w.span(n, telemetry.HTTPRequests.Name, took, func(s ptrace.Span) {
		s.SetKind(ptrace.SpanKindServer)
		s.SetName("GET /items")
		s.Attributes().PutStr("http.request.method", "GET")
		s.Attributes().PutStr("http.route", "/items")
		s.Attributes().PutInt("http.response.status_code", int64(status))
	})
}

// calls are n calls of a database.
func (w sender) calls(n int, peer string, fail bool) {
	w.span(n, telemetry.DependencyRequests.Name, 5*time.Millisecond, func(s ptrace.Span) {
		s.SetKind(ptrace.SpanKindClient)
		s.SetName("SELECT items")
		s.Attributes().PutStr("db.system.name", "postgresql")
		s.Attributes().PutStr("server.address", peer)
		if fail {
			s.Status().SetCode(ptrace.StatusCodeError)
		}
	})
}

// runs are n runs of a job.
func (w sender) runs(n int, job string, fail bool) {
	w.span(n, telemetry.JobRuns.Name, time.Second, func(s ptrace.Span) {
		s.SetName(job)
		s.Attributes().PutStr("job.name", job)
		if fail {
			s.Status().SetCode(ptrace.StatusCodeError)
		}
	})
}

// messages are n messages that are processed.
func (w sender) messages(n int, fail bool) {
	w.span(n, telemetry.MessagesProcessed.Name, 20*time.Millisecond, func(s ptrace.Span) {
		s.SetKind(ptrace.SpanKindConsumer)
		s.SetName("process mail")
		s.Attributes().PutStr("messaging.system", "rabbitmq")
		s.Attributes().PutStr("messaging.operation.type", "process")
		s.Attributes().PutStr("messaging.destination.name", "mail")
		if fail {
			s.Status().SetCode(ptrace.StatusCodeError)
		}
	})
}

// exceptions are n exceptions that are handled.
func (w sender) exceptions(n int) {
	w.span(n, telemetry.Exceptions.Name, time.Millisecond, func(s ptrace.Span) {
		s.SetParentSpanID(pcommon.SpanID{1})
		s.SetKind(ptrace.SpanKindInternal)
		s.SetName("price")
		e := s.Events().AppendEmpty()
		e.SetName("exception")
		e.SetTimestamp(w.end)
		e.Attributes().PutStr("exception.type", "TimeoutError")
		e.Attributes().PutStr("exception.message", "no answer from the price list")
	})
}

// happens is something that the business counts: a span inside a request.
func (w sender) happens(n int, name, metric string, fill func(ptrace.Span)) {
	w.span(n, metric, time.Millisecond, func(s ptrace.Span) {
		s.SetParentSpanID(pcommon.SpanID{1})
		s.SetKind(ptrace.SpanKindInternal)
		s.SetName(name)
		s.Status().SetCode(ptrace.StatusCodeOk)
		fill(s)
	})
}

// send sends the step and waits until the gateway shows everything.
func (w *traffic) send(t *testing.T, conn *grpc.ClientConn, page func() []sample) []sample {
	t.Helper()
	_, err := ptraceotlp.NewGRPCClient(conn).Export(t.Context(), ptraceotlp.NewExportRequestFromTraces(w.spans))
	require.NoError(t, err)
	_, err = plogotlp.NewGRPCClient(conn).Export(t.Context(), plogotlp.NewExportRequestFromLogs(w.records))
	require.NoError(t, err)
	_, err = pmetricotlp.NewGRPCClient(conn).Export(t.Context(), pmetricotlp.NewExportRequestFromMetrics(w.points))
	require.NoError(t, err)
	var shown []sample
	eventually(t, "the gateway shows what was sent", func() error {
		shown = page()
		sums := make(map[string]float64)
		for _, s := range shown {
			sums[s.labels.Get(model.MetricNameLabel)] += s.value
		}
		for metric, want := range w.counted {
			if sums[metric] != want {
				return fmt.Errorf("%s: shown are %v, sent were %v", metric, sums[metric], want)
			}
		}
		return nil
	})
	return shown
}

func dial(t *testing.T, address string) *grpc.ClientConn {
	t.Helper()
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// canaryOf is a canary of a service.
func (w *traffic) canaryOf(service, version string) sender {
	return w.from(service, version, overlay.StageAttribute, overlay.CanaryStage)
}
