package recovery

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// ofDrill are the recording rules of restore drills.
func ofDrill(s catalog.Service, b catalog.Backup, t thing) []rule.Recording {
	if !drilled(b) {
		return nil
	}
	expr, by, reads := latest(s, b.Drill)
	all := []rule.Recording{
		t.carried(telemetry.RecordedDrillSuccess, expr, by, reads),
		t.since(telemetry.RecordedDrillSince, telemetry.RecordedDrillSuccess),
	}
	if expr, by := duration(s, b.Drill); expr != "" {
		all = append(all, t.carried(telemetry.RecordedDrillDuration, expr, by, nil))
	}
	return all
}

// drilled reports whether something tells of restores.
func drilled(b catalog.Backup) bool { return given(b.Drill) }

// timed reports whether something tells how long restores take.
func timed(b catalog.Backup) bool { return b.Drill.Job+b.Drill.CronJob != "" }

func restoreDrillOverdue() rule.Alert {
	return rule.Alert{
		Name: "RestoreDrillOverdue", Severity: catalog.Ticket, Checklist: "PR-044",
		Items: datasets(drilled), Presence: telemetry.RecordedDrillSince,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("time() - %s > %s", telemetry.RecordedDrillSince, rule.Seconds(t.Item.(catalog.Backup).DrillEvery.Duration()))
		},
		Wait:    rule.Always(time.Hour),
		Summary: "No restore of " + dataset + " was tried for {{ $value | humanizeDuration }}",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("No good restore of "+dataset+" was heard of for {{ $value | humanizeDuration }}. One is to be tried every %s. The alert fires after that, for 1h.",
				rule.Short(t.Item.(catalog.Backup).DrillEvery.Duration()))
		},
		Guide: rule.Guide{
			Meaning: "It is not known that the backups can be restored: the last drill is too long ago, failed, or never was.",
			Impact:  "Nothing today. A backup that cannot be restored is none, and this is found out on the worst day.",
			Look: []rule.Look{
				{Question: "When was the last good drill?", Query: `service_dataset:restore_drill_last_success_timestamp_seconds:max{$selector} * 1000`},
				{Question: "Did one run since, and fail?", Query: `sum by (job_name, outcome) (increase(job_runs_total{$selector}[7d]))`},
			},
			Act: []string{
				"Restore the newest backup into an empty place, never over the original; count rows, start the service on it, look at the newest record.",
				"Write down how long it took, and what was missing in the instructions.",
				"Let the drill run by schedule, so that it needs nobody.",
			},
		},
		Trial: func(t rule.Target, id map[string]string) rule.Trial {
			b := t.Item.(catalog.Backup)
			return ageTrial(thingOf(*t.Service, telemetry.Dataset, b.Name), telemetry.RecordedDrillSince, id, b.Drill, b.DrillEvery.Duration(), time.Hour)
		},
	}
}

func rtoDrillTooSlow() rule.Alert {
	return rule.Alert{
		Name: "RTODrillTooSlow", Severity: catalog.Ticket, Checklist: "PR-048",
		Items: datasets(timed), Presence: telemetry.RecordedDrillDuration,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s > %s", telemetry.RecordedDrillDuration, rule.Seconds(t.Item.(catalog.Backup).RTO))
		},
		Summary: "The last restore of " + dataset + " took {{ $value | humanizeDuration }}",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("The last good restore of "+dataset+" took {{ $value | humanizeDuration }}. It may take %s (RTO). The alert fires above that, until a faster drill.",
				rule.Short(t.Item.(catalog.Backup).RTO))
		},
		Guide: rule.Guide{
			Meaning: "The restore works, and takes longer than the service may be away (recovery time objective).",
			Impact:  "Nothing today. After a loss of the data, users wait for longer than was agreed; the drill does not even count the time until somebody begins.",
			Look: []rule.Look{
				{Question: "How long did the drills of the last months take? What grows with the data will go on growing.", Query: `service_dataset:restore_drill_duration_seconds:last{$selector}`},
			},
			Act: []string{
				"Find the longest step: the copy over the network, the decompression, the rebuilding of indexes. Do it in parallel, or nearer to the data.",
				"Keep a warm replica, if no restore can be as fast as needed.",
				"Or agree on a longer objective, with those who depend on the service.",
			},
		},
		Trial: drillTrial,
	}
}
