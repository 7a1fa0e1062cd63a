package recovery

import (
	"fmt"
	"strings"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// hold is for how long evidence that is gone is thought to go on as it did: an exporter
// that cannot be scraped for some minutes says nothing about the backups.
const hold = 10 * time.Minute

// heard records when the evidence, an expression with these labels of identity, was
// last there, but no longer ago than hold.
func (t thing) heard(expr string, by, reads []string) rule.Recording {
	const name = telemetry.RecordedBackupHeard
	return t.recorded(name, fmt.Sprintf("0 * %s + time() or on (%s) clamp_min(%s, time() - %s)",
		expr, strings.Join(by, ", "), t.before(name), rule.Seconds(hold)), append(reads[:len(reads):len(reads)], name))
}

// rpoWait is how long the RPO must be violated. Where a backup is due exactly as often
// as the RPO asks, one that takes a little longer than the last is late by the jitter
// of its schedule, which grows with the time between two: a tenth of it is allowed.
func rpoWait(b catalog.Backup) time.Duration { return max(time.Minute, b.RPO/10) }

// rpoViolated is about the age of the last copy that is known. A copy that was never
// heard of is no violation, for a Prometheus that is new knows of none: backupMissed
// tells of it. One that was known grows older without evidence, too.
func rpoViolated() rule.Alert {
	return rule.Alert{
		Name: "RPOViolated", Severity: catalog.Page, Checklist: "PR-048",
		Items: datasets(catalog.Backup.CanKeepRPO), Presence: telemetry.RecordedBackupSuccess,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("time() - %s and %s - %s > %s", telemetry.RecordedBackupSuccess,
				telemetry.RecordedBackupHeard, telemetry.RecordedBackupSuccess, rule.Seconds(t.Item.(catalog.Backup).RPO))
		},
		Wait:    func(t rule.Target) time.Duration { return rpoWait(t.Item.(catalog.Backup)) },
		Summary: "If " + dataset + " were lost now, {{ $value | humanizeDuration }} of data would be gone",
		Description: func(t rule.Target) string {
			b := t.Item.(catalog.Backup)
			return fmt.Sprintf("The last good copy of "+dataset+" that is known is {{ $value | humanizeDuration }} old."+
				" At most %s of data may be lost (RPO). The alert fires above that, for %s; where its evidence is gone, %s later.",
				rule.Short(b.RPO), rule.Short(rpoWait(b)), rule.Short(hold))
		},
		Guide: rule.Guide{
			Meaning: "The newest copy of the data, be it a backup or what replication brought elsewhere, is older than the service may lose (recovery point objective).",
			Impact:  "Nothing, as long as nothing else breaks. If the data is lost now, more of it is gone for good than was agreed.",
			Look: []rule.Look{
				{Question: "How old is the copy, over the last day?", Query: `time() - service_dataset:backup_last_success_timestamp_seconds:max{$selector}`},
				{Question: "Is the evidence gone? 0 is that it is there, 600 that it is gone for 10 minutes or more. That of a job is there for an hour after its run.", Query: `time() - service_dataset:backup_heard_timestamp_seconds:last{$selector}`},
			},
			Act: []string{
				"If the evidence is gone, look for its exporter among the targets of Prometheus first, and then at the data itself: perhaps the copy is newer than is known.",
				"Look whether replication, or the shipping of logs, still runs: its process, its disk, the network to where the copy goes, its credentials.",
				"Make a copy by hand now, before anything else is tried on the data. Keep destructive work (migrations, deletions) away until it is done.",
				"If every copy comes when it is due, and the alert comes and goes, `every` in the services file is too near to the objective: let copies run more often, or replicate.",
				"If this is about an environment that no longer exists, name the environments of the service in the services file.",
			},
		},
		Trial: rpoTrial,
	}
}
