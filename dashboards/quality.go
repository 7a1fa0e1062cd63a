package dashboards

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	tablesdk "github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Numbers of alerts about alerting, which no services file moves. A test holds them
// against the rules.
const (
	// flaps is how often an alert comes again in two hours that flaps.
	flaps = 4
	// tooManyPages is the number of incidents in 12 hours that is more than a shift can
	// work on.
	tooManyPages = 3
	// failedNotifications is the share of notifications above which people are not told.
	failedNotifications = 0.01
)

func quality(v view) board {
	return board{
		uid: qualityUID, title: titles[qualityUID], from: "now-7d",
		description: "The alerts themselves: which fire, how often, for how long, which come and go, and whether somebody is told.",
		filters:     v.serviceFilters(false),
		rows:        qualityRows(v),
	}
}

// qualityRows have the ids 8100 to 8499. What is about Prometheus and Alertmanager is
// not about one service.
func qualityRows(v view) []row {
	rows := []row{qualityNow(v), firings(v), alwaysAndNever(v)}
	if v.service == nil {
		rows = append(rows, machinery())
	}
	return rows
}

// Labels of alerts.
const (
	alertName     = "alertname"
	alertSeverity = "severity"
	alertTeam     = "team"
	// others leaves out the alerts about alerting itself, which fire always, or because
	// of others.
	others = alertName + `!~"AlertFlapping|PageBudgetExceeded|Watchdog"`
)

// watched is 0 as long as rules are evaluated: as long as the Watchdog fires. If
// nobody wants one, it is 0 always.
func (v view) watched() string {
	if slices.Contains(v.catalog.Defaults.Disabled, "Watchdog") {
		return "vector(0)"
	}
	return "0 * count(" + alertsMetric + `{alertname="Watchdog"})`
}

// fires are the alerts that fire, other than about alerting.
func (v view) fires(more ...string) string {
	return v.declared(alertsMetric, append([]string{firing, others}, more...)...)
}

// begun counts how often a state began within a window, looked at each minute.
func begun(states func(offset string) string, window string) string {
	return fmt.Sprintf("count_over_time((%s unless %s)[%s:1m])", states(""), states(" offset 1m"), window)
}

// incidents is how often services began to have critical alerts in 12 hours, by team,
// as PageBudgetExceeded has it: several alerts about one service are one incident.
func (v view) incidents() string {
	return sum(alertTeam, begun(func(offset string) string {
		return fmt.Sprintf("group by (%s, %s) (%s%s)", alertTeam, identity, v.declared(alertsMetric, firing, criticalOnly), offset)
	}, "12h"))
}

// firingMinutes and episodes are, of each alert, the minutes that it fired, and how
// often it began to, in a window.
func (v view) firingMinutes(window string, more ...string) string {
	return fmt.Sprintf("count_over_time(%s[%s:1m])", v.fires(more...), window)
}

func (v view) episodes(window string, more ...string) string {
	return begun(func(offset string) string { return v.fires(more...) + offset }, window)
}

// flapping is how often each alert that told somebody came again in 2 hours, as
// AlertFlapping has it.
func (v view) flapping() string {
	const but = alertName + `!~"AlertFlapping|Watchdog"`
	return fmt.Sprintf(`max by (%s, %s) (changes(%s[2h]) and ignoring (alertstate) max_over_time(%s[2h]))`,
		alertName, identity, v.declared("ALERTS_FOR_STATE", but), v.declared(alertsMetric, firing, but))
}

var (
	flapLine  = line{alert: "AlertFlapping", at: fixed(flaps)}
	pageLine  = line{alert: "PageBudgetExceeded", at: fixed(tooManyPages)}
	unwatched = "No rules are evaluated: the Watchdog does not fire"
)

