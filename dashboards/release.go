package dashboards

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	tablesdk "github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func release(v view) board {
	return board{
		uid: releaseUID, title: titles[releaseUID], from: "now-6h",
		description: "May the canary go on, must it go back, and is a service well after its release?",
		filters:     v.serviceFilters(true), annotated: true,
		rows: releaseRows(v),
	}
}

// releaseRows have the ids 5000 to 5499. A service that is not released by canaries has
// nothing about them.
func releaseRows(v view) []row {
	now := row{id: 5000, title: "Now", height: 4, panels: releaseNow(v)}
	if !canaries(v) {
		return []row{now, afterRow(v)}
	}
	now.panels = append(canaryNow(v), now.panels...)
	return []row{now, verdictRow(v), compareRow(v), afterRow(v), percentileRow(v)}
}

// canaries reports whether there may be canaries in the view.
func canaries(v view) bool {
	return v.service == nil || v.service.Rollout == nil || v.service.Rollout.Strategy == "canary"
}

// Lines of releases.
var (
	requestsLine = line{alert: "CanaryInsufficientTraffic", floor: true, color: caution,
		at: func(p catalog.Policy) float64 { return p.Thresholds.CanaryMinRequests }}
	deltaLine = line{alert: "CanaryErrorRegression", of: telemetry.CanaryFewest,
		at: func(p catalog.Policy) float64 { return p.Thresholds.CanaryDelta }}
	chanceLine = line{of: telemetry.CanaryFewest,
		at: func(p catalog.Policy) float64 { return p.Thresholds.CanaryZ }}
	slowdownLine = line{alert: "CanaryLatencyRegression", of: telemetry.CanaryFewest,
		at: func(p catalog.Policy) float64 { return p.Thresholds.CanarySlowdown }}
	releasedLine = line{alert: "PostDeployErrorRateHigh", of: telemetry.RecordedRequests,
		at: func(p catalog.Policy) float64 { return p.Thresholds.ReleaseErrorRatio }}
	watchedLine = line{at: func(p catalog.Policy) float64 { return p.Thresholds.ReleaseWatch.Seconds() }, floor: true, color: caution}
)

const (
	noCanary   = "No canary that the gateway knows"
	noStage    = "No canary is at a stage that the services file declares"
	noRelease  = "No release within a day"
	byRollout  = byIdentity + " {{stage}}"
	bySide     = "{{" + telemetry.Canary + "}} " + byIdentity
	ofCanary   = telemetry.Canary + `="` + telemetry.CanaryRelease + `"`
	canarySpan = "900" // seconds; alerts judge canaries by the requests of 15 minutes
)

func releaseNow(v view) []panel {
	during := alertsFiring(v, 5006, 4, "Alerts about releases", telemetry.RecordedRequests, unasked,
		"CanaryErrorRegression", "CanaryLatencyRegression", "PostDeployErrorRateHigh", "CriticalAlertDuringRollout")
	during.checks = []string{"PR-031"}
	return []panel{
		{id: 5005, kind: stat, width: 4, title: "Since the last release", unit: units.Seconds, empty: noRelease,
			description: "Time since the newest version of the service released last was first heard of. Until release_watch is over, it is judged as a release.",
			lines:       []line{watchedLine},
			queries:     []query{{legend: "since", expr: fmt.Sprintf("time() - max(%s)", v.recorded(telemetry.ReleaseLast)), instant: true}}},
		during,
	}
}

// gatesAfter are the checks that a service must pass after its release.
var gatesAfter = []string{"PR-092", "PR-093", "PR-094", "PR-095", "PR-097", "PR-098", "PR-099", "PR-100", "PR-101", "PR-102"}

