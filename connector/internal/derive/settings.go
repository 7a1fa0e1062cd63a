package derive

import (
	"fmt"
	"time"
)

// Temporality is what the points of counters and histograms stand for.
type Temporality string

// The temporalities.
const (
	// Cumulative points count since the series began. Prometheus needs them.
	Cumulative Temporality = "cumulative"
	// Delta points count since the one before.
	Delta Temporality = "delta"
)

// Check reports a temporality that there is not.
func (t Temporality) Check() error {
	if t == Cumulative || t == Delta {
		return nil
	}
	return fmt.Errorf("temporality: got %q, allowed: %s, %s", t, Cumulative, Delta)
}

// MinFlushInterval is the least interval from flush to flush, and MinAge the least of
// the longer durations. They are there because a number without a unit is nanoseconds.
const (
	MinFlushInterval = 100 * time.Millisecond
	MinAge           = time.Second
)

// CheckFlushInterval reports an interval that is too short.
func CheckFlushInterval(d time.Duration) error {
	if d >= MinFlushInterval {
		return nil
	}
	return fmt.Errorf("metrics_flush_interval: got %v, allowed: %v or more; a number needs a unit, as in 15s", d, MinFlushInterval)
}

// CheckAge reports a duration of the key that is neither 0, which means what zero says,
// nor long enough.
func CheckAge(key string, d time.Duration, zero, example string) error {
	if d == 0 || d >= MinAge {
		return nil
	}
	return fmt.Errorf("%s: got %v, allowed: 0s (%s), %v or more; a number needs a unit, as in %s", key, d, zero, MinAge, example)
}

// Instance is the value of gateway_instance: what was configured, or the name of the
// host, which is asked for only then.
func Instance(configured string, hostname func() (string, error)) (string, error) {
	if configured != "" {
		return configured, nil
	}
	host, err := hostname()
	if err != nil {
		return "", fmt.Errorf("gateway_instance: not configured, and the host has no name: %w", err)
	}
	return host, nil
}

// maxLimit is more than one gateway has memory for.
const maxLimit = 10_000_000

// CheckLimit reports a limit that lets nothing in, or everything.
func CheckLimit(name string, n int) error {
	if n >= 1 && n <= maxLimit {
		return nil
	}
	return fmt.Errorf("limits.%s: got %d, allowed: 1 to %d", name, n, maxLimit)
}
