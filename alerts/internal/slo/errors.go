package slo

import (
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/slo"
	"github.com/readygate/readygate/internal/telemetry"
)

// keepFast and keepSlow are how long alerts about burn rates go on firing.
const (
	keepFast = 10 * time.Minute
	keepSlow = 30 * time.Minute
)

func availability() objective {
	return objective{
		ratio:   func(s catalog.SLO) float64 { return s.Availability },
		budget:  "error budget",
		promise: func(s catalog.SLO) string { return percent(s.Availability) + " of its requests do not fail" },
		bad:     func(catalog.SLO) string { return "failed" },
		labels:  func(catalog.SLO) map[string]string { return nil },
		trial:   failing,
	}
}

func errorBurn() []rule.Alert {
	fast, slow := slo.Fast(), slo.Slow()
	var (
		// The hour and the 5 minutes are counted by the clock of the alert, so that a
		// page does not wait for the next tile.
		hour  = pair{fast[0], telemetry.RecordedErrorRatioHourly, telemetry.RecordedErrorRatio, telemetry.RecordedErrorsHourly, time.Minute}
		hours = pair{fast[1], telemetry.SLOErrorRatio6h, telemetry.SLOErrorRatio30m, telemetry.SLOErrors6h, 15 * time.Minute}
		day   = pair{slow[0], telemetry.SLOErrorRatio1d, telemetry.SLOErrorRatio2h, telemetry.SLOErrors1d, 30 * time.Minute}
		days  = pair{slow[1], telemetry.SLOErrorRatio3d, telemetry.SLOErrorRatio6h, telemetry.SLOErrors3d, 3 * time.Hour}
	)
	return []rule.Alert{
		burn("ErrorBudgetBurnFast", catalog.Page, keepFast, availability(), hour, errorGuide()),
		burn("ErrorBudgetBurnFast", catalog.Page, keepFast, availability(), hours, errorGuide()),
		burn("ErrorBudgetBurnSlow", catalog.Ticket, keepSlow, availability(), day, errorGuide()),
		burn("ErrorBudgetBurnSlow", catalog.Ticket, keepSlow, availability(), days, errorGuide()),
	}
}

func errorGuide() rule.Guide {
	return rule.Guide{
		Meaning: "Requests fail so often that the objective of 30 days will be missed if it goes on. The label `window` says over how long that was seen:" +
			" 1h is an outage, 6h a serious fault, 1d and 3d a small share of failures that never ends.",
		Impact:  "Users see errors: with the window 1h or 6h many of them, now; with 1d or 3d a few, for days, and there will soon be no budget left for a bad release.",
		Release: true,
		Look: []rule.Look{
			{Question: "Since when, and how badly?", Query: telemetry.RecordedErrorRatio + "{$selector}"},
			{Question: "How much of the budget's requests have failed in 30 days?", Query: telemetry.SLOErrors30d + "{$selector}"},
			{Question: "Which endpoints fail?", Query: `topk(10, sum by (endpoint, status) (increase(http_requests_total{$selector, status=~"5.."}[6h])))`},
			{Question: "Which remote procedure calls fail?", Query: `topk(10, sum by (method, status) (increase(rpc_requests_total{$selector, status=~"` + telemetry.RPCServerErrors + `"}[6h])))`},
			{Question: "Does one version fail more than the others?", Query: `sum by (version) (rate(http_requests_total{$selector, status=~"5.."}[30m])) / sum by (version) (rate(http_requests_total{$selector}[30m]))`},
			{Question: "Does something that the service calls fail?", Query: `sum by (kind, peer) (rate(dependency_requests_total{$selector, outcome="failure"}[30m]))`},
			{Question: "Which exceptions are thrown?", Query: `topk(10, sum by (exception_type) (rate(exceptions_total{$selector}[30m])))`},
		},
		Act: []string{
			"If HighErrorRate fires as well, follow its page first.",
			"If a dependency fails, go to its page; tell its team.",
			"If one endpoint fails, switch off the feature behind it, if it has a flag.",
			"If it is a small share that never ends, open an issue for the kind of failure with most of the count: it does not get better by waiting.",
			"If most failures are no fault of the service, the count is wrong, not the objective: look at which statuses count as failures before you lower it.",
		},
	}
}
