package dashboards

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

// views are that of all services, and of each declared one.
func views(c catalog.Catalog) []view {
	all := []view{{catalog: c}}
	for i := range c.Services {
		all = append(all, view{c, &c.Services[i]})
	}
	return all
}

// healthBoards are those that these tests are about.
var healthBoards = []func(view) board{readiness, slo, saturation}

func TestReadinessObjectivesAndSaturationPassLint(t *testing.T) {
	for _, c := range []catalog.Catalog{catalog.Default(), load(t, "../examples/shop/services.yaml"), load(t, "../alerts/testdata/nasty.yaml")} {
		known := produced(c)
		for _, v := range views(c) {
			for _, of := range healthBoards {
				d, err := of(v).build(v)
				require.NoError(t, err)
				require.NoError(t, lint(d, known))
			}
		}
	}
}

// healthy is an hour of a service about which everything is known.
const healthy = `load 1m
  service:last_heard_timestamp_seconds:last1d{ID} 3600x60
  service:silence_seconds:max{ID} 5x60
  service:requests:rate5m{ID} 10x60
  service:request_errors:rate5m{ID} 0x60
  service:request_error_ratio:rate5m{ID} 0x60
  service:request_error_ratio:increase1h{ID} 0.0005x60
  service:slo_errors:ratio_rate6h{ID} 0.0009x60
  service:slo_errors:ratio_rate1d{ID} 0.0001x60
  service:slo_errors:ratio_rate3d{ID} 0.0001x60
  service:slo_errors:ratio_rate30d{ID} 0.0001x60
  service:slo_errors:increase1h{ID} 18x60
  service_within:slo_slow:ratio_rate1h{ID, within="1s"} 0.01x60
  service_within:slo_slow:ratio_rate6h{ID, within="1s"} 0.01x60
  service_within:slo_slow:ratio_rate1d{ID, within="1s"} 0.01x60
  service_within:slo_slow:ratio_rate3d{ID, within="1s"} 0.01x60
  service:request_duration_seconds:p95_5m{ID} 0.2x60
  service_peer:dependency_error_ratio:rate5m{ID, kind="db", peer="orders"} 0x60
  service_container:owner:info{ID, POD} 1x60
  service_container:cpu_ratio:rate5m{ID, POD} 0.3x60
  service_container:memory_ratio:max{ID, POD} 0.4x60
  service_container:memory_working_set_bytes:max{ID, POD} 4e8x60
  service_container:memory_growth:predict12h{ID, POD} 1x60
  service_container:restarts:increase1h{ID, POD} 0x60
  container_memory_rss{POD, job="cadvisor"} 3e8x60
  container_cpu_cfs_periods_total{POD, job="cadvisor"} 0+600x60
  container_cpu_cfs_throttled_periods_total{POD, job="cadvisor"} 0+12x60
  service_instance:open_file_ratio:max{ID, instance="192.0.2.1:8080"} 0.1x60
  go_goroutines{job="shop/checkout", instance="192.0.2.1:8080"} 42x60
  service_instance_pool:db_connection_ratio:max{ID, instance="192.0.2.1:8080", pool="orders"} 0.5x60
  service_pool:db_connections_used:sum{ID, pool="orders"} 5x60
  service_job:watched_timestamp_seconds:min{WHO, job_name="nightly-invoices"} 0x60
  service_metric:business_baseline:ratio{WHO, metric="order_completions"} 1x60
  service_dataset:backup_last_success_timestamp_seconds:max{WHO, dataset="orders"} 3570x60
  service_dataset:backup_heard_timestamp_seconds:last{WHO, dataset="orders"} 3600x60
  service_dataset:backup_since_timestamp_seconds:last{WHO, dataset="orders"} 3570x60
  service_dataset:backup_oldest_timestamp_seconds:min{WHO, dataset="orders"} -2590000x60
  service_dataset:restore_drill_since_timestamp_seconds:last{WHO, dataset="orders"} 0x60
  service_secret:rotated_timestamp_seconds:min{service="payments", service_namespace="shop", environment="production", secret="card vault"} 0x60
  service_secret:rotated_timestamp_seconds:min{service="payments", service_namespace="shop", environment="production", secret="bank API key"} 0x60
  instance:certificate_expiry_timestamp_seconds:min{WHO, instance="https://www.shop.example.com/cart"} 5184000x60
  gateway:scrubbed_batches:increase5m{job="readygate", instance="192.0.2.9:8888", signal="logs"} 10x60
  ALERTS{alertname="HighErrorRate", alertstate="firing", severity="critical", checklist="PR-038", service="storefront"} 1x60
  ALERTS_FOR_STATE{alertname="HighErrorRate", severity="critical", checklist="PR-038", service="storefront"} 3000x60
  node_disk:io_time:rate5m{instance="192.0.2.30:9100", device="nvme0n1"} 0.2x60
  node_disk_read_bytes_total{instance="192.0.2.30:9100", device="nvme0n1", job="node"} 0+1000x60
  node_disk_written_bytes_total{instance="192.0.2.30:9100", device="nvme0n1", job="node"} 0+1000x60
  node_filesystem:free_ratio:min{instance="192.0.2.30:9100", device="/dev/nvme0n1p1", mountpoint="/"} 0.5x60
  node_network:busy_ratio:rate5m{instance="192.0.2.30:9100", device="eth0"} 0.2x60
  node_network:packet_error_ratio:rate5m{instance="192.0.2.30:9100", device="eth0"} 0x60
  node_network_receive_bytes_total{instance="192.0.2.30:9100", device="eth0", job="node"} 0+1000x60
  node_network_transmit_bytes_total{instance="192.0.2.30:9100", device="eth0", job="node"} 0+1000x60
`

