package dashboards

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/telemetry"
)

// Numbers of alerts about gateways, which no services file moves. A test holds them
// against the rules.
const (
	fullQueue      = 0.8
	refusedTooMuch = 0.01
	// once is the least that a count beyond 0 can be: the line of alerts that fire above
	// 0. A line at 0 would be crossed by 0.
	once = 1
)

// gatewayAlerts are the alerts about gateways.
var gatewayAlerts = []string{
	"PIILeakDetected", "PIIScrubberBypassed", "PIIScrubberFailing", "ScrubPolicyDiffers", "GatewayAbsent",
	"GatewayDroppingTelemetry", "GatewayQueueNearFull", "GatewayDerivationFailing", "MetricCardinalityHigh",
}

func gateway(v view) board {
	of := []string{telemetry.RecordedGateways}
	return board{
		uid: gatewayUID, title: titles[gatewayUID], from: "now-1h",
		description: "The gateways themselves: what comes in, what goes out, what is taken out of it, and whether what they derive is complete.",
		filters: []filter{
			{label: telemetry.Job, title: "Job", of: of},
			{label: telemetry.Instance, title: "Gateway", of: of},
		},
		rows: gatewayRows(v),
	}
}

// gatewayRows have the ids 7100 to 7599. There are none about one service: a gateway
// is everybody's.
func gatewayRows(v view) []row {
	if v.service != nil {
		return nil
	}
	return []row{gatewaysNow(), gatewayFlow(), gatewayRoom(), scrubAudit(), derivedMetrics()}
}

// gatewaysThere are the gateways that the viewer chose.
var gatewaysThere = ofGateway(telemetry.RecordedGateways)

// ofGateway selects series that tell job and instance, and ofJob those that tell the
// job only.
func ofGateway(metric string, more ...string) string {
	return ofJob(metric, append([]string{matching(telemetry.Instance)}, more...)...)
}

func ofJob(metric string, more ...string) string {
	return metric + "{" + strings.Join(append([]string{matching(telemetry.Job)}, more...), ", ") + "}"
}

// ofGateways leaves out what other Collectors than gateways tell.
func ofGateways(expr string) string {
	return fmt.Sprintf("(%s and on (%s, %s) %s)", expr, telemetry.Job, telemetry.Instance, gatewaysThere)
}

// orNothing is 0 where there is nothing, as long as there is a gateway.
func orNothing(expr string) string { return expr + " or 0 * count(" + gatewaysThere + ")" }

// leaksOf is what tripwires found in 5 minutes, as PIILeakDetected has it. A counter of
// leaks begins with its first, which increase does not see, so the value is compared
// with that of the hour before, too.
func leaksOf(leaks string) string {
	before := "last_over_time(" + leaks + "[1h] offset 5m)"
	return fmt.Sprintf("((%s unless %s <= %s) or increase(%s[5m]) > 0 or %s - %s)", leaks, before, leaks, leaks, leaks, before)
}

func gatewaysNow() row {
	var (
		undelivered = fmt.Sprintf("(%s > 0 unless on (%s, %s, %s, %s) %s <= %s)", ofJob(telemetry.RecordedDropped),
			telemetry.Job, telemetry.Receiver, telemetry.Signal, telemetry.Reason, ofJob(telemetry.RecordedRefusedShare), number(refusedTooMuch))
		onSignal   = fmt.Sprintf("(%s, %s, %s)", telemetry.Job, telemetry.Instance, telemetry.Signal)
		unscrubbed = fmt.Sprintf("count(%s > 0 unless on %s %s > 0 unless on (%s, %s) %s > 0)", ofGateway(telemetry.RecordedAccepted),
			onSignal, ofGateway(telemetry.RecordedScrubbed), telemetry.Job, telemetry.Instance, ofGateway(telemetry.UnscrubbedPipelines.Name))
	)
	return row{id: 7100, title: "Now", height: 4, panels: []panel{
		{id: 7101, kind: stat, width: 4, title: "Gateways", unit: units.Short, empty: noGateway,
			description: "Gateways that Prometheus sees. Without one, nobody watches the services behind it.", checks: []string{"PR-014"},
			queries: []query{{legend: "gateways", expr: "count(" + gatewaysThere + ")", instant: true}}},
		{id: 7102, kind: stat, width: 4, title: "Leaks behind the scrub", unit: units.Short, empty: noGateway,
			description: "Secrets and personal data that left the scrub, in 5 minutes, found in a sample. Anything but 0 is in the backends now.",
			checks:      []string{"PR-016"}, lines: []line{{alert: "PIILeakDetected", at: fixed(once)}},
			queries: []query{{legend: "leaks", expr: orNothing(sum("", leaksOf(ofGateway(telemetry.ScrubEgressLeaks.Name)))), instant: true}}},
		{id: 7103, kind: stat, width: 4, title: "Signals that pass unscrubbed", unit: units.Short, empty: noGateway,
			description: "Signals that a gateway takes in, and scrubs no batch of, though its configuration does not say so.",
			checks:      []string{"PR-016"}, lines: []line{{alert: "PIIScrubberBypassed", at: fixed(once)}},
			queries: []query{{legend: "unscrubbed", expr: orNothing(unscrubbed), instant: true}}},
		{id: 7104, kind: stat, width: 4, title: "Items not delivered", unit: units.Short, empty: noGateway,
			description: "Of all gateways of the job. Spans, records and data points that did not get through in 10 minutes. A receiver that refuses at most 1 % is left out: clients try again.",
			checks:      []string{"PR-010"}, lines: []line{{alert: "GatewayDroppingTelemetry", at: fixed(once)}},
			queries: []query{{legend: "not delivered", expr: orNothing(sum("", undelivered)), instant: true}}},
		{id: 7105, kind: stat, width: 4, title: "Fullest queue", unit: units.PercentUnit, most: 1, empty: noQueue,
			description: "The queue of an exporter that has the least room left. Once it is full, clients are refused.",
			checks:      []string{"PR-010"}, lines: []line{queueLine},
			queries: []query{{legend: "queue", expr: "max(" + queueShare() + ")", instant: true}}},
		{id: 7106, kind: stat, width: 4, title: "Time to scrub a batch, p95", unit: units.Seconds, empty: unscrubbedYet,
			description: "95 of 100 batches are delayed by the scrub by at most this long.",
			queries:     []query{{legend: "p95", expr: quantile("0.95", "", scrubBuckets("5m")), instant: true}}},
		{id: 7107, kind: table, width: 24, height: 6, title: "What fires about gateways", unit: units.Short, empty: "Nothing fires",
			description: "Alerts about gateways that fire now. The runbook of the alert says what to do.", checks: []string{"PR-014"},
			queries: []query{{expr: alertsMetric + "{" + firing + ", " + named(gatewayAlerts...) + "}", instant: true}}},
	}}
}

