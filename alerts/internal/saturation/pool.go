package saturation

import (
	"fmt"
	"math"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func dbConnectionPoolSaturated() rule.Alert {
	wait := func(t rule.Target) time.Duration { return t.Policy.Thresholds.PoolFor }
	return rule.Alert{
		Name: nameOfPool, Severity: catalog.Ticket, Checklist: "PR-073",
		Applies:  hasTargets,
		Presence: telemetry.RecordedServicePoolRatio,
		Condition: func(t rule.Target) string {
			return rule.Above(nameOfPool, telemetry.RecordedServicePoolRatio, t.Policy.Thresholds.PoolRatio, telemetry.Instance, telemetry.Pool)
		},
		Wait:    wait,
		Keep:    keep,
		Summary: "{{ $value | humanizePercentage }} of the database connections of pool {{ $labels.pool }} of " + rule.Where + " are in use",
		Description: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf("{{ $value | humanizePercentage }} of the database connections that pool {{ $labels.pool }} of instance {{ $labels.instance }} of "+rule.Where+
				" may open are in use. The alert fires above %s, for %s; it ends below %s.", rule.Percent(n.PoolRatio), rule.Short(n.PoolFor), rule.Percent(rule.Ease*n.PoolRatio))
		},
		Guide: rule.Guide{
			Meaning: "Nearly every connection of the pool is in use. Who needs another waits for one to be given back.",
			Impact:  "Requests become slow, then fail when they have waited too long.",
			Release: true,
			Look: []rule.Look{
				{Question: "All instances, or one?", Query: telemetry.RecordedServicePoolRatio + "{$selector}"},
				{Question: "Is the database slow?", Query: `histogram_quantile(0.95, sum by (peer, le) (rate(dependency_request_duration_seconds_bucket{$selector, kind="db"}[5m])))`},
				{Question: "Are there more queries than usual?", Query: `sum by (peer) (rate(dependency_requests_total{$selector, kind="db"}[5m]))`},
				{Question: "Which endpoints are slow?", Query: `topk(10, histogram_quantile(0.95, sum by (endpoint, le) (rate(http_request_duration_seconds_bucket{$selector}[5m]))))`},
			},
			Act: []string{
				"If the database is slow, look for locks and long transactions there first: a larger pool makes that worse.",
				"If queries are fast, connections are held while something else is waited for, or never given back: a restart frees them, for a while.",
				"If it came with traffic, and the database has room, raise the size of the pool, or add replicas.",
			},
		},
		Trial: func(t rule.Target, id map[string]string) rule.Trial {
			p, most := processOf(id), t.Policy.Thresholds.PoolRatio
			labels := map[string]string{telemetry.Instance: p.instance, telemetry.Pool: pool}
			trial := rule.Trial{
				Fire:     p.pools(most * (1 + hair)),
				Near:     append(p.pools(most*(1-hair)), rule.Elsewhere(p.identity, labels)),
				Calm:     p.pools(most / 10),
				Idle:     p.pools(0),
				Value:    rule.Steady(most * (1 + hair)),
				Identity: p.identity,
				Labels:   labels,
				Memory:   10,
				Derived:  []string{telemetry.RecordedTargetPoolRatio, telemetry.RecordedServicePoolRatio},
			}
			return trial.Held(p.pools, most, 0, wait(t), keep)
		},
	}
}

// unstableFor is how long connections must be unstable.
const unstableFor = 10 * time.Minute

// watched is how long after a release connections are judged; never so short that the
// alert, which waits, could not fire.
func watched(t rule.Target) time.Duration {
	return max(t.Policy.Thresholds.ReleaseWatch, 2*unstableFor)
}

// dbConnectionsUnstable looks at all instances of a service together: in a release
// new ones take over from old ones, and each for itself is anything but stable. A
// release in any environment counts for a pool that does not tell its own.
func dbConnectionsUnstable() rule.Alert {
	return rule.Alert{
		Name: "DBConnectionsUnstable", Severity: catalog.Digest, Checklist: "PR-100",
		Applies:  hasTargets,
		Presence: telemetry.RecordedServicePoolUsed,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("stddev_over_time(%s[30m]) / (avg_over_time(%[1]s[30m]) > 0) > %s and on (%s) time() - %s < %s",
				telemetry.RecordedServicePoolUsed, rule.Number(t.Policy.Thresholds.PoolInstability),
				rule.Identity(), telemetry.RecordedNewestVersion, rule.Seconds(watched(t)))
		},
		Wait:    rule.Always(unstableFor),
		Summary: "Database connections of pool {{ $labels.pool }} of " + rule.Where + " are not stable after a release",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("In the last 30 minutes the number of connections in use of pool {{ $labels.pool }} of "+rule.Where+
				" had a standard deviation of {{ $value | humanizePercentage }} of its mean, and a version was first heard of in the last %s."+
				" The alert fires above %s, for %s.", rule.Short(watched(t)), rule.Percent(t.Policy.Thresholds.PoolInstability), rule.Short(unstableFor))
		},
		Guide: rule.Guide{
			Meaning: "Since a release the number of database connections in use goes up and down, or up, or down.",
			Impact:  "None by itself. It may be the first sign of connections that are lost, of a leak, or of retries.",
			Release: true,
			Look: []rule.Look{
				{Question: "What does it look like?", Query: telemetry.RecordedServicePoolUsed + "{$selector}"},
				{Question: "Do queries fail?", Query: `sum by (peer, version) (rate(dependency_requests_total{$selector, kind="db", outcome="failure"}[5m]))`},
				{Question: "Are there more queries for each request than before?", Query: `sum by (version) (rate(dependency_requests_total{$selector, kind="db"}[5m])) / sum by (version) (rate(http_requests_total{$selector}[5m]))`},
			},
			Act: []string{
				"If queries fail, or their number for each request has grown, roll back.",
				"If traffic goes up and down in the same way, nothing is wrong.",
			},
		},
		Trial: unstableTrial,
	}
}