func qualityNow(v view) row {
	panels := []panel{
		{id: 8101, kind: stat, width: 4, title: "Critical alerts that fire", unit: units.Short, empty: unwatched,
			description: "Alerts that page somebody, now.", checks: []string{"PR-038"}, lines: []line{{at: fixed(once)}},
			queries: []query{{legend: "critical", instant: true, expr: fmt.Sprintf("count(%s) or %s", v.fires(criticalOnly), v.watched())}}},
		{id: 8102, kind: stat, width: 4, title: "Incidents in 12 hours, of the busiest team", unit: units.Short, empty: unwatched,
			description: "Services that began to have critical alerts. More leave no time to work on each as it deserves.", checks: []string{"PR-041"},
			lines:   []line{pageLine},
			queries: []query{{legend: "incidents", instant: true, expr: fmt.Sprintf("max(%s) or %s", v.incidents(), v.watched())}}},
		{id: 8103, kind: stat, width: 4, title: "Most often an alert came again", unit: units.Short, empty: unwatched,
			description: "How often one alert ended and fired again in 2 hours. What flaps is soon believed by nobody.", checks: []string{"PR-041"},
			lines:   []line{flapLine},
			queries: []query{{legend: "changes", instant: true, expr: fmt.Sprintf("max(%s) or %s", v.flapping(), v.watched())}}},
		{id: 8104, kind: stat, width: 4, title: "Mean time that a critical alert fired", unit: units.Minutes, empty: "No critical alert fired",
			description: "Mean over the time range, in which those that still fire count with their time so far. Nothing tells when somebody began to work; this is the nearest to it that Prometheus knows.",
			queries: []query{{legend: "mean", instant: true, expr: fmt.Sprintf("sum(%s) / (sum(%s) > 0)",
				v.firingMinutes("$__range", criticalOnly), v.episodes("$__range", criticalOnly))}}},
	}
	if v.service == nil {
		panels = append(panels,
			panel{id: 8105, kind: stat, width: 4, title: "Evaluations of rules that failed", unit: units.Short, empty: "Prometheus is not scraped",
				description: "In 10 minutes. An alert whose rule fails is silent, whatever happens.", checks: []string{"PR-014"},
				lines:   []line{{alert: "RuleEvaluationFailing", at: fixed(once)}},
				queries: []query{{legend: "failed", instant: true, expr: fmt.Sprintf("sum(increase(%s[10m]))", telemetry.RuleFailures.Name)}}},
			panel{id: 8106, kind: stat, width: 4, title: "Notifications that failed", unit: units.PercentUnit, most: 1, empty: "No notification was sent, or Alertmanager is not scraped",
				description: "Share in 30 minutes, of the kind of receiver that fails most. Its alert fires from 3 failures on.", checks: []string{"PR-014"},
				lines:   []line{notificationLine},
				queries: []query{{legend: "failed", instant: true, expr: "max(" + failedShare() + ")"}}})
	}
	return row{id: 8100, title: "Now", height: 4, panels: panels}
}

func firings(v view) row {
	named := alertName + ", " + alertSeverity
	return row{id: 8200, title: "What fires", height: 8, panels: []panel{
		{id: 8201, kind: stackedSeries, width: 12, title: "Alerts that fire, by severity", unit: units.Short, empty: "Nothing fired",
			description: "How many fire at a time. Critical ones page, warnings are tickets, the rest is a digest.",
			queries:     []query{{legend: "{{" + alertSeverity + "}}", expr: "count by (" + alertSeverity + ") (" + v.fires() + ")"}}},
		{id: 8202, kind: table, width: 12, title: "How often alerts began to fire, top 20", unit: units.Short, empty: "Nothing fired",
			description: "In the time range. Begin with the first: mend what it is about, or its threshold.", checks: []string{"PR-041"},
			queries: []query{{instant: true, expr: fmt.Sprintf("topk(20, %s)", sum(named, v.episodes("$__range")))}}},
		{id: 8203, kind: timeSeries, width: 12, title: "Incidents in 12 hours, by team", unit: units.Short, empty: "No critical alert fired",
			description: "Services that began to have critical alerts within a shift. The blank team answers for services that have none.", checks: []string{"PR-041"},
			lines:   []line{pageLine},
			queries: []query{{legend: "team {{" + alertTeam + "}}", expr: v.incidents()}}},
		{id: 8204, kind: timeSeries, width: 12, title: "Alerts that come and go, top 10", unit: units.Short, empty: "No alert fired",
			description: "How often each ended and fired again within 2 hours.", checks: []string{"PR-041"},
			lines:   []line{flapLine},
			queries: []query{{legend: "{{" + alertName + "}} " + byIdentity, expr: "topk(10, " + v.flapping() + " > 0)"}}},
	}}
}

