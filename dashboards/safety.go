package dashboards

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// safety are the panels about data, with the ids 10501 to 10599. Those about what nobody
// declares are left out: nothing is recorded then.
func safety(v view) []panel {
	var (
		backups = v.backups(func(b catalog.Backup) (float64, bool) { return b.RPO.Seconds(), b.CanKeepRPO() })
		drills  = v.backups(func(b catalog.Backup) (float64, bool) { return b.DrillEvery.Duration().Seconds(), drilled(b) })
		secrets = parts(v, func(s catalog.Service) []catalog.Secret { return s.Secrets }, func(s catalog.Secret) (string, float64, bool) {
			return s.Name, s.MaxAge.Duration().Seconds(), true
		})
		logs = parts(v, func(s catalog.Service) []catalog.Days { return []catalog.Days{s.LogRetention} }, func(d catalog.Days) (string, float64, bool) {
			return "", float64(d), d > 0
		})
		all []panel
	)
	add := func(declared []part, p panel) {
		if len(declared) > 0 {
			all = append(all, p)
		}
	}
	// shares are bars of the parts, each in its own number, the 20 with the most.
	shares := func(label string, of []part, age func(more []string) string) []query {
		if len(of) == 0 {
			return nil
		}
		return []query{{legend: partLegend(label), expr: "topk(20, " + v.ofParts(label, of, age) + ")", instant: true}}
	}
	add(backups, panel{id: 10501, kind: bars, width: 12, title: "Age of backups in what may be lost", unit: units.PercentUnit, empty: "No backup was heard of",
		description: "Age of the newest good copy of each set of data, in its recovery point objective. Above 100 % more would be lost than was agreed.",
		checks:      []string{"PR-042", "PR-048"}, lines: wholeOf("RPOViolated"), drill: recoveryUID,
		queries: shares(telemetry.Dataset, backups, v.knownAge)})
	add(drills, panel{id: 10502, kind: bars, width: 12, title: "Time since the last restore drill", unit: units.PercentUnit, empty: "No restore is waited for",
		description: "Time since a restore was tried with success, or since one is waited for, in the time after which it is to be tried again.",
		checks:      []string{"PR-044", "PR-071"}, lines: wholeOf("RestoreDrillOverdue"), drill: recoveryUID,
		queries: shares(telemetry.Dataset, drills, v.since(telemetry.RecordedDrillSince))})
	add(secrets, panel{id: 10503, kind: bars, width: 12, title: "Age of secrets in what it may be", unit: units.PercentUnit, empty: "No secret is known",
		description: "Time since each secret was rotated, in the age that it may reach. Of 90 days the lines are at 80 and 90.",
		checks:      []string{"PR-005"}, lines: secretLines, drill: recoveryUID,
		queries: shares(telemetry.Secret, secrets, v.since(telemetry.RecordedSecretRotated))})
	all = append(all, panel{id: 10504, kind: bars, width: 12, title: "Certificates that end first", unit: units.DurationSeconds, empty: noCertificate,
		description: "Time until the first certificate of a chain ends, of the 10 that end first.",
		checks:      []string{"PR-058"}, lines: []line{certificateLine}, drill: recoveryUID,
		queries: []query{{legend: "{{" + telemetry.Instance + "}}", expr: "bottomk(10, " + v.certificatesLeft() + ")", instant: true}}})
	add(logs, panel{id: 10505, kind: table, width: 12, title: "How long logs are kept, as declared", unit: units.Days, empty: "No such service was heard of in a day",
		description: "What the services file says, of services that were heard of in a day. Nothing here looks at where the logs are.",
		checks:      []string{"PR-015"},
		queries: []query{{instant: true, expr: v.each("", logs, func(n string, more []string) string {
			return fmt.Sprintf("%s * group by (%s) (%s)", n, identity, v.recorded(telemetry.RecordedHeardInADay, more...))
		})}}})
	return all
}
