package dashboards

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
	"github.com/readygate/readygate/internal/telemetry"
)

func load(t *testing.T, path string) catalog.Catalog {
	t.Helper()
	c, err := catalog.Load(path)
	require.NoError(t, err)
	return c
}

// redOf is the dashboard "RED per service" of a catalog.
func redOf(t *testing.T, c catalog.Catalog) dashboard.Dashboard {
	t.Helper()
	all, err := Generate(c)
	require.NoError(t, err)
	return all[slices.IndexFunc(all, func(d Dashboard) bool { return d.Name == "red" })].Dashboard
}

func TestGenericDashboard(t *testing.T) {
	red := redOf(t, catalog.Default())
	first, err := JSON(red)
	require.NoError(t, err)
	golden.File(t, "testdata/generic.red.json", first)

	again := redOf(t, catalog.Default())
	second, err := JSON(again)
	require.NoError(t, err)
	require.Equal(t, first, second, "deterministic")
}

// Grafana's schema, as strictly as the SDK reads it.
func TestJSONIsWhatTheSchemaAllows(t *testing.T) {
	plugins.RegisterDefaultPlugins()
	for _, c := range []catalog.Catalog{catalog.Default(), load(t, "../examples/shop/services.yaml"), load(t, "../alerts/testdata/nasty.yaml")} {
		all, err := Generate(c)
		require.NoError(t, err)
		for _, d := range all {
			text, err := JSON(d.Dashboard)
			require.NoError(t, err)
			// The strict reader judges, but it drops the panels; and its empty list of
			// errors is not nil.
			var strict, back dashboard.Dashboard
			require.Empty(t, strict.UnmarshalJSONStrict(text), d.Name)
			require.NoError(t, json.Unmarshal(text, &back))
			again, err := json.Marshal(back)
			require.NoError(t, err)
			require.JSONEq(t, string(text), string(again))
			require.NotContains(t, string(text), `"displayMode": "hidden"`)
		}
	}
}

func TestLinesAreTheThresholdsOfTheAlerts(t *testing.T) {
	c := catalog.Default()
	c.Defaults.Thresholds.ErrorRatio = 0.07
	c.Defaults.Thresholds.LatencyP95 = 250 * time.Millisecond
	red := redOf(t, c)
	lines := make(map[string]float64)
	for _, p := range panels(red) {
		steps := p.FieldConfig.Defaults.Thresholds
		if steps == nil || len(steps.Steps) < 2 {
			continue
		}
		lines[*p.Title] = *steps.Steps[len(steps.Steps)-1].Value
	}
	require.Equal(t, map[string]float64{
		"Errors, worst service":                             0.07,
		"Share of errors by service":                        0.07,
		"Duration, p95, slowest service":                    0.25,
		"Duration of the slowest service, p50, p95 and p99": 0.25,
	}, lines)
}

func TestOrangeIsOnlyWhereItIsBelowTheThreshold(t *testing.T) {
	for ratio, colors := range map[float64][]string{
		0.05: {good, caution, bad}, 0.01: {good, bad}, 0.0001: {good, bad},
	} {
		c := catalog.Default()
		c.Defaults.Thresholds.ErrorRatio = ratio
		red := redOf(t, c)
		var got []string
		for _, s := range panels(red)[1].FieldConfig.Defaults.Thresholds.Steps {
			got = append(got, s.Color)
		}
		require.Equal(t, colors, got, ratio)
	}
}

// The last value of a range may be as old as the range is long.
func TestTheRowNowAsksForNow(t *testing.T) {
	red := redOf(t, catalog.Default())
	for _, q := range Queries(red, nil)[:4] {
		require.True(t, q.Instant, q.Panel)
	}
}

// One name in two namespaces is two services.
func TestPanelsOfServicesTellNamespacesApart(t *testing.T) {
	red := redOf(t, catalog.Default())
	told := 0
	for _, q := range Queries(red, nil) {
		if strings.Contains(q.Expr, "by ("+telemetry.Service) {
			told++
			require.NotContains(t, strings.ReplaceAll(q.Expr, "by ("+identity, ""), "by ("+telemetry.Service, q.Panel)
		}
	}
	require.Equal(t, 9, told, "panels 103, 104, 202, 302, 401, 501 and 502")
}

