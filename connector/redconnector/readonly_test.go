package redconnector

import (
	"bytes"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/telemetry"
)

// Data is shared with other branches of the pipeline: it may not be written to, and
// who owns it may write to it, or give its memory to other data, as soon as it is
// consumed.
func TestDataIsOnlyReadAndNothingRefersToItAfterwards(t *testing.T) {
	// Strings whose bytes the test owns, as decoders make them from a buffer.
	var buffers [][]byte
	own := func(s string) string {
		b := append([]byte(nil), s...)
		buffers = append(buffers, b)
		return unsafe.String(unsafe.SliceData(b), len(b))
	}
	td := borrowedTraces(own)
	ld := borrowedLogs(own)
	sink := new(consumertest.MetricsSink)
	g := newGateway(t, testConfig(), sink)
	require.False(t, g.traces.Capabilities().MutatesData)
	require.False(t, g.logs.Capabilities().MutatesData)
	td.MarkReadOnly()
	ld.MarkReadOnly()
	g.consume(t, td)
	g.consumeLogs(t, ld)
	for _, b := range buffers {
		copy(b, bytes.Repeat([]byte("#"), len(b)))
	}
	g.consume(t, borrowedTraces(func(s string) string { return s }))
	require.NoError(t, g.shutdown(t.Context()))

	encoded, err := new(pmetric.JSONMarshaler).MarshalMetrics(sink.AllMetrics()[0])
	require.NoError(t, err)
	require.NotContains(t, string(encoded), "#")
	points := metricOf(t, sink.AllMetrics()[0], telemetry.HTTPRequests).Sum().DataPoints()
	require.Equal(t, 2, points.Len(), "a zero, and a value after it")
	require.EqualValues(t, 2, points.At(1).IntValue(), "the second batch is of the same series")
}

func borrowedTraces(own func(string) string) ptrace.Traces {
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	putAll(rs.Resource().Attributes(), own, map[string]string{
		"service.name": "shop", "service.version": "1.2.3", "service.namespace": "retail",
		"deployment.environment.name": "production",
	})
	spans := rs.ScopeSpans().AppendEmpty().Spans()
	for kind, attributes := range map[ptrace.SpanKind]map[string]string{
		ptrace.SpanKindServer:   {"http.request.method": "GET", "http.route": "/orders/{id}", "http.response.status_code": "200"},
		ptrace.SpanKindClient:   {"db.system.name": "postgresql", "service.peer.name": "orders"},
		ptrace.SpanKindConsumer: {"messaging.system": "kafka", "messaging.destination.template": "orders"},
		ptrace.SpanKindInternal: {"job.name": "nightly"},
	} {
		span := spans.AppendEmpty()
		span.SetKind(kind)
		span.SetName(own("GET /orders"))
		span.SetStartTimestamp(1)
		span.SetEndTimestamp(2)
		putAll(span.Attributes(), own, attributes)
		event := span.Events().AppendEmpty()
		event.SetName(own("exception"))
		putAll(event.Attributes(), own, map[string]string{"exception.type": "OSError"})
	}
	return td
}

func borrowedLogs(own func(string) string) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	putAll(rl.Resource().Attributes(), own, map[string]string{"service.name": "cart"})
	record := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	record.SetSeverityText(own("error"))
	putAll(record.Attributes(), own, map[string]string{"exception.type": "ValueError"})
	return ld
}

func putAll(to pcommon.Map, own func(string) string, attributes map[string]string) {
	for name, value := range attributes {
		to.PutStr(own(name), own(value))
	}
}

func metricOf(t *testing.T, md pmetric.Metrics, want telemetry.Metric) pmetric.Metric {
	t.Helper()
	for _, metric := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		if metric.Name() == want.Name {
			return metric
		}
	}
	require.Fail(t, "there is no such metric", want.Name)
	return pmetric.Metric{}
}
