package work

import (
	"maps"
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/telemetry"
)

// hair is how far a trial is from a threshold.
const hair = rule.Hair

// evaluations is how many evaluations pass until the duration has.
func evaluations(d time.Duration) int {
	const pace = 30 * time.Second
	return int((d + pace - 1) / pace)
}

// strangers are series like the one with these labels, each of something else: one
// label differs. What is asked about the one must not be answered by them.
func strangers(metric string, labels map[string]string, level, slope float64) []rule.Signal {
	var all []rule.Signal
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		all = append(all, rule.Signal{Metric: metric, Labels: rule.With(labels, name, "another-"+labels[name]), Level: level, Slope: slope, Gauge: true})
	}
	return all
}

// counted are the labels of a series that a gateway counts.
func counted(id map[string]string, gateway int, pairs ...string) map[string]string {
	return rule.With(rule.With(id, pairs...), telemetry.GatewayInstance, []string{"gateway-0", "gateway-1"}[gateway], telemetry.Version, []string{"1.0.0", "1.1.0"}[gateway])
}
