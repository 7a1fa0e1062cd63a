package availability

import (
	"fmt"
	"math"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// known is how long ago a service must have been known.
const known = "3h"

const absentName = "ServiceTelemetryAbsent"

// serviceTelemetryAbsent is ServiceDown for services that push, and so have no up. One
// that is idle does not fall silent by it: there must have been traffic in the hour
// before, and the silence must be longer than any of the day before, ten minutes ago and
// earlier: telemetry may come in bursts, and services may work at certain hours. So what
// was not yet known three hours ago is not judged. The hour passes; so what fires goes on
// until something is heard, for six hours.
func serviceTelemetryAbsent() rule.Alert {
	return rule.Alert{
		Name: absentName, Severity: catalog.Page, Checklist: "PR-038",
		Presence: telemetry.RecordedSilence,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf(`%s > %s and %s > max_over_time(%s[1d] offset 10m) and present_over_time(%s[10m] offset %s) and on (%s) (avg_over_time(%s[1h]) >= %s or ALERTS{alertname=%q, alertstate="firing"}) unless on (%s) %s`,
				telemetry.RecordedSilence, rule.Seconds(t.Policy.Thresholds.AbsentAfter), telemetry.RecordedSilence, telemetry.RecordedSilence, telemetry.RecordedSilence, known,
				rule.Identity(), telemetry.RecordedRequests, rule.Number(t.Policy.Thresholds.MinRequestRate), absentName, telemetry.Service, telemetry.RecordedNewName)
		},
		Wait:    func(t rule.Target) time.Duration { return t.Policy.Thresholds.DownFor },
		Keep:    10 * time.Minute,
		Summary: rule.Where + " has sent nothing for {{ $value | humanizeDuration }}",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("Nothing was heard of "+rule.Where+" for {{ $value | humanizeDuration }}, while other services are heard. In the hour before it had"+
				" at least %s requests per second, and in the day before it was never silent for so long. The alert fires after %s of silence and another %s.",
				rule.Number(t.Policy.Thresholds.MinRequestRate), rule.Short(t.Policy.Thresholds.AbsentAfter), rule.Short(t.Policy.Thresholds.DownFor))
		},
		Guide: rule.Guide{
			Meaning: "A service that had traffic an hour ago sends no telemetry any more: no span, no metric, no log record.",
			Impact:  "Most likely it is down, and users cannot use it. Or it works, and nobody sees how.",
			Release: true,
			Look: []rule.Look{
				{Question: "When was it last heard of?", Query: telemetry.RecordedLastHeard + "{$selector}"},
				{Question: "Which other services are silent?", Query: telemetry.RecordedSilence + " > 60"},
				{Question: "Do those who call it fail?", Query: telemetry.RecordedDependencyErrorRatio + " > 0"},
			},
			Act: []string{
				"Ask the service itself: call its health endpoint. If it does not answer, treat it as ServiceDown.",
				"If it answers, its telemetry does not reach the gateway: look at the exporter's settings in its environment, at credentials and certificates of the gateway, and at its own log.",
				"If it was removed on purpose, silence the alert; it ends after six hours.",
			},
		},
		Trial: absentTrial,
	}
}

// heard is the gateway's series of when it last heard of a version of a service.
func heard(id map[string]string, version string, at float64) rule.Signal {
	series := map[string]string{telemetry.Version: version, telemetry.GatewayInstance: "gateway of " + version}
	for name, value := range id {
		series[name] = value
	}
	return rule.Level(telemetry.VersionLastSeen.Name, at, series)
}

// seen are the series of a service that was heard of.
func seen(t rule.Target, id map[string]string) []rule.Signal {
	if t.Service != nil && source.Elsewhere(*t.Service) {
		return source.Requests(t, id, 1, 0)
	}
	return []rule.Signal{heard(id, "1.0.0", 1)}
}

// talk is a service that is heard all the time, from a time in the test on.
func talk(id map[string]string, from time.Duration) rule.Signal {
	s := heard(id, "1.1.0", from.Seconds())
	s.Slope = 1
	return s
}

