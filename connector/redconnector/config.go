package redconnector

import (
	"errors"
	"fmt"
	"math"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"

	"github.com/readygate/readygate/internal/telemetry"
)

// maxBuckets bounds the size of a histogram series.
const maxBuckets = 100

// Config is the configuration of the connector.
type Config struct {
	// MetricsFlushInterval is the time between two exports. A scraper whose
	// interval is not longer sees every series begin at 0.
	MetricsFlushInterval time.Duration `mapstructure:"metrics_flush_interval"`

	// SeriesExpiration is how long a series may be idle before it is marked
	// stale and forgotten; 0 means forever.
	SeriesExpiration time.Duration `mapstructure:"series_expiration"`

	// GatewayInstance is the value of the label gateway_instance. It must be
	// different for every gateway and the same after a restart. Empty means
	// the host name, which in Kubernetes is the name of the pod.
	GatewayInstance string `mapstructure:"gateway_instance"`

	Histogram HistogramConfig `mapstructure:"histogram"`
	Limits    LimitsConfig    `mapstructure:"limits"`

	_ struct{} // prevents unkeyed literals
}

// HistogramConfig is the shape of the duration histograms.
type HistogramConfig struct {
	// Buckets are their upper bounds in seconds.
	Buckets []float64 `mapstructure:"buckets"`

	_ struct{}
}

// LimitsConfig bounds what is remembered. Beyond a limit a label reads "other";
// the count, the service and the outcome are kept.
type LimitsConfig struct {
	// Identities bounds how many combinations of service, namespace,
	// environment and version are told apart.
	Identities int `mapstructure:"identities"`
	// Endpoints bounds the endpoints of each identity.
	Endpoints int `mapstructure:"endpoints"`
	// Series bounds the series of both metrics together.
	Series int `mapstructure:"series"`

	_ struct{}
}

var _ confmap.Validator = (*Config)(nil)

func createDefaultConfig() component.Config {
	return &Config{
		MetricsFlushInterval: 15 * time.Second,
		SeriesExpiration:     time.Hour,
		Histogram:            HistogramConfig{Buckets: telemetry.DurationBounds()},
		Limits:               LimitsConfig{Identities: 1000, Endpoints: 200, Series: 50_000},
	}
}

// Validate reports everything that is wrong.
func (c *Config) Validate() error {
	var errs []error
	if c.MetricsFlushInterval <= 0 {
		errs = append(errs, fmt.Errorf("metrics_flush_interval: got %v, allowed: more than 0s", c.MetricsFlushInterval))
	}
	if c.SeriesExpiration < 0 {
		errs = append(errs, fmt.Errorf("series_expiration: got %v, allowed: 0s (never) or more", c.SeriesExpiration))
	}
	return errors.Join(append(errs, c.Histogram.validate(), c.Limits.validate())...)
}

func (c HistogramConfig) validate() error {
	var errs []error
	if n := len(c.Buckets); n == 0 || n > maxBuckets {
		errs = append(errs, fmt.Errorf("histogram.buckets: got %d bounds, allowed: 1 to %d", n, maxBuckets))
	}
	previous := 0.0
	for i, bound := range c.Buckets {
		// Written so that NaN fails too.
		if !(bound > previous) || math.IsInf(bound, 1) {
			errs = append(errs, fmt.Errorf(
				"histogram.buckets[%d]: got %v, allowed: a number of seconds greater than %v", i, bound, previous))
		}
		previous = bound
	}
	return errors.Join(errs...)
}

func (c LimitsConfig) validate() error {
	var errs []error
	for _, limit := range []struct {
		name  string
		value int
	}{
		{"identities", c.Identities},
		{"endpoints", c.Endpoints},
		{"series", c.Series},
	} {
		if limit.value < 1 {
			errs = append(errs, fmt.Errorf("limits.%s: got %d, allowed: 1 or more", limit.name, limit.value))
		}
	}
	return errors.Join(errs...)
}
