package dashboards

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// verdicts are what a canary deserves.
var verdicts = []state{{0, "Roll back", bad}, {1, "Hold", caution}, {2, "Promote", good}}

func canaryNow(v view) []panel {
	return decided([]panel{
		{id: 5001, kind: stat, width: 4, title: "Verdict", unit: units.Short, empty: noCanary,
			description: "The worst of all canaries that were heard of in 15 minutes. What it is made of stands below.",
			checks:      []string{"PR-033"}, states: verdicts,
			queries: []query{{legend: "verdict", expr: "min(" + verdict(v) + ")", instant: true}}},
		{id: 5002, kind: stat, width: 4, title: "Stage: share of requests", unit: units.PercentUnit, empty: noCanary, most: 1,
			description: "Share of the requests of 15 minutes that canaries get.",
			queries:     []query{{legend: byIdentity, expr: top(4, v.recorded(telemetry.CanaryShare)+" > 0"), instant: true}}},
		{id: 5003, kind: stat, width: 4, title: "Time in the stage", unit: units.Seconds, empty: noStage,
			description: "How long the canary has got the share of its stage.",
			queries:     []query{{legend: byRollout, expr: top(4, inStage(v)), instant: true}}},
		{id: 5004, kind: stat, width: 4, title: "Requests to judge by", unit: units.Short, empty: noCanary,
			description: "Requests of 15 minutes, of the canary and of stable with the fewest. Below the line a comparison says nothing: hold.",
			lines:       []line{requestsLine},
			queries: []query{{legend: "{{" + telemetry.Canary + "}}", instant: true,
				expr: fmt.Sprintf("min by (%s) (%s)", telemetry.Canary, v.recorded(telemetry.CanaryRequests)+" and on ("+identity+") ("+heardCanary(v)+")")}}},
	}, verdict(v))
}

// decided leaves out the first panel, with the verdict, where there can be none.
func decided(panels []panel, verdict string) []panel {
	if verdict == "" {
		return panels[1:]
	}
	return panels
}

// heardCanary has the services of which a canary was heard of within 15 minutes.
func heardCanary(v view) string {
	return fmt.Sprintf("group by (%s) (%s > time() - %s)", identity, v.recorded(telemetry.CanaryLastSeen, ofCanary), canarySpan)
}

// reach is how much of the way to its neighbours a stage reaches, because nothing routes
// exactly. It is that of CanaryStageOverdue, to which a test holds the borders.
const reach = 0.45

// staged are the services of the view that declare stages.
func staged(v view) []catalog.Service {
	return slices.DeleteFunc(slices.Clone(v.services()), func(s catalog.Service) bool {
		return s.Rollout == nil || s.Rollout.Strategy != "canary" || len(s.Rollout.Stages) < 2
	})
}

// ends is the share of requests up to which a canary is at a stage but the last.
func ends(plan []catalog.Stage, i int) float64 {
	return tidy((plan[i].Percent + reach*(plan[i+1].Percent-plan[i].Percent)) / 100)
}

// stages of services, but the last, which has nothing to wait for: the time for which each
// is watched, while the canary has its share of the requests.
func stages(v view) []item {
	var all []item
	for _, s := range staged(v) {
		plan := s.Rollout.Stages
		for i := range plan[1:] {
			from := 0.0
			if i > 0 {
				from = tidy((plan[i].Percent - reach*(plan[i].Percent-plan[i-1].Percent)) / 100)
			}
			all = append(all, item{s, "", fmt.Sprintf("0 * (%s{$$} > %s <= %s) + %s",
				telemetry.CanaryShare, number(from), number(ends(plan, i)), number(plan[i].Watch.Seconds()))})
		}
	}
	return all
}

// unfinished are the canaries that have not reached the last stage: at one of the others,
// or between two.
func unfinished(v view) []item {
	var all []item
	for _, s := range staged(v) {
		plan := s.Rollout.Stages
		all = append(all, item{s, "", fmt.Sprintf("%s{$$} <= %s", telemetry.CanaryShare, number(ends(plan, len(plan)-2)))})
	}
	return all
}

