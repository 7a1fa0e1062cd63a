package catalog

import (
	"math"
	"time"

	"github.com/readygate/readygate/internal/telemetry"
)

// Thresholds are the numbers that alerts, their unit tests and the lines on
// dashboards are made from.
type Thresholds struct {
	// ErrorRatio is the share of requests answered with 5xx above which a
	// service is in error: from MinErrorRatio to MaxErrorRatio.
	ErrorRatio float64
	// ErrorFor is how long the error ratio must stay above its threshold: whole
	// seconds, at most MaxFor.
	ErrorFor time.Duration
	// LatencyP95 is the 95th percentile of the request duration above which a
	// service is slow: one of LatencyBounds.
	LatencyP95 time.Duration
	// LatencyFor is how long the service must stay slow: as ErrorFor.
	LatencyFor time.Duration
	// MinRequestRate is the traffic, in requests per second, below which ratios
	// and percentiles say too little to page someone: from MinGuard to MaxGuard.
	MinRequestRate float64
}

// Limits of thresholds.
const (
	// MaxFor is the longest time that an alert may wait; what may last a day is
	// not an alert.
	MaxFor = 24 * time.Hour
	// MinErrorRatio is one request in ten thousand. Less drowns in what rates
	// guess between two samples, and its unit tests cannot tell it from nothing.
	MinErrorRatio = 0.0001
	// MaxErrorRatio is the largest that texts do not round to 100 %, above which
	// nothing can be.
	MaxErrorRatio = 0.9999
	// MinGuard is 3 requests in 5 minutes. Below, a rate over 5 minutes is made
	// of single requests.
	MinGuard = 0.01
	// MaxGuard catches a rate that was meant per minute or per hour.
	MaxGuard = 1000
)

// DefaultThresholds are the checklist's, section 5, "Alerting Rules":
// HighErrorRate is above 5 % for 5 minutes, SlowResponseTime is p95 above 1 s
// for 10 minutes. The checklist has no guard against little traffic; 0.2 req/s
// is 60 requests in the 5 minutes that its rates look back, so that one failed
// request is 1.7 % and no alert.
func DefaultThresholds() Thresholds {
	return Thresholds{
		ErrorRatio:     0.05,
		ErrorFor:       5 * time.Minute,
		LatencyP95:     time.Second,
		LatencyFor:     10 * time.Minute,
		MinRequestRate: 0.2,
	}
}

// LatencyBounds are the allowed latency thresholds, ascending: the boundaries
// of the duration histogram, because between two boundaries a percentile is a
// guess. The last boundary is not among them: a percentile of an explicit
// histogram never reads above it, so an alert on it could not fire.
func LatencyBounds() []time.Duration {
	bounds := telemetry.DurationBounds()
	allowed := make([]time.Duration, len(bounds)-1)
	for i := range allowed {
		// Rounded: 0.075 * 1e9 need not be a whole number.
		allowed[i] = time.Duration(math.Round(bounds[i] * float64(time.Second)))
	}
	return allowed
}
