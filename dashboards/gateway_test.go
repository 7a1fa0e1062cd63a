package dashboards

import (
	"math"
	"testing"
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/internal/catalog"
)

// answerer asks the series of promqltest's text, at a time after the first sample.
func answerer(t *testing.T, series string, at time.Duration) func(expr string) promql.Vector {
	t.Helper()
	storage := promqltest.LoadedStorage(t, series)
	engine := promqltest.NewTestEngine(t, false, 0, promqltest.DefaultMaxSamplesPerQuery)
	return func(expr string) promql.Vector {
		t.Helper()
		query, err := engine.NewInstantQuery(t.Context(), storage, nil, expr, time.Unix(0, 0).Add(at))
		require.NoError(t, err, expr)
		defer query.Close()
		result := query.Exec(t.Context())
		require.NoError(t, result.Err, expr)
		vector, err := result.Vector()
		require.NoError(t, err, expr)
		for _, s := range vector {
			require.False(t, math.IsNaN(s.F) || math.IsInf(s.F, 0), expr)
		}
		return append(promql.Vector(nil), vector...)
	}
}

// everyPanelAnswers fails for queries of a board that nothing answers.
func everyPanelAnswers(t *testing.T, v view, b board, answer func(string) promql.Vector) {
	t.Helper()
	d, err := b.build(v)
	require.NoError(t, err)
	require.NoError(t, lint(d, produced(v.catalog)))
	for _, q := range Queries(d, nil) {
		require.NotEmpty(t, answer(q.Expr), "%s: nothing answers %s", q.Panel, q.Expr)
	}
}

// crossed reports whether the first query of a panel reaches the line of the alert.
func crossed(t *testing.T, v view, b board, id uint32, alert string, answer func(string) promql.Vector) bool {
	t.Helper()
	d, err := b.build(v)
	require.NoError(t, err)
	for _, r := range b.rows {
		for _, p := range r.panels {
			if p.id != id {
				continue
			}
			for _, l := range p.lines {
				if l.alert != alert {
					continue
				}
				for _, s := range answer(expander(d, nil)(p.queries[0].expr)) {
					if value := l.at(v.policy()); s.F >= value && !l.floor || s.F < value && l.floor {
						return true
					}
				}
				return false
			}
		}
	}
	require.Fail(t, "no such panel with a line", "panel %d, alert %s", id, alert)
	return false
}

// holds reports whether the condition of an alert of the catalog holds.
func holds(t *testing.T, c catalog.Catalog, alert string, answer func(string) promql.Vector) bool {
	t.Helper()
	rules, err := alerts.Generate(c, alerts.Options{})
	require.NoError(t, err)
	found := false
	for _, g := range rules.Groups() {
		for _, r := range g.Rules {
			if r.Alert != alert {
				continue
			}
			if found = true; len(answer(r.Expr)) > 0 {
				return true
			}
		}
	}
	require.True(t, found, alert)
	return false
}

// theSame holds a panel's line against the alert's condition: both, or none.
func theSame(t *testing.T, v view, b board, id uint32, alert, series string, at time.Duration, fires bool) {
	t.Helper()
	answer := answerer(t, series, at)
	require.Equal(t, fires, holds(t, v.catalog, alert, answer), "%s over %s", alert, series)
	require.Equal(t, fires, crossed(t, v, b, id, alert, answer), "panel %d over %s", id, series)
}

