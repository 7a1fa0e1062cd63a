package rule

import "time"

// Hair is how far trials are from a threshold: about 2 %. It is not round: no text of an
// alert may hang on how a number is rounded, and of a threshold with few digits, as
// people write them, this part never ends in a half of the last one that texts show.
const Hair = 0.02037

// Signal is what one series does during a phase.
type Signal struct {
	// Metric and Labels name the series; Labels are all it has.
	Metric string
	Labels map[string]string
	// Rate is how much a counter grows per second; every counter begins at 0.
	Rate float64
	// Level is the value of a gauge; Slope is how much it grows per second from the
	// beginning of the phase on.
	Level, Slope float64
	Gauge        bool
}

// Count is a counter that grows.
func Count(metric string, rate float64, labels map[string]string) Signal {
	return Signal{Metric: metric, Labels: labels, Rate: rate}
}

// Level is a gauge that stays.
func Level(metric string, level float64, labels map[string]string) Signal {
	return Signal{Metric: metric, Labels: labels, Level: level, Gauge: true}
}

// Phase is a stretch of time in which nothing changes. A series that a phase does
// not have is not there.
type Phase struct {
	// Evaluations is how long it lasts.
	Evaluations int
	State       []Signal
	// Restart lets every counter begin anew.
	Restart bool
}

// Trial is the traffic that brings an alert to fire, or just not to. From it come
// the stories of [stories]. Times are counted in evaluations: at evaluation 0,
// the first sample, every counter is 0.
type Trial struct {
	// Pace is the time between two evaluations, 30 s where it is 0; Step the time
	// between two samples, Pace where it is 0. Pace is a multiple of Step. An alert
	// that looks back for days has a pace of hours, so that its tests end.
	Pace, Step time.Duration
	// Start is the time of evaluation 0, for rules that know a date; 1970 where it is
	// zero. It needs promtool 3.9.
	Start time.Time
	// Before is the history that every story begins with. The condition does not
	// hold in it.
	Before []Phase
	// Fire meets the condition, by a hair where it can; Near misses it by a hair; Calm
	// ends it. Guarded would meet it, but for the guard against little traffic. Idle
	// has the series of Fire, with nothing to divide by. Nil leaves its stories out;
	// Fire is needed, and Near, unless it is time alone that makes the difference.
	Fire, Near, Calm, Guarded, Idle []Signal
	// First is the number of evaluations after Before at which the condition first
	// holds under Fire: 1 for a rate, which needs two samples, and for a gauge that
	// changes after a history; 0 for a gauge without a history.
	First int
	// Value is what the alert reports under Fire, at a time since evaluation 0.
	Value func(at time.Duration) float64
	// Labels are on the alert beside those of the identity and of its rule.
	Labels map[string]string
	// Identity is the labels of the identity that the alert has, where a recording
	// rule adds them; nil for those of the subject.
	Identity map[string]string
	// Linger is the number of evaluations that the condition outlives the first one
	// under Calm: 0 where Calm ends it at once.
	Linger int
	// Memory is the number of evaluations that the condition may outlive its series.
	Memory int
	// Outlives: the alert is about what does not come, so it goes on when its series
	// vanish. Memory and Derived then mean nothing.
	Outlives bool
	// Unheard is what the alert does in the tests of others, where the subject has no
	// series; nil for nothing.
	Unheard *Unheard
	// Everywhere: every story is told for each service that a rule speaks for, and not
	// only for those that share series with another.
	Everywhere bool
	// Derived are recorded series that must be absent, rather than NaN, under Idle,
	// and once the series are gone and forgotten.
	Derived []string
	// Twin is the alert that is silent whenever this one fires; usually none.
	Twin string
	// More are stories of this alert alone.
	More []Story
}

// Steady is a value that does not change.
func Steady(v float64) func(time.Duration) float64 { return func(time.Duration) float64 { return v } }

// Story is one unit test before it is written down.
type Story struct {
	Name   string
	Phases []Phase
	// Expect says what the alert does at some evaluations.
	Expect []Expectation
	// Identity, Start and Pace are those of the trial where they are zero.
	Identity map[string]string
	Start    time.Time
	Pace     time.Duration
	// Absent is the evaluation at which the derived series must not be there; none
	// where it is 0.
	Absent int
	// Everywhere: told for each service that a rule speaks for; else once for each
	// set of numbers.
	Everywhere bool
}

// Expectation is whether the alert fires at an evaluation, and with which value.
type Expectation struct {
	At    int
	Fires bool
	Value float64
}

// settle is how many evaluations more a silent story waits.
const settle = 12

