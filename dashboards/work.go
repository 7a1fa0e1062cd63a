package dashboards

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func work(v view) board {
	return board{
		uid: workUID, title: titles[workUID], from: "now-3h",
		description: "What services call, and what they do in the background: dependencies, queues, jobs, pools of database connections.",
		filters:     v.serviceFilters(true), annotated: true,
		rows: workRows(v),
	}
}

// workRows have the ids 3000 to 3499.
func workRows(v view) []row {
	rows := []row{{id: 3000, title: "Now", height: 4, panels: workNow(v)}, dependencyRow(v), queueRow(v)}
	return append(rows, jobRow(v), poolRow(v))
}

func workNow(v view) []panel {
	now := []panel{
		alertsFiring(v, 3001, 4, "Dependencies in error", telemetry.RecordedDependencyRequests, uncalled, "DependencyErrors"),
		alertsFiring(v, 3003, 4, "Jobs that fail", telemetry.RecordedJobRuns, "No job has run", "BackgroundJobFailing"),
		alertsFiring(v, 3006, 4, "Pools that are full or unstable", telemetry.RecordedServicePoolUsed, unpooled, "DBConnectionPoolSaturated", "DBConnectionsUnstable"),
	}
	now[0].checks, now[1].checks, now[2].checks = []string{"PR-101"}, []string{"PR-099"}, []string{"PR-100"}
	if critical := criticalDependencies(v); len(critical) > 0 {
		now = append(now, panel{
			id: 3002, kind: stat, width: 4, title: "Failed calls, worst critical dependency", unit: units.PercentUnit, empty: "No call of a dependency that is declared as critical", most: 1,
			description: "The largest share of failed calls among the dependencies that the services file calls critical.",
			checks:      []string{"PR-037"}, lines: []line{dependencyLine},
			queries: []query{{legend: "failed", expr: "max(" + perItem(v, telemetry.Peer, critical) + ")", instant: true}},
		})
	}
	if v.service == nil || len(v.service.Queues) > 0 {
		now = append(now, alertsFiring(v, 3004, 4, "Queues that grow", telemetry.RecordedQueueDepth, unqueued, "QueueBacklogGrowing"))
	}
	if v.service == nil || len(lateJobs(v)) > 0 {
		now = append(now, alertsFiring(v, 3005, 4, "Jobs that are late", telemetry.RecordedJobWatched, unscheduled, "BackgroundJobNotRunning"))
	}
	return now
}

// What emptiness means.
const (
	uncalled    = "No calls of other systems that the gateway counts"
	unqueued    = "No queue is declared"
	unscheduled = "No job with a schedule is declared"
	unpooled    = "No service tells of a pool of database connections"
)

// dependencyLine is the threshold of calls that fail.
var dependencyLine = line{alert: "DependencyErrors", of: telemetry.RecordedDependencyRequests,
	at: func(p catalog.Policy) float64 { return p.Thresholds.DependencyRatio }}

const (
	byPeer     = byIdentity + " {{" + telemetry.DependencyKind + "}} {{" + telemetry.Peer + "}}"
	byJob      = byIdentity + " {{" + telemetry.JobName + "}}"
	byQueue    = byIdentity + " {{" + telemetry.Queue + "}}"
	byPool     = byIdentity + " {{" + telemetry.Pool + "}}"
	byConsumer = byIdentity + " {{" + telemetry.Destination + "}}"
)

// top are the n largest, for what telemetry alone bounds.
func top(n int, expr string) string { return fmt.Sprintf("topk(%d, %s)", n, expr) }

