package businessconnector

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
)

// Spans and log records meet in the same series, through two components that the
// service starts and shuts down each.
func TestPairsOfPipelinesShareTheirSeries(t *testing.T) {
	factory := NewFactory()
	cfg := parseConfig(t, `
metrics:
  users: {type: distinct, from: [spans, logs], value: user.id, windows: [5m]}
  seen: {type: counter, from: [spans, logs], where: {user.id: {exists: true}}}
`)
	next := newRecorder()
	traces, err := factory.CreateTracesToMetrics(t.Context(), testSettings(), cfg, next)
	require.NoError(t, err)
	logs, err := factory.CreateLogsToMetrics(t.Context(), testSettings(), cfg, next)
	require.NoError(t, err)
	require.False(t, traces.Capabilities().MutatesData)
	require.NoError(t, traces.Start(t.Context(), componenttest.NewNopHost()))
	require.NoError(t, logs.Start(t.Context(), componenttest.NewNopHost()))
	require.NoError(t, traces.ConsumeTraces(t.Context(), parseTraces(t, []byte(`
- resource: {service.name: shop}
  spans: [{attributes: {user.id: u1}}, {attributes: {user.id: u2}}]
`))))
	require.NoError(t, logs.ConsumeLogs(t.Context(), parseLogs(t, []byte(`
- resource: {service.name: shop}
  logs: [{attributes: {user.id: u2}}, {attributes: {user.id: u3}}]
`), next.began)))
	require.NoError(t, traces.Shutdown(t.Context()))
	require.Empty(t, next.sortedTotals(), "the other pair still counts")
	require.NoError(t, logs.Shutdown(t.Context()))
	require.Equal(t, `seen_total{gateway_instance="gw-0",service="shop"} 4
users{gateway_instance="gw-0",service="shop",window="5m"} 3
`, next.sortedTotals())

	// A reload has another configuration, and so other series.
	again, err := factory.CreateTracesToMetrics(t.Context(), testSettings(), parseConfig(t, "presets: [signups]"), next)
	require.NoError(t, err)
	require.NoError(t, again.Shutdown(t.Context()))
}