// stories of a trial, for an alert that waits and is kept firing for this long.
func stories(t Trial, wait, keep time.Duration) []Story {
	var (
		w, k  = evaluations(wait, t.pace()), evaluations(keep, t.pace())
		lead  = length(t.Before)
		first = lead + t.First
		fire  = first + w
		value = func(at int) float64 { return t.Value(time.Duration(at) * t.pace()) }
		fires = func(at int) Expectation { return Expectation{at, true, value(at)} }
		after = func(phases ...Phase) []Phase { return append(t.Before[:len(t.Before):len(t.Before)], phases...) }
		until = func(at int) []Expectation { // silent one before, if there is one
			if at > 0 {
				return []Expectation{{At: at - 1}}
			}
			return nil
		}
	)
	all := []Story{
		{
			Name: "fires at its time and not one evaluation earlier", Everywhere: true,
			Phases: after(Phase{Evaluations: fire - lead + 1, State: t.Fire}),
			Expect: append(until(fire), fires(fire)),
		},
	}
	if t.Near != nil {
		all = append(all, Story{
			Name:   "stays silent just short of the threshold",
			Phases: after(Phase{Evaluations: fire - lead + settle, State: t.Near}),
			Expect: []Expectation{{At: fire}, {At: fire + settle}},
		})
	}
	gone := Story{
		Name:   "resolves when the series vanish",
		Phases: after(Phase{Evaluations: fire - lead + 1, State: t.Fire}, Phase{Evaluations: t.Memory + k + settle}),
		Expect: []Expectation{fires(fire), {At: fire + 1 + t.Memory + k + settle}},
		Absent: fire + 1 + t.Memory + k + settle,
	}
	if t.Outlives {
		gone = Story{
			Name:   "goes on firing when the series vanish",
			Phases: after(Phase{Evaluations: fire - lead, State: t.Fire}, Phase{Evaluations: k + settle}),
			Expect: []Expectation{fires(fire), fires(fire + k + settle)},
		}
	}
	all = append(all, gone)
	if t.Guarded != nil {
		all = append(all, Story{
			Name:   "stays silent on the wrong side of the traffic guard",
			Phases: after(Phase{Evaluations: fire - lead + settle, State: t.Guarded}),
			Expect: []Expectation{{At: fire}, {At: fire + settle}},
		})
	}
	if t.Idle != nil {
		all = append(all, Story{
			Name:   "stays silent when there is nothing to divide by",
			Phases: after(Phase{Evaluations: fire - lead + settle, State: t.Idle}),
			Expect: []Expectation{{At: fire}, {At: fire + settle}},
			Absent: fire,
		})
	}
	// A counter that began anew after one sample looks like one that stood still.
	if half := (fire - lead + 1) / 2; t.counts() && half > 1 {
		all = append(all, Story{
			Name:   "fires once when counters begin anew on the way",
			Phases: after(Phase{Evaluations: half, State: t.Fire}, Phase{Evaluations: fire - lead + 1 - half, State: t.Fire, Restart: true}),
			Expect: append(until(fire), fires(fire)),
		})
	}
	if t.Calm == nil {
		return append(all, t.More...)
	}
	if w > 0 && t.Linger == 0 {
		all = append(all, Story{
			Name:   "stays silent after a spike that is one evaluation too short",
			Phases: after(Phase{Evaluations: fire - 1 - lead, State: t.Fire}, Phase{Evaluations: settle, State: t.Calm}),
			Expect: append(until(fire), Expectation{At: fire}, Expectation{At: fire + settle - 1}),
		})
	}
	ends := fire + 1 + t.Linger // the first evaluation without the condition
	resolves := Story{
		Name:   "resolves when all is well, and not at the first good evaluation",
		Phases: after(Phase{Evaluations: fire - lead, State: t.Fire}, Phase{Evaluations: t.Linger + k + 2, State: t.Calm}),
		Expect: []Expectation{fires(fire)},
	}
	if t.Linger == 0 && k > 0 {
		resolves.Expect = append(resolves.Expect, Expectation{ends + k - 1, true, value(fire)})
	}
	resolves.Expect = append(resolves.Expect, Expectation{At: ends + k})
	all = append(all, resolves)
	return append(all, t.More...)
}

func (t Trial) pace() time.Duration {
	if t.Pace == 0 {
		return 30 * time.Second
	}
	return t.Pace
}

func (t Trial) step() time.Duration {
	if t.Step == 0 {
		return t.pace()
	}
	return t.Step
}

// counts reports whether a counter takes part.
func (t Trial) counts() bool {
	for _, s := range t.Fire {
		if !s.Gauge {
			return true
		}
	}
	return false
}

// evaluations is how many evaluations pass until the duration has.
func evaluations(d, pace time.Duration) int { return int((d + pace - 1) / pace) }

func length(phases []Phase) int {
	total := 0
	for _, p := range phases {
		total += p.Evaluations
	}
	return total
}
