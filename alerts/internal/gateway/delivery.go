package gateway

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// refusedTooMuch is the share of refused items above which clients will not get rid of
// them by trying again. Of a few, now and then, none is lost.
const refusedTooMuch = 0.01

func droppingTelemetry() rule.Alert {
	return rule.Alert{
		Name: "GatewayDroppingTelemetry", Severity: catalog.Page, Checklist: aggregated, Fleet: true,
		Condition: rule.Always(fmt.Sprintf("%s > 0 unless on (%s) %s <= %s", telemetry.RecordedDropped,
			list([]string{telemetry.Job, telemetry.Receiver, telemetry.Signal, telemetry.Reason}), telemetry.RecordedRefusedShare, rule.Number(refusedTooMuch))),
		Wait:    rule.Always(10 * time.Minute),
		Keep:    10 * time.Minute,
		Summary: "{{ $labels.job }} does not deliver {{ $labels.signal }}: {{ $labels.exporter }}{{ $labels.receiver }}, {{ $labels.reason }}",
		Description: rule.Always(`For 10m, {{ $labels.exporter }}{{ $labels.receiver }} of {{ $labels.job }} has not delivered all {{ $labels.signal }}: about {{ $value | printf "%.0f" }} items in the last 10 minutes. ` +
			onReason(telemetry.DropSendFailed, "It gave up on them after all retries: they are lost. See whether the backend answers, and what the gateway's log says.", "") +
			onReason(telemetry.DropQueueFull, "They did not fit into its queue, and clients were told to try again: see why the backend takes less than comes in.", "") +
			onReason(telemetry.DropRefused, "A pipeline did not take them, more than "+rule.Percent(refusedTooMuch)+" of what came, and clients were told to try again, which they do not for ever: the gateway is short of memory, or a queue is full.", "") +
			onReason(telemetry.DropFailed, "The receiver itself failed: see the gateway's log.", "")),
		Guide: rule.Guide{
			Meaning: "Telemetry reached the gateway, or tried to, and did not get through.",
			Impact:  "There are holes in logs, traces and metrics. Alerts that wait for telemetry may fire or stay silent for the wrong reason.",
			Look: []rule.Look{
				{Question: "What is not delivered, by which component, and why?", Query: "sum by (job, exporter, receiver, signal, reason) (" + telemetry.RecordedDropped + ")"},
				{Question: "How full are the queues?", Query: fullness("job, instance, exporter, data_type")},
				{Question: "How much comes in, compared with an hour ago?", Query: fmt.Sprintf("sum by (job, signal) (%s) / (sum by (job, signal) (%s offset 1h) > 0)", telemetry.RecordedAccepted, telemetry.RecordedAccepted)},
			},
			Act: []string{
				"`send_failed`: see whether the backend answers, and whether its credentials and certificate are still valid; the gateway's log has its answers. Where nothing may be lost, set `retry_on_failure::max_elapsed_time: 0` and give the exporter a queue with a storage.",
				"`queue_full`: the backend takes less than comes in. Make it faster, or `sending_queue::num_consumers` larger; a larger queue only buys time.",
				"`refused`: if no queue is full, the memory limiter refuses: give the gateways more memory, or run more of them.",
			},
		},
	}
}

// fullQueue is the share of a queue's capacity from which on it has little time left.
const fullQueue = 0.8

func queueNearFull() rule.Alert {
	by := list(append(telemetry.ScrapeLabels(), telemetry.Exporter, telemetry.DataType))
	return rule.Alert{
		Name: "GatewayQueueNearFull", Severity: catalog.Ticket, Checklist: aggregated, Fleet: true,
		Condition: rule.Always(fmt.Sprintf("%s > %s and on (%s) %s", fullness(by), rule.Number(fullQueue), list(telemetry.ScrapeLabels()), telemetry.RecordedGateways)),
		Wait:      rule.Always(5 * time.Minute),
		Keep:      5 * time.Minute,
		Summary:   "The queue of {{ $labels.exporter }} for {{ $labels.data_type }} on {{ $labels.instance }} is {{ $value | humanizePercentage }} full",
		Description: rule.Always(`{{ $labels.exporter }} of {{ $labels.job }} sends less than comes in: its queue for {{ $labels.data_type }} on {{ $labels.instance }} is {{ $value | humanizePercentage }} full.` +
			` The alert fires above ` + rule.Percent(fullQueue) + `, for 5m. Once it is full, clients are refused.`),
		Guide: rule.Guide{
			Meaning: "An exporter sends less than comes in, and its queue is about to be full.",
			Impact:  "None yet. Once the queue is full, the gateway refuses telemetry, and clients lose it when they give up.",
			Look: []rule.Look{
				{Question: "How full is each queue, and how fast does it fill? (share of the capacity in 10 minutes)", Query: "sum by (job, instance, exporter, data_type) (deriv(" + telemetry.QueueSize.Name + "[10m])) * 600 / (sum by (job, instance, exporter, data_type) (" + telemetry.QueueCapacity.Name + ") > 0)"},
				{Question: "Does the backend refuse or fail?", Query: "sum by (job, exporter, receiver, signal, reason) (" + telemetry.RecordedDropped + ")"},
			},
			Act: []string{
				"See whether the backend is slow or down; its side is where most of these end.",
				"If it is well, let the exporter send more at a time: `sending_queue::num_consumers`, `sending_queue::batch`.",
			},
		},
	}
}

