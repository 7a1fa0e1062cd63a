package redconnector

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/readygate/readygate/connector/redconnector/internal/metadatatest"
)

var anyTime = metricdatatest.IgnoreTimestamp()

func only(n int64) []metricdata.DataPoint[int64] { return []metricdata.DataPoint[int64]{{Value: n}} }

// by is a point for each value of an attribute.
func by(name string, counts map[string]int64) (points []metricdata.DataPoint[int64]) {
	for value, n := range counts {
		points = append(points, metricdata.DataPoint[int64]{
			Attributes: attribute.NewSet(attribute.String(name, value)), Value: n,
		})
	}
	return points
}

func TestTheConnectorReportsWhatBecameOfSpansAndRecords(t *testing.T) {
	tel := componenttest.NewTelemetry()
	cfg := testConfig()
	cfg.LateSpans.Drop = true
	g := newGatewayWith(t, metadatatest.NewSettings(tel), cfg, consumertest.NewNop())

	// Counters are there before anything happens.
	zeros := map[string]int64{"http": 0, "rpc": 0, "message": 0, "job": 0, "dependency": 0, "internal": 0, "no_protocol": 0, "late": 0}
	metadatatest.AssertEqualConnectorRedSpans(t, tel, by("outcome", zeros), anyTime)
	metadatatest.AssertEqualConnectorRedOddities(t, tel,
		by("oddity", map[string]int64{"late": 0, "duration": 0, "weight": 0, "batch": 0}), anyTime)
	metadatatest.AssertEqualConnectorRedLogRecords(t, tel, only(0), anyTime)

	g.consume(t, parseTraces(t, []byte(`
- resource: {service.name: shop}
  spans:
  - {kind: client, times: 2}
  - {kind: internal, child: true}
  - {kind: internal}
  - {name: no protocol}
  - {attributes: {rpc.system.name: grpc}}
  - {attributes: {http.request.method: GET}, duration: -1s}
  - {attributes: {http.request.method: GET, sampling.rate: all}, duration: -1s}
  - {attributes: {http.request.method: GET}, ended: 1h}
  - {kind: consumer, attributes: {messaging.batch.message_count: 0}}
`)))
	g.consumeLogs(t, parseLogs(t, []byte(`
- resource: {service.name: shop}
  records: [{severity: 9, times: 3}]
`)))
	metadatatest.AssertEqualConnectorRedSpans(t, tel, by("outcome", map[string]int64{
		"http": 2, "rpc": 1, "message": 1, "job": 1, "dependency": 2, "internal": 1, "no_protocol": 1, "late": 1,
	}), anyTime)
	metadatatest.AssertEqualConnectorRedOddities(t, tel,
		by("oddity", map[string]int64{"late": 1, "duration": 2, "weight": 1, "batch": 1}), anyTime)
	metadatatest.AssertEqualConnectorRedLogRecords(t, tel, only(3), anyTime)
	require.NoError(t, g.shutdown(t.Context()))
	require.NoError(t, tel.Shutdown(t.Context()))
}

func TestTheConnectorReportsWhatBecameOfExceptions(t *testing.T) {
	tel := componenttest.NewTelemetry()
	cfg := testConfig()
	cfg.LateSpans.Drop = true
	g := newGatewayWith(t, metadatatest.NewSettings(tel), cfg, consumertest.NewNop())
	metadatatest.AssertEqualConnectorRedExceptions(t, tel,
		by("sighting", map[string]int64{"first": 0, "again": 0, "late": 0}), anyTime)
	g.consume(t, parseTraces(t, []byte(`
- resource: {service.name: shop}
  spans:
  - {trace: 1, id: 1, events: [{name: exception, attributes: {exception.type: OSError}}, {name: retry}]}
  - {trace: 1, id: 2, ended: 1h, events: [{name: exception, attributes: {exception.type: OSError}}]}
`)))
	g.consumeLogs(t, parseLogs(t, []byte(`
- resource: {service.name: shop}
  records:
  - {trace: 1, id: 1, attributes: {exception.type: OSError}}
  - {trace: 1, id: 3, attributes: {exception.type: OSError}}
  - {severity: 17}
`)))
	metadatatest.AssertEqualConnectorRedExceptions(t, tel,
		by("sighting", map[string]int64{"first": 2, "again": 1, "late": 1}), anyTime)
	require.NoError(t, g.shutdown(t.Context()))
	require.NoError(t, tel.Shutdown(t.Context()))
}

func TestTheConnectorReportsExceptionsForgottenEarly(t *testing.T) {
	tel := componenttest.NewTelemetry()
	g := newGatewayWith(t, metadatatest.NewSettings(tel), testConfig(), consumertest.NewNop())
	metadatatest.AssertEqualConnectorRedExceptionsForgotten(t, tel, only(0), anyTime)
	const remembered = 65536 // in each of two generations
	td := ptrace.NewTraces()
	span := td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans().AppendEmpty()
	span.SetTraceID(pcommon.TraceID{1})
	for i := range 2*remembered + 1 {
		event := span.Events().AppendEmpty()
		event.SetName("exception")
		event.Attributes().PutStr("exception.message", fmt.Sprint(i))
	}
	g.consume(t, td)
	metadatatest.AssertEqualConnectorRedExceptionsForgotten(t, tel, only(remembered), anyTime)
	require.NoError(t, g.shutdown(t.Context()))
	require.NoError(t, tel.Shutdown(t.Context()))
}

