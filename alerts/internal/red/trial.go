package red

import (
	"math"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
)

// hair is how far traffic is from a threshold: 2 %.
const hair = 0.02

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

// guard is the story of traffic that is just enough. Calm has been there for so long
// that the rate is known, then fire begins, and a window later it is all that the
// rate knows.
func guard(calm, fire []rule.Signal, wait time.Duration, value float64) rule.Story {
	at := 2*window + evaluations(wait)
	return rule.Story{
		Name:   "fires just above the traffic guard",
		Phases: []rule.Phase{{Evaluations: window, State: calm}, {Evaluations: at + 1 - window, State: fire}},
		Expect: []rule.Expectation{{At: window}, {At: at, Fires: true, Value: value}},
	}
}
