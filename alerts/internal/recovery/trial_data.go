package recovery

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// rpoTrial is about a copy that grows older than the objective, whose evidence may
// vanish, or never have been there.
func rpoTrial(t rule.Target, id map[string]string) rule.Trial {
	const pace = time.Minute
	b := t.Item.(catalog.Backup)
	of := thingOf(*t.Service, telemetry.Dataset, b.Name)
	wait := rpoWait(b)
	trial := olderTrial(of, id, b.Success, ages{b.RPO, wait / 4}, wait, -1000)
	// The evidence is there for 6 minutes, of which Prometheus looks back for 5. The
	// copy is too old half a minute later, which is not known for 10 minutes more.
	born := b.RPO - 6*time.Minute - pace/2
	fire := 17 + int((wait+pace-1)/pace)
	trial.More = []rule.Story{
		{
			Name:   "stays silent when nothing was ever heard of",
			Phases: []rule.Phase{{Evaluations: 80}},
			Expect: []rule.Expectation{{At: 40}, {At: 80}},
		},
		{
			Name: "waits 10 minutes more where the evidence is gone", Pace: pace,
			Phases: []rule.Phase{{Evaluations: 1, State: tells(id, b.Success, -born, 0, -1000)}, {Evaluations: fire}},
			Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: (time.Duration(fire)*pace + born).Seconds()}},
		},
	}
	return trial
}

// retentionTrial is about a set of data that has had backups for longer than they are
// kept, until the oldest of them is too young.
func retentionTrial(t rule.Target, id map[string]string) rule.Trial {
	b := t.Item.(catalog.Backup)
	of := thingOf(*t.Service, telemetry.Dataset, b.Name)
	kept, retention := keptFor(b), b.Retention.Duration()
	pace := max(time.Minute, min(retention/1440, time.Hour/2).Truncate(time.Minute))
	fire := 2 + int((time.Hour+pace-1)/pace)
	// oldest is that the oldest backup has an age, from an evaluation on.
	oldest := func(age time.Duration, since int) []rule.Signal {
		return tells(id, b.Oldest, time.Duration(since)*pace-age, time.Second, 1000)
	}
	old := retention + retention/50
	return rule.Trial{
		Pace:   pace,
		Before: []rule.Phase{{Evaluations: 1, State: oldest(old, 0)}},
		Fire:   oldest(kept-kept/50, 1),
		Near:   oldest(kept+kept/50, 1),
		Calm:   oldest(old, fire),
		First:  1,
		Value:  rule.Steady((kept - kept/50).Seconds()),
		// Where the pace is less, a series is looked back at for 5 minutes.
		Memory:   5,
		Derived:  []string{telemetry.RecordedBackupOldest},
		Identity: of.labels,
		More: []rule.Story{{
			Name: "stays silent while there have not been backups for as long as they are kept",
			Phases: []rule.Phase{
				{Evaluations: 1, State: oldest(retention-retention/50-time.Duration(fire+10)*pace, 0)},
				{Evaluations: fire + 9, State: oldest(kept/2, 1)},
			},
			Expect: []rule.Expectation{{At: fire}, {At: fire + 10}},
		}},
	}
}

// drillTrial is about how long the last good restore took.
func drillTrial(t rule.Target, id map[string]string) rule.Trial {
	b := t.Item.(catalog.Backup)
	// Half a second more, because texts cut off fractions.
	slow := math.Floor(b.RTO.Seconds()*1.02) + 0.5
	fast := b.RTO.Seconds() * 0.98
	of := thingOf(*t.Service, telemetry.Dataset, b.Name)
	trial := rule.Trial{Labels: of.name(), Pace: 5 * time.Minute, Value: rule.Steady(slow), Outlives: true}
	if b.Drill.Job == "" {
		trial.Fire, trial.Near, trial.Calm = kept(b, slow), kept(b, fast), kept(b, fast/2)
		trial.Identity = of.labels
		return trial
	}
	trial.First = 1
	trial.Fire, trial.Near, trial.Calm = runs(id, b, telemetry.Success, slow), runs(id, b, telemetry.Success, fast), runs(id, b, telemetry.Success, fast/2)
	trial.More = []rule.Story{{
		Name:   "stays silent about restores that fail, however long they take",
		Phases: []rule.Phase{{Evaluations: 6, State: runs(id, b, telemetry.Failure, 10*slow)}},
		Expect: []rule.Expectation{{At: 1}, {At: 6}},
	}}
	return trial
}

