package saturation

import (
	"fmt"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// target is what tells processes apart, as in by (...).
const target = telemetry.Job + ", " + telemetry.Instance

// named is a regular expression of job: service.namespace/service.name, or the name.
const named = "(?:([^/]+)/)?(.+)"

func ofTargets() []rule.Recording {
	var (
		own         = []string{telemetry.Job, telemetry.Instance, telemetry.Environment}
		ofPool      = []string{telemetry.Job, telemetry.Instance, telemetry.Environment, telemetry.Pool}
		environment = renamed{telemetry.Environment, telemetry.Environment}
		pools       = func(m, old telemetry.Metric, state, oldState string) string {
			one := func(m telemetry.Metric, state, pool string) string {
				return byTarget("sum", func(match string) string { return fmt.Sprintf("%s{%s%s}", m.Name, match, state) }, environment, renamed{pool, telemetry.Pool})
			}
			// A service may tell both while it moves from one to the other.
			return one(m, state, telemetry.DBPoolName) + " or " + one(old, oldState, telemetry.OldDBPoolName)
		}
		used = func(state string) string { return fmt.Sprintf(`, %s="used"`, state) }
		says = func(label, more string) string {
			return byTarget("group", func(match string) string {
				return fmt.Sprintf(`%s{%s, %s!=""%s}`, telemetry.TargetEnvironment.Name, match, label, more)
			}, renamed{label, telemetry.Environment})
		}
		service = func(aggregate, series string, labels ...string) string {
			return fmt.Sprintf("%s by (%s) (%s)", aggregate, rule.Identity(labels...), identified(series))
		}
		with = func(more ...string) []string { return append(telemetry.ServiceIdentity(), more...) }
	)
	return []rule.Recording{
		{Name: telemetry.RecordedTargetEnvironments, Carries: own, Expr: says(telemetry.TargetEnvironmentName, "") + " or " +
			says(telemetry.OldTargetEnvironment, fmt.Sprintf(`, %s=""`, telemetry.TargetEnvironmentName))},
		// Services without service.instance.id may share a target between environments:
		// then nothing tells which it is.
		{Name: telemetry.RecordedTargetEnvironment, Carries: own, Expr: fmt.Sprintf("%s unless on (%s) (count by (%[2]s) (%[1]s) > 1)", telemetry.RecordedTargetEnvironments, target)},
		{Name: telemetry.RecordedTargetFiles, Carries: own, Expr: byTarget("max", func(match string) string {
			return fmt.Sprintf("%s{%s} / (%s{%[2]s} > 0)", telemetry.OpenFiles.Name, match, telemetry.MaxFiles.Name)
		}, environment)},
		{Name: telemetry.RecordedTargetPoolUsed, Carries: ofPool, Expr: pools(telemetry.DBConnections, telemetry.OldDBConnections, used(telemetry.DBState), used(telemetry.OldDBState))},
		{Name: telemetry.RecordedTargetPoolMax, Carries: ofPool, Expr: pools(telemetry.DBConnectionsMax, telemetry.OldDBConnectionsMax, "", "")},
		{Name: telemetry.RecordedTargetPoolRatio, Carries: ofPool, Expr: fmt.Sprintf("%s / (%s > 0)", telemetry.RecordedTargetPoolUsed, telemetry.RecordedTargetPoolMax)},
		{Name: telemetry.RecordedServiceFiles, Carries: with(telemetry.Instance), Expr: service("max", telemetry.RecordedTargetFiles, telemetry.Instance)},
		{Name: telemetry.RecordedServicePoolRatio, Carries: with(telemetry.Instance, telemetry.Pool), Expr: service("max", telemetry.RecordedTargetPoolRatio, telemetry.Instance, telemetry.Pool)},
		{Name: telemetry.RecordedServicePoolUsed, Carries: with(telemetry.Pool), Expr: service("sum", telemetry.RecordedTargetPoolUsed, telemetry.Pool)},
		// The one without an environment is of all: a pool may not tell its own.
		{Name: telemetry.RecordedNewestVersion, Carries: with(), Expr: fmt.Sprintf("max by (%s) (%s{%s}) or max by (%s, %s) (%[2]s{%[3]s})",
			rule.Identity(), telemetry.VersionFirstSeen.Name, query.Ours, telemetry.Service, telemetry.ServiceNamespace)},
	}
}

// renamed is a label of scraped series, and what recorded ones call it.
type renamed struct{ from, to string }

// byTarget has job and instance as the service told them. What a gateway exports has
// these under other names, and two gateways may export the same for some minutes, while
// an instance moves from one to the other: that is counted once. Series must be
// added up before a label is replaced, because two that become the same are an error.
func byTarget(aggregate string, series func(match string) string, more ...renamed) string {
	const exported = telemetry.ExportedJob + ", " + telemetry.ExportedInstance
	from, to := "", ""
	for _, l := range more {
		from, to = from+", "+l.from, to+", "+l.to
	}
	all := func(expr string) string {
		for _, l := range more {
			if l.from != l.to {
				expr = copied(expr, l.from, l.to)
			}
		}
		return fmt.Sprintf("max by (%s%s) (%s)", target, to, expr)
	}
	pushed := fmt.Sprintf("max by (%s%s) (%s by (%s, %[1]s%[2]s) (%[5]s))", exported, from, aggregate, target, series(telemetry.ExportedJob+`!=""`))
	pushed = copied(copied(pushed, telemetry.ExportedJob, telemetry.Job), telemetry.ExportedInstance, telemetry.Instance)
	scraped := fmt.Sprintf("%s by (%s%s) (%s)", aggregate, target, from, series(telemetry.ExportedJob+`=""`))
	return all(pushed) + " or " + all(scraped)
}

// copied has the value of a label under another name, too, where there is one.
func copied(expr, from, to string) string {
	return fmt.Sprintf(`label_replace(%s, %q, "$1", %q, "(.+)")`, expr, to, from)
}

// identified adds the labels of identity to recorded series of targets: name and
// namespace by job, and the environment by what the target says about itself, or else
// by what Prometheus was told of it. A target that two jobs of Prometheus scrape, of
// which one knows the environment, is one.
func identified(series string) string {
	one := fmt.Sprintf("max without (%s) (%s)", telemetry.Environment, series)
	expr := fmt.Sprintf("(%s * on (%s) group_left (%s) %s or on (%[2]s) %[5]s)", one, target, telemetry.Environment, telemetry.RecordedTargetEnvironment, series)
	expr = fmt.Sprintf(`label_replace(%s, %q, "$2", %q, %q)`, expr, telemetry.Service, telemetry.Job, named)
	return fmt.Sprintf(`label_replace(%s, %q, "$1", %q, %q)`, expr, telemetry.ServiceNamespace, telemetry.Job, named)
}
