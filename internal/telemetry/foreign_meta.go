package telemetry

// Labels of the metrics of Prometheus and Alertmanager.
const (
	// RuleGroup is the file and the name of a group of rules.
	RuleGroup = "rule_group"
	// Integration is the kind of a receiver, such as pagerduty.
	Integration = "integration"
)

// Metrics of Prometheus and Alertmanager themselves, as they are on their own pages.
// All of them begin at 0.
var (
	RuleFailures = Metric{
		Name: "prometheus_rule_evaluation_failures_total", Kind: Counter, Unit: "{evaluation}",
		Help:   "Evaluations of rules that failed.",
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
