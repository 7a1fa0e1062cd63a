package dashboards

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/internal/catalog"
)

const releasers = `
  - {name: shop, rollout: {strategy: canary, stages: [{percent: 5, watch: 1h}, {percent: 25, watch: 2h}, {percent: 100, watch: 2h}]}}
  - {name: strict, thresholds: {canary_min_requests: 1000}, rollout: {strategy: canary}}
`

// canary is a canary of a service at 5 % for half an hour, which is an hour and a half
// old, with as many requests; and what else is recorded.
func canary(service string, requests int, more ...string) string {
	text := strings.ReplaceAll(fmt.Sprintf(`
  service_canary:last_seen_timestamp_seconds:max{service="S", canary="canary"} 0+60x100
  service_canary:last_seen_timestamp_seconds:max{service="S", canary="stable"} 0+60x100
  service_canary:requests:increase15m{service="S", canary="canary"} %[1]dx100
  service_canary:requests:increase15m{service="S", canary="stable"} 5000x100
  service:canary_requests:min15m{service="S"} %[1]dx100
  service:canary_requests:ratio15m{service="S"} 0.05x100
`, requests), `"S"`, fmt.Sprintf("%q", service))
	for _, series := range more {
		text += "  " + strings.ReplaceAll(series, `"S"`, fmt.Sprintf("%q", service)) + "x100\n"
	}
	return text
}

func TestVerdictHoldsUntilTheStageIsWatchedAndRollsBackWhenAnAlertFires(t *testing.T) {
	v := view{catalog: parsed(t, releasers)}
	const (
		young = `ALERTS_FOR_STATE{alertname="CanaryStageOverdue", service="S", stage="5 %"} 4800`
		old   = `ALERTS_FOR_STATE{alertname="CanaryStageOverdue", service="S", stage="5 %"} 1800`
		alert = `ALERTS{alertname=%q, alertstate=%q, severity=%q, service="S"} 1`
	)
	for name, at := range map[string]struct {
		series string
		want   float64
	}{
		"good and watched":              {canary("shop", 300, old), 2},
		"good, and not watched":         {canary("shop", 300, young), 1},
		"watched, at a stage of nobody": {canary("undeclared", 300), 2},
		"between two stages":            {strings.ReplaceAll(canary("shop", 300, old), "0.05x", "0.15x"), 1},
		"at the last stage":             {strings.ReplaceAll(canary("shop", 300), "0.05x", "0.9x"), 2},
		"too few requests":              {canary("shop", 199, old), 1},
		"just enough requests":          {canary("shop", 200, old), 2},
		"too few for this service":      {canary("strict", 999, old), 1},
		"enough for this service":       {canary("strict", 1000, old), 2},
		"about to fire":                 {canary("shop", 300, old, fmt.Sprintf(alert, "CanaryErrorRegression", "pending", "critical")), 1},
		"errors":                        {canary("shop", 300, old, fmt.Sprintf(alert, "CanaryErrorRegression", "firing", "critical")), 0},
		"slow":                          {canary("shop", 300, young, fmt.Sprintf(alert, "CanaryLatencyRegression", "firing", "critical")), 0},
		"something else pages":          {canary("shop", 300, old, fmt.Sprintf(alert, "ServiceDown", "firing", "critical")), 1},
		"something else asks":           {canary("shop", 300, old, fmt.Sprintf(alert, "HighCPUUsage", "firing", "warning")), 2},
	} {
		answer := recordedBy(t, "load 1m"+at.series, 90*time.Minute).ask(expanded(v, verdict(v)))
		require.Len(t, answer, 1, name)
		require.InDelta(t, at.want, answer[0].F, 0, name)
	}
	gone := strings.ReplaceAll(canary("shop", 0), "0+60x100", "0+60x10 600x90")
	require.Empty(t, recordedBy(t, "load 1m"+gone, 90*time.Minute).ask(expanded(v, verdict(v))), "the canary is gone")
}

// expanded is a query with everything chosen.
func expanded(v view, expr string) string {
	p := panel{id: 1, kind: stat, width: 1, title: "a", queries: []query{{legend: "a", expr: expr}}}
	d, _ := board{uid: "a", title: "a", filters: v.serviceFilters(true), rows: []row{{id: 2, title: "a", panels: []panel{p}}}}.build(v)
	return Queries(d, nil)[0].Expr
}

func TestStagesAreThoseOfTheAlert(t *testing.T) {
	for _, c := range []catalog.Catalog{parsed(t, releasers), load(t, "../examples/shop/services.yaml")} {
		rules, err := alerts.Generate(c, alerts.Options{})
		require.NoError(t, err)
		var conditions []string
		for _, group := range rules.Groups() {
			for _, r := range group.Rules {
				if r.Alert == "CanaryStageOverdue" {
					conditions = append(conditions, r.Expr)
				}
			}
		}
		found := stages(view{catalog: c})
		require.NotEmpty(t, found)
		for _, s := range found {
			// 0 * (share{} > from <= to) + watch
			var from, to string
			_, err := fmt.Sscanf(s.expr[strings.Index(s.expr, "> "):], "> %s <= %s", &from, &to)
			require.NoError(t, err)
			to = strings.TrimSuffix(to, ")")
			require.True(t, anyHas(conditions, "> "+from, "<= "+to), "%s: %v", s.expr, conditions)
		}
	}
}

