package redconnector

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/connector/internal/derive"
	"github.com/readygate/readygate/internal/telemetry"
)

// Of the failed requests of one flush, the slowest is always an exemplar, and every
// other is one now and then: it is the failed one or the random one that was chosen.
func TestExemplarsAreTheSlowestAFailedAndARandomOne(t *testing.T) {
	const spans, rounds = 8, 300
	cfg := testConfig()
	cfg.Temporality = derive.Delta // has a value in every flush
	sink := new(consumertest.MetricsSink)
	g := newGateway(t, cfg, sink)
	chosen := map[byte]int{}
	for range rounds {
		slowest := rand.IntN(spans)
		g.consume(t, failedTraces(spans, slowest))
		sink.Reset()
		g.flush(t)
		exemplars := metricOf(t, sink.AllMetrics()[0], telemetry.HTTPRequestDuration).Histogram().DataPoints().At(0).Exemplars()
		require.LessOrEqual(t, exemplars.Len(), 3)
		inFlush := map[byte]float64{}
		for _, e := range exemplars.All() {
			trace, span := e.TraceID(), e.SpanID()
			require.Equal(t, trace[15], span[7])
			inFlush[trace[15]] = e.DoubleValue()
			chosen[trace[15]]++
		}
		require.Len(t, inFlush, exemplars.Len(), "each trace once")
		require.Equal(t, 9.0, inFlush[byte(slowest+1)], "the slowest is always there")
	}
	require.Len(t, chosen, spans)
	require.NoError(t, g.shutdown(t.Context()))
}

// failedTraces are requests that failed in 1 s each, and one in 9 s.
func failedTraces(n, slowest int) ptrace.Traces {
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	rs.Resource().Attributes().PutStr("service.name", "shop")
	spans := rs.ScopeSpans().AppendEmpty().Spans()
	for i := range n {
		span := spans.AppendEmpty()
		span.SetKind(ptrace.SpanKindServer)
		span.SetTraceID(pcommon.TraceID{15: byte(i + 1)})
		span.SetSpanID(pcommon.SpanID{7: byte(i + 1)})
		span.SetStartTimestamp(1)
		span.SetEndTimestamp(1 + 1e9)
		if i == slowest {
			span.SetEndTimestamp(1 + 9e9)
		}
		span.Attributes().PutStr("http.route", "/a")
		span.Attributes().PutInt("http.response.status_code", 500)
	}
	return td
}
