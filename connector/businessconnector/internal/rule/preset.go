package rule

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// presets are declarations that need no more than their name. README.md of the
// connector says what a service must send for each.
var presets = map[string]map[string]Metric{
	"signups": {
		"user_signups": {
			Type: Counter, From: []string{"logs"}, Where: map[string]any{"event.name": "user_signup"},
			Description: "Users who signed up.", Unit: "{user}",
		},
	},
	"orders": {
		"order_completions": {
			Type: Counter, From: []string{"spans"}, Where: map[string]any{"span.name": "checkout.complete", "status": "ok"},
			By: []By{{Attribute: "plan"}}, Description: "Orders that were completed.", Unit: "{order}",
		},
	},
	"revenue": {
		"revenue": {
			Type: Sum, From: []string{"spans"}, Where: map[string]any{"span.name": "checkout.complete", "status": "ok"},
			Value: "order.total", UnitFrom: "order.currency", Units: []string{"USD", "EUR"},
			Description: "What was paid, by currency.",
		},
	},
	"active_users": {
		"active_users": {
			Type: Distinct, From: []string{"spans", "logs"}, Value: "user.id", Windows: DefaultWindows(),
			Description: "Different users, in a rolling window.", Unit: "{user}",
		},
	},
	"feature_usage": {
		"feature_usage": {
			Type: Counter, From: []string{"logs"}, Where: map[string]any{"event.name": "feature_flag.evaluation"},
			By:          []By{{Attribute: "feature_flag.key"}, {Attribute: "feature_flag.result.variant"}},
			Description: "Evaluations of feature flags.", Unit: "{evaluation}",
		},
	},
	"queue_depth": {
		"queue_depth": {
			Type: Gauge, From: []string{"logs"}, Value: "queue.depth", By: []By{{Attribute: "queue.name"}},
			Description: "Entries waiting in a queue, as last told.", Unit: "{entry}",
		},
	},
	"jobs": {
		"job_completions": {
			Type: Counter, From: []string{"logs"}, Where: map[string]any{"event.name": "job.completed"},
			By:          []By{{Attribute: "job.name"}, {Attribute: "job.outcome", Label: "outcome", Values: []any{"success", "failure"}}},
			Description: "Jobs that told in a log record how they ended.", Unit: "{job}",
		},
		"job_items": {
			Type: Sum, From: []string{"logs"}, Where: map[string]any{"event.name": "job.completed", "job.items": map[string]any{"exists": true}},
			Value: "job.items", By: []By{{Attribute: "job.name"}},
			Description: "Items that jobs worked on, as their log records tell.", Unit: "{item}",
		},
	},
}

// Presets lists the names of the presets.
func Presets() []string { return slices.Sorted(maps.Keys(presets)) }

// WithPresets returns the metrics and those of the presets that are named. A
// metric that is declared wins over that of a preset with its name.
func WithPresets(names []string, declared map[string]Metric) (map[string]Metric, error) {
	all := map[string]Metric{}
	var errs []error
	for i, name := range names {
		preset, found := presets[name]
		if !found {
			errs = append(errs, fmt.Errorf("presets[%d]: got %q, %sallowed: %s", i, name, guess(name, Presets()), strings.Join(Presets(), ", ")))
		}
		maps.Copy(all, preset)
	}
	maps.Copy(all, declared)
	return all, errors.Join(errs...)
}