// runs are runs of a job, of so many seconds each, that two gateways count. What the
// service counts itself, and other jobs, would be bad.
func runs(id map[string]string, b catalog.Backup, outcome string, seconds float64) []rule.Signal {
	const often = 1.0 / 300
	sum, count := telemetry.JobDuration.Name+"_sum", telemetry.JobDuration.CountName()
	var all []rule.Signal
	add := func(labels map[string]string, seconds float64) {
		labels = rule.With(labels, telemetry.Outcome, outcome)
		all = append(all, rule.Count(sum, often*seconds, labels), rule.Count(count, often, labels))
	}
	add(ofJob(id, 0, b.Drill.Job), seconds*1.5)
	add(ofJob(id, 1, b.Drill.Job), seconds*0.5)
	add(ofJob(id, 0, b.Drill.Job+" of another"), seconds*100)
	add(rule.With(rule.With(id, telemetry.JobName, b.Drill.Job), telemetry.Job, "legacy"), seconds*100)
	return all
}

// kept are the runs of a CronJob that Kubernetes keeps: the last took so many seconds,
// the one before ten times as many, and one of another CronJob was later.
func kept(b catalog.Backup, seconds float64) []rule.Signal {
	namespace, name, _ := strings.Cut(b.Drill.CronJob, "/")
	var all []rule.Signal
	add := func(owner, job string, began, seconds float64) {
		labels := map[string]string{telemetry.KubeNamespace: namespace, telemetry.JobName: job, telemetry.Job: "kube-state-metrics"}
		of := rule.With(rule.With(labels, telemetry.KubeOwnerKind, "CronJob"), telemetry.KubeOwnerName, owner)
		all = append(all, rule.Level(telemetry.KubeJobOwner.Name, 1, of),
			rule.Level(telemetry.KubeJobStart.Name, began, labels), rule.Level(telemetry.KubeJobCompletion.Name, began+seconds, labels))
	}
	add(name, name+"-1", 1e6, 10*seconds)
	add(name, name+"-2", 2e7, seconds)
	add(name+"-of-another", name+"-of-another-1", 9e7, 100*seconds)
	return all
}

// certificateTrial is about a certificate that nears its end.
func certificateTrial(t rule.Target, id map[string]string) rule.Trial {
	left := certificateLeft(t)
	const pace = 10 * time.Minute
	at := fmt.Sprintf("https://%s.example.com/%s/%s", id[telemetry.Service], id[telemetry.ServiceNamespace], id[telemetry.Environment])
	declared := map[string]string{}
	if t.Service != nil {
		at, declared = certified(*t.Service)[0], rule.Declared(*t.Service)
	}
	// One of two probes sees a chain that ends later.
	ends := func(in time.Duration, slope float64) []rule.Signal {
		var all []rule.Signal
		for i, job := range []string{"blackbox", "blackbox-elsewhere"} {
			all = append(all, rule.Signal{
				Metric: telemetry.ProbeCertificateExpiry.Name, Gauge: true, Level: in.Seconds() + float64(1000*i), Slope: slope,
				Labels: map[string]string{telemetry.Instance: at, telemetry.Job: job},
			})
		}
		return all
	}
	return rule.Trial{
		Pace:    pace,
		Fire:    ends(left+pace/2, 0),
		Near:    ends(left+left/50, 1),
		Calm:    ends(10*left, 1),
		First:   1,
		Value:   func(at time.Duration) float64 { return (left + pace/2 - at).Seconds() },
		Derived: []string{telemetry.RecordedCertificateExpiry},
		Labels:  map[string]string{telemetry.Instance: at}, Identity: declared,
		More: []rule.Story{{
			Name:   "says that a certificate has ended",
			Phases: []rule.Phase{{Evaluations: 7, State: ends(0, 0)}},
			Expect: []rule.Expectation{{At: 5}, {At: 7, Fires: true, Value: -(7 * pace).Seconds()}},
		}},
	}
}