var (
	noGateway     = "No gateway is there"
	noQueue       = "No exporter has a queue"
	unscrubbedYet = "No batch was scrubbed"
	queueLine     = line{alert: "GatewayQueueNearFull", at: fixed(fullQueue)}
)

// queueShare is the share of each queue that is taken.
func queueShare() string {
	return ofGateways(fmt.Sprintf("max by (%s, %s, %s, %s) (%s / (%s > 0))", telemetry.Job, telemetry.Instance, telemetry.Exporter, telemetry.DataType,
		ofGateway(telemetry.QueueSize.Name), ofGateway(telemetry.QueueCapacity.Name)))
}

func scrubBuckets(window string) string {
	return "rate(" + ofGateway(telemetry.ScrubDuration.BucketName()) + "[" + window + "])"
}

// ratesOf are queries for the rate of a metric that the Collector has for each signal.
func ratesOf(metrics telemetry.PerSignal, by, legend string) []query {
	var all []query
	for _, signal := range telemetry.Signals() {
		all = append(all, query{legend: legend + " " + signal, expr: sum(by, ofGateways(rate(ofGateway(metrics[signal].Name))))})
	}
	return all
}

func gatewayFlow() row {
	return row{id: 7200, title: "In and out", height: 8, panels: []panel{
		{id: 7201, kind: timeSeries, width: 8, title: "Accepted by signal", unit: units.CountsPerSecond, empty: "Nothing came in",
			description: "Spans, data points and log records per second that a pipeline took.", checks: []string{"PR-010", "PR-011", "PR-012"},
			queries: ratesOf(telemetry.Accepted, telemetry.Receiver, "{{receiver}}")},
		{id: 7202, kind: timeSeries, width: 8, title: "Sent by exporter", unit: units.CountsPerSecond, empty: "Nothing was sent",
			description: "Items per second that an exporter got rid of. It is what was accepted, less what was dropped, plus what was derived, for each exporter.",
			queries:     ratesOf(telemetry.Sent, telemetry.Exporter, "{{exporter}}")},
		{id: 7203, kind: timeSeries, width: 8, title: "Not delivered, by reason", unit: units.Short, empty: "Everything was delivered",
			description: "Of all gateways of the job. Items in 10 minutes. send_failed: lost. queue_full and refused: clients were told to try again. failed: the receiver itself.",
			lines:       []line{{alert: "GatewayDroppingTelemetry", at: fixed(once)}},
			queries: []query{{legend: "{{reason}} {{exporter}}{{receiver}} {{signal}}",
				expr: fmt.Sprintf("sum by (%s, %s, %s, %s) (%s)", telemetry.Reason, telemetry.Exporter, telemetry.Receiver, telemetry.Signal, ofJob(telemetry.RecordedDropped))}}},
	}}
}

func gatewayRoom() row {
	instance := "{{instance}}"
	var refused []query
	for _, signal := range telemetry.Signals() {
		refused = append(refused, query{legend: instance + " " + signal, expr: fmt.Sprintf("%s or 0 * %s",
			sum(telemetry.Instance, ofGateways(rate(ofGateway(telemetry.LimiterRefused[signal].Name)))),
			sum(telemetry.Instance, ofGateways(rate(ofGateway(telemetry.LimiterAccepted[signal].Name)))))})
	}
	return row{id: 7300, title: "Queues and memory", height: 8, panels: []panel{
		{id: 7301, kind: timeSeries, width: 8, title: "Queues of exporters", unit: units.PercentUnit, most: 1, empty: noQueue,
			description: "Share of a queue that is taken. One that fills says that the backend takes less than comes in.",
			lines:       []line{queueLine},
			queries:     []query{{legend: "{{exporter}} {{data_type}} {{instance}}", expr: "topk(10, " + queueShare() + ")"}}},
		{id: 7302, kind: timeSeries, width: 8, title: "Memory", unit: units.BytesIEC, empty: noGateway,
			description: "Memory that each gateway has of its machine. One that only grows will be refused more.",
			queries:     []query{{legend: instance, expr: ofGateways(ofGateway(telemetry.ProcessMemory.Name))}}},
		{id: 7303, kind: timeSeries, width: 8, title: "Refused for want of memory", unit: units.CountsPerSecond, empty: "No gateway has a memory limiter that saw anything",
			description: "Items per second that memory_limiter turned away before memory ran out. Clients try again; give the gateways more memory, or run more of them.",
			queries:     refused},
	}}
}
