package alerts

import (
	"fmt"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
)

// settle is how many steps a rate over 5 minutes remembers, and two to spare.
const settle = 12

// expectation is whether the alert fires at a step, and with which value.
type expectation struct {
	step  int
	fires bool
	value float64
}

// story is one unit test before it is written down.
type story struct {
	name   string
	phases []phase
	expect []expectation
	// absent is the step at which the recorded ratio or percentile must be
	// absent, rather than NaN, and zero the one at which it must be 0; none where
	// they are 0.
	absent, zero int
	// once: the story is about the alert, whatever its scope, and told for the
	// first subject of the generic rule only. promtool evaluates every rule of
	// the file in every test, so what is told for each service has a price.
	once bool
}

// stories of an alert that waits for the given number of evaluations. The
// condition holds first at step t.first; the alert fires wait evaluations later.
func stories(t trial, wait, keep int) []story {
	fire := t.first + wait
	during := func(p phase, steps int) phase { p.steps = steps; return p }
	all := []story{
		{
			name:   "fires at its time and not one evaluation earlier",
			phases: []phase{during(t.firing, fire+1)},
			expect: []expectation{{step: fire - 1}, {fire, true, t.value(t.firing, fire)}},
		},
		{
			name:   "stays silent just below the threshold",
			phases: []phase{during(t.close, t.ripe+wait+settle)},
			expect: []expectation{{step: t.ripe + wait}, {step: t.ripe + wait + settle}},
		},
		{
			name:   "stays silent on the wrong side of the traffic guard",
			phases: []phase{during(t.guarded, fire+settle)},
			expect: []expectation{{step: fire}, {step: fire + settle}},
		},
		{
			name:   "fires once when a gateway restarts on the way",
			phases: []phase{during(t.worst, fire/2+1), {steps: fire, requests: t.worst.requests, bad: t.worst.bad, restart: true}},
			expect: []expectation{{step: fire - 1}, {fire, true, t.value(t.worst, fire)}},
		},
		{
			name:   "resolves when the series vanish",
			once:   true,
			phases: []phase{during(t.worst, fire)},
			expect: []expectation{{fire, true, t.value(t.worst, fire)}, {step: fire + settle + keep}},
			absent: fire + t.memory + 1,
		},
		{
			name:   "stays silent without a single request",
			once:   true,
			phases: []phase{{steps: fire + settle, bad: 1}},
			expect: []expectation{{step: fire}, {step: fire + settle}},
			absent: fire,
		},
	}
	if t.filled {
		all = append(all, story{
			name:   "has a ratio of 0 where nothing ever failed",
			once:   true,
			phases: []phase{{steps: fire, requests: t.firing.requests}},
			zero:   fire,
		})
	}
	if t.steady {
		all = append(all, story{
			name:   "goes on firing for a while after the series vanished",
			once:   true,
			phases: []phase{during(t.worst, fire)},
			// A rate needs two samples, so it ends two steps before they are forgotten.
			expect: []expectation{{fire + t.memory - 2 + keep, true, t.value(t.worst, fire)}},
		})
	}
	if wait > 0 {
		all = append(all, story{
			name:   "stays silent after a spike that is one evaluation too short",
			once:   true,
			phases: []phase{during(t.firing, fire-1), during(t.calm, settle)},
			expect: []expectation{{step: fire - 1}, {step: fire}, {step: fire + settle - 1}},
		})
	}
	return all
}

// tests writes the stories of a rule down for one subject; all of them when the
// subject is the rule's typical one.
func (r scopedRule) tests(s subject, typical bool) ([]unitTest, error) {
	trial := r.trial(r.policy.Thresholds)
	var tests []unitTest
	for _, story := range stories(trial, evaluations(r.wait(r.policy.Thresholds)), evaluations(r.keep)) {
		if story.once && !typical {
			continue
		}
		test := unitTest{
			Name:     fmt.Sprintf("%s, %s: %s", r.alert.name, s.name, story.name),
			Interval: model.Duration(interval),
			Input:    trial.series(s.identity, story.phases),
		}
		for _, e := range story.expect {
			expected := []firing{}
			if e.fires {
				alert, err := r.fires(s, e.value)
				if err != nil {
					return nil, fmt.Errorf("alert %s for %s: %w", r.alert.name, s.name, err)
				}
				expected = append(expected, alert)
			}
			test.Alerts = append(test.Alerts, alertTest{At: at(e.step), Name: r.alert.name, Expected: expected})
			if e.fires && trial.twin != "" {
				test.Alerts = append(test.Alerts, alertTest{At: at(e.step), Name: trial.twin, Expected: []firing{}})
			}
		}
		if story.absent > 0 {
			test.Queries = []queryTest{{Expr: trial.derived, At: at(story.absent), Expected: []sample{}}}
		}
		if story.zero > 0 {
			is0 := sample{Labels: trial.derived + labels.FromMap(s.identity).String()}
			test.Queries = []queryTest{{Expr: trial.derived, At: at(story.zero), Expected: []sample{is0}}}
		}
		tests = append(tests, test)
	}
	return tests, nil
}

// evaluations is how many evaluations pass until the duration has.
func evaluations(d time.Duration) int {
	return int((d + interval - 1) / interval)
}
