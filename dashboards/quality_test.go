package dashboards

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// alertSeries are those of Prometheus and Alertmanager in a bad hour: one alert pages,
// one comes and goes.
const alertSeries = `load 1m
  ALERTS{alertname="Watchdog", alertstate="firing", severity="none"} 1x80
  ALERTS{alertname="HighErrorRate", alertstate="firing", severity="critical", team="shop", service="payments", environment="production"} _x9 1x20 _x10 1x41
  ALERTS{alertname="SlowResponseTime", alertstate="firing", severity="warning", team="shop", service="payments", environment="production"} _x20 1x40
  ALERTS_FOR_STATE{alertname="HighErrorRate", severity="critical", team="shop", service="payments", environment="production"} _x9 540x20 _x10 2400x41
  ALERTS_FOR_STATE{alertname="Watchdog", severity="none"} 0x80
  prometheus_rule_evaluation_failures_total{job="prometheus", instance="p:9090", rule_group="readygate-red"} 0x80
  prometheus_rule_group_last_duration_seconds{job="prometheus", instance="p:9090", rule_group="readygate-red"} 0.2x80
  prometheus_rule_group_interval_seconds{job="prometheus", instance="p:9090", rule_group="readygate-red"} 30x80
  alertmanager_notifications_total{job="alertmanager", instance="a:9093", integration="webhook"} 0+1x80
  alertmanager_notifications_failed_total{job="alertmanager", instance="a:9093", integration="webhook", reason="other"} 0x80
`

func TestEveryQueryOfTheAlertQualityDashboardHasAnAnswer(t *testing.T) {
	c, err := catalog.Parse("services.yaml", []byte("version: 1\nservices: [{name: payments}]\n"))
	require.NoError(t, err)
	for _, v := range []view{{catalog: c}, {c, &c.Services[0]}} {
		everyPanelAnswers(t, v, quality(v), answerer(t, alertSeries, 58*time.Minute))
	}
}

// One alert fired twice: for 20 minutes, and since 40 minutes; the other once.
func TestAlertsAreCountedOnceEachTimeTheyBegin(t *testing.T) {
	v := view{catalog: catalog.Default()}
	d, err := quality(v).build(v)
	require.NoError(t, err)
	answer := answerer(t, alertSeries, 70*time.Minute)
	found := make(map[string]float64)
	for _, q := range Queries(d, map[string]string{"__range": "2h"}) {
		for _, s := range answer(q.Expr) {
			found[q.Panel+": "+s.Metric.Get(alertName)] = s.F
		}
	}
	require.InDelta(t, 2, found["How often alerts began to fire, top 20: HighErrorRate"], 1e-9)
	require.InDelta(t, 1, found["How often alerts began to fire, top 20: SlowResponseTime"], 1e-9)
	require.InDelta(t, 2, found["Incidents in 12 hours, of the busiest team: "], 1e-9)
	require.NotContains(t, found, "Alerts that never fired: HighErrorRate")
	require.Contains(t, found, "Alerts that never fired: ServiceDown")
	require.InDelta(t, 1, found["Critical alerts that fire: "], 1e-9)
	require.Greater(t, found["Mean time that a critical alert fired: "], 20.0)
}

// Silence is not calm: it may be that nobody looks.
func TestNothingIsCalmWithoutTheWatchdog(t *testing.T) {
	v := view{catalog: catalog.Default()}
	d, err := quality(v).build(v)
	require.NoError(t, err)
	const quiet = "load 1m\n  ALERTS{alertname=\"Watchdog\", alertstate=\"firing\", severity=\"none\"} 1x20\n"
	for _, q := range Queries(d, nil)[:3] {
		require.Empty(t, answerer(t, "load 1m\n  up 1x20\n", 10*time.Minute)(q.Expr), q.Panel)
		require.InDelta(t, 0, answerer(t, quiet, 10*time.Minute)(q.Expr)[0].F, 0, q.Panel)
	}
	off, err := catalog.Parse("services.yaml", []byte("version: 1\ndefaults: {disabled_alerts: [Watchdog]}\n"))
	require.NoError(t, err)
	require.Equal(t, "vector(0)", view{catalog: off}.watched())
}

