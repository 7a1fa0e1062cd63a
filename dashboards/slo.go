package dashboards

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	objective "github.com/readygate/readygate/internal/slo"
	"github.com/readygate/readygate/internal/telemetry"
)

func slo(v view) board {
	return board{
		uid: sloUID, title: titles[sloUID], from: "now-24h",
		description: "What users were promised over 30 days: how much may still go wrong, and how fast it is used up?",
		filters:     v.serviceFilters(false), annotated: true,
		rows: sloRows(v),
	}
}

// promise is an objective, and what is recorded of it.
type promise struct {
	// budget is the name of what is used up, of is what uses it up.
	budget, of string
	ratio      func(catalog.SLO) float64
	// fast and slow are the alerts.
	fast, slow string
	// recorded are the shares over the long windows of objective.Fast and objective.Slow.
	recorded [4]string
	// burn is how many times as fast as it may a service uses the budget up, by the
	// share in a recorded series.
	burn func(v view, series string) string
}

var (
	failures = promise{
		budget: "error budget", of: "requests fail",
		ratio: func(s catalog.SLO) float64 { return s.Availability },
		fast:  "ErrorBudgetBurnFast", slow: "ErrorBudgetBurnSlow",
		recorded: [4]string{telemetry.RecordedErrorRatioHourly, telemetry.SLOErrorRatio6h, telemetry.SLOErrorRatio1d, telemetry.SLOErrorRatio3d},
		burn: func(v view, series string) string {
			return strings.Join(v.forEach(objectiveOf, func(p catalog.Policy, more ...string) string {
				return v.recorded(series, more...) + " / " + number(objective.Budget(p.SLO.Availability))
			}), " or ")
		},
	}
	slowness = promise{
		budget: "latency budget", of: "requests are too slow",
		ratio: func(s catalog.SLO) float64 { return s.LatencyRatio },
		fast:  "LatencyBudgetBurnFast", slow: "LatencyBudgetBurnSlow",
		recorded: [4]string{telemetry.SLOSlowRatio1h, telemetry.SLOSlowRatio6h, telemetry.SLOSlowRatio1d, telemetry.SLOSlowRatio3d},
		// Of each service there is a share for each duration that is anybody's objective.
		burn: func(v view, series string) string {
			key := func(p catalog.Policy) string { return fmt.Sprint(p.SLO.Latency, p.SLO.LatencyRatio) }
			return strings.Join(v.forEach(key, func(p catalog.Policy, more ...string) string {
				within := fmt.Sprintf("%s=%q", telemetry.Within, p.SLO.Latency)
				return v.recorded(series, append(more, within)...) + " / " + number(objective.Budget(p.SLO.LatencyRatio))
			}), " or on ("+identity+") ")
		},
	}
)

// objectiveOf tells objectives of availability apart.
func objectiveOf(p catalog.Policy) string { return number(p.SLO.Availability) }

// line of a window, by its number in slices of both kinds.
func (o promise) line(i int) line {
	name := o.fast
	if i >= len(objective.Fast()) {
		name = o.slow
	}
	return line{alert: name, of: telemetry.RecordedRequests,
		at: func(p catalog.Policy) float64 { return windows()[i].Attainable(o.ratio(p.SLO)) }}
}

func windows() []objective.Window { return slices.Concat(objective.Fast(), objective.Slow()) }

// spans are the windows in words.
var spans = []struct{ long, short string }{{"hour", "5 minutes"}, {"6 hours", "30 minutes"}, {"day", "2 hours"}, {"3 days", "6 hours"}}

// panels are one for each window.
func (o promise) panels(v view, first uint32, legend string) []panel {
	var all []panel
	for i, span := range spans {
		all = append(all, panel{
			id: first + uint32(i), kind: timeSeries, width: 12, unit: units.Short, empty: unasked,
			title:       fmt.Sprintf("Use of the %s, over the last %s", o.budget, span.long),
			description: fmt.Sprintf("How many times as fast as allowed %s: at 1 the budget is gone after 30 days. The alert fires if the line is crossed over the last %s, too, and 10 requests were bad.", o.of, span.short),
			checks:      []string{"PR-038"}, lines: []line{o.line(i)}, drill: redUID, links: []link{logsOf, tracesOf},
			queries: []query{{legend: legend, expr: o.burn(v, o.recorded[i])}},
		})
	}
	return all
}

// budgetLine is where nothing is left.
var budgetLine = line{alert: "ErrorBudgetExhausted", at: fixed(0), floor: true}

// budgetLeft is the share of the error budget of 30 days that is left: below 0 where
// more than all was used. Where less is recorded, it is about that.
func budgetLeft(v view) string {
	parts := v.forEach(objectiveOf, func(p catalog.Policy, more ...string) string {
		return fmt.Sprintf("1 - %s / %s", v.recorded(telemetry.SLOErrorRatio30d, more...), number(objective.Budget(p.SLO.Availability)))
	})
	return strings.Join(parts, " or ")
}

// sloTable has the objective of each service, its tier, and what is left.
func sloTable(v view, id, width uint32) panel {
	key := func(p catalog.Policy) string { return string(p.Tier) + " " + objectiveOf(p) }
	parts := v.forEach(key, func(p catalog.Policy, more ...string) string {
		left := fmt.Sprintf("1 - %s / %s", v.recorded(telemetry.SLOErrorRatio30d, more...), number(objective.Budget(p.SLO.Availability)))
		if p.Tier != "" {
			left = fmt.Sprintf(`label_replace(%s, "tier", %q, "", "")`, left, p.Tier)
		}
		return fmt.Sprintf(`label_replace(%s, "objective", %q, "", "")`, left, percentage(p.SLO.Availability))
	})
	return panel{
		id: id, kind: table, width: width, title: "Error budget left, by service", unit: units.PercentUnit,
		empty:       "No requests in 30 days",
		description: "Of the requests that the objective allows to fail over 30 days, the share that may still fail. Below 0 the objective is missed.",
		checks:      []string{"PR-038"}, lines: []line{budgetLine}, drill: sloUID,
		queries: []query{{expr: strings.Join(parts, " or on ("+identity+") "), instant: true}},
	}
}

