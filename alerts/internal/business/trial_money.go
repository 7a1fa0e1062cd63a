package business

import (
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// revenueTrial is about a week, or a day, with revenue, and then orders without.
func revenueTrial(t rule.Target, id map[string]string) rule.Trial {
	const (
		ordered = 6 * manyOrders * (1 + hair) // per hour
		some    = 3                           // half of one in 10 minutes: any is some
	)
	revenue := number{*t.Service, t.Item.(catalog.BusinessMetric)}
	of, _ := first(*t.Service, catalog.RoleOrders)
	orders := number{*t.Service, of}
	at := func(much, perHour float64) []rule.Signal {
		return append(revenue.shows(id, much), orders.shows(id, perHour)...)
	}
	const fire = season + 2
	trial := rule.Trial{
		Pace: revenue.season() / season, Step: 5 * time.Minute,
		Before:  []rule.Phase{{Evaluations: season, State: at(some, ordered)}},
		Fire:    at(0, ordered),
		Near:    at(0.01, ordered),
		Calm:    at(some, ordered),
		First:   1,
		Value:   rule.Steady(0),
		Memory:  season + 2,
		Labels:  revenue.series(),
		Guarded: at(0, ordered*(1-2*hair)),
		Derived: []string{telemetry.RecordedOrders},
	}
	revenue.told(&trial)
	trial.More = []rule.Story{
		{
			Name:   "fires when nobody tells of revenue any more",
			Phases: []rule.Phase{trial.Before[0], {Evaluations: 2, State: orders.shows(id, ordered)}},
			Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: 0}},
		},
		{
			Name:   "stays silent where there was no revenue at this time before",
			Phases: []rule.Phase{{Evaluations: season, State: at(0, ordered)}, {Evaluations: 3, State: at(0, ordered)}},
			Expect: []rule.Expectation{{At: fire}, {At: fire + 1}},
		},
		{
			Name:   "stays silent where nothing is known of the time before",
			Phases: []rule.Phase{{Evaluations: 4, State: at(0, ordered)}},
			Expect: []rule.Expectation{{At: 2}, {At: 4}},
		},
	}
	return trial
}

// conversionTrial is about as many visits as ever, and fewer sign-ups.
func conversionTrial(t rule.Target, id map[string]string) rule.Trial {
	b := t.Item.(catalog.BusinessMetric)
	signups := number{*t.Service, b}
	of, _ := first(*t.Service, catalog.RoleVisits)
	visits := number{*t.Service, of}
	usual, came := 1.02*b.Floor, 100*b.Floor
	at := func(part, come float64) []rule.Signal {
		return append(signups.shows(id, part*usual), visits.shows(id, come*came)...)
	}
	const twice = 2 * season
	trial := rule.Trial{
		Pace: signups.season() / season, Step: 30 * time.Minute,
		Before: []rule.Phase{{Evaluations: twice, State: at(1, 1)}},
		Fire:   at(b.Drop*(1-hair), 1),
		Near:   at(b.Drop*(1+hair), 1),
		// As many sign-ups as ever of more visits are fewer, too.
		Calm:    at(1, 1),
		Idle:    at(0, 0),
		First:   1,
		Value:   rule.Steady(b.Drop * (1 - hair)),
		Memory:  twice,
		Derived: []string{telemetry.RecordedConversion},
		Labels:  map[string]string{telemetry.DeclaredMetric: b.Name},
	}
	signups.told(&trial)
	const fire = twice + 2
	trial.More = []rule.Story{
		{
			Name:   "fires when nobody signs up at all, and none is told of",
			Phases: []rule.Phase{trial.Before[0], {Evaluations: 2, State: visits.shows(id, came)}},
			Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: 0}},
		},
		{
			Name:   "stays silent where there are usually too few sign-ups to judge by",
			Phases: []rule.Phase{{Evaluations: twice, State: at(0.96, 1)}, {Evaluations: 3, State: at(0, 1)}},
			Expect: []rule.Expectation{{At: fire}, {At: fire + 1}},
		},
	}
	return trial
}
