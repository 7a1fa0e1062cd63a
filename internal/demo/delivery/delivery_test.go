package delivery

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/log"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/trace"
	"go.uber.org/goleak"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/readygate/readygate/internal/demo/otlptest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// randomIDs are ids for spans that nobody looks up.
type randomIDs struct{}

func (randomIDs) NewIDs(context.Context) (trace.TraceID, trace.SpanID) {
	return trace.TraceID{byte(rand.IntN(255)) + 1}, trace.SpanID{1}
}
func (randomIDs) NewSpanID(context.Context, trace.TraceID) trace.SpanID { return trace.SpanID{2} }

// eachProtocol runs a test over both transports.
func eachProtocol(t *testing.T, answer otlptest.Answer, test func(*testing.T, *otlptest.Gateway, *Pipeline)) {
	for _, protocol := range []Protocol{GRPC, HTTP} {
		t.Run(string(protocol), func(t *testing.T) {
			g := otlptest.Start(t, answer)
			target := Target{Protocol: protocol, Endpoint: map[Protocol]string{GRPC: g.GRPC, HTTP: g.HTTP}[protocol], Insecure: true}
			require.NoError(t, target.Probe(t.Context()))
			p, err := Open(t.Context(), Config{Target: target, Resource: resource.Empty(), IDs: randomIDs{}})
			require.NoError(t, err)
			test(t, g, p)
		})
	}
}

// emit makes n spans, n log records and one metric point.
func emit(t *testing.T, p *Pipeline, n int) {
	tracer, logger := p.Traces.Tracer("test"), p.Logs.Logger("test")
	counter, err := p.Metrics.Meter("test").Int64Counter("test.count")
	require.NoError(t, err)
	for range n {
		_, span := tracer.Start(t.Context(), "work")
		span.End()
		logger.Emit(t.Context(), log.Record{})
		counter.Add(t.Context(), 1)
	}
}

func TestWhatTheGatewayTookIsAcknowledged(t *testing.T) {
	eachProtocol(t, otlptest.Answer{}, func(t *testing.T, g *otlptest.Gateway, p *Pipeline) {
		emit(t, p, 3000)
		require.NoError(t, p.Flush(t.Context()))
		emit(t, p, 7)
		o := p.Close(t.Context())
		require.NoError(t, o.Err)
		require.Equal(t, Counts{Spans: 3007, LogRecords: 3007, MetricPoints: 2}, o.Acknowledged)
		require.Zero(t, o.Refused)
		received := Counts{}
		for _, td := range g.Traces() {
			received.Spans += td.SpanCount()
		}
		for _, ld := range g.Logs() {
			received.LogRecords += ld.LogRecordCount()
		}
		for _, md := range g.Metrics() {
			received.MetricPoints += md.DataPointCount()
		}
		require.Equal(t, received, o.Acknowledged)
		for encoding := range g.Encodings() {
			require.Empty(t, encoding)
		}
	})
}

func TestAPartialSuccessIsNotAcknowledged(t *testing.T) {
	eachProtocol(t, otlptest.Answer{Rejected: 2}, func(t *testing.T, _ *otlptest.Gateway, p *Pipeline) {
		emit(t, p, 5)
		o := p.Close(t.Context())
		require.Zero(t, o.Acknowledged)
		require.Equal(t, Counts{Spans: 5, LogRecords: 5, MetricPoints: 1}, o.Refused)
		require.ErrorContains(t, o.Err, "5 spans were not accepted")
		require.ErrorContains(t, o.Err, "5 log records were not accepted")
		require.ErrorContains(t, o.Err, "1 metric points were not accepted")
	})
}

func TestARefusedBatchKeepsItsReason(t *testing.T) {
	eachProtocol(t, otlptest.Answer{Err: status.Error(codes.InvalidArgument, "no thanks")}, func(t *testing.T, _ *otlptest.Gateway, p *Pipeline) {
		emit(t, p, 1)
		require.NoError(t, p.Flush(t.Context()), "refusals are for the outcome")
		require.ErrorContains(t, p.Outcome().Err, "no thanks")
		o := p.Close(t.Context())
		require.ErrorContains(t, o.Err, "1 spans were not accepted")
		require.ErrorContains(t, o.Err, "no thanks")
	})
}

func TestWhatTheSDKDroppedIsMissed(t *testing.T) {
	eachProtocol(t, otlptest.Answer{}, func(t *testing.T, _ *otlptest.Gateway, p *Pipeline) {
		p.ledger.add(spans, 3) // as if the span queue had lost them
		require.ErrorContains(t, p.Close(t.Context()).Err, "3 spans were dropped by the SDK")
	})
}

func TestATargetWithoutGatewayIsUnreachable(t *testing.T) {
	target := Target{Protocol: GRPC, Endpoint: "127.0.0.1:1"}
	err := target.Probe(t.Context())
	var unreachable *UnreachableError
	require.ErrorAs(t, err, &unreachable)
	require.Equal(t, target, unreachable.Target)
	require.ErrorContains(t, err, "127.0.0.1:1")
}

func TestAnUnknownProtocolIsRefused(t *testing.T) {
	_, err := Open(t.Context(), Config{Target: Target{Protocol: "carrier pigeon"}})
	require.ErrorContains(t, err, "carrier pigeon")
}

func TestPointsOfEveryKindAreCounted(t *testing.T) {
	scopes := []metricdata.ScopeMetrics{{Metrics: []metricdata.Metrics{
		{Data: metricdata.Gauge[int64]{DataPoints: make([]metricdata.DataPoint[int64], 1)}},
		{Data: metricdata.Gauge[float64]{DataPoints: make([]metricdata.DataPoint[float64], 1)}},
		{Data: metricdata.Sum[int64]{DataPoints: make([]metricdata.DataPoint[int64], 1)}},
		{Data: metricdata.Sum[float64]{DataPoints: make([]metricdata.DataPoint[float64], 1)}},
		{Data: metricdata.Histogram[int64]{DataPoints: make([]metricdata.HistogramDataPoint[int64], 1)}},
		{Data: metricdata.Histogram[float64]{DataPoints: make([]metricdata.HistogramDataPoint[float64], 1)}},
		{Data: metricdata.ExponentialHistogram[int64]{DataPoints: make([]metricdata.ExponentialHistogramDataPoint[int64], 1)}},
		{Data: metricdata.ExponentialHistogram[float64]{DataPoints: make([]metricdata.ExponentialHistogramDataPoint[float64], 1)}},
		{Data: metricdata.Summary{DataPoints: make([]metricdata.SummaryDataPoint, 1)}},
	}}}
	require.Equal(t, 9, points(&metricdata.ResourceMetrics{ScopeMetrics: scopes}))
}