// unstableTrial is a level that jumps, in a window of 60 samples. The jump is such that
// one sample makes the difference, and it lasts for as long as the alert waits, for
// thresholds up to 1.
func unstableTrial(t rule.Target, id map[string]string) rule.Trial {
	const (
		pace    = 30 * time.Second
		samples = 60
		level   = 0.1 // so few that one more or less is more or less than any
	)
	var (
		p         = processOf(id)
		n         = t.Policy.Thresholds.PoolInstability
		wait      = int(unstableFor / pace)
		lead      = samples + 10
		watch     = watched(t).Seconds()
		instable  = func(jump, share float64) float64 { return jump * math.Sqrt(share*(1-share)) / (1 + share*jump) }
		one       = 1.0 / samples
		want      = n * (1 + hair)
		jump      = want / (math.Sqrt(one*(1-one)) - want*one)
		labels    = map[string]string{telemetry.Pool: pool}
		state     = func(used float64, release ...rule.Signal) []rule.Signal { return append(p.used(used), release...) }
		sinceLead = func(age float64) rule.Signal { return p.released(time.Duration(lead)*pace, age) }
		restless  = func(share float64) []rule.Phase {
			var all []rule.Phase
			for i := range samples + 2*wait {
				used := level * (1 + share*float64(1-2*(i%2)))
				all = append(all, rule.Phase{Evaluations: 1, State: state(used, p.released(0, -1e9))})
			}
			return all
		}
	)
	trial := rule.Trial{
		Before: []rule.Phase{{Evaluations: lead, State: state(level, p.released(0, -1e9))}},
		Fire:   state(level*(1+jump), sinceLead(watch*(1-hair))),
		Calm:   state(level*(1+jump), sinceLead(1e9)),
		First:  1,
		Value: func(at time.Duration) float64 {
			return instable(jump, float64(int(at/pace)-lead)/samples)
		},
		Identity: p.identity,
		Labels:   labels,
		Memory:   10,
		More: []rule.Story{
			{
				Name:   "stays silent about connections that are just stable enough",
				Phases: restless(n * (1 - hair)),
				Expect: []rule.Expectation{{At: samples + wait}, {At: samples + 2*wait}},
			},
			{
				Name: "stays silent when the release is just too long ago",
				Phases: []rule.Phase{
					{Evaluations: lead, State: state(level, p.released(0, watch*(1+hair)))},
					{Evaluations: wait + 5, State: state(level*(1+jump), sinceLead(watch*(1+hair)))},
				},
				Expect: []rule.Expectation{{At: lead + 1 + wait}, {At: lead + 5 + wait}},
			},
			{
				Name: "stays silent when no connection was used",
				Phases: []rule.Phase{
					{Evaluations: lead + wait, State: state(0, p.released(0, -1e9))},
				},
				Expect: []rule.Expectation{{At: lead + wait}},
			},
		},
	}
	elsewhere := p
	elsewhere.identity = with(p.identity, telemetry.Environment, "elsewhere")
	story := rule.Story{
		Phases: []rule.Phase{
			{Evaluations: lead, State: state(level)},
			{Evaluations: wait + 2, State: state(level*(1+jump), elsewhere.released(time.Duration(lead)*pace, 0))},
		},
	}
	if p.identity[telemetry.Environment] == "" {
		story.Name = "fires when the release tells its environment and the pool does not"
		story.Expect = []rule.Expectation{{At: lead + wait}, {At: lead + 1 + wait, Fires: true, Value: instable(jump, float64(1+wait)/samples)}}
	} else {
		story.Name = "stays silent about a release in another environment"
		story.Expect = []rule.Expectation{{At: lead + 1 + wait}}
	}
	trial.More = append(trial.More, story)
	return trial
}
