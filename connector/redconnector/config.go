package redconnector

import (
	"errors"
	"fmt"
	"math"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"

	"github.com/readygate/readygate/connector/internal/derive"
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

	// Temporality is cumulative or delta.
	Temporality derive.Temporality `mapstructure:"temporality"`

	// Exemplars attaches to each series and flush the slowest, a failed and a
	// random trace.
	Exemplars bool `mapstructure:"exemplars"`

	// Storage is the extension that keeps the counts over a restart, if any.
	Storage *component.ID `mapstructure:"storage"`

	Histogram HistogramConfig `mapstructure:"histogram"`
	Limits    LimitsConfig    `mapstructure:"limits"`
	LateSpans LateSpansConfig `mapstructure:"late_spans"`
	Canary    CanaryConfig    `mapstructure:"canary"`

	_ struct{} // prevents unkeyed literals
}

// HistogramConfig is the shape of the duration histograms.
type HistogramConfig struct {
	// Type is explicit or exponential.
	Type HistogramType `mapstructure:"type"`
	// Buckets are the upper bounds of explicit histograms, in seconds.
	Buckets []float64 `mapstructure:"buckets"`
	// MaxSize is the greatest number of buckets of exponential histograms.
	MaxSize int `mapstructure:"max_size"`

	_ struct{}
}

// HistogramType is a kind of histogram.
type HistogramType string

// The types of histograms.
const (
	Explicit HistogramType = "explicit"
	// Exponential histograms are what Prometheus calls native.
	Exponential HistogramType = "exponential"
)

// LimitsConfig bounds what is remembered. Beyond a limit a label reads "other";
// the count, the service and the outcome are kept.
type LimitsConfig struct {
	// Series bounds the series of all metrics together. A service has at most
	// as many as there is room left.
	Series int `mapstructure:"series"`
	// Services bounds how many services are told apart.
	Services int `mapstructure:"services"`
	// LabelValues bounds the values of each label of a service.
	LabelValues int `mapstructure:"label_values"`

	_ struct{}
}

// LateSpansConfig is about spans that arrive long after they ended.
type LateSpansConfig struct {
	// OlderThan is how long ago a span ended that is late; 0 means that none is.
	OlderThan time.Duration `mapstructure:"older_than"`
	// Drop counts late spans as late, and as nothing else.
	Drop bool `mapstructure:"drop"`

	_ struct{}
}

// CanaryConfig tells canaries from stable instances, for the label canary.
type CanaryConfig struct {
	// Attribute is the resource attribute that tells; empty means no label.
	Attribute string `mapstructure:"attribute"`
	// Values are what it reads on a canary.
	Values []string `mapstructure:"values"`

	_ struct{}
}

var _ confmap.Validator = (*Config)(nil)

func createDefaultConfig() component.Config {
	return &Config{
		MetricsFlushInterval: 15 * time.Second,
		SeriesExpiration:     time.Hour,
		Temporality:          derive.Cumulative,
		Exemplars:            true,
		Histogram:            HistogramConfig{Type: Explicit, Buckets: telemetry.DurationBounds(), MaxSize: 160},
		Limits:               LimitsConfig{Series: 20_000, Services: 1000, LabelValues: 200},
		LateSpans:            LateSpansConfig{OlderThan: 10 * time.Minute},
		Canary:               CanaryConfig{Values: []string{telemetry.CanaryRelease}},
	}
}

// Validate reports everything that is wrong.
func (c *Config) Validate() error {
	var errs []error
	errs = append(errs,
		derive.CheckFlushInterval(c.MetricsFlushInterval),
		derive.CheckAge("series_expiration", c.SeriesExpiration, "never", "1h"),
		c.Temporality.Check(),
		c.Histogram.validate(), c.Limits.validate(),
		derive.CheckAge("late_spans.older_than", c.LateSpans.OlderThan, "none is late", "10m"))
	if c.LateSpans.Drop && c.LateSpans.OlderThan == 0 {
		errs = append(errs, errors.New("late_spans.drop: got true, allowed only where late_spans.older_than is more than 0s"))
	}
	if c.Canary.Attribute != "" && len(c.Canary.Values) == 0 {
		errs = append(errs, errors.New("canary.values: got none, allowed: at least one where canary.attribute is given"))
	}
	for i, value := range c.Canary.Values {
		if value == "" {
			errs = append(errs, fmt.Errorf("canary.values[%d]: got an empty text, allowed: what the attribute reads on a canary", i))
		}
	}
	return errors.Join(errs...)
}

func (c HistogramConfig) validate() error {
	var errs []error
	if c.Type != Explicit && c.Type != Exponential {
		errs = append(errs, fmt.Errorf("histogram.type: got %q, allowed: %s, %s", c.Type, Explicit, Exponential))
	}
	// OTLP asks for at least two buckets; 160 is what its SDKs have.
	if c.MaxSize < 2 || c.MaxSize > 1000 {
		errs = append(errs, fmt.Errorf("histogram.max_size: got %d, allowed: 2 to 1000", c.MaxSize))
	}
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
	return errors.Join(
		derive.CheckLimit("series", c.Series),
		derive.CheckLimit("services", c.Services),
		derive.CheckLimit("label_values", c.LabelValues),
	)
}
