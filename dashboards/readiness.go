package dashboards

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/telemetry"
)

func readiness(v view) board {
	return board{
		uid: readinessUID, title: titles[readinessUID], from: "now-24h",
		description: "Is it ready for production, and does it stay so? Lines of the checklist that telemetry decides, critical alerts, objectives, and the safety of data.",
		filters:     v.serviceFilters(false), annotated: true,
		rows: readinessRows(v),
	}
}

// whatAGateIs is said beside the gates.
const whatAGateIs = `**A gate** is a line of the checklist that telemetry decides at this moment.

- **Pass**: something is known, and it is within the numbers of the services file.
- **Fail**: it is not, of one selected service at least. *Gates that fail* names them.
- **A gate that is missing is unknown, and unknown is no pass**: nothing was heard of it, it was not declared in the services file, or its alert is disabled.

The other lines of the checklist are not seen in telemetry: their owners sign them, or tests decide.`

// noServices is what emptiness of all means.
const noServices = "No service is heard of: is the gateway scraped, and are the rules loaded?"

// passes are the states of gates.
var passes = []state{{0, "Fail", bad}, {1, "Pass", good}}

// silent are the alerts about services that are away.
var silent = named("ServiceDown", "ServiceTelemetryAbsent", "ServiceNeverSeen")

// readinessRows have the ids 10000 to 10999.
func readinessRows(v view) []row {
	gates := gatesOf(v)
	checks := make([]string, 0, len(gates))
	for _, g := range gates {
		if len(checks) == 0 || checks[len(checks)-1] != g.check {
			checks = append(checks, g.check)
		}
	}
	return []row{
		{id: 10100, title: "Now", height: 4, panels: []panel{
			{id: 10101, kind: stat, width: 6, title: "Critical alerts", unit: units.Short, empty: noServices,
				description: "Alerts that fire and page somebody.",
				checks:      []string{"PR-095"}, lines: []line{{at: fixed(1)}},
				queries: []query{{legend: "critical alerts", expr: v.countFiring(criticalOnly, telemetry.RecordedSilence), instant: true}}},
			{id: 10102, kind: stat, width: 6, title: "Gates that fail", unit: units.Short, empty: noServices,
				description: "How many gates services fail, one service counted for each gate.",
				lines:       []line{{at: fixed(1)}},
				queries: []query{{legend: "gates", instant: true,
					expr: fmt.Sprintf("count(%s) or 0 * count(%s)", failing(gates), v.recorded(telemetry.RecordedSilence))}}},
			{id: 10103, kind: stat, width: 6, title: "Services that are away", unit: units.Short, empty: noServices,
				description: "Services that are down, fell silent, or were declared and never heard of.",
				checks:      []string{"PR-092"}, lines: []line{{at: fixed(1)}},
				queries: []query{{legend: "services", instant: true,
					expr: fmt.Sprintf("count(group by (%s) (%s)) or 0 * count(%s)", identity, v.declared(alertsMetric, silent, firing), v.recorded(telemetry.RecordedSilence))}}},
			{id: 10104, kind: stat, width: 6, title: "Least error budget left", unit: units.PercentUnit, empty: unasked,
				description: "What is left of the error budget of 30 days, of the service with the least.",
				checks:      []string{"PR-038"}, lines: []line{budgetLine},
				queries: []query{{legend: "left", expr: "min(" + budgetLeft(v) + ")", instant: true}}},
		}},
		{id: 10200, title: "Gates", height: 10, panels: []panel{
			{id: 10201, kind: stat, width: 18, title: "Gates, now", unit: units.NoUnit, empty: noServices,
				description: "Each gate, by the worst of the selected services. A gate that is missing is unknown, and no pass.",
				checks:      checks, states: passes,
				queries: gateQueries(gates, true)},
			{id: 10202, kind: note, width: 6, title: "What a gate is", description: "How to read the gates.", text: whatAGateIs},
			{id: 10203, kind: timeline, width: 14, height: 14, title: "Gates, over time", unit: units.NoUnit, empty: noServices,
				description: "The same over the time range: when did a gate begin to fail? Gaps are times of which nothing is known.",
				states:      passes,
				queries:     gateQueries(gates, false)},
			{id: 10204, kind: table, width: 10, height: 14, title: "Gates that fail, by service", unit: units.NoUnit, empty: "Nothing fails that is known",
				description: "Which service fails which gate. A click leads to its requests.",
				states:      passes, drill: redUID,
				queries: []query{{expr: failing(gates), instant: true}}},
		}},
		{id: 10300, title: "Critical alerts", height: 8, panels: []panel{
			{id: 10301, kind: table, width: 24, title: "Critical alerts that fire", unit: units.DateTimeFromNow, empty: "No critical alert fires",
				description: "What pages somebody, and since when its condition holds. Follow the runbook of the alert.",
				checks:      []string{"PR-095"}, drill: redUID,
				queries: []query{{instant: true, expr: fmt.Sprintf("1000 * (%s and ignoring (alertstate) %s)",
					v.declared("ALERTS_FOR_STATE", criticalOnly), v.declared(alertsMetric, criticalOnly, firing))}}},
		}},
		{id: 10400, title: "SLO", height: 8, panels: []panel{sloTable(v, 10401, 24)}},
		{id: 10500, title: "Data safety", height: 8, panels: safety(v)},
	}
}