func absentTrial(t rule.Target, id map[string]string) rule.Trial {
	const before = 195 // evaluations: more than known
	var (
		n     = t.Policy.Thresholds
		who   = id
		began = before * pace
		wait  = int((n.DownFor + pace - 1) / pace)
		// Traffic is as the red family records it; here it is as much in the silence.
		traffic = func(perSecond float64) rule.Signal { return rule.Level(telemetry.RecordedRequests, perSecond, who) }
		enough  = traffic(n.MinRequestRate * 1.02)
		little  = traffic(n.MinRequestRate * 0.98)
		// Somebody else is heard in every story; at a time after its end, for short.
		other = heard(map[string]string{telemetry.Service: id[telemetry.Service] + "-neighbour"}, "1.0.0", 1e9)
		// An older version, and one that another gateway heard of long ago.
		older = heard(id, "1.0.0", 0)
		// The silence begins in the first minutes, so that it is a hair too long when an
		// evaluation comes.
		after  = n.AbsentAfter.Seconds()*1.02 + 0.5
		first  = int(math.Ceil(after / pace.Seconds()))
		ending = began.Seconds() + float64(first)*pace.Seconds() - after
	)
	quiet := func(since float64, more ...rule.Signal) []rule.Signal {
		return append([]rule.Signal{older, heard(id, "1.1.0", since), other}, more...)
	}
	loud := []rule.Signal{older, talk(id, 0), other}
	again := quiet(1e6, enough)
	if t.Service != nil && source.Elsewhere(*t.Service) {
		// It is heard of whenever its series are there.
		who = source.Identity(*t.Service)
		enough, little = traffic(n.MinRequestRate*1.02), traffic(n.MinRequestRate*0.98)
		loud = append(source.Requests(t, id, 1, 0), other)
		again = with(loud, enough)
		quiet = func(_ float64, more ...rule.Signal) []rule.Signal { return append([]rule.Signal{other}, more...) }
		first = int(n.AbsentAfter/pace) + 1
		ending = began.Seconds()
	}
	value := func(at time.Duration) float64 { return at.Seconds() - ending }
	fire := before + first + wait
	trial := rule.Trial{
		Pace:     pace,
		Identity: source.Recorded(t),
		Before:   []rule.Phase{{Evaluations: before, State: with(loud, enough)}},
		Fire:     quiet(ending, enough),
		Calm:     again,
		First:    first,
		Value:    value,
		Outlives: true,
		More: []rule.Story{
			{
				Name: "goes on firing when the hour of traffic is over, and nobody shows the service any more", Everywhere: true,
				Phases: []rule.Phase{{Evaluations: before, State: with(loud, enough)}, {Evaluations: first + wait, State: quiet(ending, enough)}, {Evaluations: 70, State: []rule.Signal{other}}},
				Expect: []rule.Expectation{{At: fire, Fires: true, Value: value(time.Duration(fire) * pace)}, {At: fire + 70, Fires: true, Value: value(time.Duration(fire+70) * pace)}},
			},
			{
				Name: "stays silent on the wrong side of the traffic guard, though another alert fires",
				Phases: []rule.Phase{
					{Evaluations: before, State: with(loud, little)},
					{Evaluations: first + wait + 12, State: quiet(ending, little, rule.Elsewhere(who, nil))},
				},
				Expect: []rule.Expectation{{At: fire}, {At: fire + 12}},
			},
		},
	}
	if first+wait > 2 { // else the alert comes before it can know
		trial.More = append(trial.More, rule.Story{
			Name:   "stays silent when every service falls silent at once",
			Phases: []rule.Phase{{Evaluations: before, State: with(loud, enough)}, {Evaluations: first + wait + 30, State: []rule.Signal{enough}}},
			Expect: []rule.Expectation{{At: fire}, {At: fire + 30}},
		})
	}
	if wait > 1 { // so many evaluations without traffic bring the mean of the hour below the guard
		trial.More = append(trial.More, rule.Story{
			Name: "is not held by what did not fire yet",
			Phases: []rule.Phase{
				{Evaluations: before, State: with(loud, enough)},
				{Evaluations: first, State: quiet(ending, enough)},
				{Evaluations: wait + 12, State: quiet(ending, traffic(0))},
			},
			Expect: []rule.Expectation{{At: fire}, {At: fire + 12}},
		})
	}
	trial.More = append(trial.More, rule.Story{
		Name:   "stays silent about a service that is new",
		Phases: []rule.Phase{{Evaluations: 120, State: with(loud, enough)}, {Evaluations: 45, State: quiet(120*pace.Seconds(), enough)}},
		Expect: []rule.Expectation{{At: 120 + first + wait}, {At: 165}},
	})
	trial.More = append(trial.More, memories(before, first, wait, loud, quiet, enough, other)...)
	if n.AbsentAfter <= 0 || n.AbsentAfter > 40*time.Minute || (t.Service != nil && source.Elsewhere(*t.Service)) {
		return trial
	}
	trial.More = append(trial.More, justSilent(n, wait, before, loud, quiet, enough), bursts(n, wait, quiet, enough))
	trial.More = append(trial.More, renames(id, before, first, wait, loud, quiet, enough, older, other)...)
	return trial
}

// with is a state and one signal more.
func with(state []rule.Signal, more rule.Signal) []rule.Signal {
	return append(state[:len(state):len(state)], more)
}

// justSilent is the story of a silence that is a hair too short when an evaluation
// comes, and so is told by the next.
func justSilent(n catalog.Thresholds, wait, before int, loud []rule.Signal, quiet func(float64, ...rule.Signal) []rule.Signal, enough rule.Signal) rule.Story {
	short := n.AbsentAfter.Seconds() * 0.98
	at := int(math.Ceil(short / pace.Seconds()))
	since := float64(before+at)*pace.Seconds() - short
	first := before + at + 1
	return rule.Story{
		Name:   "stays silent a hair before the silence is too long",
		Phases: []rule.Phase{{Evaluations: before, State: with(loud, enough)}, {Evaluations: at + 1 + wait, State: quiet(since, enough)}},
		Expect: []rule.Expectation{{At: first - 1 + wait}, {At: first + wait, Fires: true, Value: float64(first+wait)*pace.Seconds() - since}},
	}
}

// bursts is the story of a service that is heard only so often. It is absent once it is
// silent for longer than before.
func bursts(n catalog.Thresholds, wait int, quiet func(float64, ...rule.Signal) []rule.Signal, enough rule.Signal) rule.Story {
	every := int(n.AbsentAfter/pace) + wait + 4 // evaluations
	var phases []rule.Phase
	at := 0
	for at < 195 {
		phases = append(phases, rule.Phase{Evaluations: every, State: quiet(float64(at)*pace.Seconds(), enough)})
		at += every
	}
	since := float64(at-every) * pace.Seconds()
	fire := at + 1 + wait
	return rule.Story{
		Name:   "stays silent about a service that is heard in bursts, until one does not come",
		Phases: append(phases, rule.Phase{Evaluations: 1 + wait, State: quiet(since, enough)}),
		Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: float64(fire)*pace.Seconds() - since}},
	}
}
