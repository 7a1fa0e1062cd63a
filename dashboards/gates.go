package dashboards

import (
	"fmt"
	"slices"
	"strings"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// gate is a line of the checklist that telemetry decides.
type gate struct {
	check, name string
	// passing is 1 for each service that passes and 0 for each that does not; a service
	// of which nothing is known is not in it. It is empty where nothing in the view could
	// decide.
	passing string
}

// legend is what the gate is called.
func (g gate) legend() string { return g.check + " " + g.name }

// gatesOf are the gates of a view, in the order of the checklist.
func gatesOf(v view) []gate {
	n := func(of func(catalog.Thresholds) float64) func(catalog.Policy) float64 {
		return func(p catalog.Policy) float64 { return of(p.Thresholds) }
	}
	all := []gate{
		{"PR-005", "Secrets rotated", v.where(hasSecrets, v.quietPart(telemetry.RecordedSecretRotated, "SecretRotationOverdue"))},
	}
	if v.service == nil {
		all = append(all, gate{"PR-016", "Telemetry scrubbed", scrubbed()})
	}
	all = append(all, []gate{
		{"PR-042", "Backups made", v.where(hasBackups, v.quietPart(telemetry.RecordedBackupSince, "BackupMissed"))},
		{"PR-044", "Restore tried", v.where(hasDrills, v.quietPart(telemetry.RecordedDrillSince, "RestoreDrillOverdue"))},
		{"PR-047", "Backups kept", v.where(hasOldest, v.quietPart(telemetry.RecordedBackupOldest, "BackupRetentionShort"))},
		{"PR-048", "RPO and RTO kept", v.where(hasBackups, v.quietPart(telemetry.RecordedBackupSuccess, "RPOViolated", "RTODrillTooSlow"))},
		{"PR-056", "Heard of in production", heardInProduction(v)},
		{"PR-058", "Certificates valid", v.judged(n(certificateSeconds), func(p string, more ...string) string {
			return fmt.Sprintf("%s - time() >= bool %s", v.declared(telemetry.RecordedCertificateExpiry, more...), p)
		})},
		{"PR-073", "Database pools have room", v.atMostPart(telemetry.RecordedServicePoolRatio, n(func(t catalog.Thresholds) float64 { return t.PoolRatio }))},
		{"PR-092", "Up, and heard of", v.quiet(telemetry.RecordedSilence, "ServiceDown", "ServiceTelemetryAbsent")},
		{"PR-093", "Error rate normal", v.atMost(telemetry.RecordedErrorRatio, n(func(t catalog.Thresholds) float64 { return t.ReleaseErrorRatio }))},
		{"PR-094", "Response times normal", v.atMost(telemetry.RecordedP95, n(func(t catalog.Thresholds) float64 { return t.LatencyP95.Seconds() }))},
		{"PR-095", "No critical alert", v.without(criticalOnly, v.recorded(telemetry.RecordedSilence))},
		{"PR-097", "CPU normal", v.atMostPart(telemetry.RecordedServiceCPURatio, n(func(t catalog.Thresholds) float64 { return t.CPURatio }))},
		{"PR-097", "Memory normal", v.atMostPart(telemetry.RecordedServiceMemoryRatio, n(func(t catalog.Thresholds) float64 { return t.MemoryRatio }))},
		{"PR-097", "Open files normal", v.atMostPart(telemetry.RecordedServiceFiles, n(func(t catalog.Thresholds) float64 { return t.FDRatio }))},
		{"PR-098", "No memory leak", v.quietPart(telemetry.RecordedServiceMemoryGrowth, "MemoryLeakSuspected")},
		{"PR-098", "No restarts", v.atMostPart(telemetry.RecordedServiceRestarts, n(func(t catalog.Thresholds) float64 { return t.Restarts }))},
		{"PR-099", "Jobs running", v.where(hasScheduled, v.quietPart(telemetry.RecordedJobWatched, "BackgroundJobNotRunning"))},
		{"PR-100", "Database connections stable", v.quietPart(telemetry.RecordedServicePoolUsed, "DBConnectionsUnstable")},
		{"PR-101", "Integrations working", v.atMost(telemetry.RecordedDependencyErrorRatio, n(func(t catalog.Thresholds) float64 { return t.DependencyRatio }))},
		{"PR-102", "Business normal", v.where(hasBusiness, v.quietPart(telemetry.RecordedBusinessRatio, businessAlerts...))},
	}...)
	return slices.DeleteFunc(all, func(g gate) bool { return g.passing == "" })
}

var businessAlerts = []string{
	"OrderCompletionsDropped", "SignupsDropped", "ActiveUsersDropped", "FeatureUsageDropped",
	"RevenueFlatlined", "SignupConversionDropped", "BusinessMetricDropped",
}

// What services may declare. Without a declaration nothing is recorded.
func hasSecrets(s catalog.Service) bool  { return len(s.Secrets) > 0 }
func hasBackups(s catalog.Service) bool  { return len(s.Backups) > 0 }
func hasBusiness(s catalog.Service) bool { return len(s.Business) > 0 }
func hasDrills(s catalog.Service) bool   { return slices.ContainsFunc(s.Backups, drilled) }
func hasOldest(s catalog.Service) bool {
	return slices.ContainsFunc(s.Backups, func(b catalog.Backup) bool { return given(b.Oldest) })
}

func hasScheduled(s catalog.Service) bool {
	return slices.ContainsFunc(s.Jobs, func(j catalog.Job) bool { return j.Every > 0 })
}

func drilled(b catalog.Backup) bool { return given(b.Drill) }

func given(e catalog.Evidence) bool { return e.Job+e.CronJob+e.Velero+e.Metric != "" }

// where is the expression where a service of the view declares what it is about.
func (v view) where(declares func(catalog.Service) bool, expr string) string {
	if slices.ContainsFunc(v.services(), declares) {
		return expr
	}
	return ""
}

func certificateSeconds(t catalog.Thresholds) float64 { return t.CertificateDays * day }

// day in seconds.
const day = 24 * 60 * 60

// forEach writes an expression for services that share what the key tells: first for
// declared services that differ from the defaults, where they are, and last for all.
// Of expressions joined by "or", the first that has a series of a service decides.
func (v view) forEach(key func(catalog.Policy) string, expr func(p catalog.Policy, more ...string) string) []string {
	if v.service != nil {
		return []string{expr(v.service.Policy)}
	}
	differ := make(map[string][]catalog.Service)
	var order []string
	for _, s := range v.catalog.Services {
		k := key(s.Policy)
		if k == key(v.catalog.Defaults) {
			continue
		}
		if differ[k] == nil {
			order = append(order, k)
		}
		differ[k] = append(differ[k], s)
	}
	var all []string
	for _, k := range order {
		for _, matchers := range catalog.Selectors(differ[k]) {
			all = append(all, expr(differ[k][0].Policy, spelled(matchers)...))
		}
	}
	return append(all, expr(v.catalog.Defaults))
}

// judged is the worst of what an expression says of each service, by the number that
// its policy has.
func (v view) judged(at func(catalog.Policy) float64, expr func(n string, more ...string) string) string {
	parts := v.forEach(func(p catalog.Policy) string { return number(at(p)) },
		func(p catalog.Policy, more ...string) string { return expr(number(at(p)), more...) })
	return fmt.Sprintf("min by (%s) (%s)", identity, strings.Join(parts, " or "))
}

// atMost is 1 where no series of a service is above its number.
func (v view) atMost(series string, at func(catalog.Policy) float64) string {
	return v.atMostIn(v.recorded, series, at)
}

// atMostPart is the same of series that may have the declared identity only.
func (v view) atMostPart(series string, at func(catalog.Policy) float64) string {
	return v.atMostIn(v.declared, series, at)
}

func (v view) atMostIn(pick func(metric string, more ...string) string, series string, at func(catalog.Policy) float64) string {
	return v.judged(at, func(n string, more ...string) string {
		return pick(series, more...) + " <= bool " + n
	})
}

// firing selects alerts that fire.
const firing = `alertstate="firing"`

// criticalOnly selects alerts that page somebody.
var criticalOnly = fmt.Sprintf("severity=%q", catalog.Page)

// named selects alerts by their names.
func named(alerts ...string) string {
	return fmt.Sprintf("alertname=~%q", strings.Join(alerts, "|"))
}

// quiet is 1 for each service that has the series and none of the alerts about it
// firing. Where one of the alerts is disabled, nobody has looked: it is absent.
func (v view) quiet(series string, alerts ...string) string {
	return v.quietIn(v.recorded, series, alerts)
}

// quietPart is the same of series that may have the declared identity only.
func (v view) quietPart(series string, alerts ...string) string {
	return v.quietIn(v.declared, series, alerts)
}

func (v view) quietIn(pick func(metric string, more ...string) string, series string, alerts []string) string {
	off := func(p catalog.Policy) bool {
		return slices.ContainsFunc(alerts, func(name string) bool { return slices.Contains(p.Disabled, name) })
	}
	byDefault := off(v.policy())
	there := []string{pick(series)}
	if byDefault {
		there = nil
	}
	if v.service == nil {
		differ := slices.DeleteFunc(slices.Clone(v.catalog.Services), func(s catalog.Service) bool { return off(s.Policy) == byDefault })
		for _, matchers := range catalog.Selectors(differ) {
			there = append(there, pick(series, spelled(matchers)...))
		}
	}
	switch {
	case len(there) == 0:
		return ""
	case byDefault:
		return v.without(named(alerts...), strings.Join(there, " or "))
	}
	return v.without(named(alerts...), strings.Join(there, " unless "))
}

// without is 0 for services with such alerts, and 1 for the others that are there.
func (v view) without(alerts, there string) string {
	return fmt.Sprintf("0 * group by (%s) (%s) or group by (%[1]s) (%[3]s)", identity, v.declared(alertsMetric, alerts, firing), there)
}

// scrubbed is about all gateways, and says nothing of a single service.
func scrubbed() string {
	return fmt.Sprintf("0 * group(%s{%s, %s}) or group(%s)", alertsMetric, named("PIILeakDetected", "PIIScrubberBypassed", "PIIScrubberFailing"), firing, telemetry.RecordedScrubbed)
}

// heardInProduction is 1 where an instance was heard of in the last 5 minutes.
func heardInProduction(v view) string {
	return fmt.Sprintf("min by (%s) (%s <= bool 300)", identity, v.recorded(telemetry.RecordedSilence, telemetry.Environment+`="production"`))
}

// failing are the gates that do not pass, by service and the label gate.
func failing(gates []gate) string {
	all := make([]string, len(gates))
	for i, g := range gates {
		all[i] = fmt.Sprintf(`label_replace((%s) == 0, "gate", %q, "", "")`, g.passing, g.legend())
	}
	return strings.Join(all, " or ")
}

// gateQueries ask for the worst of each gate among the services of the view.
func gateQueries(gates []gate, instant bool) []query {
	all := make([]query, len(gates))
	for i, g := range gates {
		all[i] = query{legend: g.legend(), expr: "min(" + g.passing + ")", instant: instant}
	}
	return all
}
