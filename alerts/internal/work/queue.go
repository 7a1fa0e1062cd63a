package work

import (
	"fmt"
	"maps"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

const nameOfBacklog = "QueueBacklogGrowing"

// queueBacklogGrowing begins with a long queue that grows, and ends when most of the
// backlog is done: one that stands is a backlog still. That the queue was long all
// the time needs no condition of its own, because the alert waits.
func queueBacklogGrowing() rule.Alert {
	const keep = 5 * time.Minute
	wait := func(t rule.Target) time.Duration { return t.Policy.Thresholds.QueueFor }
	return rule.Alert{
		Name: nameOfBacklog, Severity: catalog.Ticket, Checklist: "PR-038",
		Items: func(s catalog.Service) []rule.Item {
			all := make([]rule.Item, len(s.Queues))
			for i, q := range s.Queues {
				all[i] = rule.Item{Name: q.Name, Labels: map[string]string{telemetry.Queue: q.Name}, Value: q}
			}
			return all
		},
		Condition: func(t rule.Target) string {
			most := t.Item.(catalog.Queue).MaxDepth
			return rule.Hold(nameOfBacklog,
				fmt.Sprintf("%s > %s and deriv(%[1]s[10m]) > 0", telemetry.RecordedQueueDepth, rule.Number(most)),
				telemetry.RecordedQueueDepth, most, telemetry.Queue)
		},
		Wait:    wait,
		Keep:    keep,
		Summary: "{{ $value | humanize }} messages wait in queue {{ $labels." + telemetry.Queue + " }} of " + rule.Where,
		Description: func(t rule.Target) string {
			most := t.Item.(catalog.Queue).MaxDepth
			return fmt.Sprintf("{{ $value | humanize }} messages wait in queue {{ $labels."+telemetry.Queue+" }} of "+rule.Where+
				". The alert fires when more than %s wait and their number grows over 10 minutes, for %s; it ends below %s.",
				rule.Number(most), rule.Short(wait(t)), rule.Number(rule.Ease*most))
		},
		Guide: rule.Guide{
			Meaning: "More is put into the queue than is taken out, and what waits does not go away by itself.",
			Impact:  "What the queue stands for is late: mails, orders, exports. When the queue or its disk is full, producers fail, too.",
			Release: true,
			Look: []rule.Look{
				{Question: "Since when does the queue grow?", Query: telemetry.RecordedQueueDepth + "{$selector}"},
				{Question: "Do consumers take messages at all, and do they fail?", Query: `sum by (destination, outcome) (rate(messages_processed_total{$selector}[5m]))`},
				{Question: "Are consumers slower than they were?", Query: `histogram_quantile(0.95, sum by (destination, le) (rate(message_process_duration_seconds_bucket{$selector}[5m])))`},
				{Question: "Does something that consumers call fail?", Query: `sum by (kind, peer) (rate(dependency_requests_total{$selector, outcome="failure"}[5m]))`},
			},
			Act: []string{
				"If nothing is taken out, the consumers are down or stuck: look at their logs, then restart them.",
				"If messages fail and come back, find the one that poisons the queue, and move it aside.",
				"If consumers work but are too few, add replicas, unless what they call is the bottleneck.",
				"If producers send too much, slow them down.",
			},
		},
		Trial: func(t rule.Target, _ map[string]string) rule.Trial {
			q := t.Item.(catalog.Queue)
			most, waits := q.MaxDepth, wait(t)
			slope := 0.005 * most / (waits + time.Hour).Seconds() // so little that a test does not notice
			labels := rule.With(rule.Declared(*t.Service), telemetry.Queue, q.Name)
			flat := func(level float64) []rule.Signal { return queue(*t.Service, q, level, 0) }
			trial := rule.Trial{
				Fire:     queue(*t.Service, q, most*(1+hair), slope),
				Near:     append(append(queue(*t.Service, q, most*(1-hair), slope), strangers(telemetry.RecordedQueueDepth, labels, 10*most, slope)...), rule.Elsewhere(labels, nil)),
				Calm:     flat(0),
				First:    1,
				Value:    func(at time.Duration) float64 { return most*(1+hair) + slope*at.Seconds() },
				Identity: rule.Declared(*t.Service),
				Labels:   map[string]string{telemetry.Queue: q.Name},
				Memory:   10,
				More: []rule.Story{
					{
						Name:   "stays silent while a long queue does not grow",
						Phases: []rule.Phase{{Evaluations: 2*evaluations(waits) + 12, State: flat(10 * most)}},
						Expect: []rule.Expectation{{At: evaluations(waits) + 1}, {At: 2*evaluations(waits) + 12}},
					},
				},
			}
			return trial.Held(flat, most, 0, waits, keep)
		},
	}
}

// queue is a queue of two partitions that one exporter tells of, and a replica of the
// exporter that is a little behind. The depth grows by slope each second.
func queue(s catalog.Service, q catalog.Queue, depth, slope float64) []rule.Signal {
	match := make(map[string]string)
	for _, environment := range s.Environments {
		match[telemetry.Environment] = environment
	}
	maps.Copy(match, q.Match)
	signal := func(share float64, pairs ...string) rule.Signal {
		return rule.Signal{Metric: q.Depth, Labels: rule.With(match, pairs...), Level: share * depth, Slope: share * slope, Gauge: true}
	}
	return []rule.Signal{
		signal(0.5, telemetry.Instance, "exporter-0", "partition", "0"),
		signal(0.5, telemetry.Instance, "exporter-0", "partition", "1"),
		signal(0.75, telemetry.Instance, "exporter-1", "partition", ""),
	}
}