// percentage writes an objective with all its digits: 99.999 % is not 100 %.
func percentage(ratio float64) string { return number(100-100*objective.Budget(ratio)) + " %" }

// budgetAlerts are all that this dashboard is about.
var budgetAlerts = named("ErrorBudgetBurnFast", "ErrorBudgetBurnSlow", "LatencyBudgetBurnFast", "LatencyBudgetBurnSlow", "ErrorBudgetExhausted")

// sloRows have the ids 1000 to 1999.
func sloRows(v view) []row {
	last := func(expr string) string { return "max(" + expr + ")" }
	return []row{
		{id: 1100, title: "Now", height: 4, panels: []panel{
			{id: 1101, kind: stat, width: 6, title: "Least error budget left", unit: units.PercentUnit, empty: unasked,
				description: "What is left of the error budget of 30 days, of the service with the least.",
				checks:      []string{"PR-038"}, lines: []line{budgetLine},
				queries: []query{{legend: "left", expr: "min(" + budgetLeft(v) + ")", instant: true}}},
			{id: 1102, kind: stat, width: 6, title: "Fastest use of an error budget, 1 hour", unit: units.Short, empty: unasked,
				description: "How many times as fast as allowed requests fail, of the service where it is worst. At 1 the budget lasts 30 days, at 14.4 two days.",
				checks:      []string{"PR-038"}, lines: []line{failures.line(0)},
				queries: []query{{legend: "times", expr: last(failures.burn(v, failures.recorded[0])), instant: true}}},
			{id: 1103, kind: stat, width: 6, title: "Fastest use of a latency budget, 1 hour", unit: units.Short, empty: unasked,
				description: "The same of requests that took longer than the objective says.",
				checks:      []string{"PR-094"}, lines: []line{slowness.line(0)},
				queries: []query{{legend: "times", expr: last(slowness.burn(v, slowness.recorded[0])), instant: true}}},
			{id: 1104, kind: stat, width: 6, title: "Alerts about budgets", unit: units.Short, empty: unasked,
				description: "Alerts that fire about error and latency budgets. Those about fast use page somebody.",
				checks:      []string{"PR-038"}, lines: []line{{at: fixed(1)}},
				queries: []query{{legend: "alerts", expr: v.countFiring(budgetAlerts, telemetry.RecordedRequests), instant: true}}},
		}},
		{id: 1200, title: "Budget of 30 days", height: 8, panels: []panel{
			{id: 1201, kind: timeSeries, width: 12, title: "Error budget left", unit: units.PercentUnit, empty: unasked, most: 1, signed: true,
				description: "What is left of the error budget of 30 days. A step down is an outage; a slope is a small share of failures that never ends.",
				checks:      []string{"PR-038"}, lines: []line{budgetLine}, drill: redUID,
				queries: []query{{legend: byIdentity, expr: budgetLeft(v)}}},
			sloTable(v, 1202, 12),
		}},
		{id: 1300, title: "How fast errors use it up", height: 8, panels: failures.panels(v, 1301, byIdentity)},
		{id: 1400, title: "When, and who", height: 8, panels: []panel{
			{id: 1401, kind: timeline, width: 24, title: "Bad minutes", unit: units.NoUnit, empty: unasked,
				description: "Minutes in which more requests failed, over the last 5, than the objective allows. Hold them against the marks of releases.",
				checks:      []string{"PR-038"}, drill: redUID,
				states:  []state{{0, "Within the objective", good}, {1, "Too many failed", bad}},
				queries: []query{{legend: byIdentity, expr: badMinutes(v)}}},
			{id: 1402, kind: timeSeries, width: 12, title: "Failed requests in an hour", unit: units.Short, empty: unasked,
				description: "When did the budget go? Each point is the number of requests that failed in the hour before.",
				checks:      []string{"PR-104"}, drill: redUID, links: []link{logsOf, tracesOf},
				queries: []query{{legend: byIdentity, expr: v.recorded(telemetry.SLOErrorsHourly)}}},
			{id: 1403, kind: table, width: 12, title: "Services that use their error budget up", unit: units.Short,
				empty:       "No service fails more than its objective allows",
				description: "How many times as fast as allowed requests failed over the last 6 hours, of the 20 services where it was worst. At 1 the budget is gone after 30 days.",
				checks:      []string{"PR-038"}, lines: []line{failures.line(1)}, drill: redUID,
				queries: []query{{expr: "topk(20, (" + failures.burn(v, failures.recorded[1]) + ") > 1)", instant: true}}},
		}},
		{id: 1500, title: "How fast slow requests use the latency budget up", height: 8, folded: true,
			panels: slowness.panels(v, 1501, byIdentity+" {{"+telemetry.Within+"}}")},
	}
}

// badMinutes are 1 where more requests failed than the objective allows, else 0.
func badMinutes(v view) string {
	return strings.Join(v.forEach(objectiveOf, func(p catalog.Policy, more ...string) string {
		return v.recorded(telemetry.RecordedErrorRatio, more...) + " > bool " + number(objective.Budget(p.SLO.Availability))
	}), " or ")
}

// countFiring is the number of such alerts that fire; 0 where none does and the series
// is there, for without it nothing is known.
func (v view) countFiring(alerts, series string) string {
	return fmt.Sprintf("count(%s) or 0 * count(%s)", v.declared(alertsMetric, alerts, firing), v.recorded(series))
}
