package availability

import (
	"math"
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// absence is a service that falls silent, for the stories of ServiceTelemetryAbsent. Times
// are in evaluations.
type absence struct {
	n   catalog.Thresholds
	id  map[string]string // of the service
	who map[string]string // of what is recorded of it
	// before is how long it was heard: for longer than known. The silence is too long
	// so many evaluations later, and the alert waits.
	before, first, wait int
	// ending is when it was last heard, in seconds.
	ending float64
	// loud is the state in which it is heard, quiet that in which it was last heard at a
	// time, and again that in which it is well to the end. Somebody else is heard in all.
	loud, again []rule.Signal
	quiet       func(since float64, more ...rule.Signal) []rule.Signal
	// older is a version that another gateway heard of long ago.
	older, other   rule.Signal
	enough, little rule.Signal // traffic, by the guard
}

func newAbsence(t rule.Target, id map[string]string) absence {
	n := t.Policy.Thresholds
	a := absence{n: n, id: id, who: id}
	if recorded := source.Recorded(t); recorded != nil {
		a.who = recorded
	}
	a.before, a.wait = evaluations(195*time.Minute), evaluations(n.DownFor)
	a.enough, a.little = a.traffic(n.MinRequestRate*(1+rule.Hair)), a.traffic(n.MinRequestRate*(1-rule.Hair))
	a.older = heard(id, "1.0.0", 0)
	// At a time after the end of every story, for short.
	a.other = heard(map[string]string{telemetry.Service: id[telemetry.Service] + "-neighbour"}, "1.0.0", 1e9)
	if elsewhere(t) {
		// It is heard of whenever its series are there.
		a.loud = append(source.Requests(t, id, 1, 0), a.other)
		a.again = with(a.loud, a.enough)
		a.quiet = func(_ float64, more ...rule.Signal) []rule.Signal { return append([]rule.Signal{a.other}, more...) }
		a.first = int(n.AbsentAfter/pace) + 1
		a.ending = seconds(a.before)
		return a
	}
	a.loud = []rule.Signal{a.older, talk(id, 0), a.other}
	a.quiet = func(since float64, more ...rule.Signal) []rule.Signal {
		return append([]rule.Signal{a.older, heard(id, "1.1.0", since), a.other}, more...)
	}
	a.again = a.quiet(1e9, a.enough)
	// The silence begins on the way to an evaluation, so that it is a hair too long when
	// another comes.
	after := n.AbsentAfter.Seconds() + a.hair() + 0.5
	a.first = int(math.Ceil(after / pace.Seconds()))
	a.ending = seconds(a.before+a.first) - after
	return a
}

func elsewhere(t rule.Target) bool { return t.Service != nil && source.Elsewhere(*t.Service) }

// hair is a part of the silence, in seconds, but less than an evaluation.
func (a absence) hair() float64 { return min(rule.Hair*a.n.AbsentAfter.Seconds(), pace.Seconds()/2) }

func evaluations(d time.Duration) int { return int((d + pace - 1) / pace) }

func seconds(evaluations int) float64 { return float64(evaluations) * pace.Seconds() }

// traffic is as the red family records it; here it is as much in the silence.
func (a absence) traffic(perSecond float64) rule.Signal {
	return rule.Level(telemetry.RecordedRequests, perSecond, a.who)
}

// fire is the evaluation at which the alert is due.
func (a absence) fire() int { return a.before + a.first + a.wait }

// fires is that the alert fires, about a silence since a time in seconds.
func (a absence) fires(at int, since float64) rule.Expectation {
	return rule.Expectation{At: at, Fires: true, Value: seconds(at) - since}
}

// after are the phases of a story in which the service was heard before.
func (a absence) after(phases ...rule.Phase) []rule.Phase {
	return append([]rule.Phase{{Evaluations: a.before, State: with(a.loud, a.enough)}}, phases...)
}

// with is a state and one signal more.
func with(state []rule.Signal, more rule.Signal) []rule.Signal {
	return append(state[:len(state):len(state)], more)
}

func absentTrial(t rule.Target, id map[string]string) rule.Trial {
	a := newAbsence(t, id)
	trial := rule.Trial{
		Pace:     pace,
		Identity: source.Recorded(t),
		Before:   a.after(),
		Fire:     a.quiet(a.ending, a.enough),
		Calm:     a.again,
		First:    a.first,
		Value:    func(at time.Duration) float64 { return at.Seconds() - a.ending },
		Outlives: true,
		More:     a.traffics(),
	}
	if !elsewhere(t) {
		trial.More = append(trial.More, a.justSilent())
	}
	// What Prometheus shows of a gateway that is gone is news for two minutes: an alert
	// that is due by then comes.
	knows := a.first+a.wait > 2
	if knows && (t.Service == nil || elsewhere(t)) {
		trial.More = append(trial.More, rule.Story{
			Name: "stays silent when every service falls silent at once", Everywhere: true,
			Phases: a.after(rule.Phase{Evaluations: a.first + a.wait + 30, State: []rule.Signal{a.enough}}),
			Expect: []rule.Expectation{{At: a.fire()}, {At: a.fire() + 30}},
		})
	}
	if t.Service != nil {
		return trial // what is looked back for has no numbers of a service
	}
	if knows {
		trial.More = append(trial.More, rule.Story{
			Name:   "stays silent when the gateway that heard it is gone and another is there",
			Phases: a.after(rule.Phase{Evaluations: a.first + a.wait + 12, State: []rule.Signal{a.older, a.other, a.enough}}),
			Expect: []rule.Expectation{{At: a.fire() + 1}, {At: a.fire() + 12}},
		})
	}
	trial.More = slices.Concat(trial.More, a.memories(), a.bursts(), a.renames())
	return trial
}