// The series are, in their order: 2 of version 1, and 2 of /a, which is all that one
// service may take of 6; then, beyond the limits, 2 of endpoint other; 2 of version
// other, and 2 of its endpoint other; 2 of service other.
const beyondLimits = `
- resource: {service.name: shop, service.version: "1"}
  spans:
  - {attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}}
  - {attributes: {http.request.method: GET, http.route: /b, http.response.status_code: 200}}
- resource: {service.name: shop, service.version: "2"}
  spans: [{attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}}]
- resource: {service.name: cart}
  spans: [{attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}, times: 2}]
`

func TestTheConnectorReportsItsLimitsAndItsState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tel := componenttest.NewTelemetry()
		cfg := testConfig()
		cfg.SeriesExpiration = 40 * time.Second
		cfg.Limits = LimitsConfig{Services: 1, LabelValues: 1, Series: 6}
		id := component.MustNewID("disk")
		cfg.Storage = &id
		next, storage := newRecorder(), newDisk()
		g := newGatewayWith(t, metadatatest.NewSettings(tel), cfg, next)
		g.start(t, storage)
		metadatatest.AssertEqualConnectorRedFlushErrors(t, tel, only(0), anyTime)
		metadatatest.AssertEqualConnectorRedSaveErrors(t, tel, only(0), anyTime)
		metadatatest.AssertEqualConnectorRedEvicted(t, tel, only(0), anyTime)
		metadatatest.AssertEqualConnectorRedState(t, tel, only(0), anyTime)

		g.consume(t, parseTraces(t, []byte(beyondLimits)))
		metadatatest.AssertEqualConnectorRedSeries(t, tel, only(10), anyTime)
		metadatatest.AssertEqualConnectorRedServices(t, tel, only(1), anyTime)
		metadatatest.AssertEqualConnectorRedOverflow(t, tel, by("limit", map[string]int64{
			"services": 2, "version": 2, "endpoint": 1, "series": 3, "method": 0,
			"system": 0, "destination": 0, "job_name": 0, "peer": 0, "exception_type": 0,
		}), anyTime)
		assertDemand(t, tel)

		next.refuse.Store(true)
		storage.setFull(true)
		<-time.After(20 * time.Second) // of the bubble's clock
		next.refuse.Store(false)
		storage.setFull(false)
		metadatatest.AssertEqualConnectorRedFlushErrors(t, tel, only(1), anyTime)
		metadatatest.AssertEqualConnectorRedSaveErrors(t, tel, only(2), anyTime) // before the flush, and when it was refused
		require.Positive(t, g.red().table.Stats().Bytes)
		metadatatest.AssertEqualConnectorRedState(t, tel, only(g.red().table.Stats().Bytes), anyTime)

		<-time.After(50 * time.Second)
		metadatatest.AssertEqualConnectorRedEvicted(t, tel, only(5), anyTime)
		metadatatest.AssertEqualConnectorRedSeries(t, tel, only(0), anyTime)
		metadatatest.AssertEqualConnectorRedServices(t, tel, only(0), anyTime)
		metadatatest.AssertEqualConnectorRedFlushDuration(t, tel,
			[]metricdata.HistogramDataPoint[float64]{{Count: 4}}, anyTime, metricdatatest.IgnoreValue())

		require.NoError(t, g.shutdown(t.Context()))
		require.NoError(t, tel.Shutdown(t.Context()))
	})
}

// assertDemand compares estimates, which are not whole numbers.
func assertDemand(t *testing.T, tel *componenttest.Telemetry) {
	t.Helper()
	// What there is, and what was refused: the services cart; the versions 2; the
	// endpoint /b; the two series of 3 label sets of shop.
	want := []struct {
		limit, service string
		values         float64
	}{
		{"services", "", 2},
		{"version", "shop", 2},
		{"endpoint", "shop", 2},
		{"series", "shop", 10},
	}
	var points []metricdata.DataPoint[float64]
	for _, w := range want {
		points = append(points, metricdata.DataPoint[float64]{
			Attributes: attribute.NewSet(attribute.String("limit", w.limit), attribute.String("service", w.service)),
		})
	}
	metadatatest.AssertEqualConnectorRedDemand(t, tel, points, anyTime, metricdatatest.IgnoreValue())
	metric, err := tel.GetMetric("otelcol_connector_red_demand")
	require.NoError(t, err)
	for _, p := range metric.Data.(metricdata.Gauge[float64]).DataPoints {
		limit, _ := p.Attributes.Value("limit")
		service, _ := p.Attributes.Value("service")
		for _, w := range want {
			if w.limit == limit.AsString() && w.service == service.AsString() {
				require.InDelta(t, w.values, p.Value, 0.1, w)
			}
		}
	}
}