func TestLinesOfAlertsAreCrossedWhenTheirAlertsAre(t *testing.T) {
	const (
		often = `ALERTS_FOR_STATE{alertname="HighErrorRate", service="a"} 0x9 600x9 1200x9 1800x9 `
		fired = "\n  ALERTS{alertname=\"HighErrorRate\", alertstate=\"firing\", service=\"a\"} 1x60\n"
		paged = `ALERTS{alertname="HighErrorRate", alertstate="firing", severity="critical", team="shop", service=`
	)
	v := view{catalog: catalog.Default()}
	for _, test := range []struct {
		id     uint32
		alert  string
		series string
		fires  bool
	}{
		{8103, "AlertFlapping", often + "2400x20" + fired, true},
		{8103, "AlertFlapping", often + "1800x20" + fired, false},
		{8204, "AlertFlapping", often + "2400x20" + fired, true},
		{8102, "PageBudgetExceeded", paged + `"a"} _x9 1x60` + "\n  " + paged + `"b"} _x9 1x60` + "\n", false},
		{8102, "PageBudgetExceeded", paged + `"a"} _x9 1x60` + "\n  " + paged + `"b"} _x9 1x60` + "\n  " + paged + `"c"} _x9 1x60` + "\n", true},
		{8203, "PageBudgetExceeded", paged + `"a"} _x9 1x60` + "\n  " + paged + `"b"} _x9 1x60` + "\n  " + paged + `"c"} _x9 1x60` + "\n", true},
		{8105, "RuleEvaluationFailing", telemetry.RuleFailures.Name + `{rule_group="red"} 0x48 1x12` + "\n", true},
		{8105, "RuleEvaluationFailing", telemetry.RuleFailures.Name + `{rule_group="red"} 1x60` + "\n", false},
		{8402, "RuleEvaluationFailing", telemetry.RuleFailures.Name + `{rule_group="red"} 0x48 1x12` + "\n", true},
		{8106, "AlertmanagerNotificationsFailing", notifications("10", "0.11"), true},
		{8106, "AlertmanagerNotificationsFailing", notifications("10", "0.09"), false},
		{8403, "AlertmanagerNotificationsFailing", notifications("10", "0.11"), true},
	} {
		theSame(t, v, quality(v), test.id, test.alert, "load 1m\n  "+test.series, 50*time.Minute, test.fires)
	}
}

func notifications(total, failed string) string {
	return telemetry.Notifications.Name + `{integration="webhook"} 0+` + total + "x60\n  " +
		telemetry.NotificationsFailed.Name + `{integration="webhook", reason="other"} 0+` + failed + "x60\n"
}

func TestAlertsOfBoardsAreThereUnderTheirNames(t *testing.T) {
	for _, name := range append(append([]string(nil), gatewayAlerts...), recoveryAlerts...) {
		require.Contains(t, catalog.AlertNames(), name)
	}
}

// Alerts about what is declared for all environments have none.
func TestTheChoiceOfAnEnvironmentHidesNoAlert(t *testing.T) {
	c := parsed(t, "\n  - {name: payments}\n")
	series := strings.NewReplacer(`, environment="production"`, "").Replace(alertSeries)
	for _, v := range views(c) {
		b := quality(v)
		d, err := b.build(v)
		require.NoError(t, err)
		asked := func(series, environment string) map[string]int {
			found := make(map[string]int)
			answer := answerer(t, series, 70*time.Minute)
			for _, q := range Queries(d, map[string]string{"__range": "2h", telemetry.Environment: environment}) {
				found[q.Panel] += len(answer(q.Expr))
			}
			return found
		}
		require.Equal(t, asked(series, ".*"), asked(series, "production"))
		require.Zero(t, asked(alertSeries, "staging")["Alerts that fire, by severity"])

		marks := release(v)
		shown, err := marks.build(v)
		require.NoError(t, err)
		for _, a := range shown.Annotations.List {
			if a.Name == "Alerts" {
				expr := expander(shown, map[string]string{telemetry.Environment: "production"})(deref(a.Expr))
				require.NotEmpty(t, answerer(t, series, 70*time.Minute)(expr))
			}
		}
	}
}

func TestTheTableOfAlertsThatNeverFiredHasNoValues(t *testing.T) {
	v := view{catalog: catalog.Default()}
	d, err := quality(v).build(v)
	require.NoError(t, err)
	for _, p := range panels(d) {
		hidden := false
		for _, way := range p.Transformations {
			hidden = hidden || way.Options.(map[string]any)["excludeByName"].(map[string]bool)["Value"]
		}
		require.Equal(t, *p.Title == "Alerts that never fired", hidden, *p.Title)
	}
}
