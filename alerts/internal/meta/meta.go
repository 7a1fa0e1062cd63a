// Package meta has the alerts about alerting itself: that rules are evaluated, that
// notifications arrive, and that people are not told too much.
package meta

import (
	_ "embed"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/telemetry"
)

// Checks of the checklist that the alerts serve.
const (
	// alerting is "Real-time alerting configured".
	alerting = "PR-014"
	// fatigue is "Alert fatigue minimized".
	fatigue = "PR-041"
)

//go:embed cases.yaml
var cases []byte

// Family are the rules about Prometheus and Alertmanager. They need both to be
// scraped; the Watchdog, AlertFlapping and PageBudgetExceeded need nothing.
func Family() rule.Family {
	return rule.Family{
		Name:     "meta",
		Interval: time.Minute,
		Reads:    []telemetry.Metric{telemetry.RuleFailures, telemetry.Notifications, telemetry.NotificationsFailed},
		Alerts: []rule.Alert{
			alertFlapping(), pageBudgetExceeded(),
			ruleEvaluationFailing(), notificationsFailing(), watchdog(),
		},
		Cases: cases,
	}
}
