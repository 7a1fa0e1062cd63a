package release

import (
	"math"
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/telemetry"
)

const (
	canary = telemetry.CanaryRelease
	stable = telemetry.StableRelease
	// times is how many times the canary's traffic stable gets.
	times = 3
)

// evaluations of a trial within a while.
func evaluations(d time.Duration) int { return int((d + pace - 1) / pace) }

// longer is how long a story lasts until the window is full and the alert would
// have fired; so it can be seen that it does not.
func longer(wait time.Duration) int { return window + evaluations(wait) + 3 }

// stays is a story in which the state never makes the alert fire.
func stays(name string, wait time.Duration, state ...[]rule.Signal) rule.Story {
	n := longer(wait)
	return rule.Story{Name: name, Phases: []rule.Phase{{Evaluations: n, State: slices.Concat(state...)}}, Expect: []rule.Expectation{{At: n}}}
}

// filled is a story in which the alert fires once the window is full.
func filled(name string, wait time.Duration, value float64, state ...[]rule.Signal) rule.Story {
	fire := window + evaluations(wait)
	return rule.Story{
		Name:   name,
		Phases: []rule.Phase{{Evaluations: fire, State: slices.Concat(state...)}},
		Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: value}},
	}
}

// errorTrial has so much traffic that one evaluation is enough to judge by, so that
// the difference of ratios decides; its stories have so little that the other
// conditions do.
func errorTrial(t rule.Target, id map[string]string) rule.Trial {
	const wait = 5 * time.Minute
	var (
		n     = t.Policy.Thresholds
		fails = (1 - n.CanaryDelta) / 10 // of stable
		both  = func(in15m, delta float64) []rule.Signal {
			return slices.Concat(requests(id, canary, in15m, fails+delta), requests(id, stable, times*in15m, fails), unread(id))
		}
		// No more than all requests can fail.
		high, low = min(n.CanaryDelta*(1+hair), (n.CanaryDelta+1-fails)/2), n.CanaryDelta * (1 - hair)
		plenty    = float64(window) * max(2*n.CanaryMinRequests, needed(2*n.CanaryZ, fails+high, fails, times))
		// Beyond the delta, so that only chance or few requests speak against it.
		wide   = 1.1 * n.CanaryDelta
		chance = func(z float64) float64 { return needed(z, fails+wide, fails, times) }
		few    = n.CanaryMinRequests * (1 - hair)
		enough = n.CanaryMinRequests * (1 + hair)
	)
	trial := rule.Trial{
		Pace:    pace,
		Fire:    both(plenty, high),
		Near:    both(plenty, low),
		Calm:    both(plenty, 0),
		Idle:    slices.Concat(requests(id, canary, 0, 1), requests(id, stable, 0, 1)),
		First:   1,
		Value:   rule.Steady(high),
		Memory:  window + 6,
		Derived: []string{telemetry.CanaryErrorDelta, telemetry.CanaryErrorZ, telemetry.CanaryErrorPooled, telemetry.CanaryErrorRatio},
		More: []rule.Story{
			stays("stays silent while the canary has few requests", wait, requests(id, canary, few, 1), requests(id, stable, times*few, 0)),
			stays("stays silent while stable has few requests", wait, requests(id, canary, times*few, 1), requests(id, stable, few, 0)),
			stays("stays silent when stable is worse", wait, requests(id, canary, plenty, 0), requests(id, stable, plenty, 1)),
			stays("stays silent when everything fails", wait, requests(id, canary, plenty, 1), requests(id, stable, plenty, 1)),
			stays("stays silent when there is nothing to compare with", wait, requests(id, canary, plenty, 1)),
		},
	}
	if zscore(enough, enough, 0, times*enough) > n.CanaryZ*(1+hair) {
		trial.More = append(trial.More, filled("fires from enough requests on", wait, 1,
			requests(id, canary, enough, 1), requests(id, stable, times*enough, 0)))
	}
	// With many requests asked for, a difference that matters is never chance.
	if fails+wide < 1 && chance(n.CanaryZ*(1-hair)) > enough {
		trial.More = append(trial.More,
			stays("stays silent when chance explains the difference", wait, both(chance(n.CanaryZ*(1-hair)), wide)),
			filled("fires when chance does not quite explain the difference", wait, wide, both(chance(n.CanaryZ*(1+hair)), wide)))
	}
	return trial
}