// gatewaySeries are those of two gateways under load, of which one has trouble.
const gatewaySeries = `load 30s
  gateway:presence:group{job="gateways", instance="a:8888"} 1x40
  gateway:presence:group{job="gateways", instance="b:8888"} 1x40
  gateway:accepted_items:increase5m{job="gateways", instance="a:8888", signal="traces"} 300x40
  gateway:scrubbed_batches:increase5m{job="gateways", instance="a:8888", signal="traces"} 30x40
  gateway:dropped_items:increase10m{job="gateways", exporter="otlp_http", signal="traces", reason="send_failed"} 5x40
  gateway:derivation_errors:increase10m{job="gateways", connector="red", problem="save"} 0x40
  gateway:series_overflow:increase10m{job="gateways", connector="red", limit="series"} 0x40
  otelcol_receiver_accepted_spans{job="gateways", instance="a:8888", receiver="otlp", transport="grpc"} 0+30x40
  otelcol_receiver_accepted_metric_points{job="gateways", instance="a:8888", receiver="otlp", transport="grpc"} 0+30x40
  otelcol_receiver_accepted_log_records{job="gateways", instance="a:8888", receiver="otlp", transport="grpc"} 0+30x40
  otelcol_receiver_accepted_spans{job="others", instance="c:8888", receiver="foreign", transport="grpc"} 0+30x40
  otelcol_exporter_sent_spans{job="gateways", instance="a:8888", exporter="otlp_http"} 0+30x40
  otelcol_exporter_sent_metric_points{job="gateways", instance="a:8888", exporter="otlp_http"} 0+30x40
  otelcol_exporter_sent_log_records{job="gateways", instance="a:8888", exporter="otlp_http"} 0+30x40
  otelcol_exporter_queue_size{job="gateways", instance="a:8888", exporter="otlp_http", data_type="traces"} 10x40
  otelcol_exporter_queue_capacity{job="gateways", instance="a:8888", exporter="otlp_http", data_type="traces"} 1000x40
  otelcol_exporter_queue_size{job="gateways", instance="a:8888", exporter="none", data_type="traces"} 0x40
  otelcol_exporter_queue_capacity{job="gateways", instance="a:8888", exporter="none", data_type="traces"} 0x40
  otelcol_processor_memory_limiter_accepted_spans{job="gateways", instance="a:8888", processor="memory_limiter"} 0+30x40
  otelcol_processor_memory_limiter_accepted_metric_points{job="gateways", instance="a:8888", processor="memory_limiter"} 0+30x40
  otelcol_processor_memory_limiter_accepted_log_records{job="gateways", instance="a:8888", processor="memory_limiter"} 0+30x40
  otelcol_process_memory_rss{job="gateways", instance="a:8888"} 1e8x40
  otelcol_processor_scrub_duration_bucket{job="gateways", instance="a:8888", signal="traces", le="0.005"} 0+10x40
  otelcol_processor_scrub_duration_bucket{job="gateways", instance="a:8888", signal="traces", le="+Inf"} 0+10x40
  otelcol_processor_scrub_egress_leaks{job="gateways", instance="a:8888", signal="traces", detector="email"} 1+1x40
  otelcol_processor_scrub_findings{job="gateways", instance="a:8888", signal="traces", detector="email", place="span_attribute", action="mask", confidence="certain"} 0+1x40
  otelcol_processor_scrub_unscannable{job="gateways", instance="a:8888", signal="traces", reason="size"} 0x40
  otelcol_processor_scrub_unscannable{job="gateways", instance="a:8888", signal="traces", reason="panic"} 0x40
  otelcol_processor_scrub_scanned_bytes{job="gateways", instance="a:8888", signal="traces"} 0+1e5x40
  otelcol_processor_scrub_policy_info{job="gateways", instance="a:8888", signal="traces", hash="1"} 1x40
  otelcol_extension_scrub_guard_unscrubbed_pipelines{job="gateways", instance="a:8888"} 0x40
  otelcol_connector_red_series{job="gateways", instance="a:8888"} 100x40
  otelcol_connector_red_demand{job="gateways", instance="a:8888", limit="endpoint", service="shop"} 900x40
  target_info{job="gateways", instance="a:8888", service_name="readygate", service_version="0.1.0"} 1x40
  ALERTS{alertname="GatewayQueueNearFull", alertstate="firing", severity="warning", job="gateways"} 1x40
`

func TestEveryQueryOfTheGatewayDashboardHasAnAnswer(t *testing.T) {
	v := view{catalog: catalog.Default()}
	everyPanelAnswers(t, v, gateway(v), answerer(t, gatewaySeries, 20*time.Minute))
}

// Every Collector has the metrics of receivers.
func TestTheGatewayDashboardLeavesOutOtherCollectors(t *testing.T) {
	v := view{catalog: catalog.Default()}
	d, err := gateway(v).build(v)
	require.NoError(t, err)
	answer := answerer(t, gatewaySeries, 20*time.Minute)
	for _, q := range Queries(d, nil) {
		for _, s := range answer(q.Expr) {
			require.NotEqual(t, "foreign", s.Metric.Get("receiver"), q.Panel)
		}
	}
}

func TestAQuietGatewayShowsNothingBad(t *testing.T) {
	v := view{catalog: catalog.Default()}
	answer := answerer(t, "load 30s\n  gateway:presence:group{job=\"gateways\", instance=\"a:8888\"} 1x40\n", 10*time.Minute)
	for id, alert := range map[uint32]string{7102: "PIILeakDetected", 7103: "PIIScrubberBypassed", 7104: "GatewayDroppingTelemetry"} {
		require.False(t, crossed(t, v, gateway(v), id, alert, answer))
		require.False(t, holds(t, v.catalog, alert, answer))
	}
}

