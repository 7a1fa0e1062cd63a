// Package gateway has the alerts about the gateway itself: that it scrubs, that it
// delivers, and that what it derives is complete. No services file changes when
// they fire.
package gateway

import (
	_ "embed"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/telemetry"
)

// Checks of the checklist that the alerts serve.
const (
	// sanitized is "PII sanitization in logs".
	sanitized = "PR-016"
	// aggregated is "Log aggregation".
	aggregated = "PR-010"
	// alerting is "Real-time alerting configured": alerts read what is derived.
	alerting = "PR-014"
)

//go:embed cases.yaml
var cases []byte

// Family are the rules about the gateway. They add up the gateways of a scrape job:
// what one does, all that are configured alike do.
func Family() rule.Family {
	return rule.Family{
		Name:       "gateway",
		Interval:   30 * time.Second,
		Reads:      []telemetry.Metric{telemetry.GatewayTarget},
		Recordings: recordings,
		Alerts: []rule.Alert{
			leakDetected(), scrubberBypassed(), scrubberFailing(), policyDiffers(),
			gatewayAbsent(), droppingTelemetry(), queueNearFull(),
			derivationFailing(), cardinalityHigh(),
		},
		Cases: cases,
	}
}
