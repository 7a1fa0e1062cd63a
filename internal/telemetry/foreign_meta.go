package telemetry

// Labels of the metrics of Prometheus and Alertmanager.
const (
	// RuleGroup is the file and the name of a group of rules.
	RuleGroup = "rule_group"
	// Integration is the kind of a receiver, such as pagerduty.
	Integration = "integration"
)

// Metrics of Prometheus and Alertmanager themselves, as they are on their own pages.
// The counters begin at 0.
var (
	RuleFailures = Metric{
		Name: "prometheus_rule_evaluation_failures_total", Kind: Counter, Unit: "{evaluation}",
		Help:   "Evaluations of rules that failed.",
		Labels: append([]string{RuleGroup}, ScrapeLabels()...),
	}
	// RuleGroupDuration and RuleGroupInterval are of the last evaluation of a group.
	RuleGroupDuration = Metric{
		Name: "prometheus_rule_group_last_duration_seconds", Kind: Gauge, Unit: "s",
		Help:   "How long the last evaluation of a group of rules took.",
		Labels: append([]string{RuleGroup}, ScrapeLabels()...),
	}
	RuleGroupInterval = Metric{
		Name: "prometheus_rule_group_interval_seconds", Kind: Gauge, Unit: "s",
		Help:   "How often a group of rules is to be evaluated.",
		Labels: append([]string{RuleGroup}, ScrapeLabels()...),
	}
	Notifications = Metric{
		Name: "alertmanager_notifications_total", Kind: Counter, Unit: "{notification}",
		Help:   "Notifications that were attempted.",
		Labels: append([]string{Integration}, ScrapeLabels()...),
	}
	NotificationsFailed = Metric{
		Name: "alertmanager_notifications_failed_total", Kind: Counter, Unit: "{notification}",
		Help:   "Notifications that failed, after all retries.",
		Labels: append([]string{Integration, Reason}, ScrapeLabels()...),
	}
)
