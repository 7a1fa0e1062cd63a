package alerts

import "time"

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
	about        about
}

// about is what a story proves, and so how often it must be told. promtool
// evaluates every rule of the file in every test: each telling has a price.
type about int

const (
	// aboutThresholds: for the first subject of each distinct set of thresholds.
	aboutThresholds about = iota
	// aboutScope: for every subject. That exactly one alert fires about each
	// proves the selectors of all rules.
	aboutScope
	// aboutAlert: once, for the first subject of the generic rule.
	aboutAlert
)

// stories of an alert that waits for the given number of evaluations. The
// condition holds first at step t.first; the alert fires wait evaluations later.
func stories(t trial, wait, keep int) []story {
	fire := t.first + wait
	during := func(p phase, steps int) phase { p.steps = steps; return p }
	all := []story{
		{
			name:   "fires at its time and not one evaluation earlier",
			about:  aboutScope,
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
			about:  aboutAlert,
			phases: []phase{during(t.worst, fire)},
			expect: []expectation{{fire, true, t.value(t.worst, fire)}, {step: fire + settle + keep}},
			absent: fire + t.memory + 1,
		},
		{
			name:   "stays silent without a single request",
			about:  aboutAlert,
			phases: []phase{{steps: fire + settle, bad: 1}},
			expect: []expectation{{step: fire}, {step: fire + settle}},
			absent: fire,
		},
	}
	if t.filled {
		all = append(all, story{
			name:   "has a ratio of 0 where nothing ever failed",
			about:  aboutAlert,
			phases: []phase{{steps: fire, requests: t.firing.requests}},
			zero:   fire,
		})
	}
	if healthy := t.drained.steps; healthy > 0 {
		// The condition holds once the rate has forgotten the healthy traffic.
		fire := healthy + max(fiveMinutes-1, t.first) + wait
		all = append(all, story{
			name:   "fires while the hour is still healthy, when traffic collapses and the rest fails",
			phases: []phase{t.drained, during(t.firing, fire+1-healthy)},
			expect: []expectation{{step: fire - 1}, {fire, true, t.value(t.firing, fire-healthy)}},
		})
	}
	// As long as the hour remembers them all.
	if t.drained.steps > 0 && t.first+wait < hour {
		all = append(all, story{
			name:   "fires though the last minutes had no request, when all of the hour failed",
			about:  aboutAlert,
			phases: []phase{during(t.firing, t.first), {steps: wait + 1, bad: 1}},
			expect: []expectation{{fire, true, t.value(t.firing, t.first)}},
		})
	}
	if t.steady {
		all = append(all, story{
			name:   "goes on firing for a while after the series vanished",
			about:  aboutAlert,
			phases: []phase{during(t.worst, fire)},
			// A rate needs two samples, so it ends two steps before they are forgotten.
			expect: []expectation{{fire + t.memory - 2 + keep, true, t.value(t.worst, fire)}},
		})
	}
	if wait > 0 {
		all = append(all, story{
			name:   "stays silent after a spike that is one evaluation too short",
			about:  aboutAlert,
			phases: []phase{during(t.firing, fire-1), during(t.calm, settle)},
			expect: []expectation{{step: fire - 1}, {step: fire}, {step: fire + settle - 1}},
		})
	}
	return all
}

// evaluations is how many evaluations pass until the duration has.
func evaluations(d time.Duration) int {
	return int((d + interval - 1) / interval)
}
