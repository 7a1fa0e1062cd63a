package red

import (
	"math"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
)

// hair is how far traffic is from a threshold.
const hair = rule.Hair

// pace is how often the group is evaluated; window is how many evaluations pass
// until a rate over 5 minutes knows nothing of what was before.
const (
	pace   = 30 * time.Second
	window = 10
)

// busy is so much traffic, in requests per second, that the guard lets an alert
// pass at the second sample already, when the rate over 5 minutes has seen one
// tenth of them: ten times the guard, doubled; and never so little that a share
// of requests is less than one request.
func busy(n catalog.Thresholds) float64 { return math.Max(1000, 20*n.MinRequestRate) }

// above and below are traffic a hair from the guard.
func above(n catalog.Thresholds) float64 { return n.MinRequestRate * (1 + hair) }
func below(n catalog.Thresholds) float64 { return n.MinRequestRate * (1 - hair) }

// evaluations is how many evaluations an alert waits.
func evaluations(wait time.Duration) int { return int((wait + pace - 1) / pace) }

// guard is the story of traffic that is just enough, and all that the alert has to
// go by once it is no longer kept firing for what was before. More traffic comes
// first: at the sample at which requests begin to fail, a rate misses up to a tenth
// of them, and neither this alert nor its twin may hang on that.
func guard(calm, fire func(perSecond float64) []rule.Signal, n catalog.Thresholds, wait time.Duration, value float64) rule.Story {
	at := 4*window + 2 + evaluations(wait)
	return rule.Story{
		Name:   "fires just above the traffic guard",
		Phases: approach(calm, fire, n, at),
		Expect: []rule.Expectation{{At: window}, {At: at, Fires: true, Value: value}},
	}
}

// approach is traffic that begins to fail, and then falls to just above the guard.
func approach(calm, fire func(perSecond float64) []rule.Signal, n catalog.Thresholds, until int) []rule.Phase {
	const more = 1.15
	return []rule.Phase{
		{Evaluations: window, State: calm(more * n.MinRequestRate)},
		{Evaluations: window, State: fire(more * n.MinRequestRate)},
		{Evaluations: until + 1 - 2*window, State: fire(above(n))},
	}
}
