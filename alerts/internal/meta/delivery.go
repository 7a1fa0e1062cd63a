package meta

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func ruleEvaluationFailing() rule.Alert {
	failures := telemetry.RuleFailures.Name
	return rule.Alert{
		Name: "RuleEvaluationFailing", Severity: catalog.Ticket, Checklist: alerting, Fleet: true,
		Condition: rule.Always(fmt.Sprintf("sum by (%s, %s, %s) (increase(%s[10m])) > 0",
			telemetry.Job, telemetry.Instance, telemetry.RuleGroup, failures)),
		Wait:    rule.Always(5 * time.Minute),
		Summary: "{{ $labels.instance }} cannot evaluate rules of {{ $labels.rule_group }}",
		Description: rule.Always(`About {{ $value | printf "%.0f" }} evaluations of rules in {{ $labels.rule_group }} failed on {{ $labels.instance }} in the last 10 minutes, for 5m.` +
			` An alert whose rule fails is silent, whatever happens. The page /rules of that Prometheus shows the error.`),
		Guide: rule.Guide{
			Meaning: "Prometheus cannot evaluate a rule: two series match where one may, or a query takes too long.",
			Impact:  "What the rule records is missing, and an alert whose rule fails is silent whatever happens.",
			Look: []rule.Look{
				{Question: "Which groups fail, since when?", Query: "sum by (instance, rule_group) (increase(" + failures + "[1h])) > 0"},
			},
			Act: []string{
				"Open `/rules` of that Prometheus and look for the red rule: its error names the series.",
				"\"many-to-many\" or \"duplicate series\": somebody else exports series of the same names; see which `job` they have.",
				"If the rule is a generated one, report it; until then leave the alert out with `disabled` in services.yaml, and tell who relies on it.",
			},
		},
	}
}

// failedShare is the share of failed notifications that is worth a page.
const failedShare = 0.01

// fewFailures is how many failed notifications are more than the misfortune of one:
// what fires is told again.
const fewFailures = 3

// notificationsFailing looks back for 30 minutes: a group whose notification failed is
// told again 5 minutes later, and a shorter window would not always hold so many.
func notificationsFailing() rule.Alert {
	sum := func(m telemetry.Metric) string {
		return fmt.Sprintf("sum by (%s, %s) (increase(%s[30m]))", telemetry.Job, telemetry.Integration, m.Name)
	}
	return rule.Alert{
		Name: "AlertmanagerNotificationsFailing", Severity: catalog.Page, Checklist: alerting, Fleet: true,
		Condition: rule.Always(fmt.Sprintf("%s / %s > %s and round(%[1]s) >= %[4]d",
			sum(telemetry.NotificationsFailed), sum(telemetry.Notifications), rule.Number(failedShare), fewFailures)),
		Wait:    rule.Always(10 * time.Minute),
		Summary: "{{ $value | humanizePercentage }} of the notifications to {{ $labels.integration }} fail",
		Description: rule.Always("{{ $value | humanizePercentage }} of the notifications that {{ $labels.job }} sent to {{ $labels.integration }} in the last 30 minutes failed, after all retries." +
			fmt.Sprintf(" The alert fires above %s, from %d failures on, for 10m. Whoever", rule.Percent(failedShare), fewFailures) + " should have been told was not."),
		Guide: rule.Guide{
			Meaning: "Alertmanager cannot deliver notifications to one kind of receiver.",
			Impact:  "People are not told of what fires. If this alert takes the same way, nobody hears of it either: look at the firing alerts themselves.",
			Look: []rule.Look{
				{Question: "Which receivers fail, and why?", Query: "sum by (integration, reason) (increase(" + telemetry.NotificationsFailed.Name + "[1h])) > 0"},
				{Question: "What fires now, that somebody should know?", Query: `ALERTS{alertstate="firing", severity="critical"}`},
			},
			Act: []string{
				"`clientError`: the receiver refuses. A token has ended, or a channel was renamed: Alertmanager's log has the answer; replace the file of the secret.",
				"`serverError`, `contextDeadlineExceeded`: the receiver is down, or there is no way to it. See its status page, and use another channel until it is back.",
			},
		},
	}
}

// never is the severity of an alert that must not tell anybody.
const never = "none"

// watchdog fires always, so that silence means that alerting is broken.
func watchdog() rule.Alert {
	return rule.Alert{
		Name: "Watchdog", Severity: never, Checklist: alerting, Fleet: true,
		Condition: rule.Always("vector(1)"),
		Summary:   "Alerting works",
		Description: rule.Always("This alert always fires. It goes to a dead-man's switch, which tells somebody when it no longer hears it:" +
			" then Prometheus, Alertmanager or the way between them is broken."),
		Guide: rule.Guide{
			Meaning: "Nothing is wrong as long as this alert fires. If the dead-man's switch sent you here, it no longer hears it.",
			Impact:  "While it is not heard, no other alert is heard either.",
			Look: []rule.Look{
				{Question: "Does Prometheus evaluate rules?", Query: `ALERTS{alertname="Watchdog"}`},
				{Question: "Does Alertmanager deliver?", Query: "sum by (integration) (rate(" + telemetry.Notifications.Name + "[15m]))"},
			},
			Act: []string{
				"See whether Prometheus runs and has loaded the rules: its page `/rules`.",
				"See whether it reaches Alertmanager: its page `/status`, and Alertmanager's page `/#/alerts`.",
				"See whether Alertmanager reaches the switch: its log.",
				"Until it is mended, watch the dashboards.",
			},
		},
	}
}