const (
	itsName = `service="checkout", service_namespace="shop"`
	itsPod  = `namespace="shop", pod="checkout-6d4cf56db6-x7k2p", container="app"`
)

// told replaces, in what is known of a service, what differs: a line by the series that
// it begins with.
func told(differs ...string) string {
	text := strings.NewReplacer("{ID", "{"+itsName+`, environment="production"`, "WHO", itsName, "POD", itsPod).Replace(healthy)
	lines := strings.Split(text, "\n")
	for _, d := range differs {
		d = strings.NewReplacer("{ID", "{"+itsName+`, environment="production"`, "WHO", itsName, "POD", itsPod).Replace(d)
		series, _, _ := strings.Cut(d, "} ")
		lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), series+"}") })
		lines = append(lines, "  "+d)
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n") + "\n"
}

// trouble is an alert about the service, by which there is something to show where
// there should be nothing.
var trouble = []string{
	`ALERTS{WHO, alertname="BackupMissed", alertstate="firing", severity="critical"} 1x60`,
	`ALERTS_FOR_STATE{WHO, alertname="BackupMissed", severity="critical"} 3000x60`,
}

func TestEveryQueryAboutReadinessHasAnAnswer(t *testing.T) {
	c := load(t, "../examples/shop/services.yaml")
	answer := answerer(t, told(trouble...), time.Hour)
	for _, v := range []view{{catalog: c}, {c, &c.Services[1]}} {
		for _, of := range healthBoards {
			everyPanelAnswers(t, v, of(v), answer)
		}
	}
}

// passing is what a gate says of checkout: "pass", "fail" or "unknown".
func passing(t *testing.T, v view, name string, answer func(string) promql.Vector) string {
	t.Helper()
	for _, g := range gatesOf(v) {
		if g.name != name {
			continue
		}
		d, err := readiness(v).build(v)
		require.NoError(t, err)
		switch worst := answer(expander(d, nil)("min(" + g.passing + ")")); {
		case len(worst) == 0:
			return "unknown"
		case worst[0].F == 1:
			return "pass"
		}
		return "fail"
	}
	return "no gate"
}

func alert(name string) string {
	return fmt.Sprintf("ALERTS{WHO, alertname=%q, alertstate=\"firing\", severity=\"warning\"} 1x60", name)
}

