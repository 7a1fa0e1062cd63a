package saturation

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Names of alerts whose conditions read whether they fire.
const (
	nameOfCPU    = "HighCPUUsage"
	nameOfMemory = "HighMemoryUsage"
	nameOfFiles  = "FileDescriptorsExhausting"
	nameOfPool   = "DBConnectionPoolSaturated"
)

// keep is how long alerts about saturation are kept firing.
const keep = 5 * time.Minute

// inContainer is an alert template for the container that an alert is about.
const inContainer = "Container {{ $labels." + telemetry.KubeContainer + " }} of pod {{ $labels." + telemetry.KubeNamespace + " }}/{{ $labels." +
	telemetry.KubePod + " }} of " + rule.Where

// describe is the command that tells most about a pod.
const describe = "kubectl describe pod, and kubectl top pod --containers, say which containers are short of what, and where they run."

func highCPUUsage() rule.Alert {
	wait := func(t rule.Target) time.Duration { return t.Policy.Thresholds.CPUFor }
	return rule.Alert{
		Name: nameOfCPU, Severity: catalog.Ticket, Checklist: "PR-097",
		Applies:  hasContainers,
		Presence: telemetry.RecordedServiceCPURatio,
		Condition: func(t rule.Target) string {
			return rule.Above(nameOfCPU, telemetry.RecordedServiceCPURatio, t.Policy.Thresholds.CPURatio, ofContainer...)
		},
		Wait:    wait,
		Keep:    keep,
		Summary: inContainer + " uses {{ $value | humanizePercentage }} of its CPU",
		Description: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf(inContainer+" used {{ $value | humanizePercentage }} of its CPU limit over the last 5 minutes."+
				" The alert fires above %s, for %s; it ends below %s.", rule.Percent(n.CPURatio), rule.Short(n.CPUFor), rule.Percent(rule.Ease*n.CPURatio))
		},
		Guide: rule.Guide{
			Meaning: "A container has used nearly all CPU time that its limit allows. Above the limit it is stopped for parts of each tenth of a second.",
			Impact:  "Requests become slow; probes may time out, and Kubernetes then restarts the container.",
			Release: true,
			Look: []rule.Look{
				{Question: "Are all pods busy, or one?", Query: telemetry.RecordedServiceCPURatio + "{$selector}"},
				{Question: "Is there more traffic than usual?", Query: `sum(rate(http_requests_total{$selector}[5m])) / sum(rate(http_requests_total{$selector}[5m] offset 1d))`},
				{Question: "Do requests get slow?", Query: `histogram_quantile(0.95, sum by (endpoint, le) (rate(http_request_duration_seconds_bucket{$selector}[5m])))`},
			},
			Act: []string{
				"If all pods are busy with traffic, add replicas, or raise the limit.",
				"If one is, look at its profile, or at what it alone does; deleting the pod moves its work.",
				describe,
			},
		},
		Trial: func(t rule.Target, id map[string]string) rule.Trial {
			c, most := containerOf(t.Service, id), t.Policy.Thresholds.CPURatio
			trial := rule.Trial{
				Fire:     c.cpu(most * (1 + hair)),
				Near:     append(c.cpu(most*(1-hair)), rule.Elsewhere(c.identity, c.labels)),
				Calm:     c.cpu(most / 10),
				Idle:     c.cpu(0),
				First:    10, // evaluations until the rate is what it is
				Value:    rule.Steady(most * (1 + hair)),
				Identity: c.identity,
				Labels:   c.labels,
				Memory:   10,
				Derived:  []string{telemetry.RecordedContainerCPURatio, telemetry.RecordedServiceCPURatio},
			}
			return trial.Held(c.cpu, most, 0, wait(t), keep)
		},
	}
}
