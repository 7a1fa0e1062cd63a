package redconnector

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/connector/redconnector/internal/metadata"
	"github.com/readygate/readygate/internal/telemetry"
)

const twoEndpoints = `
- resource: {service.name: shop, service.version: "1", service.namespace: retail, deployment.environment.name: production}
  spans:
  - {attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}}
  - {attributes: {http.request.method: GET, http.route: /b, http.response.status_code: 200}}
`

func TestMetricsFollowTheContract(t *testing.T) {
	sink := new(consumertest.MetricsSink)
	c := newTestRED(t, testConfig(), sink)
	require.NoError(t, c.ConsumeTraces(t.Context(), parseTraces(t, []byte(twoEndpoints))))
	require.NoError(t, c.flush(t.Context(), false))
	require.NoError(t, c.Shutdown(t.Context()))

	for _, md := range sink.AllMetrics() {
		require.Equal(t, 1, md.ResourceMetrics().Len())
		require.Zero(t, md.ResourceMetrics().At(0).Resource().Attributes().Len(), "identity is labels")
		scope := md.ResourceMetrics().At(0).ScopeMetrics().At(0)
		require.Equal(t, metadata.ScopeName, scope.Scope().Name())
		require.Equal(t, len(telemetry.Metrics()), scope.Metrics().Len())
		for i, want := range telemetry.Metrics() {
			metric := scope.Metrics().At(i)
			require.Equal(t, want.Name, metric.Name())
			require.Equal(t, want.Unit, metric.Unit())
			require.Equal(t, want.Help, metric.Description())
			var got []string
			switch want.Kind {
			case telemetry.Counter:
				require.True(t, metric.Sum().IsMonotonic())
				require.Equal(t, pmetric.AggregationTemporalityCumulative, metric.Sum().AggregationTemporality())
				for name := range metric.Sum().DataPoints().At(0).Attributes().All() {
					got = append(got, name)
				}
			case telemetry.Histogram:
				require.Equal(t, pmetric.AggregationTemporalityCumulative, metric.Histogram().AggregationTemporality())
				point := metric.Histogram().DataPoints().At(0)
				require.Equal(t, telemetry.DurationBounds(), point.ExplicitBounds().AsRaw())
				require.Equal(t, len(telemetry.DurationBounds())+1, point.BucketCounts().Len())
				for name := range point.Attributes().All() {
					got = append(got, name)
				}
			}
			require.ElementsMatch(t, append(telemetry.CommonLabels(), want.Labels...), got)
		}
	}
}

// The Prometheus exporter stops reading a metric at its first stale point, and
// exporters know the buckets to mark from the stale point only.
func TestStalePointsAreWholeAndInMetricsOfTheirOwnAfterTheLiveOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := testConfig()
		cfg.SeriesExpiration = 40 * time.Second
		sink := new(consumertest.MetricsSink)
		c := newTestRED(t, cfg, sink)
		require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))
		require.NoError(t, c.ConsumeTraces(t.Context(), parseTraces(t, []byte(twoEndpoints))))
		<-time.After(50 * time.Second) // of the bubble's clock
		require.NoError(t, c.ConsumeTraces(t.Context(), parseTraces(t, []byte(`
- resource: {service.name: cart}
  spans: [{attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}}]
`))))
		<-time.After(11 * time.Second)
		require.NoError(t, c.Shutdown(t.Context()))

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
		require.Equal(t, []string{requests, durations, requests, requests, durations, durations}, names)
	})
}

func TestNothingIsSentWhenThereIsNothing(t *testing.T) {
	sink := new(consumertest.MetricsSink)
	c := newTestRED(t, testConfig(), sink)
	require.NoError(t, c.flush(t.Context(), false))
	require.NoError(t, c.Shutdown(t.Context()))
	require.Empty(t, sink.AllMetrics())
}

func TestErrorStatusIsAClass(t *testing.T) {
	require.Equal(t, telemetry.ErrorStatus, statusError.String())
	require.Equal(t, telemetry.ErrorStatus, status(503).class().String())
	require.Equal(t, telemetry.UnknownStatus, statusUnknown.class().String())
}
