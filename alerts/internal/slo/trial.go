package slo

import (
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/slo"
	"github.com/readygate/readygate/internal/telemetry"
)

// hair is how far traffic is from a threshold: more than one evaluation of a long
// window, so that one good evaluation does not bring that below.
const hair = rule.Hair

const (
	// busy is traffic in requests per second: so much that, at the strictest objective,
	// the guard against few errors lets every window pass.
	busy = 1000
	// crowd is traffic beside which busy is nothing: a window that has some of it is
	// healthy.
	crowd = 1000 * busy
)

// traffic are the recorded series that an alert about burn rates reads, of so many
// requests per second. Long is the share of bad ones as seen over the hour, where
// that is recorded by somebody else; bad is the share now.
type traffic func(perSecond, long, bad float64) []rule.Signal

// failing are the series of the objective of availability.
func failing(p pair, _ catalog.SLO, id map[string]string) traffic {
	if p.recorded() {
		return func(perSecond, long, bad float64) []rule.Signal {
			return []rule.Signal{
				rule.Level(telemetry.RecordedErrorRatioHourly, long, id),
				rule.Level(telemetry.RecordedErrorsHourly, long*perSecond*p.Long.Seconds(), id),
				rule.Level(telemetry.RecordedErrorRatio, bad, id),
			}
		}
	}
	return func(perSecond, _, bad float64) []rule.Signal {
		return []rule.Signal{
			rule.Level(telemetry.RecordedRequests, perSecond, id),
			rule.Level(telemetry.RecordedErrors, perSecond*bad, id),
		}
	}
}

// slow are the series of the objective of latency. The gateways spell whole bounds
// differently. Every request takes longer than the next smaller bound, and a slow one
// longer than the next larger.
func slow(_ pair, o catalog.SLO, id map[string]string) traffic {
	return func(perSecond, _, bad float64) []rule.Signal {
		bucket := func(le string, rate float64) rule.Signal {
			return rule.Level(telemetry.RecordedBuckets, rate, rule.With(id, telemetry.Bucket, le))
		}
		all := []rule.Signal{rule.Level(telemetry.RecordedDurations, perSecond, id), bucket("+Inf", perSecond)}
		bounds := catalog.LatencyBounds()
		for i, bound := range bounds {
			text := rule.Number(bound.Seconds())
			switch {
			case i+1 < len(bounds) && bounds[i+1] == o.Latency:
				all = append(all, bucket(text, 0))
			case i > 0 && bounds[i-1] == o.Latency:
				all = append(all, bucket(text, perSecond*(1-bad)))
			case bound != o.Latency:
			case bound%time.Second == 0:
				all = append(all, bucket(text, perSecond*(1-bad)/2), bucket(text+".0", perSecond*(1-bad)/2))
			default:
				all = append(all, bucket(text, perSecond*(1-bad)))
			}
		}
		return all
	}
}

// recorded reports that both windows are recorded by the family of requests.
func (p pair) recorded() bool { return p.long == telemetry.RecordedErrorRatioHourly }

// evaluations of the trial within a while.
func (p pair) evaluations(d time.Duration) int { return int((d + p.pace - 1) / p.pace) }

// tile is what the long window is put together from. A trial begins with it.
func (p pair) tile() time.Duration {
	if p.Long > 6*time.Hour {
		return time.Hour
	}
	return tile
}

// few is so much traffic, in requests per second, that the number of requests in the
// long window is n. An evaluation that is slower than a tile leaves tiles out.
func (p pair) few(n float64) float64 {
	if p.recorded() {
		return n / p.Long.Seconds()
	}
	return n / (tile.Seconds() * float64(p.Long/max(p.pace, tile)))
}

