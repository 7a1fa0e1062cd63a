package gateway

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// gatewayAbsent tells that the gateways of a job are gone: what they derive ends with
// them, and alerts that read it fall silent. One that shows none of its own metrics to
// Prometheus was never there. An address that is there under another name of the job
// means that the job was renamed.
func gatewayAbsent() rule.Alert {
	known := fmt.Sprintf("last_over_time(%s[1d])", telemetry.RecordedGateways)
	return rule.Alert{
		Name: "GatewayAbsent", Severity: catalog.Page, Checklist: alerting, Fleet: true,
		Condition: rule.Always(fmt.Sprintf("group by (%s) (%s) unless on (%s) (%s and on (%s) %s)",
			telemetry.Job, known, telemetry.Job, known, telemetry.Instance, telemetry.RecordedGateways)),
		Wait:    rule.Always(5 * time.Minute),
		Keep:    10 * time.Minute,
		Summary: "No gateway of {{ $labels.job }} is there",
		Description: rule.Always("Prometheus sees no gateway of {{ $labels.job }} any more, for 5m, and saw one within a day." +
			" Alerts that read what these gateways derive cannot fire: nobody watches the services behind them." +
			" See whether the processes run, and whether Prometheus can reach their metrics."),
		Guide: rule.Guide{
			Meaning: "Every gateway of a scrape job is gone, or Prometheus cannot read its metrics.",
			Impact:  "Telemetry that services send is lost when they give up. Alerts about these services are blind, and ServiceTelemetryAbsent does not speak of them.",
			Look: []rule.Look{
				{Question: "Which gateways are there?", Query: telemetry.RecordedGateways},
				{Question: "Which were there within a day?", Query: known},
			},
			Act: []string{
				"See whether the gateways run, and why the last ones ended: in Kubernetes, the events of their pods and the log of the container before.",
				"If they run, ask one for its metrics yourself, from where Prometheus is: network policies, certificates, the scrape configuration.",
				"If a configuration was released, go back to the one before.",
				"If the job was removed on purpose, silence the alert; it ends after a day.",
			},
		},
	}
}
