// Package work has the alerts about work in the background: queues and jobs.
package work

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// Family are the rules about queues and jobs: the checklist's "Queue depth" and
// "Background job success/failure rate" (section 2, "Key Metrics to Track") and "All
// background jobs running" (post-deployment).
func Family() rule.Family {
	return rule.Family{
		Name:       "work",
		Interval:   time.Minute,
		Recordings: recordings,
		Alerts:     []rule.Alert{queueBacklogGrowing(), backgroundJobFailing(), backgroundJobNotRunning()},
	}
}

// seldom is the window in which a job that runs seldom is judged.
const seldom = "6h"

// memory is how long Prometheus may be away before it forgets what only it knows.
const memory = "6h"

func recordings(c catalog.Catalog) []rule.Recording {
	var (
		identity = append(telemetry.ServiceIdentity(), telemetry.JobName)
		by       = "sum by (" + rule.Identity(telemetry.JobName) + ")"
		runs     = func(window string) string {
			return fmt.Sprintf("%s (increase(%s{%s}[%s]))", by, telemetry.JobRuns.Name, query.Ours, window)
		}
		// Filled with zeros: a job without failures has a ratio of 0, not none.
		failures = func(window, runs string) string {
			return fmt.Sprintf("%s (increase(%s{%s, %s=%q}[%s])) or 0 * %s", by, telemetry.JobRuns.Name, query.Ours,
				telemetry.Outcome, telemetry.Failure, window, runs)
		}
	)
	all := []rule.Recording{
		{Name: telemetry.RecordedJobRuns, Carries: identity, Expr: runs("15m")},
		{Name: telemetry.RecordedJobFailures, Carries: identity, Expr: failures("15m", telemetry.RecordedJobRuns)},
		{Name: telemetry.RecordedJobFailureRatio, Carries: identity, Expr: fmt.Sprintf("%s / (%s > 0)", telemetry.RecordedJobFailures, telemetry.RecordedJobRuns)},
		{Name: telemetry.RecordedJobRunsLong, Carries: identity, Expr: runs(seldom)},
		{Name: telemetry.RecordedJobFailuresLong, Carries: identity, Expr: failures(seldom, telemetry.RecordedJobRunsLong)},
		{Name: telemetry.RecordedJobFailureRatioLong, Carries: identity, Expr: fmt.Sprintf("%s / (%s > 0)", telemetry.RecordedJobFailuresLong, telemetry.RecordedJobRunsLong)},
		{Name: telemetry.RecordedJobSuccess, Carries: identity, Expr: fmt.Sprintf("max by (%s) (%s{%s})",
			rule.Identity(telemetry.JobName), telemetry.JobLastSuccess.Name, query.Ours)},
	}
	for _, entry := range c.Services {
		for _, s := range rule.Split(entry) {
			for _, q := range s.Queues {
				all = append(all, ofQueue(s, q))
			}
			for _, j := range s.Jobs {
				if j.Every > 0 {
					all = append(all, ofJob(s, j)...)
				}
			}
		}
	}
	return all
}

// ofQueue records the depth of a queue. Replicas, or exporters, that look at the same
// queue tell the same number, which must not be added up; one that tells of each
// partition must be. Series that tell of another environment are not the queue's.
func ofQueue(s catalog.Service, q catalog.Queue) rule.Recording {
	return rule.Recording{
		Name:    telemetry.RecordedQueueDepth,
		Expr:    fmt.Sprintf("max(sum by (%s, exported_%[1]s, %s, exported_%[2]s) (%s))", telemetry.Job, telemetry.Instance, depth(s, q)),
		Labels:  rule.With(rule.Declared(s), telemetry.Queue, q.Name),
		Carries: append(telemetry.ServiceIdentity(), telemetry.Queue),
		Reads:   []string{q.Depth},
	}
}

func depth(s catalog.Service, q catalog.Queue) string {
	selector := rule.Select(q.Depth, q.Match)
	if _, asked := q.Match[telemetry.Environment]; asked || len(s.Environments) == 0 {
		return selector
	}
	own := labels.MustNewMatcher(labels.MatchRegexp, telemetry.Environment, regexp.QuoteMeta(s.Environments[0])+"|")
	if len(q.Match) == 0 {
		return selector + "{" + own.String() + "}"
	}
	return strings.TrimSuffix(selector, "}") + "," + own.String() + "}"
}

// ofJob records the last success of a job, and since when one is expected. Both are
// read back where there is nothing new, so they outlive the series of the job, and
// Prometheus' retention, which a job that runs once a month may exceed.
func ofJob(s catalog.Service, j catalog.Job) []rule.Recording {
	var (
		own     = rule.With(rule.Declared(s), telemetry.JobName, j.Name)
		carries = append(telemetry.ServiceIdentity(), telemetry.JobName)
		success = rule.Select(telemetry.RecordedJobSuccess, own)
		before  = func(name string) string {
			return fmt.Sprintf("last_over_time(%s[%s])", rule.Select(name, own), memory)
		}
		known = before(telemetry.RecordedJobKnownSuccess)
	)
	return []rule.Recording{
		{
			// The later of the two: the gateway that saw it may be gone.
			Name: telemetry.RecordedJobKnownSuccess, Expr: fmt.Sprintf("%s > %s or %s or %[1]s", success, known, known),
			// The series have these labels already; they tell the rules apart.
			Labels: own, Carries: carries, Reads: []string{telemetry.RecordedJobKnownSuccess},
		},
		{
			Name: telemetry.RecordedJobWatched, Expr: fmt.Sprintf("min(%s) or vector(time())", before(telemetry.RecordedJobWatched)),
			Labels: own, Carries: carries, Reads: []string{telemetry.RecordedJobWatched},
		},
	}
}