func dependencyRow(v view) row {
	peers := identity + ", " + telemetry.DependencyKind + ", " + telemetry.Peer
	return row{id: 3100, title: "Dependencies", height: 8, panels: []panel{
		{id: 3101, kind: timeSeries, width: 8, title: "Share of failed calls by dependency, top 15", unit: units.PercentUnit, empty: uncalled,
			description: "Share of calls that failed. If several services fail to reach the same dependency, it is the dependency; if one does, look between the two.",
			checks:      []string{"PR-037", "PR-101"}, lines: []line{dependencyLine}, links: []link{logsOf, tracesOf}, drill: redUID,
			queries: []query{{legend: byPeer, expr: top(15, v.recorded(telemetry.RecordedDependencyErrorRatio))}}},
		{id: 3102, kind: timeSeries, width: 8, title: "Calls by dependency, top 15", unit: units.RequestsPerSecond, empty: uncalled,
			description: "Calls per second of each dependency. Far more than requests grew means retries.",
			queries:     []query{{legend: byPeer, expr: top(15, v.recorded(telemetry.RecordedDependencyRequests))}}},
		{id: 3103, kind: timeSeries, width: 8, title: "Duration of calls, p95, top 15", unit: units.Seconds, empty: uncalled,
			description: "95 of 100 calls of a dependency take at most this long. One that became slow makes its callers slow.",
			links:       []link{tracesOf},
			queries: []query{{legend: byPeer, exemplars: true,
				expr: top(15, quantile("0.95", peers, rate(v.counted(telemetry.DependencyRequestDuration.BucketName()))))}}},
	}}
}

// criticalDependencies are those that the file calls so, by their share of failed calls.
func criticalDependencies(v view) []item {
	var all []item
	for _, s := range v.services() {
		for _, d := range s.Dependencies {
			if d.Critical {
				all = append(all, item{s, d.Name, telemetry.RecordedDependencyErrorRatio + "{$$}"})
			}
		}
	}
	return all
}

func queueRow(v view) row {
	messages := telemetry.MessagesProcessed.Name
	sent := v.counted(telemetry.DependencyRequests.Name, telemetry.DependencyKind+`="messaging"`)
	consumed := identity + ", " + telemetry.Destination
	r := row{id: 3200, title: "Queues and messages", height: 8, panels: []panel{
		{id: 3202, kind: timeSeries, width: 8, title: "Messages in and out", unit: units.MessagesPerSecond, empty: unheardMessages,
			description: "Messages that services send to, and take from, a destination. A queue grows while more go in than come out.",
			queries: []query{
				{legend: "in {{" + telemetry.Peer + "}}", expr: top(10, sum(telemetry.Peer, rate(sent)))},
				{legend: "out {{" + telemetry.Destination + "}}", expr: top(10, sum(telemetry.Destination, rate(v.counted(messages))))},
			}},
		{id: 3203, kind: timeSeries, width: 8, title: "Share of messages that fail, top 10", unit: units.PercentUnit, empty: unheardMessages,
			description: "Messages that a consumer could not process. One that comes back for ever poisons its queue.",
			links:       []link{logsOf, tracesOf},
			queries: []query{{legend: byConsumer, expr: top(10, ratio(consumed,
				rate(v.counted(messages, telemetry.Outcome+`="`+telemetry.Failure+`"`)), rate(v.counted(messages))))}}},
		{id: 3204, kind: timeSeries, width: 8, title: "Duration of processing, p95, top 10", unit: units.Seconds, empty: unheardMessages,
			description: "95 of 100 messages, or batches of them, are processed within this time. Slow consumers make long queues.",
			links:       []link{tracesOf},
			queries: []query{{legend: byConsumer, exemplars: true,
				expr: top(10, quantile("0.95", consumed, rate(v.counted(telemetry.MessageProcessDuration.BucketName()))))}}},
	}}
	var most []item
	for _, s := range v.services() {
		for _, q := range s.Queues {
			most = append(most, item{s, q.Name, fmt.Sprintf("%s * group by (%s, %s) (%s{$$})", number(q.MaxDepth), identity, telemetry.Queue, telemetry.RecordedQueueDepth)})
		}
	}
	if v.service != nil && len(most) == 0 {
		return r
	}
	for i := range r.panels {
		r.panels[i].width = 6
	}
	r.panels = append([]panel{{
		id: 3201, kind: timeSeries, width: 6, title: "Messages that wait, by queue", unit: units.Short, empty: unqueued,
		description: "Depth of each declared queue. A line is the max_depth of a queue: above it, while it grows, QueueBacklogGrowing fires.",
		checks:      []string{"PR-038"},
		queries:     append([]query{{legend: byQueue, expr: v.declared(telemetry.RecordedQueueDepth)}}, itemLines(v, telemetry.Queue, byQueue, most)...),
	}}, r.panels...)
	return r
}

