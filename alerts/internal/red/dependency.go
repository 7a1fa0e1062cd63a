package red

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// dependencies are the recording rules of requests to other systems, which only the
// gateway counts: from spans, also those of services with another profile.
func dependencies() []rule.Recording {
	var (
		byPeer   = rule.Identity(telemetry.DependencyKind, telemetry.Peer)
		carries  = append(telemetry.ServiceIdentity(), telemetry.DependencyKind, telemetry.Peer)
		requests = func(match string) string {
			return fmt.Sprintf("sum by (%s) (rate(%s{%s%s}[5m]))", byPeer, telemetry.DependencyRequests.Name, query.Ours, match)
		}
		failed = requests(fmt.Sprintf(", %s=%q", telemetry.Outcome, telemetry.Failure))
	)
	return []rule.Recording{
		{Name: telemetry.RecordedDependencyRequests, Carries: carries, Expr: requests("")},
		{Name: telemetry.RecordedDependencyErrorRatio, Carries: carries, Expr: fmt.Sprintf("(%s or 0 * %s) / (%s > 0)",
			failed, telemetry.RecordedDependencyRequests, telemetry.RecordedDependencyRequests)},
	}
}

// dependencyErrors is about every dependency that a service is seen to call, declared
// or not. It is a ticket also for a critical one: what users notice of it pages as
// HighErrorRate, and a person who is called twice for one thing is not helped.
func dependencyErrors() rule.Alert {
	const peer = "{{ $labels.peer }} ({{ $labels.kind }})"
	return rule.Alert{
		Name: "DependencyErrors", Severity: catalog.Ticket, Checklist: "PR-037",
		Presence: telemetry.RecordedDependencyRequests,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s > %s and %s >= %s", telemetry.RecordedDependencyErrorRatio, rule.Number(t.Policy.Thresholds.DependencyRatio),
				telemetry.RecordedDependencyRequests, rule.Number(t.Policy.Thresholds.MinRequestRate))
		},
		Wait:    func(t rule.Target) time.Duration { return t.Policy.Thresholds.DependencyFor },
		Keep:    5 * time.Minute,
		Summary: "{{ $value | humanizePercentage }} of the requests of " + rule.Where + " to " + peer + " fail",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("{{ $value | humanizePercentage }} of the requests of "+rule.Where+" to "+peer+
				" failed over the last 5 minutes. The alert fires above %s, from %s requests per second, for %s.",
				rule.Percent(t.Policy.Thresholds.DependencyRatio), rule.Number(t.Policy.Thresholds.MinRequestRate), rule.Short(t.Policy.Thresholds.DependencyFor))
		},
		Guide: rule.Guide{
			Meaning: "A system that the service calls does not answer, or answers with errors.",
			Impact:  "What needs the dependency does not work. Whether users notice depends on what the service does without it: HighErrorRate tells.",
			Look: []rule.Look{
				{Question: "Which dependencies fail?", Query: telemetry.RecordedDependencyErrorRatio + `{$selector} > 0`},
				{Question: "Do users of the service notice?", Query: telemetry.RecordedErrorRatio + `{$selector}`},
				{Question: "Does one version of the service fail more than the others?", Query: `sum by (version, peer) (rate(dependency_requests_total{$selector, outcome="failure"}[5m]))`},
				{Question: "Do other services fail to reach the same dependency?", Query: `topk(10, ` + telemetry.RecordedDependencyErrorRatio + `)`},
				{Question: "Does it answer slowly, so that clients give up?", Query: `histogram_quantile(0.95, sum by (kind, peer, le) (rate(dependency_request_duration_seconds_bucket{$selector}[5m])))`},
			},
			Act: []string{
				"If other services fail to reach it too, the dependency is down: tell its team, or look at its provider's status page.",
				"If this service alone fails, look at what is between the two: credentials that expired, certificates, DNS, network policies, a pool that is exhausted.",
				"If it is slow, do not retry more: that makes it slower. Open the circuit breaker, or switch off the feature behind it.",
			},
			Release: true,
		},
		Trial: dependencyTrial,
	}
}

func dependencyTrial(t rule.Target, id map[string]string) rule.Trial {
	n := t.Policy.Thresholds
	labels := map[string]string{telemetry.DependencyKind: "db", telemetry.Peer: "orders-db"}
	// Two gateways count; the service exports a series of the same name; and another
	// dependency is well.
	called := func(perSecond, bad float64) []rule.Signal {
		count := func(gateway, peer, outcome string, rate float64) rule.Signal {
			all := map[string]string{telemetry.DependencyKind: "db", telemetry.Peer: peer, telemetry.Outcome: outcome, telemetry.System: "system of " + gateway}
			for name, value := range id {
				all[name] = value
			}
			if gateway != "" {
				all[telemetry.GatewayInstance] = gateway
			}
			return rule.Count(telemetry.DependencyRequests.Name, rate, all)
		}
		all := []rule.Signal{
			count("", "orders-db", telemetry.Failure, 1000), count("a", "stock-db", telemetry.Success, perSecond),
			count("a", "orders-db", telemetry.Success, perSecond*(1-bad)/2), count("b", "orders-db", telemetry.Success, perSecond*(1-bad)/2),
		}
		if bad > 0 {
			all = append(all, count("a", "orders-db", telemetry.Failure, perSecond*bad/2), count("b", "orders-db", telemetry.Failure, perSecond*bad/2))
		}
		return all
	}
	over := min(1, n.DependencyRatio*(1+hair))
	requests := func(bad float64) func(float64) []rule.Signal {
		return func(perSecond float64) []rule.Signal { return called(perSecond, bad) }
	}
	return rule.Trial{
		Labels:  labels,
		Fire:    called(busy(n), over),
		Near:    called(busy(n), n.DependencyRatio*(1-hair)),
		Calm:    called(1000*busy(n), 0),
		Guarded: called(below(n), 1),
		Idle:    called(0, 1),
		First:   1,
		Value:   rule.Steady(over),
		Memory:  window,
		Derived: []string{telemetry.RecordedDependencyErrorRatio},
		More:    []rule.Story{guard(requests(0), requests(1), n, n.DependencyFor, 1)},
	}
}
