package gateway

import (
	"testing"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/template"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	ruletest.Check(t, Family(), catalog.Default())
}

func TestTheGatewayIsWatchedWhateverServicesAreDeclared(t *testing.T) {
	c := catalog.Default()
	c.Defaults.Team = "platform"
	c.Services = []catalog.Service{{Name: "checkout", Policy: catalog.DefaultPolicy(catalog.Critical)}}
	rules := ruletest.Make(t, Family(), c)
	require.Len(t, rules.Made, len(Family().Alerts))
	for _, made := range rules.Made {
		require.Equal(t, "platform", made.Rule.Labels[rule.LabelTeam], made.Name)
		require.Positive(t, made.Rule.KeepFiringFor, made.Name)
	}
	ruletest.Check(t, Family(), c)
}

func TestEveryDefectIsCaughtByTheUnitTests(t *testing.T) {
	ruletest.Mutate(t, Family(), catalog.Default(), map[string]string{
		"GatewayQueueNearFull: node 2, max is min":             "a queue has one series",
		"PIILeakDetected: node 16, number (larger|smaller)":    "a count grows by whole numbers, and what a gap hid is told at once",
		"ScrubPolicyDiffers: node (1|4|7), count is (max|min)": "only whether there is one matters, not how many",
	})
}

// Each reason of an alert has something to do about it, and not what another has.
func TestEveryReasonSaysWhatToDo(t *testing.T) {
	rules := ruletest.Make(t, Family(), catalog.Default())
	for alert, label := range map[string]struct {
		name   string
		values []string
	}{
		"PIIScrubberFailing":       {telemetry.Reason, telemetry.Reasons()},
		"GatewayDroppingTelemetry": {telemetry.Reason, telemetry.DropReasons()},
		"GatewayDerivationFailing": {telemetry.Problem, telemetry.Problems()},
	} {
		said := map[string]bool{}
		for _, made := range rules.Made {
			if made.Name != alert {
				continue
			}
			said[expanded(t, made, map[string]string{label.name: "no reason"})] = true
			for _, value := range label.values {
				text := expanded(t, made, map[string]string{label.name: value})
				require.False(t, said[text], "%s: %s says what another says", alert, value)
				said[text] = true
			}
		}
		require.Len(t, said, len(label.values)+1, alert)
	}
}

// expanded is the description of an alert about series with these labels.
func expanded(t *testing.T, made rule.Made, labels map[string]string) string {
	t.Helper()
	data := template.AlertTemplateData(labels, nil, "", promql.Sample{F: 1})
	text := "{{ $labels := .Labels }}{{ $value := .Value }}" + made.Rule.Annotations[rule.AnnotationDetail]
	said, err := template.NewTemplateExpander(t.Context(), text, made.Name, data, 0, nil, nil, nil).Expand()
	require.NoError(t, err)
	return said
}