// tidy drops what binary fractions add.
func tidy(v float64) float64 { return math.Round(v*1e9) / 1e9 }

// inStage is for how long canaries have been at their stage: since CanaryStageOverdue
// began to wait.
func inStage(v view) string {
	return "time() - " + v.declared("ALERTS_FOR_STATE", named("CanaryStageOverdue"))
}

// verdict is of each service with a canary: 0 to roll back, 1 to hold, 2 to promote. A
// canary goes back when an alert about it fires. It waits while there are too few
// requests to judge by, while such an alert is about to fire, while anything critical
// fires about the service, and until its stage was watched for long enough. Where alerts
// about canaries are disabled, nobody judges, and there is no verdict; it is empty where
// that is everywhere.
func verdict(v view) string {
	var (
		regressions = []string{"CanaryErrorRegression", "CanaryLatencyRegression"}
		of          = func(value int, expr string) string {
			return fmt.Sprintf("%d * group by (%s) (%s)", value, identity, expr)
		}
		few = v.judged(requestsLine.at, func(n string, more ...string) string {
			return v.recorded(telemetry.CanaryFewest, more...) + " < bool " + n
		})
		parts = []string{
			of(0, v.declared(alertsMetric, named(regressions...), firing)),
			of(1, v.declared(alertsMetric, named(regressions...))),
			of(1, v.declared(alertsMetric, criticalOnly, firing)),
			of(1, v.troubled(telemetry.CanaryFewest)),
			of(1, few+" == 1"),
		}
	)
	if watch := perItem(v, "", stages(v)); watch != "" {
		parts = append(parts,
			of(2, fmt.Sprintf("max by (%s) (%s) >= on (%s) (%s)", identity, inStage(v), identity, watch)),
			of(1, perItem(v, "", unfinished(v))))
	}
	out := v.quiet(telemetry.CanaryFewest, regressions...)
	if out == "" {
		return ""
	}
	parts = append(parts, of(2, v.recorded(telemetry.CanaryFewest)))
	return fmt.Sprintf("(%s) and on (%s) (%s) and on (%s) (%s)", strings.Join(parts, " or "), identity, out, identity, heardCanary(v))
}

// troubled are the series of services about which something critical fires that tells
// fewer labels than they have.
func (v view) troubled(series string) string {
	var all []string
	for _, l := range less {
		alerts := v.declared(alertsMetric, append([]string{criticalOnly, firing}, l.absent...)...)
		all = append(all, fmt.Sprintf("%s and on (%s) %s", v.recorded(series), l.kept, alerts))
	}
	return strings.Join(all, " or ")
}

func verdictRow(v view) row {
	watched := []query{{legend: byRollout, expr: inStage(v)}}
	if watch := stages(v); len(watch) > 0 {
		watched = append(watched, itemLines(v, "", byIdentity, watch)...)
	}
	return row{id: 5100, title: "Verdict", height: 8, panels: decided([]panel{
		{id: 5101, kind: timeline, width: 14, title: "Verdict by service", unit: units.Short, empty: noCanary,
			description: "Roll back: the canary fails, or is slower, by more than chance. Hold: too few requests, an alert about to fire or a critical one firing, or the stage was not watched for long enough. Promote: none of these.",
			checks:      []string{"PR-033", "PR-031"}, states: verdicts, drill: redUID,
			queries: []query{{legend: byIdentity, expr: verdict(v)}}},
		{id: 5102, kind: timeSeries, width: 10, title: "Time in the stage", unit: units.Seconds, empty: noStage,
			description: "How long the canary has got the share of its stage. The line is how long the stage is to be watched; half an hour above it CanaryStageOverdue fires.",
			checks:      []string{"PR-026"},
			queries:     watched},
	}, verdict(v))}
}

