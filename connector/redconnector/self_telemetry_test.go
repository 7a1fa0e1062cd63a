package redconnector

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/readygate/readygate/connector/redconnector/internal/metadatatest"
)

func TestTheConnectorReportsAboutItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tel := componenttest.NewTelemetry()
		cfg := testConfig()
		cfg.SeriesExpiration = 40 * time.Second
		cfg.Limits = LimitsConfig{Identities: 1, Endpoints: 1, Series: 6}
		next := newRecorder()
		c := newTestREDWith(t, metadatatest.NewSettings(tel).TelemetrySettings, cfg, next)
		require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))
		require.NoError(t, c.ConsumeTraces(t.Context(), parseTraces(t, []byte(`
- resource: {service.name: shop, service.version: "1"}
  spans:
  - {kind: client}
  - {kind: internal}
  - {name: no HTTP}
  - {attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}, duration: -1s}
  - {attributes: {http.request.method: GET, http.route: /b, http.response.status_code: 200}}
- resource: {service.name: shop, service.version: "2"}
  spans: [{attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}}]
- resource: {service.name: cart}
  spans: [{attributes: {http.request.method: GET, http.route: /a, http.response.status_code: 200}, times: 2}]
`))))
		one := func(n int64) []metricdata.DataPoint[int64] { return []metricdata.DataPoint[int64]{{Value: n}} }
		by := func(name string, counts map[string]int64) (points []metricdata.DataPoint[int64]) {
			for value, n := range counts {
				points = append(points, metricdata.DataPoint[int64]{
					Attributes: attribute.NewSet(attribute.String(name, value)), Value: n,
				})
			}
			return points
		}
		anyTime := metricdatatest.IgnoreTimestamp()

		metadatatest.AssertEqualConnectorRedFlushErrors(t, tel, one(0), anyTime)
		metadatatest.AssertEqualConnectorRedEvicted(t, tel, one(0), anyTime)
		metadatatest.AssertEqualConnectorRedSpans(t, tel,
			by("outcome", map[string]int64{"counted": 5, "not_server": 2, "no_http": 1}), anyTime)
		metadatatest.AssertEqualConnectorRedOverflow(t, tel,
			by("limit", map[string]int64{"identities": 1, "services": 2, "endpoints": 1, "series": 2}), anyTime)
		metadatatest.AssertEqualConnectorRedClampedDurations(t, tel, one(1), anyTime)
		metadatatest.AssertEqualConnectorRedSeries(t, tel, one(8), anyTime)
		metadatatest.AssertEqualConnectorRedIdentities(t, tel, one(3), anyTime)

		next.refuse.Store(true)
		<-time.After(20 * time.Second) // of the bubble's clock
		next.refuse.Store(false)
		metadatatest.AssertEqualConnectorRedFlushErrors(t, tel, one(1), anyTime)

		<-time.After(50 * time.Second)
		metadatatest.AssertEqualConnectorRedEvicted(t, tel, one(8), anyTime)
		metadatatest.AssertEqualConnectorRedSeries(t, tel, one(0), anyTime)
		metadatatest.AssertEqualConnectorRedIdentities(t, tel, one(0), anyTime)
		metadatatest.AssertEqualConnectorRedFlushDuration(t, tel,
			[]metricdata.HistogramDataPoint[float64]{{Count: 4}}, anyTime, metricdatatest.IgnoreValue())

		require.NoError(t, c.Shutdown(t.Context()))
		require.NoError(t, tel.Shutdown(t.Context()))
	})
}
