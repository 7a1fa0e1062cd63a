package rule

import (
	"fmt"
	"time"

	"github.com/prometheus/common/model"

	"github.com/readygate/readygate/internal/telemetry"
)

// Ease is where an alert with hysteresis ends: at this share of its threshold. A
// level that hovers at the threshold then makes one alert, not many.
const Ease = 0.9

// Hold is a condition with hysteresis: it begins as begins says, and goes on, once
// the alert fires, while the series is above Ease of the threshold. The series have
// the labels of a service's identity and more.
func Hold(alert, begins, series string, threshold float64, more ...string) string {
	return fmt.Sprintf(`(%s) or (%s > %s and on (%s) ALERTS{%s=%q, alertstate="firing"})`,
		begins, series, Number(Ease*threshold), Identity(more...), model.AlertNameLabel, alert)
}

// Above is Hold for an alert that begins above the threshold.
func Above(alert, series string, threshold float64, more ...string) string {
	return Hold(alert, fmt.Sprintf("%s > %s", series, Number(threshold)), series, threshold, more...)
}

// Held adds the stories of a condition with hysteresis to a trial. At makes the
// traffic at which the series, and the alert's value, is the level; it takes so many
// evaluations until the series follows the traffic. The alert waits and is kept
// firing for this long.
func (t Trial) Held(at func(level float64) []Signal, threshold float64, follows int, wait, keep time.Duration) Trial {
	var (
		w, k    = evaluations(wait, t.pace()), evaluations(keep, t.pace())
		fire    = length(t.Before) + t.First + w
		rest    = follows + k + settle
		over    = Ease * threshold * (1 + Hair)
		under   = Ease * threshold * (1 - Hair)
		stories = func(first int, state []Signal, rest ...Phase) []Phase {
			return append(append(t.Before[:len(t.Before):len(t.Before)], Phase{Evaluations: first, State: state}), rest...)
		}
	)
	t.More = append(t.More, Story{
		Name:   "goes on firing a little below the threshold, and not far below",
		Phases: stories(t.First+w+1, t.Fire, Phase{Evaluations: rest, State: at(over)}, Phase{Evaluations: rest, State: at(under)}),
		Expect: []Expectation{{At: fire + 1 + rest, Fires: true, Value: over}, {At: fire + 1 + 2*rest}},
	})
	if pending := max(1, t.First); w > follows+pending {
		t.More = append(t.More, Story{
			Name:   "is not held by what did not fire yet",
			Phases: stories(pending, t.Fire, Phase{Evaluations: follows + 2*w, State: at(over)}),
			Expect: []Expectation{{At: length(t.Before) + pending + follows + 2*w}},
		})
	}
	return t
}

// Elsewhere is the state in which another alert fires about the same series: it must
// not hold this one.
func Elsewhere(identity, labels map[string]string) Signal {
	all := map[string]string{model.AlertNameLabel: "SomethingElse", "alertstate": "firing", telemetry.Service: identity[telemetry.Service]}
	for _, more := range []map[string]string{identity, labels} {
		for name, value := range more {
			all[name] = value
		}
	}
	return Level("ALERTS", 1, all)
}
