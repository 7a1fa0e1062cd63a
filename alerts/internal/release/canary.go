package release

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func canaryErrorRegression() rule.Alert {
	const wait = 5 * time.Minute
	return rule.Alert{
		Name: "CanaryErrorRegression", Severity: catalog.Page, Checklist: "PR-093",
		Presence: telemetry.CanaryFewest,
		Condition: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf("%s > %s and %s > %s and %s >= %s", telemetry.CanaryErrorDelta, rule.Number(n.CanaryDelta),
				telemetry.CanaryErrorZ, rule.Number(n.CanaryZ), telemetry.CanaryFewest, rule.Number(n.CanaryMinRequests))
		},
		Wait:    rule.Always(wait),
		Keep:    5 * time.Minute,
		Summary: "The canary of " + rule.Where + " fails {{ $value | humanizePercentage }} more of its requests than stable",
		Description: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf("Over the last 15 minutes the error ratio of the canary of "+rule.Where+
				" was {{ $value | humanizePercentage }} above that of stable. The alert fires above %s, for %s, if chance does not explain it"+
				" (more than %s standard deviations) and canary and stable each had at least %s requests.",
				rule.Percent(n.CanaryDelta), rule.Short(wait), rule.Number(n.CanaryZ), rule.Number(n.CanaryMinRequests))
		},
		Guide: rule.Guide{
			Meaning: "The new version fails more often than the one it is to replace, at the same time and under the same load, and by more than chance.",
			Impact:  "Users who reach the canary see errors. If the rollout goes on, all will.",
			Release: true,
			Look: []rule.Look{
				{Question: "How do canary and stable compare?", Query: telemetry.CanaryErrorRatio + "{$selector}"},
				{Question: "Which endpoints fail on the canary?", Query: `topk(10, sum by (endpoint, status) (increase(http_requests_total{$selector, canary="canary", status=~"5.."}[15m])))`},
				{Question: "Does a dependency fail for the canary alone?", Query: `sum by (canary, kind, peer) (rate(dependency_requests_total{$selector, outcome="failure"}[15m]))`},
				{Question: "Which exceptions does the canary throw?", Query: `topk(10, sum by (exception_type) (rate(exceptions_total{$selector, canary="canary"}[15m])))`},
			},
			Act: []string{
				"Take the canary out of traffic now, or roll it back; look for the cause afterwards.",
				"Stop the rollout in the pipeline, so that nothing promotes it meanwhile.",
				"If only requests of one kind fail that stable never gets, such as those behind a new flag, switch the flag off.",
			},
		},
		Trial: errorTrial,
	}
}

func canaryLatencyRegression() rule.Alert {
	const wait = 10 * time.Minute
	return rule.Alert{
		Name: "CanaryLatencyRegression", Severity: catalog.Page, Checklist: "PR-094",
		Presence: telemetry.CanaryFewest,
		Condition: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf("%s > %s and %s > %s and %s >= %s", telemetry.CanarySlowdown, rule.Number(n.CanarySlowdown),
				telemetry.CanarySlowerZ, rule.Number(n.CanaryZ), telemetry.CanaryFewest, rule.Number(n.CanaryMinRequests))
		},
		Wait:    rule.Always(wait),
		Keep:    5 * time.Minute,
		Summary: "The canary of " + rule.Where + ` is {{ $value | printf "%.2f" }} times as slow as stable`,
		Description: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf("Over the last 15 minutes the 95th percentile of the duration of requests to the canary of "+rule.Where+
				` was {{ $value | printf "%%.2f" }} times that of stable. The alert fires above %s times, for %s, if chance does not explain the shares of slow requests`+
				" (more than %s standard deviations) and canary and stable each had at least %s requests.",
				rule.Number(n.CanarySlowdown), rule.Short(wait), rule.Number(n.CanaryZ), rule.Number(n.CanaryMinRequests))
		},
		Guide: rule.Guide{
			Meaning: "The new version is slower than the one it is to replace, at the same time and under the same load.",
			Impact:  "Users who reach the canary wait. If the rollout goes on, all will, and the service needs more machines.",
			Release: true,
			Look: []rule.Look{
				{Question: "How slow are canary and stable?", Query: telemetry.CanaryP95 + "{$selector}"},
				{Question: "Which endpoints are slow on the canary?", Query: `topk(10, histogram_quantile(0.95, sum by (endpoint, le) (rate(http_request_duration_seconds_bucket{$selector, canary="canary"}[15m]))))`},
				{Question: "Is it something that the canary calls?", Query: `topk(10, histogram_quantile(0.95, sum by (canary, kind, peer, le) (rate(dependency_request_duration_seconds_bucket{$selector}[15m]))))`},
			},
			Act: []string{
				"If the canary has just started, caches and compilers may be cold: hold the rollout, and look again in 15 minutes.",
				"If it stays slow, roll it back.",
				"If it has fewer replicas or smaller limits than its share of traffic needs, give it those first: then it was not the version.",
			},
		},
		Trial: latencyTrial,
	}
}

func canaryInsufficientTraffic() rule.Alert {
	const wait = 30 * time.Minute
	return rule.Alert{
		Name: "CanaryInsufficientTraffic", Severity: catalog.Digest, Checklist: "PR-093",
		Presence: telemetry.CanaryRequests,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s < %s and %s > time() - %s", rule.Select(telemetry.CanaryRequests, ofCanary), rule.Number(t.Policy.Thresholds.CanaryMinRequests),
				telemetry.CanaryLastSeen, rule.Seconds(span))
		},
		Wait:    rule.Always(wait),
		Summary: "The canary of " + rule.Where + ` gets too few requests to be judged: {{ $value | printf "%.0f" }} in 15 minutes`,
		Description: func(t rule.Target) string {
			return fmt.Sprintf("A canary of "+rule.Where+" is out, and got {{ $value | printf \"%%.0f\" }} requests in the last 15 minutes. For %s it had less than the"+
				" %s that a comparison with stable needs: no alert about the canary does not mean that it is well.",
				rule.Short(wait), rule.Number(t.Policy.Thresholds.CanaryMinRequests))
		},
		Guide: rule.Guide{
			Meaning: "CanaryErrorRegression and CanaryLatencyRegression are silent because they cannot know. Silence must not promote a canary.",
			Impact:  "None yet.",
			Look: []rule.Look{
				{Question: "How many requests do canary and stable get?", Query: telemetry.CanaryRequests + "{$selector}"},
				{Question: "What share is that?", Query: telemetry.CanaryShare + "{$selector}"},
				{Question: "When was the canary last heard of?", Query: "time() - " + telemetry.CanaryLastSeen + "{$selector}"},
			},
			Act: []string{
				"If the canary gets nothing at all, look at how traffic is routed to it, and whether it is ready.",
				"Else give it a larger share, or more time: do not promote it on what it has shown.",
				"If the service never has enough traffic, lower canary_min_requests knowingly, or use another strategy.",
			},
		},
		Trial: trafficTrial,
	}
}

// ofCanary selects what is canary.
var ofCanary = map[string]string{telemetry.Canary: telemetry.CanaryRelease}
