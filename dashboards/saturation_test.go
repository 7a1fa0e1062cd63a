package dashboards

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func TestLinesAreCrossedWhereTheirAlertsFire(t *testing.T) {
	c := load(t, "../examples/shop/services.yaml")
	for _, v := range []view{{catalog: c}, {c, &c.Services[1]}} {
		for _, over := range []bool{false, true} {
			same := func(b board, id uint32, alert string, format string, below, above float64, more ...string) {
				value := below
				if over {
					value = above
				}
				series := strings.ReplaceAll(format, "VALUE", number(value)+"x60")
				theSame(t, v, b, id, alert, told(append(more, series)...), time.Hour, over)
			}
			s, o := saturation(v), slo(v)
			same(s, 2101, "HighCPUUsage", "service_container:cpu_ratio:rate5m{ID, POD} VALUE", 0.8999, 0.9001)
			same(s, 2201, "HighCPUUsage", "service_container:cpu_ratio:rate5m{ID, POD} VALUE", 0.8999, 0.9001)
			same(s, 2301, "HighMemoryUsage", "service_container:memory_ratio:max{ID, POD} VALUE", 0.8999, 0.9001)
			same(s, 2401, "ContainerRestarting", "service_container:restarts:increase1h{ID, POD} VALUE", 2, 4)
			same(s, 2402, "FileDescriptorsExhausting", `service_instance:open_file_ratio:max{ID, instance="192.0.2.1:8080"} VALUE`, 0.7999, 0.8001)
			if v.service == nil {
				same(s, 2501, "DiskIOSaturated", `node_disk:io_time:rate5m{instance="192.0.2.30:9100", device="nvme0n1"} VALUE`, 0.8999, 0.9001)
				same(s, 2503, "DiskWillFill", `node_filesystem:free_ratio:min{instance="192.0.2.30:9100", device="/dev/nvme0n1p1", mountpoint="/"} VALUE`, 0.2001, 0.1999,
					`node_filesystem:free_bytes:predict24h{instance="192.0.2.30:9100", device="/dev/nvme0n1p1", mountpoint="/"} -1x60`)
				same(s, 2601, "NetworkSaturated", `node_network:busy_ratio:rate5m{instance="192.0.2.30:9100", device="eth0"} VALUE`, 0.8999, 0.9001)
				same(s, 2603, "NetworkErrors", `node_network:packet_error_ratio:rate5m{instance="192.0.2.30:9100", device="eth0"} VALUE`, 0.0099, 0.0101,
					`node_network:packets:rate5m{instance="192.0.2.30:9100", device="eth0"} 100x60`)
			}
			// The objective is 99.95 %.
			same(o, 1301, "ErrorBudgetBurnFast", "service:request_error_ratio:increase1h{ID} VALUE", 14.3*0.0005, 14.5*0.0005,
				"service:request_error_ratio:rate5m{ID} 1x60", "service:request_errors:increase1h{ID} 10x60")
			same(o, 1304, "ErrorBudgetBurnSlow", "service:slo_errors:ratio_rate3d{ID} VALUE", 0.9*0.0005, 1.1*0.0005,
				"service:slo_errors:ratio_rate6h{ID} 1x60", "service:slo_errors:increase3d{ID} 10x60")
			same(o, 1501, "LatencyBudgetBurnFast", `service_within:slo_slow:ratio_rate1h{ID, within="1s"} VALUE`, 14.3*0.03, 14.5*0.03,
				`service_within:slo_slow:ratio_rate5m{ID, within="1s"} 1x60`, `service_within:slo_slow:increase1h{ID, within="1s"} 10x60`)
		}
	}
}

// linesOf are the lines of panels with the number of their alert.
func linesOf(v view) map[string][]float64 {
	all := make(map[string][]float64)
	for _, of := range []func(view) []row{sloRows, saturationRows} {
		for _, r := range of(v) {
			for _, p := range r.panels {
				for _, l := range p.lines {
					if l.alert != "" && l.alert != budgetLine.alert {
						all[l.alert] = append(all[l.alert], l.at(v.policy()))
					}
				}
			}
		}
	}
	return all
}

func TestLinesAreTheNumbersOfTheRules(t *testing.T) {
	other := catalog.Default()
	other.Defaults.Thresholds.CPURatio, other.Defaults.Thresholds.FDRatio, other.Defaults.Thresholds.Restarts = 0.51, 0.52, 7
	other.Defaults.Thresholds.DiskFree, other.Defaults.SLO.Availability = 0.11, 0.9
	for _, c := range []catalog.Catalog{catalog.Default(), other} {
		rules, err := alerts.Generate(c, alerts.Options{})
		require.NoError(t, err)
		lines := linesOf(view{catalog: c})
		require.Len(t, lines, 13)
		for name, numbers := range lines {
			var exprs []string
			for _, g := range rules.Groups() {
				for _, r := range g.Rules {
					if r.Alert == name {
						exprs = append(exprs, r.Expr)
					}
				}
			}
			require.NotEmpty(t, exprs, name)
			for _, n := range numbers {
				compared := regexp.MustCompile(`[<>]\s+` + regexp.QuoteMeta(number(n)) + `(\D|$)`)
				require.Regexp(t, compared, strings.Join(exprs, "\n"), name)
			}
		}
	}
}

// Workloads are declared for all environments, so that their containers have none.
func TestTheChoiceOfAnEnvironmentHidesNoContainerAndNoLine(t *testing.T) {
	c := parsed(t, "\n  - {name: checkout, namespace: shop, thresholds: {cpu_ratio: 0.7}}\n")
	answer := answerer(t, strings.ReplaceAll(told(
		"service_container:cpu_ratio:rate5m{WHO, POD} 0.99x60",
		`service_container:cpu_ratio:rate5m{service="checkout", service_namespace="shop", environment="staging", POD} 1x60`,
		`ALERTS{WHO, alertname="MemoryLeakSuspected", alertstate="firing", severity="warning"} 1x60`,
	), ", environment=\"production\", namespace", ", namespace"), time.Hour)
	chosen := map[string]string{telemetry.Environment: "production"}
	for _, v := range views(c) {
		for _, of := range []func(view) board{saturation, release} {
			for _, q := range Queries(builtOf(t, of(v), v), chosen) {
				// No release is known here.
				if strings.Contains(q.Expr, "service_container:") && !strings.Contains(q.Expr, telemetry.ReleaseLast) {
					require.NotEmpty(t, answer(q.Expr), "%s: %s", q.Panel, q.Expr)
				}
				if q.Panel == "CPU of the busiest container" {
					require.InDelta(t, 0.99, answer(q.Expr)[0].F, 0, "not that of staging")
				}
			}
		}
		expand := expander(builtOf(t, saturation(v), v), chosen)
		for _, q := range ownLines(v, cpuLine) {
			lines := answer(expand(q.expr))
			require.Len(t, lines, 1)
			require.InDelta(t, 0.7, lines[0].F, 0)
		}
		verdicts := make(map[string]float64)
		for _, g := range gatesOf(v) {
			if worst := answer(expand("min(" + g.passing + ")")); len(worst) > 0 {
				verdicts[g.name] = worst[0].F
			}
		}
		for gate, want := range map[string]float64{"CPU normal": 0, "Memory normal": 1, "No restarts": 1, "No memory leak": 0, "Open files normal": 1} {
			require.Contains(t, verdicts, gate)
			require.InDelta(t, want, verdicts[gate], 0, gate)
		}
	}
}
