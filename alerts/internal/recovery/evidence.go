package recovery

import (
	"fmt"
	"strings"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// given reports whether there is evidence at all.
func given(e catalog.Evidence) bool { return e.Job+e.CronJob+e.Velero+e.Metric != "" }

// gauge is evidence as a selector: of the service's own series if it is a job, which
// tell the service, else of somebody else's, which do not.
func gauge(s catalog.Service, e catalog.Evidence) (selector string, reads []string) {
	switch {
	case e.Job != "":
		return ours(s, telemetry.JobLastSuccess.Name, e.Job), nil
	case e.CronJob != "":
		namespace, name, _ := strings.Cut(e.CronJob, "/")
		return rule.Select(telemetry.CronJobLastSuccess.Name, map[string]string{telemetry.KubeNamespace: namespace, telemetry.KubeCronJob: name}), nil
	case e.Velero != "":
		return rule.Select(telemetry.VeleroLastSuccess.Name, map[string]string{telemetry.VeleroSchedule: e.Velero}), nil
	}
	return rule.Select(e.Metric, e.Match), []string{e.Metric}
}

// latest is the latest time that the evidence tells of, and the labels of identity
// that it has.
func latest(s catalog.Service, e catalog.Evidence) (expr string, by, reads []string) {
	selector, reads := gauge(s, e)
	if e.Job == "" {
		return fmt.Sprintf("max(%s)", selector), nil, reads
	}
	return fmt.Sprintf("max by (%s) (%s)", rule.Identity(), selector), telemetry.ServiceIdentity(), nil
}

// ours selects series that the gateway derived about a job of the service. More are
// matchers of labels.
func ours(s catalog.Service, metric, job string, more ...string) string {
	match := rule.With(rule.Declared(s), telemetry.JobName, job)
	selector := strings.TrimSuffix(rule.Select(metric, match), "}")
	return strings.Join(append([]string{selector, query.Ours}, more...), ", ") + "}"
}

// duration is how long the last good run took, and the labels of identity that it
// has; empty where the evidence does not tell.
func duration(s catalog.Service, e catalog.Evidence) (expr string, by []string) {
	switch {
	case e.Job != "":
		// One run in a quarter of an hour is itself, several are their mean.
		part := func(series string) string {
			return fmt.Sprintf("sum by (%s) (increase(%s[15m]))", rule.Identity(),
				ours(s, series, e.Job, fmt.Sprintf("%s=%q", telemetry.Outcome, telemetry.Success)))
		}
		return fmt.Sprintf("%s / (%s > 0)", part(telemetry.JobDuration.Name+"_sum"), part(telemetry.JobDuration.CountName())), telemetry.ServiceIdentity()
	case e.CronJob != "":
		namespace, name, _ := strings.Cut(e.CronJob, "/")
		in := map[string]string{telemetry.KubeNamespace: namespace}
		completion := rule.Select(telemetry.KubeJobCompletion.Name, in)
		owner := rule.Select(telemetry.KubeJobOwner.Name, map[string]string{
			telemetry.KubeNamespace: namespace, telemetry.KubeOwnerKind: "CronJob", telemetry.KubeOwnerName: name,
		})
		run := telemetry.KubeNamespace + ", " + telemetry.JobName
		return fmt.Sprintf("max((%s - %s) and on (%s) topk(1, %s and on (%s) %s))",
			completion, rule.Select(telemetry.KubeJobStart.Name, in), run, completion, run, owner), nil
	}
	return "", nil
}