const unheardMessages = "No messages that the gateway counts"

// jobLine is the threshold of runs that fail.
var jobLine = line{alert: "BackgroundJobFailing", of: telemetry.RecordedJobRuns,
	at: func(p catalog.Policy) float64 { return p.Thresholds.JobRatio }}

// lateJobs are the jobs with a schedule, and after how long each is late.
func lateJobs(v view) []item {
	var all []item
	for _, s := range v.services() {
		for _, j := range s.Jobs {
			if j.Every > 0 {
				late := s.Thresholds.JobLateFactor * j.Every.Seconds()
				all = append(all, item{s, j.Name, fmt.Sprintf("%s * group by (%s, %s) (%s{$$})", number(late), identity, telemetry.JobName, telemetry.RecordedJobWatched)})
			}
		}
	}
	return all
}

func jobRow(v view) row {
	var (
		runs     = sum("", v.recorded(telemetry.RecordedJobRuns))
		failures = sum("", v.recorded(telemetry.RecordedJobFailures))
		late     = lateJobs(v)
	)
	r := row{id: 3300, title: "Jobs", height: 8, panels: []panel{
		{id: 3301, kind: stackedSeries, width: 8, title: "Runs of jobs in 15 minutes", unit: units.Short, empty: "No job has run",
			description: "Runs that ended well, and runs that failed.",
			checks:      []string{"PR-099"},
			queries: []query{
				{legend: "success", expr: fmt.Sprintf("clamp_min(%s - %s, 0)", runs, failures)},
				{legend: "failure", expr: failures},
			}},
		{id: 3302, kind: timeSeries, width: 8, title: "Share of failed runs by job, top 15", unit: units.PercentUnit, empty: "No job has run in 15 minutes",
			description: "Share of runs that failed, over 15 minutes. Of jobs that run seldom, the alert looks at 6 hours.",
			checks:      []string{"PR-099"}, lines: []line{jobLine}, links: []link{logsOf, tracesOf},
			queries: []query{{legend: byJob, expr: top(15, v.recorded(telemetry.RecordedJobFailureRatio))}}},
		{id: 3303, kind: timeSeries, width: 8, title: "Duration of runs, p95, top 15", unit: units.Seconds, empty: "No job has run",
			description: "95 of 100 runs of a job take at most this long. One that takes longer than its interval will run twice at once, or be skipped.",
			queries: []query{{legend: byJob, exemplars: true,
				expr: top(15, quantile("0.95", identity+", "+telemetry.JobName, rate(v.counted(telemetry.JobDuration.BucketName()))))}}},
		{id: 3304, kind: table, width: 12, title: "Time since the last success of each job", unit: units.Seconds, empty: "No run of a job has succeeded",
			description: "The 30 jobs whose last success, of those that the gateway remembers, is the longest ago.",
			checks:      []string{"PR-099"},
			queries:     []query{{expr: top(30, "time() - "+v.recorded(telemetry.RecordedJobSuccess)), instant: true}}},
	}}
	if v.service != nil && len(late) == 0 {
		return r
	}
	r.panels = append(r.panels, panel{
		id: 3305, kind: timeSeries, width: 12, title: "Time without success of jobs with a schedule", unit: units.Seconds, empty: unscheduled,
		description: "Time since the last success, or, of a job that never had one, since it is watched. A line is the interval of a job times job_late_factor: above it BackgroundJobNotRunning fires.",
		checks:      []string{"PR-099"},
		queries: append([]query{{legend: byJob, expr: fmt.Sprintf("time() - (%s or on (%s, %s) %s)", v.declared(telemetry.RecordedJobKnownSuccess),
			telemetry.Service, telemetry.JobName, v.declared(telemetry.RecordedJobWatched))}}, itemLines(v, telemetry.JobName, byJob, late)...),
	})
	return r
}
