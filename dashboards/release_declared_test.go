package dashboards

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/telemetry"
)

// declaredOnly are alerts about a service whose services file names no environment, and
// maybe no namespace; telemetry has both.
func declaredOnly(name, identity string) string {
	return fmt.Sprintf("  ALERTS{alertname=%q, alertstate=\"firing\", severity=\"critical\", %s} 1x100\n", name, identity)
}

const (
	inProduction = `service="shop", service_namespace="s", environment="production"`
	noWhere      = `service="shop", service_namespace="s"`
)

func TestVerdictHoldsWhileWhatIsDeclaredForAllEnvironmentsIsCritical(t *testing.T) {
	c := parsed(t, "\n  - {name: shop}\n")
	good := "load 1m" + strings.ReplaceAll(canary("shop", 300), `service="shop"`, inProduction)
	for alert, want := range map[string]float64{
		"": 2,
		declaredOnly("BackgroundJobNotRunning", noWhere):                                                             1,
		declaredOnly("RevenueFlatlined", `service="shop"`):                                                           1,
		declaredOnly("RevenueFlatlined", `service="shop", environment="production"`):                                 1,
		declaredOnly("ServiceDown", inProduction):                                                                    1,
		declaredOnly("ServiceDown", `service="shop", service_namespace="s", environment="staging"`):                  2,
		declaredOnly("RevenueFlatlined", `service="shop", service_namespace="other"`):                                2,
		declaredOnly("RevenueFlatlined", `service="other", service_namespace="s"`):                                   2,
		strings.Replace(declaredOnly("RevenueFlatlined", noWhere), `severity="critical"`, `severity="warning"`, 1):   2,
		strings.Replace(declaredOnly("RevenueFlatlined", noWhere), `alertstate="firing"`, `alertstate="pending"`, 1): 2,
	} {
		for _, v := range views(c) {
			d := builtOf(t, release(v), v)
			for _, environment := range []string{".*", "production"} {
				expr := expander(d, map[string]string{telemetry.Environment: environment})(verdict(v))
				answer := recordedBy(t, good+alert, 90*time.Minute).ask(expr)
				require.Len(t, answer, 1, alert)
				require.Equal(t, "production", answer[0].Metric.Get(telemetry.Environment))
				require.InDelta(t, want, answer[0].F, 0, alert)
			}
		}
	}
}

func TestGatesAfterAReleaseHaveWhatIsDeclaredForAllEnvironments(t *testing.T) {
	c := parsed(t, "\n  - {name: shop, namespace: s, jobs: [{name: j, every: 1h}]}\n")
	const series = `load 1m
  service:release_timestamp_seconds:max{service="shop", service_namespace="s", environment="production"} AT
  service:silence_seconds:max{service="shop", service_namespace="s", environment="production"} 1x2000
  service:silence_seconds:max{service="shop", service_namespace="s", environment="staging"} 1x2000
  service_job:watched_timestamp_seconds:min{service="shop", service_namespace="s", job_name="j"} 0x2000
  service_container:cpu_ratio:rate5m{service="shop", namespace="n", pod="p", container="shop"} 0.99x2000
  service_container:cpu_ratio:rate5m{service="shop", service_namespace="other", namespace="n", pod="p", container="c"} 0.99x2000
  ALERTS{alertname="BackgroundJobNotRunning", alertstate="firing", severity="critical", service="shop", service_namespace="s"} 1x2000
`
	found := func(v view, environment, at string) map[string]float64 {
		expr := expander(builtOf(t, release(v), v), map[string]string{telemetry.Environment: environment})(deployGates(v))
		all := make(map[string]float64)
		for _, s := range recordedBy(t, strings.Replace(series, "AT", at, 1), 1500*time.Minute).ask(expr) {
			require.Contains(t, []string{"", "s"}, s.Metric.Get(telemetry.ServiceNamespace))
			all[s.Metric.Get("gate")+", "+s.Metric.Get(telemetry.Environment)] = s.F
		}
		return all
	}
	for _, v := range views(c) {
		for _, environment := range []string{".*", "production"} {
			want := map[string]float64{
				"PR-092 Up, and heard of, production":  1,
				"PR-095 No critical alert, production": 1,
				"PR-095 No critical alert, ":           0,
				"PR-099 Jobs running, ":                0,
			}
			if v.service == nil { // its own name is not all that tells a container's owner
				want["PR-097 CPU normal, "] = 0
			}
			require.Equal(t, want, found(v, environment, "5000x2000"))
			require.Empty(t, found(v, environment, "0x2000"), "released over a day ago")
		}
	}
}