// deployGates are 1 for each gate that a service passes and 0 for each that it does not,
// of services that were released within a day.
func deployGates(v view) string {
	var all []string
	for _, g := range gatesOf(v) {
		if slices.Contains(gatesAfter, g.check) {
			all = append(all, fmt.Sprintf(`label_replace(%s, "gate", %q, "", "")`, g.passing, g.legend()))
		}
	}
	released := fmt.Sprintf("time() - %s < %d", v.recorded(telemetry.ReleaseLast), day)
	return fmt.Sprintf("(%s) and on (%s) (%s)", strings.Join(all, " or "), identity, orLess(released))
}

// less are the labels of the identity that may be all there is: what is recorded of what
// is declared, such as jobs, and the alerts about it have those only that the services
// file tells, while telemetry has more. The other labels are absent.
var less = []struct {
	kept   string
	absent []string
}{
	{telemetry.Service + ", " + telemetry.ServiceNamespace, []string{telemetry.Environment + `=""`}},
	{telemetry.Service + ", " + telemetry.Environment, []string{telemetry.ServiceNamespace + `=""`}},
	{telemetry.Service, []string{telemetry.ServiceNamespace + `=""`, telemetry.Environment + `=""`}},
}

// orLess has series of services, and each again with fewer labels: what a series with
// fewer is joined with.
func orLess(expr string) string {
	all := []string{expr}
	for _, l := range less {
		all = append(all, fmt.Sprintf("group by (%s) (%s)", l.kept, expr))
	}
	return strings.Join(all, " or ")
}

// lowestFirst is a table whose smallest values come first.
func lowestFirst(v view, p panel) cog.Builder[dashboard.Panel] {
	return table(v, p).(*tablesdk.PanelBuilder).SortBy([]cog.Builder[common.TableSortByFieldState]{
		common.NewTableSortByFieldStateBuilder().DisplayName("Value").Desc(false),
	})
}

func afterRow(v view) row {
	return row{id: 5300, title: "After a release", height: 8, panels: []panel{
		{id: 5301, kind: lowestFirst, width: 12, title: "Gates after a release", unit: units.Short, empty: noRelease,
			description: "What must be normal after a release, of services released within a day, failures first. What has no data is not in the table, and is not a pass.",
			checks:      gatesAfter, states: passes,
			queries: []query{{expr: deployGates(v), instant: true}}},
		{id: 5302, kind: timeline, width: 12, title: "Gates after a release, over time", unit: units.Short, empty: noRelease,
			description: "The worst of each gate among the services that were released within a day: what was well before the release, and is not since?",
			states:      passes, lines: []line{{at: fixed(1), floor: true}},
			queries: []query{{legend: "{{gate}}", expr: "min by (gate) (" + deployGates(v) + ")"}}},
		{id: 5303, kind: timeSeries, width: 8, title: "Share of errors by service", unit: units.PercentUnit, empty: unasked,
			description: "Share of requests that failed over 5 minutes. Above the line, a release may not stay.",
			checks:      []string{"PR-093"}, lines: []line{releasedLine}, drill: redUID, links: []link{logsOf, tracesOf},
			queries: []query{{legend: byIdentity, expr: v.recorded(telemetry.RecordedErrorRatio)}}},
		{id: 5304, kind: timeSeries, width: 8, title: "Exceptions by version, top 10", unit: units.CountsPerSecond, empty: "No exception that the gateway counts",
			description: "Exceptions per second, by release and class. One that only the new version throws came with it.",
			checks:      []string{"PR-104"}, links: []link{logsOf},
			queries: []query{{legend: byVersion + " {{" + telemetry.ExceptionType + "}}",
				expr: top(10, sum(version+", "+telemetry.ExceptionType, rate(v.counted(telemetry.Exceptions.Name))))}}},
		{id: 5305, kind: table, width: 8, title: "Versions, and since when", unit: units.DateTimeFromNow, empty: "No version that the gateway knows",
			description: "When each version was first heard of, by all that is known of a day: the newest 30 first.",
			queries:     []query{{expr: top(30, "1000 * "+v.recorded(telemetry.VersionFirst, matching(telemetry.Version))), instant: true}}},
	}}
}
