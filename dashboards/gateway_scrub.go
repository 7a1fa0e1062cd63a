package dashboards

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/telemetry"
)

// removed matches findings about which something was done.
const removed = telemetry.Action + `!~"count|tag"`

func scrubAudit() row {
	var (
		perSignal = fmt.Sprintf("%s, %s", telemetry.Job, telemetry.Signal)
		policies  = ofGateway(telemetry.ScrubPolicyInfo.Name)
		// What one gateway has more than one policy of is still one gateway.
		gateways    = fmt.Sprintf("count by (%s) (count by (%s, %s) (%s))", perSignal, perSignal, telemetry.Instance, policies)
		with        = fmt.Sprintf("count by (%s, %s) (count by (%s, %s, %s) (%s))", perSignal, telemetry.Hash, perSignal, telemetry.Hash, telemetry.Instance, policies)
		unscannable = func(reason, window string) string {
			return fmt.Sprintf("sum by (%s, %s) (increase(%s[%s]))", telemetry.Reason, telemetry.Signal,
				ofGateway(telemetry.ScrubUnscannable.Name, telemetry.Reason+reason), window)
		}
	)
	return row{id: 7400, title: "Scrub audit", height: 8, panels: []panel{
		{id: 7401, kind: stackedSeries, width: 12, title: "Secrets and personal data taken out, by detector, top 10", unit: units.CountsPerSecond, empty: "Nothing was found",
			description: "Findings per second that were masked, replaced or dropped. One that ends at a release of the gateway is worth a look at its policy.",
			checks:      []string{"PR-016"},
			queries:     []query{{legend: "{{detector}}", expr: "topk(10, " + sum(telemetry.Detector, rate(ofGateway(telemetry.ScrubFindings.Name, removed))) + ")"}}},
		{id: 7402, kind: table, width: 12, title: "Findings by place and action, top 50", unit: units.Short, empty: "Nothing was found",
			description: "Findings since the gateways began: what, where, how sure, and what was done. count and tag were left as they were.",
			checks:      []string{"PR-016"},
			queries: []query{{instant: true, expr: fmt.Sprintf("topk(50, sum by (%s, %s, %s, %s, %s) (%s))",
				telemetry.Detector, telemetry.Signal, telemetry.Place, telemetry.Action, telemetry.Confidence, ofGateway(telemetry.ScrubFindings.Name))}}},
		{id: 7403, kind: timeSeries, width: 8, title: "Leaks behind the scrub, by detector", unit: units.Short, empty: "No tripwire found anything",
			description: "What tripwires found in 5 minutes, in their sample of the batches. There should be no line at all.",
			checks:      []string{"PR-016"}, lines: []line{{alert: "PIILeakDetected", at: fixed(once)}},
			queries: []query{{legend: "{{detector}} in {{signal}}",
				expr: sum(telemetry.Detector+", "+telemetry.Signal, leaksOf(ofGateway(telemetry.ScrubEgressLeaks.Name)))}}},
		{id: 7404, kind: timeSeries, width: 8, title: "Values that could not be scanned", unit: units.Short, empty: unscrubbedYet,
			description: "Values in 5 minutes, of a panic in an hour, that were replaced as a whole: too large, too deep, too slow, or a detector has a defect.",
			lines:       []line{{alert: "PIIScrubberFailing", at: fixed(once)}},
			queries: []query{{legend: "{{reason}} in {{signal}}",
				expr: unscannable(fmt.Sprintf("!=%q", telemetry.ReasonPanic), "5m") + " or " + unscannable(fmt.Sprintf("=%q", telemetry.ReasonPanic), "1h")}}},
		{id: 7405, kind: timeSeries, width: 8, title: "Time to scrub a batch", unit: units.Seconds, empty: unscrubbedYet,
			description: "What the scrub adds to the way of a batch.",
			queries: []query{
				{legend: "p50", expr: quantile("0.5", "", scrubBuckets("$__rate_interval"))},
				{legend: "p95", expr: quantile("0.95", "", scrubBuckets("$__rate_interval"))},
				{legend: "p99", expr: quantile("0.99", "", scrubBuckets("$__rate_interval"))},
			}},
		{id: 7406, kind: timeSeries, width: 12, title: "Text scanned, by signal", unit: units.BytesPerSecondIEC, empty: unscrubbedYet,
			description: "Text that went through the scrub, keys included. It goes up and down with what is accepted.",
			queries:     []query{{legend: "{{signal}}", expr: sum(telemetry.Signal, rate(ofGateway(telemetry.ScrubScanned.Name)))}}},
		{id: 7407, kind: table, width: 12, title: "Share of gateways with a policy", unit: units.PercentUnit, empty: "No gateway scrubs",
			description: "Policies by their hash. What is not on all gateways of a job takes out what others let pass, or the other way round.",
			lines:       []line{{alert: "ScrubPolicyDiffers", at: fixed(1), floor: true}},
			queries:     []query{{instant: true, expr: fmt.Sprintf("%s / on (%s) group_left () %s", with, perSignal, gateways)}}},
	}}
}

