package businessconnector

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/extension/xextension/storage"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

// fullDisk keeps nothing.
type fullDisk struct{ *disk }

func (fullDisk) Batch(context.Context, ...*storage.Operation) error {
	return errors.New("no space left on device")
}

// What is counted by match is in the cases; this is what the connector says of its
// state and its flushes.
func TestTheConnectorReportsAboutItsState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tel := componenttest.NewTelemetry()
		set := testSettings()
		set.TelemetrySettings = tel.NewTelemetrySettings()
		core, logs := observer.New(zap.WarnLevel)
		set.Logger = zap.New(core)
		next := newRecorder()
		c := newTestBusinessWith(t, set, parseConfig(t, `
series_expiration: 1m
limits: {services: 1, label_values: 1, distinct: 1}
metrics:
  signups: {type: counter, from: logs, where: {event.name: signup}, by: [plan]}
  users: {type: distinct, from: logs, value: user.id, windows: [5m]}
`), next)
		require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))
		require.NoError(t, c.ConsumeLogs(t.Context(), parseLogs(t, []byte(`
- resource: {service.name: shop}
  logs:
  - {event: signup, attributes: {plan: a, user.id: 1}}
  - {event: signup, attributes: {plan: b, user.id: 1}}
  - {event: signup, attributes: {plan: c, user.id: 1}}
- resource: {service.name: cart}
  logs: [{event: signup, attributes: {plan: a, user.id: 1}}]
`), time.Now())))
		next.refuse.Store(true)
		<-time.After(20 * time.Second)
		synctest.Wait()
		got := gauges(t, tel)
		require.Positive(t, got["state"])
		delete(got, "state")
		// Refused values are estimated, and exact where there are few.
		require.Equal(t, map[string]float64{
			"series": 3, "services": 1, "sketches": 2,
			"demand plan shop": 3, "demand services ": 2, "demand distinct ": 2,
		}, got)
		require.Contains(t, selfText(t, tel), "flush_errors{} 1\n")
		limits := logs.FilterMessageSnippet("a limit was reached")
		for limit, service := range map[string]string{"plan": "shop", "services": "", "distinct": ""} {
			told := limits.FilterField(zap.String("limit", limit)).FilterField(zap.String("service", service))
			require.Equal(t, 1, told.Len(), limit)
		}
		next.refuse.Store(false)
		<-time.After(3 * time.Minute)
		synctest.Wait()
		require.Contains(t, selfText(t, tel), "evicted{} 3\n")
		require.Equal(t, 3, logs.FilterMessageSnippet("a limit was reached").Len(), "each is told once")
		require.NoError(t, c.Shutdown(t.Context()))
		require.NoError(t, tel.Shutdown(t.Context()))
	})
}

func TestAStorageThatFailsIsCountedAndHoldsNothingUp(t *testing.T) {
	tel := componenttest.NewTelemetry()
	set := testSettings()
	set.TelemetrySettings = tel.NewTelemetrySettings()
	next := newRecorder()
	c := newTestBusinessWith(t, set, parseConfig(t, keptYAML), next)
	host := &disk{values: map[string][]byte{}}
	require.NoError(t, c.Start(t.Context(), fullHost{host}))
	require.NoError(t, c.ConsumeLogs(t.Context(), signups(t, "u1")))
	require.Error(t, c.Shutdown(t.Context()))
	require.Contains(t, selfText(t, tel), "save_errors{}")
	require.Equal(t, "1", next.totals[`signups_total{gateway_instance="gw-0",plan="free",service="shop"}`])
	require.NoError(t, tel.Shutdown(t.Context()))
}

// gauges are the values of the connector's gauges.
func gauges(t *testing.T, tel *componenttest.Telemetry) map[string]float64 {
	t.Helper()
	var data metricdata.ResourceMetrics
	require.NoError(t, tel.Reader.Collect(t.Context(), &data))
	all := map[string]float64{}
	for _, scope := range data.ScopeMetrics {
		for _, m := range scope.Metrics {
			name := m.Name[len("otelcol_connector_business_"):]
			switch points := m.Data.(type) {
			case metricdata.Gauge[int64]:
				for _, p := range points.DataPoints {
					all[name] = float64(p.Value)
				}
			case metricdata.Gauge[float64]:
				for _, p := range points.DataPoints {
					limit, _ := p.Attributes.Value("limit")
					service, _ := p.Attributes.Value("service")
					all[name+" "+limit.AsString()+" "+service.AsString()] = p.Value
				}
			}
		}
	}
	return all
}

// fullHost has a disk that is full.
type fullHost struct{ *disk }

func (h fullHost) GetExtensions() map[component.ID]component.Component {
	return map[component.ID]component.Component{component.MustNewID("disk"): fullExtension(h)}
}

// fullExtension opens it.
type fullExtension struct{ *disk }

func (e fullExtension) GetClient(context.Context, component.Kind, component.ID, string) (storage.Client, error) {
	return fullDisk(e), nil
}
