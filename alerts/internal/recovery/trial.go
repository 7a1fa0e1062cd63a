package recovery

import (
	"strings"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// ages are the numbers of a trial about something that grows older.
type ages struct {
	// than is the age from which the alert holds, pace the time of an evaluation.
	than, pace time.Duration
}

// over is just beyond the age, by at most half an evaluation and 2 %.
func (a ages) over() time.Duration { return a.than + min(a.pace/2, a.than/50) }

// born is the time, before the beginning of the test, that makes something over age
// at the first evaluation after it, and not before.
func (a ages) born() time.Duration { return a.over() - a.pace }

// ageTrial is about evidence that must not be older than that, and about none at
// all: the age counts from the first evaluation then, and in the tests of others, too.
func ageTrial(of thing, since string, id map[string]string, e catalog.Evidence, than, wait time.Duration) rule.Trial {
	a := ages{than, wait / 4}
	trial := olderTrial(of, id, e, a, wait, -1000)
	trial.More = []rule.Story{a.silence(of, since, wait)}
	trial.Unheard = &rule.Unheard{
		Identity: of.labels,
		Holds: func(began, now time.Time) (float64, bool) {
			age := now.Sub(began)
			return age.Seconds(), age > than
		},
	}
	return trial
}

// silence is that nothing is ever heard of. The age counts from the first evaluation.
// Where that takes too many, it was long before the test: what was recorded then is
// there.
func (a ages) silence(of thing, since string, wait time.Duration) rule.Story {
	fire := 1 + int((wait+a.pace-1)/a.pace)
	age := func(at int) float64 { return (time.Duration(at)*a.pace + a.born()).Seconds() }
	before := []rule.Phase{{State: []rule.Signal{rule.Level(since, -a.born().Seconds(), of.labels)}}}
	if a.than <= 60*a.pace {
		fire += int(a.than / a.pace)
		age = func(at int) float64 { return (time.Duration(at) * a.pace).Seconds() }
		before = nil
	}
	return rule.Story{
		Name: "fires when nothing was ever heard of", Identity: of.labels,
		Phases: append(before, rule.Phase{Evaluations: fire}),
		Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: age(fire)}},
	}
}

// olderTrial is about a time that must not be further back than that. A second series
// is so many seconds later than the one that counts.
func olderTrial(of thing, id map[string]string, e catalog.Evidence, a ages, wait time.Duration, second float64) rule.Trial {
	now := time.Second // what grows with the clock stays at one age
	fire := 1 + int((wait+a.pace-1)/a.pace)
	trial := rule.Trial{
		Pace:   a.pace,
		Fire:   tells(id, e, -a.born(), 0, second),
		Near:   tells(id, e, -a.than+a.than/50, now, second),
		Calm:   tells(id, e, time.Duration(fire)*a.pace, now, second),
		First:  1,
		Value:  func(at time.Duration) float64 { return (at + a.born()).Seconds() },
		Labels: of.name(),
		// What happened is remembered.
		Outlives: true,
	}
	if e.Job == "" {
		trial.Identity = of.labels
	}
	return trial
}