func alwaysAndNever(v view) row {
	panels := []panel{{id: 8301, kind: table, width: 12, title: "Share of the time range that an alert fired, top 20", unit: units.PercentUnit, most: 1, empty: "Nothing fired",
		description: "What fires always tells nobody anything: mend it, raise its threshold, or disable it. Before the first data there is no alert, so that the share is too low at first.",
		checks:      []string{"PR-041"},
		queries: []query{{instant: true, expr: fmt.Sprintf("topk(20, max by (%s, %s, %s) (%s) / on () group_left () count_over_time(vector(1)[$__range:1m]))",
			alertName, alertSeverity, identity, v.firingMinutes("$__range"))}}}}
	if v.service == nil {
		panels = append(panels, panel{id: 8302, kind: namesOnly, width: 12, title: "Alerts that never fired", unit: units.Short, empty: "Every alert fired",
			description: "In the time range, whatever service is chosen. Most are well so. One that ought to have fired in an incident has a wrong threshold, or nothing that tells of its cause.",
			checks:      []string{"PR-038"},
			queries: []query{{instant: true, expr: fmt.Sprintf("(%s) unless on (%s) group by (%s) (count_over_time(%s{%s}[$__range]))",
				v.alertNames(), alertName, alertName, alertsMetric, firing)}}})
	}
	return row{id: 8300, title: "Always and never", height: 8, panels: panels}
}

// namesOnly is a table of labels, whose values say nothing.
func namesOnly(v view, p panel) cog.Builder[dashboard.Panel] {
	return table(v, p).(*tablesdk.PanelBuilder).WithTransformation(dashboard.DataTransformerConfig{
		Id: "organize", Options: map[string]any{"excludeByName": map[string]bool{"Value": true}},
	})
}

// alertNames has a series for the name of each alert that is not disabled.
func (v view) alertNames() string {
	var all []string
	for _, name := range catalog.AlertNames() {
		if !slices.Contains(v.catalog.Defaults.Disabled, name) {
			all = append(all, fmt.Sprintf(`label_replace(vector(1), %q, %q, "", "")`, alertName, name))
		}
	}
	return strings.Join(all, " or ")
}

var notificationLine = line{alert: "AlertmanagerNotificationsFailing", at: fixed(failedNotifications)}

// failedShare is the share of notifications that failed, by kind of receiver.
func failedShare() string {
	in30m := func(m telemetry.Metric) string {
		return sum(telemetry.Job+", "+telemetry.Integration, "increase("+m.Name+"[30m])")
	}
	return fmt.Sprintf("%s / (%s > 0)", in30m(telemetry.NotificationsFailed), in30m(telemetry.Notifications))
}

func machinery() row {
	return row{id: 8400, title: "Whether somebody is told", height: 8, folded: true, panels: []panel{
		{id: 8401, kind: timeSeries, width: 8, title: "Time to evaluate rules, of their interval, top 10", unit: units.PercentUnit, empty: "Prometheus is not scraped",
			description: "A group that takes longer than its interval misses evaluations, and its alerts are late.", checks: []string{"PR-014"},
			lines: []line{{at: fixed(1)}},
			queries: []query{{legend: "{{" + telemetry.RuleGroup + "}}",
				expr: fmt.Sprintf("topk(10, %s / (%s > 0))", telemetry.RuleGroupDuration.Name, telemetry.RuleGroupInterval.Name)}}},
		{id: 8402, kind: timeSeries, width: 8, title: "Evaluations that failed, by group", unit: units.Short, empty: "Prometheus is not scraped",
			description: "In 10 minutes, the ten groups with the most. The page /rules of that Prometheus shows the error.",
			lines:       []line{{alert: "RuleEvaluationFailing", at: fixed(once)}},
			queries: []query{{legend: "{{" + telemetry.RuleGroup + "}} {{" + telemetry.Instance + "}}",
				expr: fmt.Sprintf("topk(10, sum by (%s, %s) (increase(%s[10m])))", telemetry.Instance, telemetry.RuleGroup, telemetry.RuleFailures.Name)}}},
		{id: 8403, kind: timeSeries, width: 8, title: "Share of notifications that failed", unit: units.PercentUnit, most: 1, empty: "No notification was sent, or Alertmanager is not scraped",
			description: "By kind of receiver, in 30 minutes. Whoever should have been told was not.",
			lines:       []line{notificationLine},
			queries:     []query{{legend: "{{" + telemetry.Integration + "}}", expr: failedShare()}}},
	}}
}
