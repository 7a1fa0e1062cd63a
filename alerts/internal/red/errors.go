package red

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func highErrorRate() rule.Alert {
	return rule.Alert{
		Name: "HighErrorRate", Severity: catalog.Page, Checklist: "PR-038",
		Presence: telemetry.RecordedRequests,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s > %s and %s >= %s", telemetry.RecordedErrorRatio, rule.Number(t.Policy.Thresholds.ErrorRatio),
				telemetry.RecordedRequests, rule.Number(t.Policy.Thresholds.MinRequestRate))
		},
		Wait:    func(t rule.Target) time.Duration { return t.Policy.Thresholds.ErrorFor },
		Keep:    5 * time.Minute,
		Summary: rule.Where + " fails {{ $value | humanizePercentage }} of its requests",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("{{ $value | humanizePercentage }} of the requests to "+rule.Where+
				" failed over the last 5 minutes. The alert fires above %s, for %s.",
				rule.Percent(t.Policy.Thresholds.ErrorRatio), rule.Short(t.Policy.Thresholds.ErrorFor))
		},
		Guide: rule.Guide{
			Meaning: "More requests fail than the service may lose: they are answered with 5xx, or with a status of gRPC that is the server's failure.",
			Impact:  "Users see errors now.",
			Release: true,
			Look: []rule.Look{
				{Question: "Which endpoints, or methods of remote procedure calls, fail?", Query: `topk(10, sum by (endpoint, method, status) (rate(http_requests_total{$selector, status=~"5.."}[5m]) or rate(rpc_requests_total{$selector, status=~"` + telemetry.RPCServerErrors + `"}[5m])))`},
				{Question: "Does one version fail more than the others?", Query: `sum by (version) (rate(http_requests_total{$selector, status=~"5.."}[5m]) or rate(rpc_requests_total{$selector, status=~"` + telemetry.RPCServerErrors + `"}[5m])) / (sum by (version) (rate(http_requests_total{$selector}[5m]) or rate(rpc_requests_total{$selector}[5m])) > 0)`},
				{Question: "Which exceptions are thrown?", Query: `topk(10, sum by (exception_type) (rate(exceptions_total{$selector}[5m])))`},
			},
			Act: []string{
				"If one endpoint or method fails, switch off the feature behind it, if it has a flag.",
			},
		},
		Trial: errorTrial,
	}
}

func errorTrial(t rule.Target, id map[string]string) rule.Trial {
	n := t.Policy.Thresholds
	requests := func(share float64) func(float64) []rule.Signal {
		return func(perSecond float64) []rule.Signal { return source.Requests(t, id, perSecond, share) }
	}
	trial := rule.Trial{
		Identity:   source.Recorded(t),
		Everywhere: source.Recorded(t) != nil, // the profiles differ
		Fire:       source.Requests(t, id, busy(n), n.ErrorRatio*(1+hair)),
		Near:       source.Requests(t, id, busy(n), n.ErrorRatio*(1-hair)),
		Calm:       source.Requests(t, id, 1000*busy(n), 0),
		Guarded:    source.Requests(t, id, below(n), 1),
		Idle:       source.Requests(t, id, 0, 1),
		First:      1,
		Value:      rule.Steady(min(1, n.ErrorRatio*(1+hair))),
		Memory:     window,
		Derived:    []string{telemetry.RecordedErrorRatio},
		Twin:       "LowTrafficErrors",
		More:       []rule.Story{guard(requests(0), requests(1), n, n.ErrorFor, 1)},
	}
	if source.Recorded(t) == nil && n.ErrorRatio < 0.5 {
		trial.More = append(trial.More, memory(requests, n))
	}
	return trial
}

// memory is the story of requests that stop failing: two minutes later a rate over 5
// minutes still knows five of its nine intervals with errors, which it takes for ten,
// and four without, which began at 0, so that it takes them for what they are.
func memory(requests func(share float64) func(float64) []rule.Signal, n catalog.Thresholds) rule.Story {
	const (
		later  = 4
		failed = 5. / 9
		served = 4. / 10
		none   = 1e-9 // for the series to be there
	)
	long := window + evaluations(n.ErrorFor)
	return rule.Story{
		Name:   "fires by the last five minutes, and no more",
		Phases: []rule.Phase{{Evaluations: long, State: requests(1)(busy(n))}, {Evaluations: later, State: requests(none)(busy(n))}},
		Expect: []rule.Expectation{{At: long + later, Fires: true, Value: failed / (failed + served)}},
	}
}