func compareRow(v view) row {
	return row{id: 5200, title: "Canary and stable", height: 8, panels: []panel{
		{id: 5201, kind: timeSeries, width: 8, title: "Share of requests that canaries get", unit: units.PercentUnit, empty: noCanary, most: 1,
			description: "Over 15 minutes. A step is a stage.",
			queries:     []query{{legend: byIdentity, expr: v.recorded(telemetry.CanaryShare)}}},
		{id: 5202, kind: timeSeries, width: 8, title: "Share of errors", unit: units.PercentUnit, empty: noCanary,
			description: "Share of the requests of 15 minutes that failed.",
			checks:      []string{"PR-093"}, links: []link{logsOf, tracesOf},
			queries: []query{{legend: bySide, expr: v.recorded(telemetry.CanaryErrorRatio)}}},
		{id: 5203, kind: timeSeries, width: 8, title: "Difference of the shares of errors", unit: units.PercentUnit, empty: noCanary,
			description: "Canary less stable; below 0, where the canary is the better one, nothing is drawn. The alert fires above the line if chance does not explain it, too.",
			checks:      []string{"PR-093"}, lines: []line{deltaLine},
			queries: []query{{legend: byIdentity, expr: v.recorded(telemetry.CanaryErrorDelta)}}},
		{id: 5204, kind: timeSeries, width: 8, title: "Differences in standard deviations (z)", unit: units.Short, empty: "No canary, or neither canary nor stable has errors or slow requests",
			description: "How many standard deviations of chance lie between canary and stable. Above the line CanaryErrorRegression, of errors, and CanaryLatencyRegression, of slow requests, take a difference for one.",
			checks:      []string{"PR-093", "PR-094"}, lines: []line{chanceLine},
			queries: []query{
				{legend: "errors " + byIdentity, expr: v.recorded(telemetry.CanaryErrorZ)},
				{legend: "slow requests " + byIdentity, expr: v.recorded(telemetry.CanarySlowerZ)},
			}},
		{id: 5205, kind: timeSeries, width: 8, title: "Duration, p95", unit: units.Seconds, empty: noCanary,
			description: "95 of 100 requests of 15 minutes took at most this long.",
			checks:      []string{"PR-094"}, links: []link{tracesOf},
			queries: []query{{legend: bySide, expr: v.recorded(telemetry.CanaryP95)}}},
		{id: 5206, kind: timeSeries, width: 8, title: "How many times slower the canary is", unit: units.Short, empty: noCanary,
			description: "p95 of the canary in that of stable. The alert fires above the line if chance does not explain it, too.",
			checks:      []string{"PR-094"}, lines: []line{slowdownLine},
			queries: []query{{legend: byIdentity, expr: v.recorded(telemetry.CanarySlowdown)}}},
	}}
}

func percentileRow(v view) row {
	quantileOf := func(id uint32, title, q, says string) panel {
		buckets := rate(v.counted(telemetry.HTTPRequestDuration.BucketName(), telemetry.Canary+`!=""`))
		return panel{id: id, kind: timeSeries, width: 8, title: title, unit: units.Seconds, empty: noCanary,
			description: says + " requests over HTTP take at most this long.",
			queries:     []query{{legend: bySide, exemplars: true, expr: quantile(q, identity+", "+telemetry.Canary, buckets)}}}
	}
	return row{id: 5400, title: "Percentiles and memory", height: 8, folded: true, panels: []panel{
		quantileOf(5401, "Duration, p50", "0.5", "50 of 100"),
		quantileOf(5402, "Duration, p99", "0.99", "99 of 100"),
		{id: 5403, kind: timeSeries, width: 8, title: "Slope of memory by pod, top 10", unit: units.BytesPerSecondIEC, empty: "No container of these services is known",
			description: "Growth of the memory of each container over an hour. The pods of the canary are the new ones: if theirs grow and the others do not, the release leaks.",
			checks:      []string{"PR-098"},
			queries: []query{{legend: byIdentity + " {{" + telemetry.KubePod + "}} {{" + telemetry.KubeContainer + "}}",
				expr: top(10, "deriv("+v.declared(telemetry.RecordedServiceMemory)+"[1h])")}}},
	}}
}
