package dashboards

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const workers = `
  - name: shop
    queues: [{name: mail, depth: depth, max_depth: 500}]
    jobs: [{name: import, every: 1h}, {name: never, every: 2h}]
    dependencies: [{name: ledger, kind: db, critical: true}]
  - name: other
    thresholds: {dependency_error_ratio: 0.2}
    queues: [{name: mail, depth: depth, max_depth: 50}]
`

// worked is what is recorded of work within three hours. Shop is at its numbers, or above
// them by as much as over says.
func worked(over string) string {
	return strings.ReplaceAll(`load 1m
  service_peer:dependency_requests:rate5m{service="shop", kind="db", peer="ledger"} 10x180
  service_peer:dependency_error_ratio:rate5m{service="shop", kind="db", peer="ledger"} 0.5+OVERx180
  service_peer:dependency_requests:rate5m{service="other", kind="db", peer="ledger"} 10x180
  service_peer:dependency_error_ratio:rate5m{service="other", kind="db", peer="ledger"} 0.1x180
  dependency_requests_total{gateway_instance="g", service="shop", kind="messaging", peer="mail", outcome="success"} 0+60x180
  dependency_request_duration_seconds_bucket{gateway_instance="g", service="shop", kind="db", peer="ledger", le="0.1"} 0+60x180
  dependency_request_duration_seconds_bucket{gateway_instance="g", service="shop", kind="db", peer="ledger", le="+Inf"} 0+60x180
  messages_processed_total{gateway_instance="g", service="shop", destination="mail", outcome="success"} 0+60x180
  messages_processed_total{gateway_instance="g", service="shop", destination="mail", outcome="failure"} 0+6x180
  message_process_duration_seconds_bucket{gateway_instance="g", service="shop", destination="mail", le="0.1"} 0+60x180
  message_process_duration_seconds_bucket{gateway_instance="g", service="shop", destination="mail", le="+Inf"} 0+60x180
  service_queue:depth:max{service="shop", queue="mail"} 320+1x170 491 492 493 494 495 496 497 498 499 {500+OVER}
  service_queue:depth:max{service="other", queue="mail"} 10x180
  service_job:runs:increase15m{service="shop", job_name="import"} 10x180
  service_job:run_failures:increase15m{service="shop", job_name="import"} 1x180
  service_job:run_failure_ratio:increase15m{service="shop", job_name="import"} 0.1+OVERx180
  service_job:run_failures:increase6h{service="shop", job_name="import"} 1x180
  service_job:run_failure_ratio:increase6h{service="shop", job_name="import"} 0.1x180
  service_job:last_success_timestamp_seconds:max{service="shop", service_namespace="eu", job_name="import"} 3600x180
  service_job:known_success_timestamp_seconds:max{service="shop", service_namespace="eu", job_name="import"} {3600-OVER}x180
  service_job:watched_timestamp_seconds:min{service="shop", job_name="import"} 0x180
  service_job:watched_timestamp_seconds:min{service="shop", job_name="never"} 60x180
  job_duration_seconds_bucket{gateway_instance="g", service="shop", job_name="import", le="1"} 0+1x180
  job_duration_seconds_bucket{gateway_instance="g", service="shop", job_name="import", le="+Inf"} 0+1x180
  service_pool:db_connections_used:sum{service="shop", pool="main"} 9x180
  service_instance_pool:db_connection_ratio:max{service="shop", instance="a", pool="main"} 0.9x180
  target_pool:db_connections_max:sum{job="eu/shop", instance="a", pool="main"} 10x180
  target_pool:db_connections_max:sum{job="shop", instance="b", pool="main"} 10x180
  db_client_connection_pending_requests{job="gateway", exported_job="shop", db_client_connection_pool_name="main"} 3x180
  db_client_connection_create_time_seconds_bucket{job="shop", db_client_connection_pool_name="main", le="0.5"} 0+1x180
  db_client_connection_create_time_seconds_bucket{job="shop", db_client_connection_pool_name="main", le="+Inf"} 0+1x180
`, "OVER", over)
}

func workedOut(t *testing.T, over float64) history {
	text := worked(number(over))
	for from, to := range map[string]float64{"{500+" + number(over) + "}": 500 + over, "{3600-" + number(over) + "}": 3600 - over} {
		text = strings.ReplaceAll(text, from, number(to))
	}
	return recordedBy(t, text, 3*time.Hour)
}

func TestEveryPanelOfWorkAnswersAndCrossesItsLineWhereTheAlertFires(t *testing.T) {
	c := parsed(t, workers)
	for _, v := range views(c)[:2] {
		d := builtOf(t, work(v), v)
		for _, over := range []float64{0, 0.001} {
			var (
				h       = workedOut(t, over)
				shown   = h.answers(d)
				beyond  = over > 0
				crossed = func(alert, panel, series string) {
					t.Helper()
					line, drawn := shown[panel]["line "+series]
					require.True(t, drawn, "%s: no line", panel)
					require.Equal(t, beyond, shown[panel][series] > line, panel)
					require.Equal(t, beyond, h.holds(c, alert, "shop"), alert)
				}
			)
			crossed("QueueBacklogGrowing", "Messages that wait, by queue", "shop mail")
			require.InDelta(t, 10740, shown["Time without success of jobs with a schedule"]["shop never"], 1e-6, "never succeeded")
			require.InDelta(t, 14400, shown["Time without success of jobs with a schedule"]["line shop never"], 0)
			late := shown["Time without success of jobs with a schedule"]
			require.Equal(t, beyond, late["shop import"] > late["line shop import"])
			require.Equal(t, beyond, h.holds(c, "BackgroundJobNotRunning", "shop"))
			require.Equal(t, beyond, shown["Share of failed runs by job, top 15"]["shop import"] > c.Defaults.Thresholds.JobRatio)
			require.Equal(t, beyond, h.holds(c, "BackgroundJobFailing", "shop"))
			require.Equal(t, beyond, shown["Share of failed calls by dependency, top 15"]["shop"] > c.Defaults.Thresholds.DependencyRatio)
			require.Equal(t, beyond, h.holds(c, "DependencyErrors", "shop"))
		}
	}
}

func TestAllowedConnectionsAreThoseOfTheServiceByItsJob(t *testing.T) {
	c := parsed(t, workers)
	v := view{catalog: c}
	shown := workedOut(t, 0).answers(builtOf(t, work(v), v))
	require.InDelta(t, 10, shown["Connections in use, and allowed"]["shop"], 0, "those of eu/shop are another's")
	require.InDelta(t, 3, shown["Requests that wait for a connection"]["shop"], 0)
	require.InDelta(t, 0.475, shown["Time to open a connection, p95"]["shop"], 1e-9)
}

func TestAServiceWithoutQueuesHasNoPanelOfThem(t *testing.T) {
	c := parsed(t, "\n  - {name: shop}\n")
	for _, p := range panels(builtOf(t, work(views(c)[1]), views(c)[1])) {
		require.NotContains(t, []string{"Messages that wait, by queue", "Queues that grow", "Jobs that are late"}, *p.Title)
	}
}
