package recovery

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// late is how long a backup may take and wait for its turn: a daily one is missed
// after 26 hours.
const late = 2 * time.Hour

// ofBackup are the recording rules of a set of data.
func ofBackup(s catalog.Service, b catalog.Backup) []rule.Recording {
	t := thingOf(s, telemetry.Dataset, b.Name)
	expr, by, reads := latest(s, b.Success)
	all := []rule.Recording{
		t.carried(telemetry.RecordedBackupSuccess, expr, by, reads),
		t.since(telemetry.RecordedBackupSince, telemetry.RecordedBackupSuccess),
	}
	if b.CanKeepRPO() {
		all = append(all, t.heard(expr, by, reads))
	}
	if given(b.Oldest) {
		selector, reads := gauge(s, b.Oldest)
		oldest, before := rule.Select(telemetry.RecordedBackupOldest, t.labels), t.before(telemetry.RecordedBackupFirst)
		first := t.recorded(telemetry.RecordedBackupFirst, fmt.Sprintf("%s < %s or %s or %s", oldest, before, before, oldest),
			[]string{telemetry.RecordedBackupFirst})
		// 0 is what exporters say who know of no backup.
		all = append(all, t.recorded(telemetry.RecordedBackupOldest, fmt.Sprintf("min(%s != 0)", selector), reads), first)
	}
	return append(all, ofDrill(s, b, t)...)
}

// datasets are the sets of data of a service that pass.
func datasets(pass func(catalog.Backup) bool) func(catalog.Service) []rule.Item {
	return func(s catalog.Service) []rule.Item {
		var all []rule.Item
		for _, b := range s.Backups {
			if pass(b) {
				all = append(all, rule.Item{Name: b.Name, Labels: map[string]string{telemetry.Dataset: b.Name}, Value: b})
			}
		}
		return all
	}
}

func every(catalog.Backup) bool { return true }

const dataset = "{{ $labels.dataset }} of " + rule.Where

func missedAfter(b catalog.Backup) time.Duration { return b.Every + late }

func backupMissed() rule.Alert {
	return rule.Alert{
		Name: "BackupMissed", Severity: catalog.Page, Checklist: "PR-042",
		Items: datasets(every), Presence: telemetry.RecordedBackupSince,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("time() - %s > %s", telemetry.RecordedBackupSince, rule.Seconds(missedAfter(t.Item.(catalog.Backup))))
		},
		Wait:    rule.Always(5 * time.Minute),
		Summary: "No good backup of " + dataset + " for {{ $value | humanizeDuration }}",
		Description: func(t rule.Target) string {
			b := t.Item.(catalog.Backup)
			return fmt.Sprintf("No good backup of "+dataset+" was heard of for {{ $value | humanizeDuration }}. One is due every %s. The alert fires %s later, for 5m.",
				rule.Short(b.Every), rule.Short(late))
		},
		Guide: rule.Guide{
			Meaning: "A backup is overdue: it failed, hangs, was not started, or nothing tells of its success any more.",
			Impact:  "Nothing, as long as nothing else breaks. Until the next good backup, a loss of the data costs all since the last one.",
			Look: []rule.Look{
				{Question: "When was the last good backup heard of?", Query: `service_dataset:backup_last_success_timestamp_seconds:max{$selector} * 1000`},
				{Question: "How did the age go over the last week? A saw with missing teeth failed now and then.", Query: `time() - service_dataset:backup_since_timestamp_seconds:last{$selector}`},
				{Question: "If the backup is a job that the gateway sees: did it run, and how did it end?", Query: `sum by (job_name, outcome) (increase(job_runs_total{$selector}[2d]))`},
			},
			Act: []string{
				"Read the log of the last run. In Kubernetes:\n\n```sh\nkubectl get jobs -A --sort-by=.status.startTime | tail\nkubectl -n NAMESPACE logs job/NAME\nvelero backup get        # if Velero makes it\n```",
				"The usual reasons: the place of the backups is full, its credentials ended, the run was killed for memory or time, the CronJob is suspended.",
				"Start a backup by hand, and see it succeed:\n\n```sh\nkubectl -n NAMESPACE create job --from=cronjob/NAME by-hand-1\nvelero backup create --from-schedule NAME\n```",
				"If the backup is there and nobody was told, mend the evidence: the exporter, or its name in the services file.",
			},
		},
		Trial: func(t rule.Target, id map[string]string) rule.Trial {
			b := t.Item.(catalog.Backup)
			return ageTrial(thingOf(*t.Service, telemetry.Dataset, b.Name), telemetry.RecordedBackupSince, id, b.Success, missedAfter(b), 5*time.Minute)
		},
	}
}

// keptFor is how old the oldest backup must be at least: a day less than the
// retention, so that a job that deletes by the day is right, or less by as much as
// lies between two backups.
func keptFor(b catalog.Backup) time.Duration {
	retention := b.Retention.Duration()
	return retention - max(b.Every, min(day, retention/30))
}

func backupRetentionShort() rule.Alert {
	return rule.Alert{
		Name: "BackupRetentionShort", Severity: catalog.Ticket, Checklist: "PR-047",
		Items:    datasets(func(b catalog.Backup) bool { return given(b.Oldest) && keptFor(b) > 0 }),
		Presence: telemetry.RecordedBackupOldest,
		Condition: func(t rule.Target) string {
			b := t.Item.(catalog.Backup)
			return fmt.Sprintf("time() - %s < %s and time() - %s > %s", telemetry.RecordedBackupOldest, rule.Seconds(keptFor(b)),
				telemetry.RecordedBackupFirst, rule.Seconds(b.Retention.Duration()))
		},
		Wait:    rule.Always(time.Hour),
		Summary: "The oldest backup of " + dataset + " is only {{ $value | humanizeDuration }} old",
		Description: func(t rule.Target) string {
			b := t.Item.(catalog.Backup)
			return fmt.Sprintf("The oldest backup of "+dataset+" that is kept is {{ $value | humanizeDuration }} old. Backups are to be kept for %s,"+
				" and there have been some for longer. The alert fires below %s, for 1h.", rule.Short(b.Retention.Duration()), rule.Short(keptFor(b)))
		},
		Guide: rule.Guide{
			Meaning: "Backups are deleted earlier than was agreed.",
			Impact:  "What was damaged unnoticed some weeks ago cannot be restored any more.",
			Look: []rule.Look{
				{Question: "How old was the oldest backup over the last weeks? A sudden fall is a deletion; a slow one, a rule that changed.", Query: `time() - service_dataset:backup_oldest_timestamp_seconds:min{$selector}`},
			},
			Act: []string{
				"Stop what deletes: the life cycle rule of the bucket, the `ttl` of the schedule, the line with `find -delete`.",
				"If somebody deleted by hand, or nobody did, treat it as a security incident: backups are what an intruder deletes first. Look whether the place keeps deleted versions.",
				"Set it to the retention that is declared, or declare what is right.",
			},
		},
		Trial: retentionTrial,
	}
}
