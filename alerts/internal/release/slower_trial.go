package release

import (
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/telemetry"
)

// latencyTrial has a stable version whose requests are all in the first bucket, and so
// much traffic that one evaluation is enough to judge by.
func latencyTrial(t rule.Target, id map[string]string) rule.Trial {
	const wait = 10 * time.Minute
	var (
		n    = t.Policy.Thresholds
		fast = 0.95 * telemetry.DurationBounds()[0]
		side = func(side string, in15m, p95 float64) []rule.Signal {
			return append(requests(id, side, in15m, 0), durations(id, side, in15m, p95)...)
		}
		both = func(in15m, slowdown float64) []rule.Signal {
			return slices.Concat(side(canary, in15m, slowdown*fast), side(stable, times*in15m, fast), unread(id))
		}
		high, low = n.CanarySlowdown * (1 + hair), n.CanarySlowdown * (1 - hair)
		slower    = slowerThanFirst(high * fast)
		plenty    = float64(window) * max(2*n.CanaryMinRequests, needed(2*n.CanaryZ, slower, 0, times))
		few       = n.CanaryMinRequests * (1 - hair)
		enough    = n.CanaryMinRequests * (1 + hair)
	)
	trial := rule.Trial{
		Pace: pace,
		Fire: both(plenty, high),
		Near: both(plenty, low),
		// So much of it that what was slow in the window is nothing beside it.
		Calm:    slices.Concat(side(canary, 1000*plenty, fast), side(stable, plenty, fast)),
		Idle:    both(0, high),
		First:   1,
		Value:   rule.Steady(high),
		Memory:  window + 6,
		Derived: []string{telemetry.CanarySlowdown, telemetry.CanaryP95, telemetry.CanarySlower, telemetry.CanarySlowerPooled, telemetry.CanarySlowerZ},
		More: []rule.Story{
			stays("stays silent while the canary has few requests", wait, side(canary, few, 9.5), side(stable, times*few, fast)),
			stays("stays silent while stable has few requests", wait, side(canary, times*few, 9.5), side(stable, few, fast)),
			stays("stays silent when stable is slower", wait, side(canary, plenty, fast), side(stable, plenty, high*fast)),
		},
	}
	if ten := 9.5 / fast; ten > n.CanarySlowdown && zscore(enough, enough, 0, times*enough) > n.CanaryZ*(1+hair) {
		trial.More = append(trial.More, filled("fires from enough requests on", wait, ten, side(canary, enough, 9.5), side(stable, times*enough, fast)))
	}
	return chances(trial, n.CanarySlowdown, n.CanaryZ, enough, id)
}

// slowerThanFirst is the share of requests that [durations] puts beyond the first
// bucket, for a 95th percentile.
func slowerThanFirst(p95 float64) float64 {
	bounds := telemetry.DurationBounds()
	switch {
	case p95 <= bounds[0]:
		return 1 - 0.95/(p95/bounds[0])
	case p95 < bounds[1]:
		if part := (p95 - bounds[0]) / (bounds[1] - bounds[0]); part < 0.95 {
			return 1 - (0.95-part)/(1-part)
		}
	}
	return 1
}

// chances adds the stories of a stable version whose 95th percentile is just within a
// bucket, and a canary's that is in the next, which is wide: a few requests make it so.
func chances(trial rule.Trial, slowdown, z, enough float64, id map[string]string) rule.Trial {
	const (
		wait             = 10 * time.Minute
		start, low, high = 0.75, 1.0, 2.5 // bounds of the two buckets
		before           = 0.049          // share of stable's requests beyond low
	)
	var (
		p95   = start + (low-start)*0.95/(1-before)
		value = 1.1 * slowdown
		// Where the canary's is: low + (high-low) * (1 - 0.05/share) = value * p95.
		share = 0.05 / (1 - (value*p95-low)/(high-low))
		side  = func(side string, in15m, beyond float64) []rule.Signal {
			return append(requests(id, side, in15m, 0), spread(id, side, in15m, func(bound float64) float64 {
				switch {
				case bound <= start:
					return 0
				case bound == low:
					return 1 - beyond
				}
				return 1
			})...)
		}
		both = func(z float64) []rule.Signal {
			n := needed(z, share, before, times)
			return append(side(canary, n, share), side(stable, times*n, before)...)
		}
	)
	// Stable's is in the middle of the second bucket, and all of the canary's requests are.
	if same := (low + 0.95*(high-low)) / (low + 0.5*(high-low)); same > slowdown*(1+hair) && zscore(enough, enough, 0.1*times*enough, times*enough) > z*(1+hair) {
		trial.More = append(trial.More, filled("fires when both percentiles are in one bucket", wait, same,
			side(canary, enough, 1), side(stable, times*enough, 0.1)))
	}
	if share < 0 || share > 1 || needed(z*(1-hair), share, before, times) < enough {
		return trial // with many requests asked for, or a wide difference, it is never chance
	}
	trial.More = append(trial.More,
		stays("stays silent when chance explains the difference", wait, both(z*(1-hair))),
		filled("fires when chance does not quite explain the difference", wait, value, both(z*(1+hair))))
	return trial
}