// tells is evidence of a time, in seconds from 1970, that grows each second by so
// much, with others that must not count.
func tells(id map[string]string, e catalog.Evidence, at, grows time.Duration, second float64) []rule.Signal {
	level := func(metric string, at float64, labels map[string]string) rule.Signal {
		return rule.Signal{Metric: metric, Labels: labels, Level: at, Slope: grows.Seconds(), Gauge: true}
	}
	const fresh = 1e9
	first, other := at.Seconds(), at.Seconds()+second
	switch {
	case e.Job != "":
		metric := telemetry.JobLastSuccess.Name
		return []rule.Signal{
			level(metric, first, ofJob(id, 0, e.Job)), level(metric, other, ofJob(id, 1, e.Job)),
			level(metric, fresh, ofJob(id, 0, e.Job+" of another")),
			level(metric, fresh, rule.With(rule.With(id, telemetry.JobName, e.Job), telemetry.Job, "legacy")),
		}
	case e.CronJob != "":
		namespace, name, _ := strings.Cut(e.CronJob, "/")
		cron := func(name string) map[string]string {
			return map[string]string{telemetry.KubeNamespace: namespace, telemetry.KubeCronJob: name, telemetry.Job: "kube-state-metrics"}
		}
		metric := telemetry.CronJobLastSuccess.Name
		return []rule.Signal{level(metric, first, cron(name)), level(metric, fresh, cron(name+"-of-another"))}
	case e.Velero != "":
		metric := telemetry.VeleroLastSuccess.Name
		schedule := func(name string) map[string]string {
			return map[string]string{telemetry.VeleroSchedule: name, telemetry.Job: "velero"}
		}
		return []rule.Signal{level(metric, first, schedule(e.Velero)), level(metric, fresh, schedule(e.Velero+"-of-another"))}
	}
	all := []rule.Signal{level(e.Metric, first, e.Match)}
	if _, taken := e.Match[telemetry.Instance]; !taken {
		all = append(all, level(e.Metric, other, rule.With(e.Match, telemetry.Instance, "exporter-1")))
	}
	return all
}

// ofJob are the labels of a series that a gateway derived about a job.
func ofJob(id map[string]string, gateway int, job string) map[string]string {
	labels := rule.With(id, telemetry.JobName, job)
	labels[telemetry.GatewayInstance] = []string{"gateway-0", "gateway-1"}[gateway]
	labels[telemetry.Version] = "1.0.0"
	return labels
}

// secretTrial is about a secret that must not be older than that. Where the file has
// the date of its rotation, only the clock tells: so all are told of together, in a
// time when all are too old, and the exact time of each on its own.
func secretTrial(t rule.Target, id map[string]string, than time.Duration) rule.Trial {
	const wait = time.Hour
	secret := t.Item.(catalog.Secret)
	of := thingOf(*t.Service, telemetry.Secret, secret.Name)
	a := ages{than, wait / 6}
	if secret.Metric != "" {
		return olderTrial(of, id, catalog.Evidence{Metric: secret.Metric, Match: secret.Match}, a, wait, 1000)
	}
	someday := time.Date(2200, time.January, 1, 0, 0, 0, 0, time.UTC)
	began := secret.Rotated.Add(a.born())
	fire := 1 + int(wait/a.pace)
	return rule.Trial{
		Pace: a.pace, Start: someday,
		Identity: of.labels,
		Value:    func(at time.Duration) float64 { return someday.Add(at).Sub(secret.Rotated.Time).Seconds() },
		Outlives: true,
		Unheard: &rule.Unheard{
			Identity: of.labels,
			Holds: func(_, now time.Time) (float64, bool) {
				age := now.Sub(secret.Rotated.Time)
				return age.Seconds(), age > than
			},
		},
		More: []rule.Story{{
			Name: "fires at the age that is declared and not one evaluation earlier", Start: began,
			Phases: []rule.Phase{{Evaluations: fire}},
			Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: (time.Duration(fire)*a.pace + a.born()).Seconds()}},
		}},
	}
}

// missingTrial is about evidence that is not there: that is what is told, so the
// evidence is calm.
func missingTrial(t rule.Target, id map[string]string) rule.Trial {
	of := t.Item.(evidence)
	there := tells(id, of.Evidence, time.Hour, 0, 0)
	return rule.Trial{
		Pace: 10 * time.Minute,
		Fire: []rule.Signal{}, Near: there, Calm: there,
		Value:    rule.Steady(1),
		Identity: of.labels,
		Outlives: true,
		Unheard: &rule.Unheard{
			Identity: of.labels,
			Holds:    func(time.Time, time.Time) (float64, bool) { return 1, true },
		},
	}
}
