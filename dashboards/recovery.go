package dashboards

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// backupLate is how long after its time a backup is missed, which no services file
// moves. A test holds it against the rules.
const backupLate = 2 * time.Hour

// rotationDue is the share of its maximum age from which a secret is to be rotated; the
// test holds it, too.
const rotationDue = 8.0 / 9

// recoveryAlerts are the alerts about recovery.
var recoveryAlerts = []string{
	"RPOViolated", "BackupMissed", "BackupRetentionShort", "RestoreDrillOverdue", "RTODrillTooSlow",
	"SecretRotationDue", "SecretRotationOverdue", "RecoveryEvidenceMissing", "CertificateExpiring",
}

func recovery(v view) board {
	b := board{
		uid: recoveryUID, title: titles[recoveryUID], from: "now-7d",
		description: "What must be in order before it is needed: backups, restores, secrets, certificates, and personal data kept out of telemetry.",
		filters:     v.serviceFilters(false), annotated: true,
		rows: recoveryRows(v),
	}
	// A service that is not heard of has backups, too.
	of := append(slices.Clone(heard), telemetry.RecordedCertificateExpiry)
	if slices.ContainsFunc(v.services(), hasBackups) {
		of = append(of, telemetry.RecordedBackupSince)
	}
	if slices.ContainsFunc(v.services(), hasSecrets) {
		of = append(of, telemetry.RecordedSecretRotated)
	}
	for i := range b.filters {
		b.filters[i].of = of
	}
	return b
}

// recoveryRows have the ids 6100 to 6599. What nothing declares has no panel: no rule
// records it.
func recoveryRows(v view) []row {
	r := safekept{
		rpo:       v.backups(func(b catalog.Backup) (float64, bool) { return b.RPO.Seconds(), b.CanKeepRPO() }),
		missed:    v.backups(func(b catalog.Backup) (float64, bool) { return (b.Every + backupLate).Seconds(), true }),
		kept:      v.backups(func(b catalog.Backup) (float64, bool) { return keptFor(b).Seconds(), given(b.Oldest) && keptFor(b) > 0 }),
		drills:    v.backups(func(b catalog.Backup) (float64, bool) { return b.DrillEvery.Duration().Seconds(), drilled(b) }),
		durations: v.backups(func(b catalog.Backup) (float64, bool) { return b.RTO.Seconds(), b.Drill.Job+b.Drill.CronJob != "" }),
		secrets: parts(v, func(s catalog.Service) []catalog.Secret { return s.Secrets }, func(s catalog.Secret) (string, float64, bool) {
			return s.Name, s.MaxAge.Duration().Seconds(), true
		}),
		logs: parts(v, func(s catalog.Service) []catalog.Days { return []catalog.Days{s.LogRetention} }, func(d catalog.Days) (string, float64, bool) {
			return "", d.Duration().Seconds(), d > 0
		}),
		certified: v.service == nil || slices.ContainsFunc(v.service.Endpoints, func(e catalog.Endpoint) bool { return e.Public && strings.HasPrefix(e.URL, "https:") }),
	}
	return slices.DeleteFunc([]row{r.now(v), r.backups(v), r.restores(v), r.credentials(v), r.compliance(v)},
		func(r row) bool { return len(r.panels) == 0 })
}

// safekept are the parts of declared services that can be lost or leaked, each with
// the number of its alert, in seconds.
type safekept struct {
	rpo, missed, kept, drills, durations, secrets, logs []part
	// certified: there may be certificates.
	certified bool
}

func (v view) backups(number func(catalog.Backup) (float64, bool)) []part {
	return parts(v, func(s catalog.Service) []catalog.Backup { return s.Backups }, func(b catalog.Backup) (string, float64, bool) {
		at, has := number(b)
		return b.Name, at, has
	})
}

// keptFor is the age that the oldest backup must have at least: a day less than the
// retention, or less by as much as lies between two backups.
func keptFor(b catalog.Backup) time.Duration {
	retention := b.Retention.Duration()
	return retention - max(b.Every, min(24*time.Hour, retention/30))
}

// only are the panels, if there is something that they could show.
func only(there bool, panels ...panel) []panel {
	if !there {
		return nil
	}
	return panels
}

// ofParts are the shares that the parts have of their numbers. Age is what they have.
func (v view) ofParts(label string, all []part, age func(more []string) string) string {
	return v.each(label, all, func(n string, more []string) string { return fmt.Sprintf("(%s) / %s", age(more), n) })
}

