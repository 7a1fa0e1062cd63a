package business

import (
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

const (
	// hair is how far a number is from the threshold.
	hair = rule.Hair
	// season is the evaluations after which it is the same time again: weeks pass by
	// in a few.
	season = 2
	// currency is one of what is counted, if it is money or not.
	currency = "EUR"
)

// dropTrial is about a number that was there for two weeks, or days, and is less now.
func dropTrial(t rule.Target, id map[string]string) rule.Trial {
	b := t.Item.(catalog.BusinessMetric)
	n := number{*t.Service, b}
	const twice = 2 * season
	usual := 1.02 * b.Floor
	const fire = twice + 2 // it waits for one
	at := func(part float64) []rule.Signal { return n.shows(id, part*usual) }
	before := func(evaluations int) rule.Phase { return rule.Phase{Evaluations: evaluations, State: at(1)} }
	trial := rule.Trial{
		Pace: n.season() / season, Step: 30 * time.Minute,
		Before: []rule.Phase{before(twice)},
		Fire:   at(b.Drop * (1 - hair)),
		Near:   at(b.Drop * (1 + hair)),
		Calm:   at(1),
		First:  1,
		Value:  rule.Steady(b.Drop * (1 - hair)),
		// Until nothing is usual any more.
		Memory:  twice,
		Derived: []string{telemetry.RecordedBusinessRatio, telemetry.RecordedBusinessBaseline},
		Labels:  n.series(),
	}
	n.told(&trial)
	trial.More = []rule.Story{
		{
			Name:   "fires when nobody tells of the number any more",
			Phases: []rule.Phase{before(twice), {Evaluations: fire - twice}},
			Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: 0}},
		},
		{
			Name:   "fires by one former time alone",
			Phases: []rule.Phase{before(season), {Evaluations: fire - twice, State: trial.Fire}},
			Expect: []rule.Expectation{{At: season + fire - twice - 1}, {At: season + fire - twice, Fires: true, Value: b.Drop * (1 - hair)}},
		},
		{
			Name:   "stays silent where nothing is usual yet",
			Phases: []rule.Phase{before(season - 1), {Evaluations: 1, State: trial.Fire}},
			Expect: []rule.Expectation{{At: season - 1}, {At: season}},
		},
		{
			Name: "stays silent where there is usually too little to judge by",
			Phases: []rule.Phase{
				{Evaluations: twice, State: n.shows(id, 0.98*b.Floor)},
				{Evaluations: fire - twice + 1, State: n.shows(id, 0)},
			},
			Expect: []rule.Expectation{{At: fire}, {At: fire + 1}},
		},
	}
	return trial
}

// series are the labels of the recorded series beside the identity.
func (n number) series() map[string]string {
	labels := map[string]string{telemetry.DeclaredMetric: n.Name}
	switch {
	case !n.Gauge:
		labels[telemetry.Currency] = currency
	case n.derived():
		labels[telemetry.Window] = "1h"
	}
	for _, name := range []string{telemetry.Currency, telemetry.Window} {
		if v, found := n.Match[name]; found && labels[name] != "" {
			labels[name] = v
		}
	}
	return labels
}

// told says whose series tell.
func (n number) told(trial *rule.Trial) {
	if !n.derived() {
		trial.Identity = rule.Declared(n.service)
	}
}

// shows is that the number is so much, per hour or as a level.
func (n number) shows(id map[string]string, much float64) []rule.Signal {
	common := rule.With(n.Match)
	for name, v := range n.series() {
		if name != telemetry.DeclaredMetric {
			common[name] = v
		}
	}
	signal := func(labels map[string]string, much float64) rule.Signal {
		if n.Gauge {
			return rule.Level(n.Metric, much, labels)
		}
		return rule.Count(n.Metric, much/3600, labels)
	}
	if !n.derived() {
		if _, taken := n.Match[telemetry.Instance]; taken {
			return []rule.Signal{signal(common, much)}
		}
		return []rule.Signal{
			signal(rule.With(common, telemetry.Instance, "exporter-0"), much/2),
			signal(rule.With(common, telemetry.Instance, "exporter-1"), much/2),
		}
	}
	for name, v := range id {
		common[name] = v
	}
	// Two gateways add up, but for levels, of which the larger counts. What the
	// service exports itself does not.
	share := 0.5
	if n.Gauge {
		share = 1
	}
	return []rule.Signal{
		signal(rule.With(common, telemetry.GatewayInstance, "gateway-0"), share*much),
		signal(rule.With(common, telemetry.GatewayInstance, "gateway-1"), much/2),
		signal(rule.With(common, telemetry.Job, "legacy"), 1e6+much),
	}
}
