package availability

import (
	"maps"
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/telemetry"
)

// memories are the stories of how long is looked back.
func memories(before, first, wait int, loud []rule.Signal, quiet func(float64, ...rule.Signal) []rule.Signal, enough, other rule.Signal) []rule.Story {
	const (
		hours = 6 * 60
		keep  = 10
		busy  = 75
	)
	var (
		gap   = first + wait + 30
		again = before + gap + busy
		since = (time.Duration(again) * pace).Seconds()
		ends  = before + hours
		begin = (time.Duration(before) * pace).Seconds()
	)
	later := slices.Clone(loud)
	for i := range later {
		later[i].Level += later[i].Slope * (time.Duration(before+gap) * pace).Seconds()
	}
	return []rule.Story{{
		Name: "stays silent about a service that was silent for longer earlier in the day",
		Phases: []rule.Phase{
			{Evaluations: before, State: with(loud, enough)},
			{Evaluations: gap, State: quiet(begin, enough)},
			{Evaluations: busy, State: with(later, enough)},
			{Evaluations: first + wait + 12, State: quiet(since, enough)},
		},
		Expect: []rule.Expectation{{At: again + first + wait}, {At: again + first + wait + 12}},
	}, {
		Name: "forgets a service after six hours",
		Phases: []rule.Phase{
			{Evaluations: before, State: with(loud, enough)},
			{Evaluations: first + wait, State: quiet(begin, enough)},
			{Evaluations: hours, State: []rule.Signal{other}},
		},
		Expect: []rule.Expectation{{At: ends + first + wait + keep + 1}},
	}}
}

// renames are the stories of a service, and of a gateway, that others stand in for.
func renames(id map[string]string, before, first, wait int, loud []rule.Signal, quiet func(float64, ...rule.Signal) []rule.Signal, enough, older, other rule.Signal) []rule.Story {
	renamed := maps.Clone(id)
	renamed[telemetry.ServiceNamespace] = "another-namespace"
	elsewhere := talk(renamed, 0)
	since := (time.Duration(before) * pace).Seconds()
	fire := before + first + wait
	return []rule.Story{
		{
			Name: "stays silent about a service that is heard by another name since",
			Phases: []rule.Phase{
				{Evaluations: before, State: with(loud, enough)},
				{Evaluations: first + wait + 50, State: with(quiet(since, enough), talk(renamed, time.Duration(before)*pace))},
			},
			Expect: []rule.Expectation{{At: fire + 1}, {At: fire + 50}},
		},
		{
			Name: "fires though a service of the same name is heard as ever",
			Phases: []rule.Phase{
				{Evaluations: before, State: with(with(loud, enough), elsewhere)},
				{Evaluations: first + wait + 1, State: with(quiet(since, enough), elsewhere)},
			},
			Expect: []rule.Expectation{{At: fire + 1, Fires: true, Value: (time.Duration(first+wait+1) * pace).Seconds()}},
		},
		{
			Name: "stays silent when the gateway that heard it is gone and another is there",
			Phases: []rule.Phase{
				{Evaluations: before, State: with(loud, enough)},
				{Evaluations: first + wait + 12, State: []rule.Signal{older, other, enough}},
			},
			Expect: []rule.Expectation{{At: fire + 1}, {At: fire + 12}},
		},
	}
}
