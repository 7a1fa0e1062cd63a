package red

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

const (
	// missed is the share of requests by which their durations may be more or fewer: what
	// rates guess, and requests that are counted at their begin.
	missed = 0.1
	// tolerated is what rounding may make of a ratio of 1.
	tolerated = 1.001
	// inconsistentFor is how long numbers may contradict each other.
	inconsistentFor = 10 * time.Minute
)

// sliInconsistent tells of numbers that cannot both be right. Every source counts
// failures and requests in the same series, so more failures than requests come from
// a second rule that records series of these names. Durations of a service with
// another profile are a metric of their own, and its instrumentation may forget some.
func sliInconsistent() rule.Alert {
	return rule.Alert{
		Name: "SLIInconsistent", Severity: catalog.Ticket, Checklist: "PR-038",
		Presence: telemetry.RecordedRequests,
		Condition: func(t rule.Target) string {
			durations := fmt.Sprintf("(%s / (%s >= %s))", telemetry.RecordedDurations, telemetry.RecordedRequests, rule.Number(t.Policy.Thresholds.MinRequestRate))
			return fmt.Sprintf("%s > %s or %s < %s or %s > %s", telemetry.RecordedErrorRatio, rule.Number(tolerated),
				durations, rule.Number(1-missed), durations, rule.Number(1+missed))
		},
		Wait:    rule.Always(inconsistentFor),
		Summary: "The numbers about requests to " + rule.Where + " contradict each other",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("{{ if lt $value 1.0 }}Only {{ $value | humanizePercentage }} of the requests to "+rule.Where+
				" have a duration{{ else }}For every request to "+rule.Where+` there are {{ $value | printf "%%.2f" }} failures, or durations{{ end }},`+
				" over the last 5 minutes. The alert fires when there are more failures than requests, or when the number of"+
				" durations differs by more than %s from that of at least %s requests per second, for %s.",
				rule.Percent(missed), rule.Number(t.Policy.Thresholds.MinRequestRate), rule.Short(inconsistentFor))
		},
		Guide: rule.Guide{
			Meaning: "Numbers that alerts and objectives of the service are computed from contradict each other, so some of them are wrong.",
			Impact:  "None for users. But the service's other alerts may be silent, or fire, for no reason.",
			Look: []rule.Look{
				{Question: "What is the share of failures?", Query: telemetry.RecordedErrorRatio + `{$selector}`},
				{Question: "How many requests have a duration?", Query: telemetry.RecordedDurations + `{$selector} / ` + telemetry.RecordedRequests + `{$selector}`},
			},
			Act: []string{
				"If more than all fail, look for another rule that records `" + telemetry.RecordedErrors + "`, and for rules of an older services file that Prometheus still loads.",
				"If durations are missing, find the endpoints that count requests and do not measure them.",
				"If there are too many durations, find what they measure beside the service's requests, and leave it out by `metrics.match` in the services file.",
			},
		},
		Trial: inconsistentTrial,
	}
}

func inconsistentTrial(t rule.Target, id map[string]string) rule.Trial {
	n := t.Policy.Thresholds
	at := window + evaluations(inconsistentFor)
	// The service has so many requests, and for each so many durations.
	measured := func(perSecond, each float64) []rule.Signal {
		return append(source.Requests(t, id, perSecond, 0), source.Buckets(t, id, perSecond*each, 0, n.LatencyP95)...)
	}
	// As another rule records them.
	recorded := func(each float64) []rule.Signal {
		identity := source.Recorded(t)
		if identity == nil {
			identity = id
		}
		return []rule.Signal{rule.Level(telemetry.RecordedRequests, 10, identity), rule.Level(telemetry.RecordedErrors, 10*each, identity)}
	}
	told := func(name string, state []rule.Signal, value float64) rule.Story {
		return rule.Story{
			Name:   name,
			Phases: []rule.Phase{{Evaluations: at + 1, State: state}},
			Expect: []rule.Expectation{{At: at, Fires: value > 0, Value: value}},
		}
	}
	few, many := (1-missed)*(1-hair), (1+missed)*(1+hair)
	return rule.Trial{
		Identity:   source.Recorded(t),
		Everywhere: source.Recorded(t) != nil, // the profiles differ
		Fire:       measured(busy(n), few),
		Near:       measured(busy(n), (1-missed)*(1+hair)),
		Calm:       measured(1000*busy(n), 1),
		Idle:       measured(0, 1),
		First:      1,
		Value:      rule.Steady(few),
		Memory:     window,
		Derived:    []string{telemetry.RecordedErrorRatio},
		More: []rule.Story{
			told("fires when there are just too many durations", measured(busy(n), many), many),
			told("stays silent when there are just not too many durations", measured(busy(n), (1+missed)*(1-hair)), 0),
			told("fires for missing durations just above the traffic guard", measured(above(n), few), few),
			told("stays silent about missing durations just below the traffic guard", measured(below(n), few), 0),
			told("fires for too many durations just above the traffic guard", measured(above(n), many), many),
			told("stays silent about too many durations just below the traffic guard", measured(below(n), many), 0),
			told("stays silent when everything fails", source.Requests(t, id, busy(n), 1), 0),
			told("fires when more fails than was asked", recorded(1+hair), 1+hair),
		},
	}
}