// What mutation does not reach: windows, and recording rules.
func TestEveryPlantedDefectIsCaughtByTheUnitTests(t *testing.T) {
	const (
		leaks = "otelcol_processor_scrub_egress_leaks"
		lost  = "otelcol_exporter_send_failed_spans"
	)
	plant := func(alert string, defects map[string]ruletest.Defect) {
		for name, defect := range defects {
			defect.Alert = alert
			defects[name] = defect
		}
		ruletest.Plant(t, Family(), catalog.Default(), defects)
	}
	plant("PIILeakDetected", map[string]ruletest.Defect{
		"a first leak is missed":            {From: "                unless\n", To: "                < 0 unless\n"},
		"later leaks are missed":            {From: "increase(" + leaks + "[5m])", To: leaks + " < 0"},
		"an old leak fires for ever":        {From: "[1h] offset 5m", To: "[1s] offset 5m"},
		"leaks looked at for too long":      {From: "[1h] offset 5m", To: "[1h] offset 6m"},
		"a counter that restarts is missed": {From: "increase(" + leaks, To: "delta(" + leaks},
		"a gap tells again":                 {From: "[1h] offset 5m", To: "[5m] offset 5m"},
		"an hour's gap tells again":         {From: "[1h] offset 5m", To: "[59m] offset 5m"},
		"a longer gap hides":                {From: "[1h] offset 5m", To: "[61m] offset 5m"},
		"dry runs are leaks":                {From: leaks, To: "otelcol_processor_scrub_findings"},
		"jobs' leaks are mixed":             {From: "sum by (job, detector, signal)", To: "sum by (detector, signal)"},
	})
	plant("PIIScrubberFailing", map[string]ruletest.Defect{
		"a single panic is missed":        {From: `reason="panic"}[1h]`, To: `reason="panic"}[5m]`},
		"a single large value fires":      {From: `reason!="panic"}[5m]`, To: `reason!="panic"}[1h]`},
		"unscannable counts as it stands": {From: `increase(otelcol_processor_scrub_unscannable{reason!="panic"}[5m])`, To: `otelcol_processor_scrub_unscannable{reason!="panic"}`},
	})
	plant("ScrubPolicyDiffers", map[string]ruletest.Defect{
		"jobs may not differ":                   {From: "job, ", To: ""},
		"policies of two signals are mixed":     {From: "job, signal", To: "job"},
		"a signal that one gateway lacks fires": {From: "< on (job, signal) group_left ()\n                count by (job, signal) (count by (job, signal, instance)", To: "< on (job) group_left ()\n                count by (job) (count by (job, instance)"},
		"a policy counts for each signal":       {From: "count by (job, hash) (", To: "count by (job, hash, signal) ("},
		"several policies of one gateway fire":  {From: "count by (job, signal) (count by (job, signal, instance) (otelcol_processor_scrub_policy_info))", To: "count by (job, signal) (otelcol_processor_scrub_policy_info)"},
	})
	plant("PIIScrubberBypassed", map[string]ruletest.Defect{
		"a gateway without scrub is none":          {From: `target_info{service_name="readygate"}`, To: `target_info{service_name="gateway"}`},
		"every Collector is a gateway":             {From: `target_info{service_name="readygate"}`, To: `target_info`},
		"a gateway with a guard alone is none":     {From: "or otelcol_extension_scrub_guard_unscrubbed_pipelines", To: ""},
		"a gateway with scrub alone is none":       {From: "otelcol_processor_scrub_policy_info or", To: ""},
		"accepted signals are mixed":               {From: "receiver_accepted_spans", To: "receiver_accepted_log_records"},
		"a gateway's scrubbing speaks for another": {From: "unless on (job, instance, signal)", To: "unless on (job, signal)"},
		"scrubbed logs speak for traces":           {From: "unless on (job, instance, signal)", To: "unless on (job, instance)"},
		"what two receivers accept is one's":       {From: "sum by (job, instance) (", To: "max by (job, instance) ("},
	})
	plant("GatewayDroppingTelemetry", map[string]ruletest.Defect{
		"a first loss is missed":               {From: "                unless\n", To: "                < 0 unless\n"},
		"later losses are missed":              {From: "increase(" + lost + "[10m])", To: lost + " < 0"},
		"an old loss counts for ever":          {From: "[1h] offset 10m", To: "[1h] offset 10d"},
		"what a receiver accepts is another's": {From: "sum by (job, receiver) (\n                  increase(otelcol_receiver_acc", To: "sum by (job) (\n                  increase(otelcol_receiver_acc"},
		"refused items of any number":          {From: "<= 0.01", To: "<= 0.009"},
		"losses 5 minutes apart are missed":    {From: "increase(" + lost + "[10m])", To: "increase(" + lost + "[5m])"},
		"other Collectors are gateways":        {From: "policy_info or", To: "policy_info or otelcol_exporter_enqueue_failed_spans or"},
		"gateways are not added up":            {From: "sum by (job, exporter)", To: "max by (job, exporter)"},
		"receivers are not added up":           {From: "sum by (job, receiver)", To: "max by (job, receiver)"},
		"exporters are mixed":                  {From: "sum by (job, exporter)", To: "sum by (job)"},
		"logs are lost behind traces":          {From: "signal: logs", To: "signal: traces"},
		"what was refused failed":              {From: "reason: refused", To: "reason: failed"},
	})
	plant("GatewayAbsent", map[string]ruletest.Defect{
		"a day is too short":            {From: "[1d]", To: "[23h]"},
		"a day is too long":             {From: "[1d]", To: "[25h]"},
		"jobs speak for each other":     {From: "unless on (job)", To: "unless on ()"},
		"a job with a new name is gone": {From: "and on (instance)", To: "and on (job, instance)"},
	})
	plant("GatewayQueueNearFull", map[string]ruletest.Defect{
		"the capacity of a queue is its size": {From: "otelcol_exporter_queue_capacity", To: "otelcol_exporter_queue_size"},
		"queues of two signals are one":       {From: "max by (job, instance, exporter, data_type)", To: "max by (job, instance, exporter)"},
	})
	plant("GatewayDerivationFailing", map[string]ruletest.Defect{
		"business is red":                           {From: "connector: business", To: "connector: red"},
		"a reason is not told":                      {From: "sum by (job, metric, reason)", To: "sum by (job, metric)"},
		"gateways are not added up":                 {From: "sum by (job) (", To: "max by (job) ("},
		"one error in 10 minutes is too few":        {From: "increase(otelcol_connector_red_save_errors[10m])", To: "increase(otelcol_connector_red_save_errors[5m])"},
		"a single error is remembered for too long": {From: "increase(otelcol_connector_business_flush_errors[10m])", To: "increase(otelcol_connector_business_flush_errors[11m])"},
	})
	plant("MetricCardinalityHigh", map[string]ruletest.Defect{
		"gateways are not added up":               {From: "sum by (job, limit)", To: "max by (job, limit)"},
		"limits are mixed":                        {From: "sum by (job, limit)", To: "sum by (job)"},
		"an overflow is remembered for too short": {From: "increase(otelcol_connector_red_overflow[10m])", To: "increase(otelcol_connector_red_overflow[5m])"},
	})
}
