package recovery

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// evidence is the evidence of a part, and the recorded series that is not there
// without it.
type evidence struct {
	thing
	recorded string
	catalog.Evidence
}

// gauges are the parts of a service that are watched by a gauge which must always be
// there. Without it their alerts could not fire. Backups and drills need no such
// watch: their age counts without evidence, too.
func gauges(s catalog.Service) []rule.Item {
	var all []rule.Item
	for _, item := range secrets(func(s catalog.Secret) bool { return s.Metric != "" })(s) {
		secret := item.Value.(catalog.Secret)
		item.Value = evidence{thingOf(s, telemetry.Secret, item.Name), telemetry.RecordedSecretRotated, catalog.Evidence{Metric: secret.Metric, Match: secret.Match}}
		item.Name = "secret " + item.Name
		all = append(all, item)
	}
	for _, item := range datasets(func(b catalog.Backup) bool { return given(b.Oldest) })(s) {
		item.Value = evidence{thingOf(s, telemetry.Dataset, item.Name), telemetry.RecordedBackupOldest, item.Value.(catalog.Backup).Oldest}
		all = append(all, item)
	}
	return all
}

func recoveryEvidenceMissing() rule.Alert {
	return rule.Alert{
		Name: "RecoveryEvidenceMissing", Severity: catalog.Ticket, Checklist: "PR-014",
		Items: gauges,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("absent(%s)", t.Item.(evidence).recorded)
		},
		Wait:    rule.Always(time.Hour),
		Summary: "A metric is missing that tells how safe " + rule.Where + " is",
		Description: func(t rule.Target) string {
			of := t.Item.(evidence)
			return "The metric " + rule.Literal(of.Metric) + ", which the services file names for the " + of.kind + " {{ $labels." + of.kind + " }} of " + rule.Where +
				", has no series: the age of a secret, or of the oldest backup, is not known, and the alerts about it cannot fire. The alert fires after 1h."
		},
		Guide: rule.Guide{
			Meaning: "A metric that the services file names as evidence is not in Prometheus: the name or a label is wrong, or its exporter is gone.",
			Impact:  "None. But a secret that should be rotated, or backups that are deleted too early, go unnoticed.",
			Look: []rule.Look{
				{Question: "If it is about a secret, was it known in the last week?", Query: `count by (secret) (last_over_time(service_secret:rotated_timestamp_seconds:min{$selector}[7d]))`},
				{Question: "If it is about backups, were they?", Query: `count by (dataset) (last_over_time(service_dataset:backup_oldest_timestamp_seconds:min{$selector}[7d]))`},
			},
			Act: []string{
				"Query the metric by its name alone. If there are series, the labels of `match` in the services file select none of them.",
				"If there are none, look for the exporter among the targets of Prometheus.",
			},
		},
		Trial: missingTrial,
	}
}