// burnTrial has, before the trouble, a crowd without an error: while the long window
// remembers it, nothing burns, and so neither does the longer window of the other
// alert of the same name.
func burnTrial(o objective, p pair, keep time.Duration, s catalog.SLO, id map[string]string) rule.Trial {
	var (
		ratio     = o.ratio(s)
		threshold = p.Attainable(ratio) * slo.Budget(ratio)
		high, low = threshold * (1 + hair), threshold * (1 - hair)
		at        = o.trial(p, s, id)
		steady    = func(perSecond, bad float64) []rule.Signal { return at(perSecond, bad, bad) }
		first     = p.evaluations(p.Long)
		short     = p.evaluations(p.Short)
		wait      = p.evaluations(p.For)
		kept      = p.evaluations(keep)
		before    = []rule.Phase{{Evaluations: p.evaluations(p.tile()), State: steady(crowd, 0)}}
	)
	trial := rule.Trial{
		Pace:    p.pace,
		Before:  before,
		Fire:    steady(busy, high),
		Near:    steady(busy, low),
		Calm:    at(busy, high, 0),
		Guarded: steady(p.few(slo.MinErrors*(1-hair)), 1),
		Idle:    steady(0, 1),
		First:   first,
		Value:   rule.Steady(slo.BurnRate(high, ratio)),
		Memory:  first + p.evaluations(p.tile()) + 1,
		Derived: []string{p.long, p.short},
	}
	if o.labels(s) != nil {
		trial.Labels = o.labels(s)
	}
	if p.recorded() {
		trial.First, trial.Memory, trial.Idle, trial.Derived = 1, p.evaluations(tile)+1, nil, nil
	}
	lead := before[0].Evaluations
	fire := lead + trial.First + wait
	story := func(name string, phases ...rule.Phase) *rule.Story {
		trial.More = append(trial.More, rule.Story{Name: name, Phases: append(before[:1:1], phases...)})
		return &trial.More[len(trial.More)-1]
	}

	story("fires from so few errors on that each counts",
		rule.Phase{Evaluations: trial.First + wait + 1, State: steady(p.few(slo.MinErrors*(1+hair)), 1)},
	).Expect = []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: slo.BurnRate(1, ratio)}}

	// Long enough for the short window to forget, too short for the long one.
	after := short + kept + 2
	story("ends when the short window is just below the threshold",
		rule.Phase{Evaluations: trial.First + wait, State: trial.Fire},
		rule.Phase{Evaluations: after, State: at(busy, high, low)},
	).Expect = []rule.Expectation{{At: fire, Fires: true, Value: slo.BurnRate(high, ratio)}, {At: fire + after}}

	after = short + wait + 2
	story("stays silent while the long window is just below the threshold",
		rule.Phase{Evaluations: trial.First, State: trial.Near},
		rule.Phase{Evaluations: after, State: at(busy, low, high)},
	).Expect = []rule.Expectation{{At: lead + trial.First + after}}
	return trial
}

// exhaustedTrial has a day without requests, and goes on at a full hour by the clock,
// and so do all its numbers: the next that counts is 12 evaluations later.
func exhaustedTrial(t rule.Target, id map[string]string) rule.Trial {
	const pace, hour, day, wait, kept = tile, int(time.Hour / tile), int(24 * time.Hour / tile), 1, int(keepSlow / tile)
	var (
		budget = slo.Budget(t.Policy.SLO.Availability)
		at     = failing(pair{}, t.Policy.SLO, id)
		few    = func(errors float64) []rule.Signal { return at(errors/tile.Seconds(), 0, 1) }
		fire   = at(crowd/10, 0, budget*(1+hair))
		calm   = at(crowd, 0, 0)
		spent  = 1 + hair
		before = []rule.Phase{{Evaluations: day - 1, State: at(0, 0, 0)}}
		after  = func(phases ...rule.Phase) []rule.Phase { return append(before[:1:1], phases...) }
	)
	return rule.Trial{
		Pace:   pace,
		Before: before,
		Fire:   fire,
		Near:   at(crowd/10, 0, budget*(1-hair)),
		Calm:   calm,
		Idle:   at(0, 0, 1),
		First:  1,
		Value:  rule.Steady(spent),
		Linger: hour - 2,
		// What was lost stays lost when the service is gone.
		Outlives: true,
		Derived:  []string{telemetry.SLOErrorRatio30d},
		More: []rule.Story{
			{
				Name:   "stays silent at so few errors that they may be one client's",
				Phases: after(rule.Phase{Evaluations: hour, State: few(slo.MinErrors * (1 - hair))}),
				Expect: []rule.Expectation{{At: day + wait}, {At: day + hour - 1}},
			},
			{
				Name:   "fires from so few errors on that each counts",
				Phases: after(rule.Phase{Evaluations: hour, State: few(slo.MinErrors * (1 + hair))}),
				Expect: []rule.Expectation{{At: day + wait, Fires: true, Value: 1 / budget}},
			},
			{
				Name:   "goes on for a while when there is a budget again",
				Phases: after(rule.Phase{Evaluations: wait + 1, State: fire}, rule.Phase{Evaluations: hour + kept, State: calm}),
				Expect: []rule.Expectation{{At: day + hour + kept - 1, Fires: true, Value: spent}, {At: day + hour + kept}},
			},
			{
				Name:   "stays silent about the budget of a service that is not known for a day",
				Phases: []rule.Phase{{Evaluations: day + wait, State: fire}},
				Expect: []rule.Expectation{{At: hour}, {At: day + wait - 1}, {At: day + wait, Fires: true, Value: spent}},
			},
		},
	}
}
