package availability

import (
	"maps"
	"math"
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/telemetry"
)

// traffics are the stories of the traffic before the silence.
func (a absence) traffics() []rule.Story {
	var (
		fire = a.fire()
		gone = evaluations(70*time.Minute + a.n.AbsentAfter + a.n.DownFor)
	)
	all := []rule.Story{{
		Name: "goes on firing when the hour of traffic is over, and nobody shows the service any more", Everywhere: true,
		Phases: a.after(rule.Phase{Evaluations: a.first + a.wait, State: a.quiet(a.ending, a.enough)}, rule.Phase{Evaluations: gone, State: []rule.Signal{a.other}}),
		Expect: []rule.Expectation{a.fires(fire, a.ending), a.fires(fire+gone, a.ending)},
	}, {
		Name: "stays silent on the wrong side of the traffic guard, though another alert fires",
		Phases: []rule.Phase{
			{Evaluations: a.before, State: with(a.loud, a.little)},
			{Evaluations: a.first + a.wait + 12, State: a.quiet(a.ending, a.little, rule.Elsewhere(a.who, nil))},
		},
		Expect: []rule.Expectation{{At: fire}, {At: fire + 12}},
	}}
	if a.wait > 1 { // two evaluations without traffic bring the mean of the hour below the guard
		all = append(all, rule.Story{
			Name: "is not held by what did not fire yet",
			Phases: []rule.Phase{
				{Evaluations: a.before - a.wait + 1, State: with(a.loud, a.enough)},
				{Evaluations: a.wait - 1, State: with(a.loud, a.traffic(0))},
				{Evaluations: a.first + a.wait + 12, State: a.quiet(a.ending, a.traffic(0))},
			},
			Expect: []rule.Expectation{{At: fire}, {At: fire + 12}},
		})
	}
	return all
}

// memories are the stories of how long is looked back.
func (a absence) memories() []rule.Story {
	var (
		begin = seconds(a.before)
		due   = a.first + a.wait
		ends  = a.fire() + evaluations(6*time.Hour)
		keep  = evaluations(10 * time.Minute)
		gap   = due + 30
		again = a.before + gap + evaluations(75*time.Minute)
		young = evaluations(3*time.Hour) - due - 14 // new to the end of the story
		later = slices.Clone(a.loud)
	)
	for i := range later {
		later[i].Level += later[i].Slope * seconds(a.before+gap)
	}
	return []rule.Story{{
		Name: "forgets a service after six hours",
		Phases: a.after(
			rule.Phase{Evaluations: due, State: a.quiet(begin, a.enough)},
			rule.Phase{Evaluations: ends - a.fire(), State: []rule.Signal{a.other}},
		),
		Expect: []rule.Expectation{{At: ends + keep + 1}},
	}, {
		Name:   "stays silent about a service that is new",
		Phases: []rule.Phase{{Evaluations: young, State: with(a.loud, a.enough)}, {Evaluations: due + 12, State: a.quiet(seconds(young), a.enough)}},
		Expect: []rule.Expectation{{At: young + due}, {At: young + due + 12}},
	}, {
		Name: "stays silent about a service that was silent for longer earlier in the day",
		Phases: a.after(
			rule.Phase{Evaluations: gap, State: a.quiet(begin, a.enough)},
			rule.Phase{Evaluations: again - a.before - gap, State: with(later, a.enough)},
			rule.Phase{Evaluations: due + 12, State: a.quiet(seconds(again), a.enough)},
		),
		Expect: []rule.Expectation{{At: again + due}, {At: again + due + 12}},
	}}
}

// justSilent is the story of a silence that is a hair too short when an evaluation
// comes, and so is told by the next.
func (a absence) justSilent() rule.Story {
	short := a.n.AbsentAfter.Seconds() - a.hair()
	at := int(math.Ceil(short / pace.Seconds()))
	since := seconds(a.before+at) - short
	fire := a.before + at + 1 + a.wait
	return rule.Story{
		Name:   "stays silent a hair before the silence is too long",
		Phases: a.after(rule.Phase{Evaluations: at + 1 + a.wait, State: a.quiet(since, a.enough)}),
		Expect: []rule.Expectation{{At: fire - 1}, a.fires(fire, since)},
	}
}

// bursts is the story of a service that is heard only so often. It is absent once it is
// silent for longer than before.
func (a absence) bursts() []rule.Story {
	every := int(a.n.AbsentAfter/pace) + a.wait + 4
	var phases []rule.Phase
	at := 0
	for at < a.before {
		phases = append(phases, rule.Phase{Evaluations: every, State: a.quiet(seconds(at), a.enough)})
		at += every
	}
	since := seconds(at - every)
	fire := at + 1 + a.wait
	return []rule.Story{{
		Name:   "stays silent about a service that is heard in bursts, until one does not come",
		Phases: append(phases, rule.Phase{Evaluations: 1 + a.wait, State: a.quiet(since, a.enough)}),
		Expect: []rule.Expectation{{At: fire - 1}, a.fires(fire, since)},
	}}
}

// renames are the stories of a service that another of its name stands in for, or not.
func (a absence) renames() []rule.Story {
	renamed := maps.Clone(a.id)
	renamed[telemetry.ServiceNamespace] = "another-namespace"
	var (
		ever  = talk(renamed, 0)
		late  = evaluations(50 * time.Minute)
		since = seconds(a.before)
		due   = a.first + a.wait
		fire  = a.fire()
	)
	return []rule.Story{{
		Name: "fires though a service of the same name is heard as ever",
		Phases: []rule.Phase{
			{Evaluations: a.before, State: with(with(a.loud, a.enough), ever)},
			{Evaluations: due + 1, State: with(a.quiet(since, a.enough), ever)},
		},
		Expect: []rule.Expectation{a.fires(fire+1, since)},
	}, {
		Name:   "stays silent about a service that is heard by another name since",
		Phases: a.after(rule.Phase{Evaluations: due + late, State: with(a.quiet(since, a.enough), talk(renamed, time.Duration(a.before)*pace))}),
		Expect: []rule.Expectation{{At: fire + 1}, {At: fire + late}},
	}}
}
