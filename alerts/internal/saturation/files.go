package saturation

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func fileDescriptorsExhausting() rule.Alert {
	wait := func(t rule.Target) time.Duration { return t.Policy.Thresholds.FDFor }
	return rule.Alert{
		Name: nameOfFiles, Severity: catalog.Ticket, Checklist: "PR-097",
		Applies:  hasTargets,
		Presence: telemetry.RecordedServiceFiles,
		Condition: func(t rule.Target) string {
			return rule.Above(nameOfFiles, telemetry.RecordedServiceFiles, t.Policy.Thresholds.FDRatio, telemetry.Instance)
		},
		Wait:    wait,
		Keep:    keep,
		Summary: "Instance {{ $labels.instance }} of " + rule.Where + " has opened {{ $value | humanizePercentage }} of its file descriptors",
		Description: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf("Instance {{ $labels.instance }} of "+rule.Where+" has opened {{ $value | humanizePercentage }} of the file descriptors that it may open."+
				" The alert fires above %s, for %s; it ends below %s.", rule.Percent(n.FDRatio), rule.Short(n.FDFor), rule.Percent(rule.Ease*n.FDRatio))
		},
		Guide: rule.Guide{
			Meaning: "A process has nearly as many files and connections open as it may.",
			Impact:  "None yet. At the limit it cannot accept connections, call others or open files: everything fails at once.",
			Release: true,
			Look: []rule.Look{
				{Question: "Does the number grow all the time, or did it jump?", Query: telemetry.RecordedServiceFiles + "{$selector}"},
				{Question: "Is there more traffic than usual?", Query: `sum(rate(http_requests_total{$selector}[5m])) / sum(rate(http_requests_total{$selector}[5m] offset 1d))`},
				{Question: "Does something that the service calls hang?", Query: `topk(10, histogram_quantile(0.95, sum by (kind, peer, le) (rate(dependency_request_duration_seconds_bucket{$selector}[5m]))))`},
			},
			Act: []string{
				"ls -l /proc/PID/fd shows what is open: sockets to one peer are connections that are never closed; files are files that are never closed.",
				"If it grows all the time, something is not closed: restart the instance, and mend it.",
				"If it came with traffic, raise the limit (ulimit -n, LimitNOFILE), or add replicas.",
			},
		},
		Trial: func(t rule.Target, id map[string]string) rule.Trial {
			p, most := processOf(id), t.Policy.Thresholds.FDRatio
			labels := map[string]string{telemetry.Instance: p.instance}
			trial := rule.Trial{
				Fire:     p.files(most * (1 + hair)),
				Near:     append(p.files(most*(1-hair)), rule.Elsewhere(p.identity, labels)),
				Calm:     p.files(most / 10),
				Idle:     p.files(0),
				Value:    rule.Steady(most * (1 + hair)),
				Identity: p.identity,
				Labels:   labels,
				Memory:   10,
				Derived:  []string{telemetry.RecordedTargetFiles, telemetry.RecordedServiceFiles},
			}
			return trial.Held(p.files, most, 0, wait(t), keep)
		},
	}
}