func anyHas(texts []string, parts ...string) bool {
	for _, text := range texts {
		all := true
		for _, part := range parts {
			all = all && strings.Contains(text+"\n", part)
		}
		if all {
			return true
		}
	}
	return false
}

// released is all that is recorded of a canary, and of a release an hour ago: each number
// is its threshold, and over more.
func released(t *testing.T, over float64) history {
	text := "load 1m" + canary("shop", 300, `ALERTS_FOR_STATE{alertname="CanaryStageOverdue", service="S", stage="5 %"} 1800`)
	add := func(series string, v float64) { text += "  " + series + " " + number(v) + "x100\n" }
	of := func(series, more string, v float64) { add(series+`{service="shop"`+more+"}", v) }
	for _, side := range []string{"canary", "stable"} {
		of("service_canary:request_error_ratio:increase15m", `, canary="`+side+`"`, 0.01)
		of("service_canary:request_duration_seconds:p95_15m", `, canary="`+side+`"`, 0.2)
		for _, le := range []string{"0.1", "+Inf"} {
			text += fmt.Sprintf("  http_request_duration_seconds_bucket{gateway_instance=\"g\", service=\"shop\", version=\"2\", canary=%q, le=%q} 0+60x100\n", side, le)
		}
	}
	of("service:canary_error_ratio:delta15m", "", 0.005+over)
	of("service:canary_error_ratio:z15m", "", 3+over)
	of("service:canary_requests_slower:z15m", "", 3+over)
	of("service:canary_request_duration_seconds:p95_ratio15m", "", 1.2+over)
	of("service:release_timestamp_seconds:max", "", 1800)
	of("service_version:first_seen_timestamp_seconds:min1d", `, version="2"`, 1800)
	of("service:requests:rate5m", "", 10)
	of("service:request_errors:increase1h", "", 100)
	of("service:request_error_ratio:rate5m", "", 0.01+over)
	of("service:request_duration_seconds:p95_5m", "", 0.2)
	of("service:silence_seconds:max", "", 1)
	of("service_container:memory_working_set_bytes:max", `, namespace="n", pod="p", container="c"`, 1e8)
	text += "  exceptions_total{gateway_instance=\"g\", service=\"shop\", version=\"2\", exception_type=\"Boom\"} 0+1x100\n"
	return recordedBy(t, text, 90*time.Minute)
}

func TestEveryPanelOfReleaseAnswersAndCrossesItsLineWhereTheAlertFires(t *testing.T) {
	c := parsed(t, releasers)
	n := c.Defaults.Thresholds
	for _, v := range views(c)[:2] {
		d := builtOf(t, release(v), v)
		for _, over := range []float64{0, 0.001} {
			h := released(t, over)
			shown := h.answers(d)
			beyond := over > 0
			for panel, line := range map[string]float64{
				"Difference of the shares of errors":     n.CanaryDelta,
				"Differences in standard deviations (z)": n.CanaryZ,
				"How many times slower the canary is":    n.CanarySlowdown,
				"Share of errors by service":             n.ReleaseErrorRatio,
			} {
				require.Equal(t, beyond, shown[panel]["shop"] > line, panel)
			}
			for _, alert := range []string{"CanaryErrorRegression", "CanaryLatencyRegression", "PostDeployErrorRateHigh"} {
				require.Equal(t, beyond, h.holds(c, alert, "shop"), alert)
			}
			gates := shown["Gates after a release"]
			require.InDelta(t, map[bool]float64{false: 1, true: 0}[beyond], gates["shop PR-093 Error rate normal"], 0)
			require.NotContains(t, gates, "shop PR-099 Jobs running", "what has no data is no pass")
			require.InDelta(t, 3600, shown["Time in the stage"]["shop"], 0)
		}
	}
}

func TestAServiceThatIsNotReleasedByCanariesHasNothingAboutThem(t *testing.T) {
	c := parsed(t, "\n  - {name: shop, rollout: {strategy: rolling}}\n")
	for _, p := range panels(builtOf(t, release(views(c)[1]), views(c)[1])) {
		require.NotContains(t, *p.Title, "Verdict")
		require.NotContains(t, *p.Title, "stage")
	}
}

func TestWithoutTheAlertsAboutCanariesThereIsNoVerdict(t *testing.T) {
	c := parsed(t, "\n  - {name: shop, disabled_alerts: [CanaryErrorRegression]}\n  - {name: other}\n")
	require.Empty(t, verdict(views(c)[1]))
	builtOf(t, release(views(c)[1]), views(c)[1])
	v := views(c)[0]
	for service, verdicts := range map[string]int{"shop": 0, "other": 1} {
		require.Len(t, recordedBy(t, "load 1m"+canary(service, 300), 90*time.Minute).ask(expanded(v, verdict(v))), verdicts, service)
	}
}
