package release

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// fewErrors is how many errors in an hour are worth a word: where there is little
// traffic, one client that retries is above any ratio.
const fewErrors = 5

// recent is a condition: the last release is young enough to be watched.
func recent(t rule.Target) string {
	return fmt.Sprintf("%s > time() - %s", telemetry.ReleaseLast, rule.Seconds(t.Policy.Thresholds.ReleaseWatch))
}

func postDeployErrorRateHigh() rule.Alert {
	const wait = 5 * time.Minute
	return rule.Alert{
		Name: "PostDeployErrorRateHigh", Severity: catalog.Ticket, Checklist: "PR-093",
		Presence: telemetry.RecordedRequests,
		Condition: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf("%s > %s and %s >= %s and %s >= %d and %s", telemetry.RecordedErrorRatio, rule.Number(n.ReleaseErrorRatio),
				telemetry.RecordedRequests, rule.Number(n.MinRequestRate), telemetry.RecordedErrorsHourly, fewErrors, recent(t))
		},
		Wait:    rule.Always(wait),
		Keep:    5 * time.Minute,
		Summary: rule.Where + " fails {{ $value | humanizePercentage }} of its requests since its release",
		Description: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf("A version of "+rule.Where+" came out less than %s ago, and {{ $value | humanizePercentage }} of the requests of the last 5 minutes failed."+
				" The alert fires above %s, for %s.",
				rule.Short(n.ReleaseWatch), rule.Percent(n.ReleaseErrorRatio), rule.Short(wait))
		},
		Guide: rule.Guide{
			Meaning: "More requests fail than a good release may lose. It is less than HighErrorRate pages for, and asks for a decision, not for a rescue.",
			Impact:  "Some users see errors.",
			Release: true,
			Look: []rule.Look{
				{Question: "Which versions are new?", Query: "time() - " + telemetry.VersionFirst + "{$selector}"},
				{Question: "Did it begin with the release?", Query: telemetry.RecordedErrorRatio + "{$selector}"},
				{Question: "Does the new version fail more than the others?", Query: `sum by (version) (rate(http_requests_total{$selector, status=~"5.."}[15m])) / sum by (version) (rate(http_requests_total{$selector}[15m]))`},
				{Question: "Which exceptions are thrown by which version?", Query: `topk(10, sum by (version, exception_type) (rate(exceptions_total{$selector}[15m])))`},
			},
			Act: []string{
				"If the new version fails more than the old one, roll back.",
				"If both fail alike, it is not the release: look at dependencies.",
				"If the errors were there before, the release is not to blame; open an issue for them.",
			},
		},
		Trial: deployTrial,
	}
}

// criticalAlertDuringRollout is no page, against the specification: each of the
// alerts that it counts has paged somebody already, and its runbook begins with the
// question of the release. This one is for whoever rolls out: pipelines ask ALERTS for
// it, and the ticket is the record that a release met trouble.
func criticalAlertDuringRollout() rule.Alert {
	return rule.Alert{
		Name: "CriticalAlertDuringRollout", Severity: catalog.Ticket, Checklist: "PR-095",
		Presence: telemetry.ReleaseLast,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("count by (%s) (%s) and %s", rule.Identity(),
				rule.Select("ALERTS", map[string]string{rule.LabelSeverity: string(catalog.Page), "alertstate": "firing"}), recent(t))
		},
		Keep:    5 * time.Minute,
		Summary: rule.Where + " has critical alerts while a release is young: {{ $value }}",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("{{ $value }} critical alerts fire about "+rule.Where+", of which a version came out less than %s ago. Whoever was paged has their runbooks;"+
				" whoever rolls out should stop.", rule.Short(t.Policy.Thresholds.ReleaseWatch))
		},
		Guide: rule.Guide{
			Meaning: "Something that pages people happens to a service while its release is being watched. The release is the first suspect.",
			Impact:  "That of the alerts that fire.",
			Release: true,
			Look: []rule.Look{
				{Question: "Which alerts fire?", Query: `ALERTS{$selector, severity="critical", alertstate="firing"}`},
				{Question: "Which versions are new?", Query: "time() - " + telemetry.VersionFirst + "{$selector}"},
			},
			Act: []string{
				"Stop the rollout: no further stage, no further service of the same release.",
				"Follow the runbook of the alert that pages, and answer its question about the release.",
			},
		},
		Trial: duringTrial,
	}
}
