package work

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// lateFor is how long a job must be late: the time in which a run that was due just
// now is heard of.
const lateFor = 5 * time.Minute

// backgroundJobNotRunning knows two cases: the last success is too long ago, or none
// was ever seen, since the job has been looked for. The second counts from the first
// evaluation of the rules, so a new file does not fire about every daily job.
func backgroundJobNotRunning() rule.Alert {
	return rule.Alert{
		Name: "BackgroundJobNotRunning", Severity: catalog.Ticket, Checklist: "PR-099",
		Items: func(s catalog.Service) []rule.Item {
			var all []rule.Item
			for _, j := range s.Jobs {
				if j.Every > 0 {
					all = append(all, rule.Item{Name: j.Name, Labels: map[string]string{telemetry.JobName: j.Name}, Value: j})
				}
			}
			return all
		},
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("time() - %s > %s or (time() - %s > %s unless on (%s, %s) %s)",
				telemetry.RecordedJobKnownSuccess, rule.Seconds(late(t)), telemetry.RecordedJobWatched, rule.Seconds(late(t)),
				telemetry.Service, telemetry.JobName, telemetry.RecordedJobKnownSuccess)
		},
		Wait:    rule.Always(lateFor),
		Summary: "Job {{ $labels.job_name }} of " + rule.Where + " had no success for {{ $value | humanizeDuration }}",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("No run of job {{ $labels.job_name }} of "+rule.Where+" succeeded for {{ $value | humanizeDuration }}, or since it has been"+
				" looked for. It should run every %s. The alert fires after %s, %s times that, for %s.",
				rule.Short(t.Item.(catalog.Job).Every), rule.Short(late(t)), rule.Number(t.Policy.Thresholds.JobLateFactor), rule.Short(lateFor))
		},
		Guide: rule.Guide{
			Meaning: "The job does not run, or every run fails, or its telemetry does not arrive.",
			Impact:  "What the job is for is not done, and nothing else will tell.",
			Release: true,
			Look: []rule.Look{
				{Question: "Did it run and fail?", Query: `sum by (job_name, outcome) (increase(job_runs_total{$selector}[6h]))`},
				{Question: "When did a run last succeed?", Query: telemetry.RecordedJobKnownSuccess + "{$selector}"},
				{Question: "Is the service heard of at all?", Query: `max(service_version_last_seen_timestamp_seconds{$selector})`},
			},
			Act: []string{
				"If it ran and failed, treat it as BackgroundJobFailing.",
				"If it did not run, look at what starts it: the scheduler, the CronJob (suspended?), a lock that a dead run holds.",
				"If it ran, and its log says so, look at why its span does not arrive: the exporter of a short process must flush before it ends.",
				"If it never ran, compare job_name of the telemetry with the name in the services file.",
				"If it was taken out of service, take it out of the services file; if only in one environment, name those in which it runs.",
			},
		},
		Trial: notRunningTrial,
	}
}

// late is how long a job may be without success.
func late(t rule.Target) time.Duration {
	return time.Duration(t.Policy.Thresholds.JobLateFactor * float64(t.Item.(catalog.Job).Every))
}

// notRunningTrial tells of ages that do not change, so its pace is free; but the clock
// of a job that was never seen runs for as long as the job may be late.
func notRunningTrial(t rule.Target, id map[string]string) rule.Trial {
	var (
		job    = t.Item.(catalog.Job).Name
		limit  = late(t)
		pace   = paceOf(limit)
		w      = int((lateFor + pace - 1) / pace)
		labels = rule.With(rule.Declared(*t.Service), telemetry.JobName, job)
		age    = limit.Seconds() * (1 + hair)
	)
	trial := rule.Trial{
		Pace: pace,
		Fire: successes(id, job, age),
		Near: append(successes(id, job, limit.Seconds()*(1-hair)), strangers(telemetry.RecordedJobKnownSuccess, labels, -1e9, 0)...),
		Calm: []rule.Signal{rule.Level(telemetry.JobLastSuccess.Name, 1e9, counted(id, 0, telemetry.JobName, job))},
		Value: func(at time.Duration) float64 { // it grows, once the series are gone
			return age + max(0, at-time.Duration(w)*pace).Seconds()
		},
		Labels:   map[string]string{telemetry.JobName: job},
		Outlives: true,
		Unheard: &rule.Unheard{
			Identity: labels,
			Holds: func(began, now time.Time) (float64, bool) {
				return now.Sub(began).Seconds(), now.Sub(began) > limit
			},
		},
		More: []rule.Story{{
			Name: "remembers the success that a lost gateway saw",
			Phases: []rule.Phase{
				{Evaluations: 1, State: []rule.Signal{successes(id, job, 0)[0]}},
				{Evaluations: 1 + w, State: []rule.Signal{successes(id, job, age)[1]}},
			},
			Expect: []rule.Expectation{{At: 1 + w}},
		}},
	}
	due := int(limit/pace) + 1 + w
	if due > 1000 {
		return trial
	}
	others := append(strangers(telemetry.RecordedJobKnownSuccess, labels, 0, 0), strangers(telemetry.RecordedJobWatched, labels, 0, 0)...)
	trial.More = append(trial.More,
		rule.Story{
			Name: "fires about a job that was never seen, whatever others do", Identity: rule.Declared(*t.Service), Start: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC),
			Phases: []rule.Phase{{Evaluations: due + 1, State: others}},
			Expect: []rule.Expectation{{At: due - 1}, {At: due, Fires: true, Value: float64(due) * pace.Seconds()}},
		},
		rule.Story{
			Name:   "stays silent about a job that runs, for as long as it is watched",
			Phases: []rule.Phase{{Evaluations: due + 5, State: append(successes(id, job, 0), strangers(telemetry.RecordedJobWatched, labels, 0, 0)...)}},
			Expect: []rule.Expectation{{At: due}, {At: due + 5}},
		})
	return trial
}

// paceOf is a pace for tests of so long a time: 100 evaluations or a few more, but
// within the memory of Prometheus. There are few paces, because each is a file.
func paceOf(d time.Duration) time.Duration {
	pace := 30 * time.Second
	for _, longer := range []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour} {
		if longer <= d/100 {
			pace = longer
		}
	}
	return pace
}

// successes of a job: the last one always this many seconds ago, and of another
// gateway, longer.
func successes(id map[string]string, job string, age float64) []rule.Signal {
	signal := func(gateway int, age float64) rule.Signal {
		return rule.Signal{Metric: telemetry.JobLastSuccess.Name, Labels: counted(id, gateway, telemetry.JobName, job), Level: -age, Slope: 1, Gauge: true}
	}
	return []rule.Signal{signal(0, age), signal(1, 2*age)}
}
