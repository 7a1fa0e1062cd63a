package work

import (
	"fmt"
	"math"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// fewFailures is how many runs of a job that runs seldom must have failed, and none
// have succeeded: more than one, less a half because increase() guesses what lies
// between samples.
const fewFailures = 1.5

// backgroundJobFailing has two forms. Enough runs in 15 minutes give a share of
// failures. A job that runs too seldom for that is told of when its runs within 6
// hours, two or more, all failed; one that runs less than that is the concern of
// BackgroundJobNotRunning, if it is declared.
func backgroundJobFailing() rule.Alert {
	wait := func(t rule.Target) time.Duration { return t.Policy.Thresholds.JobFor }
	return rule.Alert{
		Name: "BackgroundJobFailing", Severity: catalog.Ticket, Checklist: "PR-099",
		Presence: telemetry.RecordedJobFailureRatioLong,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("(%s > %s and %s >= %s) or (%s >= 1 and %s > %s)",
				telemetry.RecordedJobFailureRatio, rule.Number(t.Policy.Thresholds.JobRatio), telemetry.RecordedJobRuns, rule.Number(t.Policy.Thresholds.JobMinRuns),
				telemetry.RecordedJobFailureRatioLong, telemetry.RecordedJobFailuresLong, rule.Number(fewFailures))
		},
		Wait:    wait,
		Keep:    10 * time.Minute,
		Summary: "{{ $value | humanizePercentage }} of the runs of job {{ $labels.job_name }} of " + rule.Where + " fail",
		Description: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf("{{ $value | humanizePercentage }} of the runs of job {{ $labels.job_name }} of "+rule.Where+
				" failed. The alert fires when more than %s of at least %s runs in 15 minutes fail, or all of two or more in 6 hours, for %s.",
				rule.Percent(n.JobRatio), rule.Number(n.JobMinRuns), rule.Short(n.JobFor))
		},
		Guide: rule.Guide{
			Meaning: "The job runs, and ends in failure.",
			Impact:  "What the job is for is not done, and nobody who waits for it is told.",
			Release: true,
			Look: []rule.Look{
				{Question: "Since when does the job fail?", Query: `sum by (job_name, outcome) (increase(job_runs_total{$selector}[15m]))`},
				{Question: "Does one version fail more than the others?", Query: `sum by (job_name, version) (increase(job_runs_total{$selector, outcome="failure"}[1h]))`},
				{Question: "Which exceptions are thrown?", Query: `topk(10, sum by (exception_type) (rate(exceptions_total{$selector}[15m])))`},
				{Question: "Does something that the service calls fail?", Query: `sum by (kind, peer) (rate(dependency_requests_total{$selector, outcome="failure"}[15m]))`},
				{Question: "When did a run last succeed?", Query: telemetry.RecordedJobSuccess + "{$selector}"},
			},
			Act: []string{
				"Open a trace of a failed run: its spans name the call, or the exception, that ended it.",
				"If a dependency fails, go to its page.",
				"When the cause is gone, run the job once by hand, if it makes up for what it missed.",
			},
		},
		Trial: failingTrial,
	}
}

// failingTrial has a run each second or more, so that the second sample passes the
// guard already.
func failingTrial(t rule.Target, id map[string]string) rule.Trial {
	const job = "rebuild-index"
	var (
		n     = t.Policy.Thresholds
		busy  = math.Max(1, n.JobMinRuns)
		quiet = n.JobMinRuns / 900 / 2
		share = math.Min(1, n.JobRatio*(1+hair))
		w     = evaluations(n.JobFor)
		// A few runs within 10 evaluations, then none.
		few = func(failures float64) []rule.Phase {
			return []rule.Phase{{Evaluations: 10, State: runs(id, job, failures/300, 1)}, {Evaluations: w + 12, State: runs(id, job, 0, 1)}}
		}
	)
	trial := rule.Trial{
		Fire:    runs(id, job, busy, share),
		Near:    runs(id, job, busy, n.JobRatio*(1-hair)),
		Calm:    runs(id, job, 1e5*busy, 0),
		Guarded: runs(id, job, quiet, math.Max(n.JobRatio, 0.98)),
		Idle:    runs(id, job, 0, 1),
		First:   1,
		Value:   rule.Steady(share),
		Labels:  map[string]string{telemetry.JobName: job},
		Memory:  evaluations(15*time.Minute) + 10,
		Derived: []string{telemetry.RecordedJobFailureRatio},
	}
	const quarter = 30 // evaluations
	bad := math.Max(n.JobRatio*(1+hair), 0.5)
	if bad < 1 {
		trial.More = append(trial.More,
			rule.Story{
				Name: "fires when there are just enough runs", Phases: []rule.Phase{{Evaluations: quarter + w + 1, State: runs(id, job, n.JobMinRuns*(1+hair)/900, bad)}},
				Expect: []rule.Expectation{{At: quarter + w - 1}, {At: quarter + w, Fires: true, Value: bad}},
			},
			rule.Story{
				Name: "stays silent when there are just too few runs", Phases: []rule.Phase{{Evaluations: quarter + 2*w + 12, State: runs(id, job, n.JobMinRuns*(1-hair)/900, math.Max(bad, 0.98))}},
				Expect: []rule.Expectation{{At: quarter + w}, {At: quarter + 2*w + 12}},
			})
	}
	if share == 1 { // no run ever succeeded, and 6 hours remember it
		trial.Memory += evaluations(6 * time.Hour)
	}
	// With fewer, the share of 15 minutes is about few runs, too; and what waits for
	// hours waits for another failure.
	if n.JobMinRuns > 2*fewFailures && n.JobFor <= 5*time.Hour {
		trial.More = append(trial.More, []rule.Story{
			{
				Name: "fires when the few runs of hours all failed", Phases: few(fewFailures * (1 + hair)),
				Expect: []rule.Expectation{{At: 10 + w - 1}, {At: 10 + w, Fires: true, Value: 1}},
			},
			{
				Name: "stays silent when too few runs failed to tell", Phases: few(fewFailures * (1 - hair)),
				Expect: []rule.Expectation{{At: 10 + w}, {At: 10 + w + 12}},
			},
		}...)
	}
	return trial
}

// runs are runs of a job per second, a share of which fails, half seen by each
// gateway. A job that never succeeded has no series of successes. Beside them are
// series that the service exports itself, which all fail; no rule may read those.
func runs(id map[string]string, job string, perSecond, bad float64) []rule.Signal {
	name := telemetry.JobRuns.Name
	all := []rule.Signal{rule.Count(name, 1000, rule.With(id, telemetry.Job, "legacy", telemetry.JobName, job, telemetry.Outcome, telemetry.Failure))}
	for gateway := range 2 {
		if bad < 1 {
			all = append(all, rule.Count(name, perSecond*(1-bad)/2, counted(id, gateway, telemetry.JobName, job, telemetry.Outcome, telemetry.Success)))
		}
		if bad > 0 {
			all = append(all, rule.Count(name, perSecond*bad/2, counted(id, gateway, telemetry.JobName, job, telemetry.Outcome, telemetry.Failure)))
		}
	}
	return all
}