// fullness is the share of each queue that is taken.
func fullness(by string) string {
	return fmt.Sprintf("max by (%s) (%s / (%s > 0))", by, telemetry.QueueSize.Name, telemetry.QueueCapacity.Name)
}

func derivationFailing() rule.Alert {
	on := func(problem, then string) string {
		return fmt.Sprintf("{{ if eq $labels.%s %q }}%s{{ end }}", telemetry.Problem, problem, then)
	}
	return rule.Alert{
		Name: "GatewayDerivationFailing", Severity: catalog.Ticket, Checklist: alerting, Fleet: true,
		Condition: rule.Always(telemetry.RecordedDerivationErrors + " > 0"),
		Wait:      rule.Always(10 * time.Minute),
		Keep:      10 * time.Minute,
		Summary:   "The {{ $labels.connector }} connector of {{ $labels.job }} has trouble: {{ $labels.problem }}{{ with $labels.metric }} in {{ . }}{{ end }}{{ with $labels.reason }}, {{ . }}{{ end }}",
		Description: rule.Always(`For 10m, the {{ $labels.connector }} connector of {{ $labels.job }} has had trouble: about {{ $value | printf "%.0f" }} times in the last 10 minutes. ` +
			on(telemetry.ProblemSave, "It cannot write its counts to the storage: after a restart they begin anew. See whether the disk is full or not writable.") +
			on(telemetry.ProblemFlush, "The component behind it does not take its metrics: dashboards and alerts see old numbers until it does.") +
			on(telemetry.ProblemRefused, "Records match {{ $labels.metric }} and are not counted in it, reason {{ $labels.reason }}: the metric is too low. Mend its declaration, or what the service sends.")),
		Guide: rule.Guide{
			Meaning: "A connector that derives metrics from spans and logs cannot save its counts, cannot pass them on, or leaves records out of a metric.",
			Impact:  "`save`: counters begin anew after a restart. `flush`: metrics stand still, and alerts are blind. `refused`: a business metric is lower than the truth.",
			Look: []rule.Look{
				{Question: "Which connector, which problem?", Query: "sum by (job, connector, problem, metric, reason) (" + telemetry.RecordedDerivationErrors + ")"},
				{Question: "On which gateways can counts not be saved?", Query: "sum by (instance) (increase(" + telemetry.RedSaveErrors.Name + "[1h])) or sum by (instance) (increase(" + telemetry.BusinessSaveErrors.Name + "[1h]))"},
			},
			Act: []string{
				"`save`: see whether the disk behind `file_storage` is full, slow or read-only.",
				"`flush`: see the gateway's log for what the next component says, and GatewayDroppingTelemetry.",
				"`refused`: the connector's README, \"What is refused\", says what each reason means.",
			},
		},
	}
}

func cardinalityHigh() rule.Alert {
	return rule.Alert{
		Name: "MetricCardinalityHigh", Severity: catalog.Ticket, Checklist: alerting, Fleet: true,
		Condition: rule.Always(telemetry.RecordedOverflow + " > 0"),
		Wait:      rule.Always(15 * time.Minute),
		Keep:      15 * time.Minute,
		Summary:   "The {{ $labels.connector }} connector of {{ $labels.job }} has reached its limit of {{ $labels.limit }}",
		Description: rule.Always(`For 15m, the {{ $labels.connector }} connector of {{ $labels.job }} has counted under a label that reads "other", because of its limit of {{ $labels.limit }}: about {{ $value | printf "%.0f" }} times in the last 10 minutes.` +
			` No count is lost, but what exceeds the limit cannot be told apart. ` + telemetry.RedDemand.Name + ` or ` + telemetry.BusinessDemand.Name + ` tells which service needs how many.`),
		Guide: rule.Guide{
			Meaning: "A label has more values than a connector keeps apart, or there are more series or services than it may hold.",
			Impact:  "Totals stay right. What is beyond the limit is shown as `other`: endpoints, releases or whole services cannot be told apart, and their own alerts do not see them.",
			Look: []rule.Look{
				{Question: "Which service needs how many values of what?", Query: "topk(10, max by (limit, service) (" + telemetry.RedDemand.Name + "))"},
				{Question: "And of business metrics?", Query: "topk(10, max by (limit, service) (" + telemetry.BusinessDemand.Name + "))"},
				{Question: "How much is counted as other?", Query: "sum by (connector, limit) (" + telemetry.RecordedOverflow + ")"},
			},
			Act: []string{
				"A label that explodes has ids in it most of the time: let the service send route templates, or declare them in the connector's configuration.",
				"If the values are real, raise the limit in the connector's configuration, and see that the gateway has the memory.",
			},
		},
	}
}