// What is recorded and counted of three services, one of them without environment,
// namespace and version; of one that has no requests any more; and of one whose
// series are not the gateway's.
const traffic = `load 30s
  service:last_heard_timestamp_seconds:max{service="storefront"} 0+30x20
  service:requests:rate5m{service="storefront"} 10.1x20
  service:request_errors:rate5m{service="storefront"} 0.1x20
  service:request_error_ratio:rate5m{service="storefront"} 0.0099x20
  service_le:request_duration_seconds_bucket:rate5m{service="storefront", le="0.1"} 10x20
  service_le:request_duration_seconds_bucket:rate5m{service="storefront", le="+Inf"} 10.1x20
  service:requests:rate5m{service="payments", service_namespace="shop", environment="production"} 2x20
  service:requests:rate5m{service="payments", service_namespace="shop", environment="staging"} 2x20
  service:requests:rate5m{service="a$service[[service]]\"\\", environment="production"} 2x20
  service:requests:rate5m{service="idle"} 0x20
  service_le:request_duration_seconds_bucket:rate5m{service="idle", le="0.1"} 0x20
  service_le:request_duration_seconds_bucket:rate5m{service="idle", le="+Inf"} 0x20
  http_requests_total{gateway_instance="gateway-0", service="storefront", status="200", method="GET", endpoint="/"} 0+300x20
  http_requests_total{gateway_instance="gateway-0", service="storefront", status="5xx", method="GET", endpoint="/"} 0+3x20
  http_request_duration_seconds_bucket{gateway_instance="gateway-0", service="storefront", status_class="2xx", le="0.1"} 0+300x20
  http_request_duration_seconds_bucket{gateway_instance="gateway-0", service="storefront", status_class="2xx", le="+Inf"} 0+303x20
  http_request_duration_seconds_count{gateway_instance="gateway-0", service="storefront", status_class="2xx"} 0+303x20
  http_requests_total{gateway_instance="gateway-0", service="idle", status="200", method="GET", endpoint="/"} 7+0x20
  http_request_duration_seconds_bucket{gateway_instance="gateway-0", service="idle", status_class="2xx", le="0.1"} 7+0x20
  http_request_duration_seconds_bucket{gateway_instance="gateway-0", service="idle", status_class="2xx", le="+Inf"} 7+0x20
  http_requests_total{job="legacy", service="legacy", status="500", method="GET", endpoint="/"} 0+300x20
  http_request_duration_seconds_bucket{job="legacy", service="legacy", status_class="5xx", le="+Inf"} 0+300x20
  http_request_duration_seconds_count{job="legacy", service="legacy", status_class="5xx"} 0+300x20
`

func ask(t *testing.T, queries []Query) map[string]promql.Vector {
	t.Helper()
	storage := promqltest.LoadedStorage(t, traffic)
	engine := promqltest.NewTestEngine(t, false, 0, promqltest.DefaultMaxSamplesPerQuery)
	answers := make(map[string]promql.Vector)
	for _, q := range queries {
		query, err := engine.NewInstantQuery(t.Context(), storage, nil, q.Expr, time.Unix(600, 0))
		require.NoError(t, err, q.Expr)
		answer, err := query.Exec(t.Context()).Vector()
		require.NoError(t, err, q.Expr)
		require.NotEmpty(t, answer, "%s: nothing answers %s", q.Panel, q.Expr)
		for _, s := range answer {
			require.False(t, math.IsNaN(s.F), "%s: %s", q.Panel, q.Expr)
			require.NotEqual(t, "legacy", s.Metric.Get(telemetry.Service), q.Expr)
		}
		answers[q.Panel+": "+q.Expr] = answer
		query.Close()
	}
	return answers
}

func TestEveryQueryOfTheGenericDashboardHasAnAnswer(t *testing.T) {
	red := redOf(t, catalog.Default())
	ask(t, Queries(red, nil))
	ask(t, Queries(red, map[string]string{telemetry.Service: "storefront", "__rate_interval": "2m"}))
}

func TestAServiceWithAThresholdOfItsOwnHasALineOfItsOwn(t *testing.T) {
	c, err := catalog.Parse("services.yaml", []byte(`version: 1
services:
  - {name: payments, environments: [production], thresholds: {error_ratio: 0.02}}
  - {name: 'a$service[[service]]"\', thresholds: {error_ratio: 0.03}}
  - {name: storefront}
`))
	require.NoError(t, err)
	red := redOf(t, c)
	lines := make(map[string]float64)
	for query, answer := range ask(t, Queries(red, nil)) {
		if !strings.Contains(query, "group by") {
			continue
		}
		for _, s := range answer {
			lines[fmt.Sprintf("%s in %s", s.Metric.Get(telemetry.Service), s.Metric.Get(telemetry.Environment))] = s.F
		}
	}
	require.Equal(t, map[string]float64{
		"payments in production":               0.02,
		`a$service[[service]]"\ in production`: 0.03,
	}, lines)
}
