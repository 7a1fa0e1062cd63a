package dashboards

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/telemetry"
)

func (r safekept) backups(v view) row {
	const data = telemetry.Dataset
	age := func(id uint32, title, description, check, series, empty string, all []part) []panel {
		return only(len(all) > 0, panel{id: id, kind: timeSeries, width: 12, title: title, description: description, checks: []string{check},
			unit: units.Seconds, empty: empty, queries: []query{
				{legend: partLegend(data), expr: "time() - " + v.declared(series)},
				v.numbersOf(data, series, all),
			}})
	}
	var panels []panel
	panels = append(panels, only(len(r.rpo) > 0, panel{id: 6201, kind: timeline, width: 12, title: "Whether the RPO is kept", unit: units.Short, empty: "No good backup was heard of",
		description: "When more data would have been lost than may be.", checks: []string{"PR-048"},
		states: []state{{0, "kept", good}, {1, "violated", bad}},
		queries: []query{{legend: partLegend(data), expr: v.each(data, r.rpo, func(n string, more []string) string {
			return v.knownAge(more) + " > bool " + n
		})}}})...)
	panels = append(panels, age(6202, "Age of the last good copy", "A saw: each tooth is a backup. The line is the RPO of the data, above which RPOViolated fires.",
		"PR-048", telemetry.RecordedBackupSuccess, "No good backup was heard of", r.rpo)...)
	panels = append(panels, age(6203, "Time without a good backup", "Counts without evidence, too. The line is when a backup is missed, from which BackupMissed fires.",
		"PR-042", telemetry.RecordedBackupSince, "No backup is recorded yet", r.missed)...)
	panels = append(panels, age(6204, "Age of the oldest backup that is kept", "A sudden fall is a deletion. Below the line, BackupRetentionShort fires, if there were backups for longer.",
		"PR-047", telemetry.RecordedBackupOldest, "Nothing tells of old backups", r.kept)...)
	return row{id: 6200, title: "Backups", height: 8, panels: panels}
}

func (r safekept) restores(v view) row {
	const data = telemetry.Dataset
	var panels []panel
	panels = append(panels, only(len(r.drills) > 0, panel{id: 6301, kind: timeSeries, width: 12, title: "Time since the last good restore drill", unit: units.Seconds, empty: "No drill is recorded yet",
		description: "The line is how often one is to be tried, above which RestoreDrillOverdue fires.", checks: []string{"PR-044", "PR-071"},
		queries: []query{
			{legend: partLegend(data), expr: "time() - " + v.declared(telemetry.RecordedDrillSince)},
			v.numbersOf(data, telemetry.RecordedDrillSince, r.drills),
		}})...)
	panels = append(panels, only(len(r.durations) > 0, panel{id: 6302, kind: timeSeries, width: 12, title: "Duration of the last good restore drill", unit: units.Seconds, empty: "No drill was heard of",
		description: "The line is the RTO of the data, above which RTODrillTooSlow fires. What grows with the data goes on growing.", checks: []string{"PR-048"},
		queries: []query{
			{legend: partLegend(data), expr: v.declared(telemetry.RecordedDrillDuration)},
			v.numbersOf(data, telemetry.RecordedDrillDuration, r.durations),
		}})...)
	return row{id: 6300, title: "Restores", height: 8, panels: panels}
}

func (r safekept) credentials(v view) row {
	const secret = telemetry.Secret
	var panels []panel
	panels = append(panels, only(len(r.secrets) > 0,
		panel{id: 6401, kind: bars, width: 8, title: "Age of secrets, in their maximum, top 20", unit: units.PercentUnit, empty: "Nothing tells of a rotation",
			description: "Orange is time to rotate, vermilion is overdue.", checks: []string{"PR-005"}, lines: secretLines,
			queries: []query{{legend: partLegend(secret), instant: true, expr: "topk(20, " + v.ofParts(secret, r.secrets, v.since(telemetry.RecordedSecretRotated)) + ")"}}},
		panel{id: 6402, kind: table, width: 8, title: "Age of secrets", unit: units.Seconds, empty: "Nothing tells of a rotation",
			description: "How long ago each was rotated: the 50 oldest. The name of a secret is shown, never its value.", checks: []string{"PR-005"},
			queries: []query{{instant: true, expr: fmt.Sprintf("topk(50, time() - %s)", v.declared(telemetry.RecordedSecretRotated))}}})...)
	panels = append(panels, only(r.certified, panel{id: 6403, kind: bars, width: 8, title: "Certificates that end first", unit: units.Seconds, empty: noCertificate,
		description: "Time until the first certificate of the chain ends that an endpoint shows: the 20 with the least left.", checks: []string{"PR-058"},
		lines:   []line{certificateLine},
		queries: []query{{legend: "{{instance}}", instant: true, expr: "bottomk(20, " + v.certificatesLeft() + ")"}}})...)
	return row{id: 6400, title: "Secrets and certificates", height: 8, panels: panels}
}

// compliance has no line for logs: the services file refuses a retention that the
// checklist forbids. What the gateway took out is not told by service.
func (r safekept) compliance(v view) row {
	var panels []panel
	panels = append(panels, only(len(r.logs) > 0, panel{id: 6501, kind: bars, width: 8, title: "How long logs are kept, as declared", unit: units.Seconds, empty: "No such service was heard of in a day",
		description: "What the services file says, 30 to 90 days, of services heard of in a day. No metric tells how long logs really are kept.", checks: []string{"PR-015"},
		queries: []query{{legend: byIdentity, instant: true, expr: v.each("", r.logs, func(n string, more []string) string {
			return fmt.Sprintf("%s * group by (%s) (%s)", n, identity, v.recorded(telemetry.RecordedHeardInADay, more...))
		})}}})...)
	gateways := telemetry.RecordedGateways
	panels = append(panels, only(v.service == nil,
		panel{id: 6502, kind: stat, width: 4, title: "Leaks behind the scrub", unit: units.Short, empty: noGateway,
			description: "Secrets and personal data that left the scrub in 5 minutes, found in a sample, over all gateways.", checks: []string{"PR-016"},
			lines: []line{{alert: "PIILeakDetected", at: fixed(once)}}, drill: gatewayUID,
			queries: []query{{legend: "leaks", instant: true, expr: sum("", leaksOf(telemetry.ScrubEgressLeaks.Name)) + " or 0 * count(" + gateways + ")"}}},
		panel{id: 6503, kind: timeSeries, width: 12, title: "Secrets and personal data taken out, by detector, top 10", unit: units.CountsPerSecond, empty: "Nothing was found",
			description: "Findings per second that were masked, replaced or dropped, over all gateways: the evidence that personal data does not reach the logs.", checks: []string{"PR-016"},
			drill:   gatewayUID,
			queries: []query{{legend: "{{detector}}", expr: "topk(10, " + sum(telemetry.Detector, rate(telemetry.ScrubFindings.Name+"{"+removed+"}")) + ")"}}})...)
	return row{id: 6500, title: "Logs and personal data", height: 8, panels: panels}
}
