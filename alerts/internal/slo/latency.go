package slo

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/slo"
	"github.com/readygate/readygate/internal/telemetry"
)

func latency() objective {
	return objective{
		ratio:  func(s catalog.SLO) float64 { return s.LatencyRatio },
		budget: "latency budget",
		promise: func(s catalog.SLO) string {
			return fmt.Sprintf("%s of its requests are answered within %s", percent(s.LatencyRatio), within(s.Latency))
		},
		bad:    func(s catalog.SLO) string { return "took longer than " + within(s.Latency) },
		labels: func(s catalog.SLO) map[string]string { return map[string]string{telemetry.Within: within(s.Latency)} },
		trial:  slow,
	}
}

func latencyBurn() []rule.Alert {
	fast, slow := slo.Fast(), slo.Slow()
	var (
		hour  = pair{fast[0], telemetry.SLOSlowRatio1h, telemetry.SLOSlowRatio5m, telemetry.SLOSlow1h, time.Minute}
		hours = pair{fast[1], telemetry.SLOSlowRatio6h, telemetry.SLOSlowRatio30m, telemetry.SLOSlow6h, 15 * time.Minute}
		day   = pair{slow[0], telemetry.SLOSlowRatio1d, telemetry.SLOSlowRatio2h, telemetry.SLOSlow1d, 30 * time.Minute}
		days  = pair{slow[1], telemetry.SLOSlowRatio3d, telemetry.SLOSlowRatio6h, telemetry.SLOSlow3d, 3 * time.Hour}
	)
	return []rule.Alert{
		burn("LatencyBudgetBurnFast", catalog.Page, keepFast, latency(), hour, latencyGuide()),
		burn("LatencyBudgetBurnFast", catalog.Page, keepFast, latency(), hours, latencyGuide()),
		burn("LatencyBudgetBurnSlow", catalog.Ticket, keepSlow, latency(), day, latencyGuide()),
		burn("LatencyBudgetBurnSlow", catalog.Ticket, keepSlow, latency(), days, latencyGuide()),
	}
}

func latencyGuide() rule.Guide {
	return rule.Guide{
		Meaning: "So many requests are slower than the objective allows that it will be missed over 30 days if it goes on. The label `window` says over how long" +
			" that was seen, `within` what slow means.",
		Impact:  "Users wait; clients with a timeout see errors soon.",
		Release: true,
		Look: []rule.Look{
			{Question: "Since when, and what share of requests is slow?", Query: telemetry.SLOSlowRatio5m + "{$selector}"},
			{Question: "Which endpoints are slow?", Query: `topk(10, histogram_quantile(0.95, sum by (endpoint, le) (rate(http_request_duration_seconds_bucket{$selector}[30m]))))`},
			{Question: "Which remote procedure calls are slow?", Query: `topk(10, histogram_quantile(0.95, sum by (method, le) (rate(rpc_request_duration_seconds_bucket{$selector}[30m]))))`},
			{Question: "Is one version slower?", Query: `histogram_quantile(0.95, sum by (version, le) (rate(http_request_duration_seconds_bucket{$selector}[30m])))`},
			{Question: "Is something that the service calls slow?", Query: `topk(10, histogram_quantile(0.95, sum by (kind, peer, le) (rate(dependency_request_duration_seconds_bucket{$selector}[30m]))))`},
			{Question: "Is there more traffic than usual?", Query: telemetry.RecordedRequests + "{$selector} / " + telemetry.RecordedRequests + "{$selector} offset 1w"},
		},
		Act: []string{
			"If a dependency is slow, go to its page.",
			"If there is more traffic, add replicas.",
			"If the service is short of CPU, memory or database connections, there is an alert about that, too: give it more.",
			"If one endpoint is slow by nature, such as an export, it needs an objective of its own: serve it as another service, or as a job.",
		},
	}
}