// numbersOf draws the number of each part, as long as it has the series.
func (v view) numbersOf(label, series string, all []part) query {
	return query{legend: thresholdLegend + partLegend(label), expr: v.each(label, all, func(n string, more []string) string {
		return fmt.Sprintf("%s * group by (%s, %s) (%s)", n, identity, label, v.declared(series, more...))
	})}
}

func partLegend(label string) string { return "{{" + label + "}} of " + byIdentity }

// since is how long ago what a series tells was.
func (v view) since(series string) func(more []string) string {
	return func(more []string) string { return "time() - " + v.declared(series, more...) }
}

// knownAge is the age of the last copy as RPOViolated has it: for 10 minutes after its
// evidence is gone, the copy is thought not to age.
func (v view) knownAge(more []string) string {
	return v.declared(telemetry.RecordedBackupHeard, more...) + " - " + v.declared(telemetry.RecordedBackupSuccess, more...)
}

// wholeOf is the line at a share of 1, of which the number of each part is the whole.
func wholeOf(alert string) []line { return []line{{alert: alert, at: fixed(1)}} }

func (r safekept) now(v view) row {
	const data, secret = telemetry.Dataset, telemetry.Secret
	worst := func(id uint32, title, description, check string, lines []line, expr string) panel {
		return panel{id: id, kind: stat, width: 5, title: title, description: description + " Above 100 % it is too much.", checks: []string{check},
			unit: units.PercentUnit, lines: lines, empty: "Not known", queries: []query{{legend: "worst", expr: "max(" + expr + ")", instant: true}}}
	}
	var panels []panel
	panels = append(panels, only(len(r.rpo) > 0, worst(6101, "Oldest copy, in its RPO", "Of all data, the part of what may be lost that would be lost now.", "PR-048",
		wholeOf("RPOViolated"), v.ofParts(data, r.rpo, v.knownAge)))...)
	panels = append(panels, only(len(r.missed) > 0, worst(6102, "Longest without a backup, in what is allowed", "Time without a good backup, in the time from which one is missed.", "PR-042",
		wholeOf("BackupMissed"), v.ofParts(data, r.missed, v.since(telemetry.RecordedBackupSince))))...)
	panels = append(panels, only(len(r.durations) > 0, worst(6103, "Slowest restore, in its RTO", "How long the last drills took, in what they may take.", "PR-048",
		wholeOf("RTODrillTooSlow"), v.ofParts(data, r.durations, func(more []string) string { return v.declared(telemetry.RecordedDrillDuration, more...) })))...)
	panels = append(panels, only(len(r.secrets) > 0, worst(6104, "Oldest secret, in its maximum age", "Rotate it in working hours, from orange on.", "PR-005",
		secretLines, v.ofParts(secret, r.secrets, v.since(telemetry.RecordedSecretRotated))))...)
	panels = append(panels, only(r.certified, panel{id: 6105, kind: stat, width: 4, title: "Next certificate to end", unit: units.Seconds, empty: noCertificate,
		description: "Time until the first certificate of any endpoint ends, and clients refuse to connect.", checks: []string{"PR-058"},
		lines: []line{certificateLine}, queries: []query{{legend: "left", expr: "min(" + v.certificatesLeft() + ")", instant: true}}})...)
	panels = append(panels, only(v.service == nil && len(r.missed) == 0, panel{id: 6106, kind: note, width: 20, title: "No backup is declared",
		description: "Panels about backups are there once a service declares one.", checks: []string{"PR-042"},
		text: "No service declares a backup in the services file, so nothing here can say whether data is safe.\n\n" +
			"Name what is backed up under `backups` of its service, and what is rotated under `secrets`, and generate again."})...)
	panels = append(panels, panel{id: 6107, kind: table, width: columns, height: 6, title: "What fires about recovery", unit: units.Short, empty: "Nothing fires",
		description: "Alerts about backups, restores, secrets and certificates that fire now. The runbook of the alert says what to do.",
		queries:     []query{{expr: v.declared(alertsMetric, firing, named(recoveryAlerts...)), instant: true}}})
	return row{id: 6100, title: "Now", height: 4, panels: panels}
}

var (
	noCertificate   = "Nothing probes an endpoint"
	certificateLine = line{alert: "CertificateExpiring", floor: true,
		at: func(p catalog.Policy) float64 { return p.Thresholds.CertificateDays * (24 * time.Hour).Seconds() }}
	secretLines = []line{{alert: "SecretRotationOverdue", at: fixed(1)}, {alert: "SecretRotationDue", at: fixed(rotationDue), color: caution}}
)

func (v view) certificatesLeft() string {
	return v.declared(telemetry.RecordedCertificateExpiry) + " - time()"
}
