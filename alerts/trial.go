package alerts

import (
	"math"
	"slices"
	"time"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// phase is a stretch of steady traffic, one step per evaluation of the rules.
type phase struct {
	steps    int
	requests float64 // per step
	bad      float64 // the share of requests that fail, or are slow
	// restart lets one of the two gateways begin to count from zero.
	restart bool
}

// trial is the traffic that brings an alert to fire, or just not to.
type trial struct {
	// firing meets the condition by a hair, worst by as much as can be, close
	// misses it by a hair, calm ends it at once; guarded has the worst share but
	// too few requests. Their steps are zero.
	firing, worst, close, calm, guarded phase
	// drained is traffic so healthy that its hour hides what fails afterwards;
	// without steps where the alert does not look back that far.
	drained phase
	// first is the step at which firing traffic first meets the condition, and
	// ripe the one at which close traffic would, were it not for its ratio.
	first, ripe int
	// value is what the alert reports under the traffic, at a step.
	value func(p phase, step int) float64
	// series are the input series of a service under the traffic.
	series func(identity map[string]string, phases []phase) []inputSeries
	// derived is the recorded series that must be absent where there is nothing
	// to divide by, and memory the number of steps that it looks back.
	derived string
	memory  int
	// filled: derived is 0, not absent, where requests are but nothing is bad.
	filled bool
	// steady: value does not change while the series fade out of memory.
	steady bool
	// twin is the alert that is silent whenever this one fires; usually none.
	twin string
}

// What rates remember, in steps.
var (
	fiveMinutes = evaluations(5 * time.Minute)
	hour        = evaluations(time.Hour)
)

// busy is so much traffic, in requests per step, that the guard lets an alert
// pass at the second sample already, when the rate over 5 minutes has seen one
// tenth of them: ten times the guard, doubled; and never so little that a share
// of requests is less than one request.
func busy(t catalog.Thresholds) float64 {
	perSecond := math.Max(1000, 20*t.MinRequestRate)
	return perSecond * interval.Seconds()
}

// quiet is traffic, in requests per step, at less than half the guard. Powers of
// two keep sums exact, so that a test never hangs on a rounding error.
func quiet(t catalog.Thresholds) float64 {
	requests := 2.0
	for requests >= t.MinRequestRate*interval.Seconds()/2 {
		requests /= 2
	}
	return requests
}

// hair is how far firing and close traffic are from a ratio's threshold: 2 %.
const hair = 0.02

func errorTrial(t catalog.Thresholds) trial {
	return trial{
		firing:  phase{requests: busy(t), bad: math.Min(1, t.ErrorRatio*(1+hair))},
		worst:   phase{requests: busy(t), bad: 1},
		close:   phase{requests: busy(t), bad: t.ErrorRatio * (1 - hair)},
		calm:    phase{requests: 1000 * busy(t)},
		guarded: phase{requests: quiet(t), bad: 1},
		first:   1,
		ripe:    1,
		value:   func(p phase, _ int) float64 { return p.bad },
		series:  requestSeries,
		derived: ErrorRatio,
		memory:  fiveMinutes,
		filled:  true,
		steady:  true,
		twin:    LowTrafficErrors,
	}
}

func lowTrafficTrial(t catalog.Thresholds) trial {
	few := phase{requests: quiet(t), bad: 1}
	fewer := phase{requests: quiet(t), bad: t.ErrorRatio * (1 - hair)}
	enough := func(p phase) int { return int(math.Ceil(fewErrors / (p.requests * p.bad))) }
	return trial{
		// So much that while the rate over 5 minutes remembers it, even the smallest
		// threshold is far, and HighErrorRate silent.
		drained: phase{steps: 2 * settle, requests: 1e5 * busy(t)},
		firing:  few,
		worst:   few,
		close:   fewer,
		calm:    phase{requests: busy(t)},
		guarded: phase{requests: busy(t), bad: 1},
		first:   enough(few),
		// Beyond an hour, too few errors are remembered.
		ripe:    min(hour, enough(fewer)),
		value:   func(p phase, step int) float64 { return p.requests * p.bad * float64(min(step, hour)) },
		series:  requestSeries,
		derived: ErrorRatioHourly,
		memory:  hour,
		twin:    HighErrorRate,
	}
}

// Shares of slow requests around the 95th percentile.
const (
	slowShare = 0.06
	fastShare = 0.04
)

func latencyTrial(t catalog.Thresholds) trial {
	bounds := telemetry.DurationBounds()
	at := slices.Index(bounds, t.LatencyP95.Seconds())
	return trial{
		firing:  phase{requests: busy(t), bad: slowShare},
		worst:   phase{requests: busy(t), bad: 1},
		close:   phase{requests: busy(t), bad: fastShare},
		calm:    phase{requests: 1000 * busy(t)},
		guarded: phase{requests: quiet(t), bad: 1},
		first:   1,
		ripe:    1,
		value: func(p phase, _ int) float64 {
			if p.bad == 1 {
				return bounds[len(bounds)-1]
			}
			// Slow requests are spread evenly in the bucket above the threshold.
			return bounds[at] + (bounds[at+1]-bounds[at])*(p.bad-0.05)/p.bad
		},
		series: func(identity map[string]string, phases []phase) []inputSeries {
			return durationSeries(identity, phases, bounds, at)
		},
		derived: LatencyP95,
		memory:  fiveMinutes,
		steady:  true,
	}
}