// trafficTrial is about a canary that is heard of all the time; its stories about
// when it was.
func trafficTrial(t rule.Target, id map[string]string) rule.Trial {
	const wait = 30 * time.Minute
	var (
		n      = t.Policy.Thresholds
		few    = n.CanaryMinRequests * (1 - hair)
		fire   = evaluations(wait)
		beside = slices.Concat(requests(id, stable, 100*n.CanaryMinRequests, 0), []rule.Signal{always(id, stable)})
		with   = func(signals ...[]rule.Signal) []rule.Signal { return slices.Concat(append(signals, beside)...) }
		out    = []rule.Signal{always(id, canary)}
		ago    = func(d time.Duration) []rule.Signal { return []rule.Signal{heard(id, canary, d)} }
		within = span - time.Duration(math.Round(hair*span.Seconds()))*time.Second
		beyond = span + time.Duration(math.Round(hair*span.Seconds()))*time.Second
	)
	return rule.Trial{
		Pace:   pace,
		Fire:   with(requests(id, canary, few, 0), out),
		Near:   with(requests(id, canary, n.CanaryMinRequests*(1+hair), 0), out),
		Calm:   with(requests(id, canary, 100*n.CanaryMinRequests, 0), out),
		Value:  rule.Steady(few),
		Labels: ofCanary,
		Memory: window + 6,
		More: []rule.Story{
			{
				Name:   "fires about a canary that gets no requests at all",
				Phases: []rule.Phase{{Evaluations: fire, State: with(out)}},
				Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: 0}},
			},
			{
				Name:   "fires about a canary that was heard of lately",
				Phases: []rule.Phase{{Evaluations: fire, State: with(ago(within))}},
				Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: 0}},
			},
			stays("stays silent about a canary that is gone", wait, with(ago(beyond))),
			stays("stays silent while it is stable that gets little", wait,
				requests(id, canary, 100*n.CanaryMinRequests, 0), out, requests(id, stable, few, 0), []rule.Signal{always(id, stable)}),
		},
	}
}

// stageTrial has a pace of minutes, because stages last hours.
func stageTrial(t rule.Target, id map[string]string) rule.Trial {
	const pace = 5 * time.Minute
	var (
		s     = t.Item.(stage)
		wait  = int((s.Watch + grace + pace - 1) / pace)
		share = func(share float64) []rule.Signal {
			return slices.Concat(requests(id, canary, 10000*share, 0), requests(id, stable, 10000*(1-share), 0), unread(id))
		}
		silent = func(name string, state []rule.Signal) rule.Story {
			return rule.Story{Name: name, Phases: []rule.Phase{{Evaluations: wait + 5, State: state}}, Expect: []rule.Expectation{{At: wait + 5}}}
		}
		high = s.To * (1 - hair)
	)
	trial := rule.Trial{
		Pace:    pace,
		Fire:    share(high),
		Near:    share(min(s.To*(1+hair), s.Beyond)),
		Calm:    slices.Concat(requests(id, canary, 1e8, 0), requests(id, stable, 1, 0)),
		Idle:    slices.Concat(requests(id, canary, 0, 0), requests(id, stable, 0, 0)),
		First:   1,
		Value:   rule.Steady(high),
		Memory:  6,
		Derived: []string{telemetry.CanaryShare},
		More:    []rule.Story{silent("stays silent when the canary gets nothing", append(share(0), always(id, canary)))},
	}
	if s.From > 0 {
		above := s.From * (1 + hair)
		trial.More = append(trial.More,
			silent("stays silent just before the stage", share(max(s.From*(1-hair), s.Below))),
			rule.Story{
				Name:   "fires at the beginning of the stage, too",
				Phases: []rule.Phase{{Evaluations: wait + 1, State: share(above)}},
				Expect: []rule.Expectation{{At: wait}, {At: wait + 1, Fires: true, Value: above}},
			})
	}
	return trial
}