func derivedMetrics() row {
	connector := func(name, expr string) string {
		return fmt.Sprintf(`label_replace(%s, %q, %q, "", "")`, expr, telemetry.Connector, name)
	}
	both := func(expr func(metric string) string, red, business telemetry.Metric) string {
		return connector("red", expr(red.Name)) + " or " + connector("business", expr(business.Name))
	}
	return row{id: 7500, title: "Derived metrics and releases", height: 8, folded: true, panels: []panel{
		{id: 7501, kind: timeSeries, width: 8, title: "Series of connectors", unit: units.Short, empty: noGateway,
			description: "Series that each connector of each gateway keeps. What climbs has ids in a label, most of the time.",
			queries: []query{{legend: "{{connector}} {{instance}}", expr: both(func(m string) string {
				return sum(telemetry.Instance, ofGateway(m))
			}, telemetry.RedSeries, telemetry.BusinessSeries)}}},
		{id: 7502, kind: timeSeries, width: 8, title: "Counted as other, by limit", unit: units.Short, empty: noGateway,
			description: "Of all gateways of the job. What a connector counted under a label that reads other in 10 minutes, because of a limit. Totals stay right; what is beyond cannot be told apart.",
			lines:       []line{{alert: "MetricCardinalityHigh", at: fixed(once)}},
			queries:     []query{{legend: "{{connector}} {{limit}}", expr: fmt.Sprintf("sum by (%s, %s) (%s)", telemetry.Connector, telemetry.Limit, ofJob(telemetry.RecordedOverflow))}}},
		{id: 7503, kind: timeSeries, width: 8, title: "Trouble of connectors", unit: units.Short, empty: noGateway,
			description: "Of all gateways of the job. In 10 minutes. save: counts begin anew after a restart. flush: dashboards see old numbers. refused: a business metric is too low.",
			lines:       []line{{alert: "GatewayDerivationFailing", at: fixed(once)}},
			queries:     []query{{legend: "{{connector}} {{problem}}", expr: fmt.Sprintf("sum by (%s, %s) (%s)", telemetry.Connector, telemetry.Problem, ofJob(telemetry.RecordedDerivationErrors))}}},
		{id: 7504, kind: table, width: 12, title: "What services need, top 20", unit: units.Short, empty: "No service is near a limit",
			description: "How many series or values of a label there would be without the limit of a connector.",
			queries: []query{{instant: true, expr: "topk(20, " + both(func(m string) string {
				return fmt.Sprintf("max by (%s, %s) (%s)", telemetry.Limit, telemetry.Service, ofGateway(m))
			}, telemetry.RedDemand, telemetry.BusinessDemand) + ")"}}},
		{id: 7505, kind: table, width: 12, title: "Gateways by release", unit: units.Short, empty: "No gateway tells its release",
			description: "How many gateways of a job are of which release. Two during a rollout, one otherwise.",
			queries: []query{{instant: true, expr: fmt.Sprintf("count by (%s, %s) (%s)", telemetry.Job, telemetry.GatewayVersion,
				ofGateway(telemetry.GatewayTarget.Name, fmt.Sprintf("service_name=%q", telemetry.GatewayName)))}}},
	}}
}