func TestGatesPassUpToTheNumberOfTheAlertAndFailBeyond(t *testing.T) {
	c := load(t, "../examples/shop/services.yaml")
	// The pool of a critical service has a number of its own, 0.8.
	for name, series := range map[string][2]string{
		"Error rate normal":        {"service:request_error_ratio:rate5m{ID} 0.01x60", "service:request_error_ratio:rate5m{ID} 0.010001x60"},
		"Response times normal":    {"service:request_duration_seconds:p95_5m{ID} 1x60", "service:request_duration_seconds:p95_5m{ID} 1.001x60"},
		"CPU normal":               {"service_container:cpu_ratio:rate5m{ID, POD} 0.9x60", "service_container:cpu_ratio:rate5m{ID, POD} 0.901x60"},
		"Memory normal":            {"service_container:memory_ratio:max{ID, POD} 0.9x60", "service_container:memory_ratio:max{ID, POD} 0.901x60"},
		"Open files normal":        {`service_instance:open_file_ratio:max{ID, instance="192.0.2.1:8080"} 0.8x60`, `service_instance:open_file_ratio:max{ID, instance="192.0.2.1:8080"} 0.801x60`},
		"Database pools have room": {`service_instance_pool:db_connection_ratio:max{ID, instance="192.0.2.1:8080", pool="orders"} 0.8x60`, `service_instance_pool:db_connection_ratio:max{ID, instance="192.0.2.1:8080", pool="orders"} 0.801x60`},
		"No restarts":              {"service_container:restarts:increase1h{ID, POD} 3x60", "service_container:restarts:increase1h{ID, POD} 4x60"},
		"Integrations working":     {`service_peer:dependency_error_ratio:rate5m{ID, kind="db", peer="orders"} 0.3x60`, `service_peer:dependency_error_ratio:rate5m{ID, kind="db", peer="orders"} 0.301x60`},
		"Certificates valid":       {`instance:certificate_expiry_timestamp_seconds:min{WHO, instance="https://www.shop.example.com/cart"} 1213200x60`, `instance:certificate_expiry_timestamp_seconds:min{WHO, instance="https://www.shop.example.com/cart"} 1213199x60`},
		"Heard of in production":   {"service:silence_seconds:max{ID} 300x60", "service:silence_seconds:max{ID} 301x60"},
		"Backups made":             {alert("RPOViolated"), alert("BackupMissed")},
		"Restore tried":            {alert("BackupMissed"), alert("RestoreDrillOverdue")},
		"Backups kept":             {alert("BackupMissed"), alert("BackupRetentionShort")},
		"RPO and RTO kept":         {alert("BackupMissed"), alert("RTODrillTooSlow")},
		"Up, and heard of":         {alert("InstanceDown"), alert("ServiceTelemetryAbsent")},
		"No memory leak":           {alert("HighMemoryUsage"), alert("MemoryLeakSuspected")},
		"Jobs running":             {alert("BackgroundJobFailing"), alert("BackgroundJobNotRunning")},
		"Business normal":          {alert("HighErrorRate"), alert("OrderCompletionsDropped")},
		"No critical alert":        {alert("HighErrorRate"), strings.Replace(alert("HighErrorRate"), "warning", "critical", 1)},
		"Telemetry scrubbed":       {alert("HighErrorRate"), `ALERTS{alertname="PIILeakDetected", alertstate="firing", job="readygate"} 1x60`},
	} {
		t.Run(name, func(t *testing.T) {
			within, beyond := answerer(t, told(elsewhere, series[0]), time.Hour), answerer(t, told(elsewhere, series[1]), time.Hour)
			for _, v := range []view{{catalog: c}, {c, &c.Services[1]}} {
				if v.service != nil && name == "Telemetry scrubbed" {
					continue // says nothing of a single service
				}
				require.Equal(t, "pass", passing(t, v, name, within))
				require.Equal(t, "fail", passing(t, v, name, beyond))
			}
		})
	}
}

// elsewhere ends the alert about another service.
const elsewhere = `ALERTS{alertname="HighErrorRate", alertstate="firing", severity="critical", checklist="PR-038", service="storefront"} 1x1`

func TestAGateOfWhichNothingIsKnownIsNoPass(t *testing.T) {
	c := load(t, "../examples/shop/services.yaml")
	require.LessOrEqual(t, len(gatesOf(view{catalog: c})), 26, "queries are lettered")
	nothing := answerer(t, "load 1m\n  up 1x60\n", time.Hour)
	for _, g := range gatesOf(view{catalog: c}) {
		require.Equal(t, "unknown", passing(t, view{catalog: c}, g.name, nothing), g.name)
	}
	// Nobody asked for this alert, and nothing of the file is a secret of checkout.
	checkout := view{c, &c.Services[1]}
	require.Equal(t, "no gate", passing(t, view{catalog: c}, "Database connections stable", nothing))
	require.Equal(t, "no gate", passing(t, checkout, "Secrets rotated", nothing))
	require.Equal(t, "no gate", passing(t, view{catalog: catalog.Default()}, "Backups made", nothing))
}

func TestADisabledAlertDecidesNoGate(t *testing.T) {
	c, answer := catalog.Default(), answerer(t, told(), time.Hour)
	off := catalog.Service{Name: "checkout", Policy: catalog.DefaultPolicy("")}
	off.Disabled = []string{"MemoryLeakSuspected"}
	c.Services = []catalog.Service{off}
	require.Equal(t, "unknown", passing(t, view{catalog: c}, "No memory leak", answer))
	require.Equal(t, "no gate", passing(t, view{c, &c.Services[0]}, "No memory leak", answer))

	c.Defaults.Disabled, c.Services[0].Disabled = c.Services[0].Disabled, nil
	require.Equal(t, "pass", passing(t, view{catalog: c}, "No memory leak", answer))
}

func TestGatesThatFailAreNamedWithTheirServices(t *testing.T) {
	c := load(t, "../examples/shop/services.yaml")
	v := view{catalog: c}
	d, err := readiness(v).build(v)
	require.NoError(t, err)
	var failed []string
	answer := answerer(t, told("service:request_error_ratio:rate5m{ID} 0.5x60"), time.Hour)
	for _, s := range answer(expander(d, nil)(failing(gatesOf(v)))) {
		failed = append(failed, s.Metric.Get("service")+": "+s.Metric.Get("gate"))
	}
	slices.Sort(failed)
	require.Equal(t, []string{"checkout: PR-093 Error rate normal", "storefront: PR-095 No critical alert"}, failed)
}
