package redconnector

import (
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/connector/internal/derive"
	"github.com/readygate/readygate/connector/redconnector/internal/metadata"
	"github.com/readygate/readygate/internal/telemetry"
)

const twoEndpoints = `
- resource: {service.name: shop}
  spans:
  - {attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}}
  - {attributes: {http.request.method: GET, http.route: /b, http.response.status_code: 200}}
`

// everyKind has something for every metric of the contract, with every common label.
const everyKind = `
- resource: {service.name: shop, service.version: "1", service.namespace: retail, deployment.environment.name: production}
  spans:
  - {attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}}
  - {attributes: {http.request.method: GET, http.route: /b, http.response.status_code: 200}}
  - {attributes: {rpc.system.name: grpc, rpc.method: shop.Cart/Add}}
  - {kind: consumer, attributes: {messaging.system: kafka, messaging.destination.name: orders}}
  - {kind: internal, name: nightly}
  - {kind: client, attributes: {db.system.name: postgresql}}
  - {kind: internal, child: true, events: [{name: exception, attributes: {exception.type: OSError}}]}
`

const oneRecord = `
- resource: {service.name: shop, service.version: "1", service.namespace: retail, deployment.environment.name: production}
  records: [{severity: 9}]
`

func TestMetricsFollowTheContract(t *testing.T) {
	cumulative, delta := pmetric.AggregationTemporalityCumulative, pmetric.AggregationTemporalityDelta
	for name, test := range map[string]struct {
		configure   func(*Config)
		temporality pmetric.AggregationTemporality
		histogram   pmetric.MetricType
	}{
		"default":     {func(*Config) {}, cumulative, pmetric.MetricTypeHistogram},
		"delta":       {func(cfg *Config) { cfg.Temporality = derive.Delta }, delta, pmetric.MetricTypeHistogram},
		"exponential": {func(cfg *Config) { cfg.Histogram.Type = Exponential }, cumulative, pmetric.MetricTypeExponentialHistogram},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := testConfig()
			cfg.Canary.Attribute = "deployment.track"
			test.configure(cfg)
			sink := new(consumertest.MetricsSink)
			g := newGateway(t, cfg, sink)
			g.consume(t, parseTraces(t, []byte(everyKind)))
			g.consumeLogs(t, parseLogs(t, []byte(oneRecord)))
			g.flush(t)
			g.consume(t, parseTraces(t, []byte(everyKind)))
			g.consumeLogs(t, parseLogs(t, []byte(oneRecord)))
			require.NoError(t, g.shutdown(t.Context()))
			require.Len(t, sink.AllMetrics(), 2)
			for _, md := range sink.AllMetrics() {
				checkContract(t, md, test.temporality, test.histogram)
			}
		})
	}
}

func checkContract(t *testing.T, md pmetric.Metrics, temporality pmetric.AggregationTemporality, histogram pmetric.MetricType) {
	t.Helper()
	require.Equal(t, 1, md.ResourceMetrics().Len())
	require.Zero(t, md.ResourceMetrics().At(0).Resource().Attributes().Len(), "identity is labels")
	scope := md.ResourceMetrics().At(0).ScopeMetrics().At(0)
	require.Equal(t, metadata.ScopeName, scope.Scope().Name())
	metrics := map[string]pmetric.Metric{}
	for _, metric := range scope.Metrics().All() {
		require.NotContains(t, metrics, metric.Name(), "all live points of a metric are together")
		metrics[metric.Name()] = metric
	}
	for _, want := range telemetry.Metrics() {
		metric, found := metrics[want.Name]
		require.True(t, found, want.Name)
		delete(metrics, want.Name)
		require.Equal(t, want.Unit, metric.Unit())
		require.Equal(t, want.Help, metric.Description())
		var got pcommon.Map
		switch want.Kind {
		case telemetry.Counter:
			require.True(t, metric.Sum().IsMonotonic())
			require.Equal(t, temporality, metric.Sum().AggregationTemporality())
			got = metric.Sum().DataPoints().At(0).Attributes()
		case telemetry.Gauge:
			got = metric.Gauge().DataPoints().At(0).Attributes()
		case telemetry.Histogram:
			require.Equal(t, histogram, metric.Type())
			got = histogramLabels(t, metric, temporality)
		}
		require.ElementsMatch(t, append(telemetry.CommonLabels(), want.Labels...), slices.Collect(maps.Keys(got.AsRaw())), want.Name)
	}
	require.Empty(t, metrics)
}

func histogramLabels(t *testing.T, metric pmetric.Metric, temporality pmetric.AggregationTemporality) pcommon.Map {
	t.Helper()
	if metric.Type() == pmetric.MetricTypeExponentialHistogram {
		require.Equal(t, temporality, metric.ExponentialHistogram().AggregationTemporality())
		return metric.ExponentialHistogram().DataPoints().At(0).Attributes()
	}
	require.Equal(t, temporality, metric.Histogram().AggregationTemporality())
	point := metric.Histogram().DataPoints().At(0)
	require.Equal(t, telemetry.DurationBounds(), point.ExplicitBounds().AsRaw())
	require.Equal(t, len(telemetry.DurationBounds())+1, point.BucketCounts().Len())
	return point.Attributes()
}

// The Prometheus exporter stops reading a metric at its first stale point, and
// exporters know the buckets to mark from the stale point only.
func TestStalePointsAreWholeAndInMetricsOfTheirOwnAfterTheLiveOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := testConfig()
		cfg.SeriesExpiration = 40 * time.Second
		sink := new(consumertest.MetricsSink)
		g := newGateway(t, cfg, sink)
		g.start(t, nil)
		g.consume(t, parseTraces(t, []byte(twoEndpoints)))
		<-time.After(50 * time.Second) // of the bubble's clock
		g.consume(t, parseTraces(t, []byte(`
- resource: {service.name: cart}
  spans: [{attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}}]
`)))
		<-time.After(11 * time.Second)
		require.NoError(t, g.shutdown(t.Context()))

		all := sink.AllMetrics()
		metrics := all[len(all)-2].ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics()
		var names []string
		for i, metric := range metrics.All() {
			names = append(names, metric.Name())
			stale := i >= 2
			switch metric.Type() {
			case pmetric.MetricTypeSum:
				require.Equal(t, 1, metric.Sum().DataPoints().Len())
				require.Equal(t, stale, metric.Sum().DataPoints().At(0).Flags().NoRecordedValue())
			case pmetric.MetricTypeHistogram:
				require.Equal(t, 1, metric.Histogram().DataPoints().Len())
				point := metric.Histogram().DataPoints().At(0)
				require.Equal(t, stale, point.Flags().NoRecordedValue())
				require.True(t, point.HasSum())
				require.Equal(t, point.ExplicitBounds().Len()+1, point.BucketCounts().Len())
			}
		}
		requests, durations := telemetry.HTTPRequests.Name, telemetry.HTTPRequestDuration.Name
		require.Equal(t, []string{requests, durations, requests, durations, requests, durations}, names)
	})
}

func TestNothingIsSentWhenThereIsNothing(t *testing.T) {
	sink := new(consumertest.MetricsSink)
	g := newGateway(t, testConfig(), sink)
	g.flush(t)
	require.NoError(t, g.shutdown(t.Context()))
	require.Empty(t, sink.AllMetrics())
}
