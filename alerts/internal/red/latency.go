package red

import (
	"fmt"
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func slowResponseTime() rule.Alert {
	return rule.Alert{
		Name: "SlowResponseTime", Severity: catalog.Ticket, Checklist: "PR-038",
		Presence: telemetry.RecordedRequests,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s > %s and %s >= %s", telemetry.RecordedP95, rule.Seconds(t.Policy.Thresholds.LatencyP95),
				telemetry.RecordedRequests, rule.Number(t.Policy.Thresholds.MinRequestRate))
		},
		Wait:    func(t rule.Target) time.Duration { return t.Policy.Thresholds.LatencyFor },
		Keep:    5 * time.Minute,
		Summary: rule.Where + " is slow: p95 is {{ $value | humanizeDuration }}",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("The 95th percentile of the duration of requests to "+rule.Where+
				" over the last 5 minutes is {{ $value | humanizeDuration }}. The alert fires above %s, for %s.",
				rule.Short(t.Policy.Thresholds.LatencyP95), rule.Short(t.Policy.Thresholds.LatencyFor))
		},
		Guide: rule.Guide{
			Meaning: "One request in twenty takes longer than the threshold.",
			Impact:  "Users wait; clients with a timeout see errors soon.",
			Release: true,
			Look: []rule.Look{
				{Question: "Which endpoints, or methods of remote procedure calls, are slow?", Query: `topk(10, histogram_quantile(0.95, sum by (endpoint, method, le) (rate(http_request_duration_seconds_bucket{$selector}[5m]) or rate(rpc_request_duration_seconds_bucket{$selector}[5m]))))`},
				{Question: "Is one version slower?", Query: `histogram_quantile(0.95, sum by (version, le) (rate(http_request_duration_seconds_bucket{$selector}[5m]) or rate(rpc_request_duration_seconds_bucket{$selector}[5m])))`},
				{Question: "Is something that the service calls slow?", Query: `topk(10, histogram_quantile(0.95, sum by (kind, peer, le) (rate(dependency_request_duration_seconds_bucket{$selector}[5m]))))`},
			},
			Act: []string{
				"If a dependency is slow, go to its page.",
				"If the service is short of CPU, memory or database connections, there is an alert about that, too: give it more, or more replicas.",
			},
		},
		Trial: latencyTrial,
	}
}

// fastShare are so few slow requests that the 95th percentile is just below the bound
// that they exceed.
const fastShare = 0.04

func latencyTrial(t rule.Target, id map[string]string) rule.Trial {
	n := t.Policy.Thresholds
	bounds := telemetry.DurationBounds()
	at := slices.Index(bounds, n.LatencyP95.Seconds())
	// Slow requests are spread evenly in the bucket above the threshold: the 95th
	// percentile is where their share is 5 %.
	slow := bounds[at] * (1 + hair)
	slowShare := 0.05 / (1 - (slow-bounds[at])/(bounds[at+1]-bounds[at]))
	durations := func(share float64) func(float64) []rule.Signal {
		return func(perSecond float64) []rule.Signal {
			return source.Durations(t, id, perSecond, share, n.LatencyP95)
		}
	}
	return rule.Trial{
		Identity:   source.Recorded(t),
		Everywhere: source.Recorded(t) != nil, // the profiles differ
		Fire:       durations(slowShare)(busy(n)),
		Near:       source.Durations(t, id, busy(n), fastShare, n.LatencyP95),
		Calm:       source.Durations(t, id, 1000*busy(n), 0, n.LatencyP95),
		Guarded:    source.Durations(t, id, below(n), 1, n.LatencyP95),
		Idle:       source.Durations(t, id, 0, 1, n.LatencyP95),
		First:      1,
		Value:      rule.Steady(slow),
		Memory:     window,
		Derived:    []string{telemetry.RecordedP95},
		More:       []rule.Story{guard(durations(0), durations(slowShare), n, n.LatencyFor, slow)},
	}
}