// Panels cross their lines at the values at which the alerts fire.
func TestLinesOfGatewaysAreCrossedWhenTheirAlertsAre(t *testing.T) {
	const present = "load 30s\n  gateway:presence:group{job=\"g\", instance=\"a\"} 1x40\n"
	v := view{catalog: catalog.Default()}
	for _, test := range []struct {
		id     uint32
		alert  string
		series string
		fires  bool
	}{
		{7102, "PIILeakDetected", `otelcol_processor_scrub_egress_leaks{job="g", instance="a", signal="logs", detector="email"} _x38 1x2`, true},
		{7102, "PIILeakDetected", `otelcol_processor_scrub_egress_leaks{job="g", instance="a", signal="logs", detector="email"} 1x40`, false},
		{7403, "PIILeakDetected", `otelcol_processor_scrub_egress_leaks{job="g", instance="a", signal="logs", detector="email"} _x38 1x2`, true},
		{7103, "PIIScrubberBypassed", `gateway:accepted_items:increase5m{job="g", instance="a", signal="logs"} 1x40`, true},
		{7103, "PIIScrubberBypassed", "gateway:accepted_items:increase5m{job=\"g\", instance=\"a\", signal=\"logs\"} 1x40\n" +
			`  gateway:scrubbed_batches:increase5m{job="g", instance="a", signal="logs"} 1x40`, false},
		{7104, "GatewayDroppingTelemetry", `gateway:dropped_items:increase10m{job="g", exporter="e", signal="logs", reason="send_failed"} 1x40`, true},
		{7104, "GatewayDroppingTelemetry", "gateway:dropped_items:increase10m{job=\"g\", receiver=\"r\", signal=\"logs\", reason=\"refused\"} 1x40\n" +
			`  gateway:refused_items:ratio10m{job="g", receiver="r", signal="logs", reason="refused"} 0.01x40`, false},
		{7104, "GatewayDroppingTelemetry", "gateway:dropped_items:increase10m{job=\"g\", receiver=\"r\", signal=\"logs\", reason=\"refused\"} 1x40\n" +
			`  gateway:refused_items:ratio10m{job="g", receiver="r", signal="logs", reason="refused"} 0.0101x40`, true},
		{7105, "GatewayQueueNearFull", queueOf(801), true},
		{7105, "GatewayQueueNearFull", queueOf(799), false},
		{7301, "GatewayQueueNearFull", queueOf(801), true},
		{7404, "PIIScrubberFailing", `otelcol_processor_scrub_unscannable{job="g", instance="a", signal="logs", reason="size"} 0x38 1x2`, true},
		{7404, "PIIScrubberFailing", `otelcol_processor_scrub_unscannable{job="g", instance="a", signal="logs", reason="size"} 1x40`, false},
		{7404, "PIIScrubberFailing", `otelcol_processor_scrub_unscannable{job="g", instance="a", signal="logs", reason="panic"} 0x10 1x30`, true},
		{7502, "MetricCardinalityHigh", `gateway:series_overflow:increase10m{job="g", connector="red", limit="series"} 1x40`, true},
		{7503, "GatewayDerivationFailing", `gateway:derivation_errors:increase10m{job="g", connector="red", problem="save"} 1x40`, true},
		{7407, "ScrubPolicyDiffers", "otelcol_processor_scrub_policy_info{job=\"g\", instance=\"a\", signal=\"logs\", hash=\"1\"} 1x40\n" +
			`  otelcol_processor_scrub_policy_info{job="g", instance="b", signal="logs", hash="2"} 1x40`, true},
		{7407, "ScrubPolicyDiffers", "otelcol_processor_scrub_policy_info{job=\"g\", instance=\"a\", signal=\"logs\", hash=\"1\"} 1x40\n" +
			`  otelcol_processor_scrub_policy_info{job="g", instance="b", signal="logs", hash="1"} 1x40`, false},
	} {
		theSame(t, v, gateway(v), test.id, test.alert, present+"  "+test.series+"\n", 20*time.Minute, test.fires)
	}
}

func queueOf(size int) string {
	return "otelcol_exporter_queue_size{job=\"g\", instance=\"a\", exporter=\"e\", data_type=\"logs\"} " + number(float64(size)) + "x40\n" +
		`  otelcol_exporter_queue_capacity{job="g", instance="a", exporter="e", data_type="logs"} 1000x40`
}
