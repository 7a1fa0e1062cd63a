package businessconnector

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/configopaque"
	"go.opentelemetry.io/collector/confmap"

	"github.com/readygate/readygate/connector/businessconnector/internal/rule"
	"github.com/readygate/readygate/connector/internal/derive"
	"github.com/readygate/readygate/internal/distinct"
	"github.com/readygate/readygate/internal/spell"
)

// Config is the configuration of the connector.
type Config struct {
	// MetricsFlushInterval is the time between two exports. A scraper whose interval
	// is not longer sees every series begin at 0.
	MetricsFlushInterval time.Duration `mapstructure:"metrics_flush_interval"`

	// SeriesExpiration is how long a series may be idle before it is marked stale and
	// forgotten; 0 means forever. The default is two days, so that what happens once
	// a day, at about the same time, is one series.
	SeriesExpiration time.Duration `mapstructure:"series_expiration"`

	// GatewayInstance is the value of the label gateway_instance. It must be
	// different for every gateway and the same after a restart. Empty means the
	// host name, which in Kubernetes is the name of the pod.
	GatewayInstance string `mapstructure:"gateway_instance"`

	// Storage is the extension that keeps the state over restarts. Default: none.
	Storage *component.ID `mapstructure:"storage"`

	// Temporality is cumulative, as Prometheus needs it, or delta. Default: cumulative.
	Temporality derive.Temporality `mapstructure:"temporality"`

	// DistinctKey is the secret with which identifiers are hashed before they are
	// counted. Gateways whose counts shall merge have the same; without one, each
	// process makes its own.
	DistinctKey configopaque.String `mapstructure:"distinct_key"`

	Limits LimitsConfig `mapstructure:"limits"`

	// Presets are declarations that are known by name.
	Presets []string `mapstructure:"presets"`

	// Metrics are the metrics, by name. One that has the name of a preset's replaces it.
	Metrics map[string]rule.Metric `mapstructure:"metrics"`

	// Unknown are the keys that the configuration does not have.
	Unknown map[string]any `mapstructure:",remain"`

	_ struct{} // prevents unkeyed literals
}

// LimitsConfig bounds what is remembered. Beyond a limit a label reads "other"; what
// was counted stays counted.
type LimitsConfig struct {
	// Series bounds the series, distinct ones apart.
	Series int `mapstructure:"series"`
	// Services bounds how many combinations of service, namespace and environment are
	// told apart.
	Services int `mapstructure:"services"`
	// LabelValues bounds the values of each label of a service that has no allow-list.
	LabelValues int `mapstructure:"label_values"`
	// Distinct bounds the combinations of metric, service and labels for which
	// distinct values are counted.
	Distinct int `mapstructure:"distinct"`

	_ struct{}
}

var _ confmap.Validator = (*Config)(nil)

func createDefaultConfig() component.Config {
	return &Config{
		MetricsFlushInterval: 15 * time.Second,
		SeriesExpiration:     48 * time.Hour,
		Temporality:          derive.Cumulative,
		Limits:               LimitsConfig{Series: 50_000, Services: 1000, LabelValues: 100, Distinct: 100},
	}
}

var configKeys = []string{
	"metrics_flush_interval", "series_expiration", "gateway_instance", "storage", "temporality", "distinct_key", "limits", "presets", "metrics",
}

// Validate reports everything that is wrong.
func (c *Config) Validate() error {
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(c.Unknown)) {
		guess := ""
		if nearest := spell.Nearest(key, configKeys); nearest != "" {
			guess = fmt.Sprintf("did you mean %s? ", nearest)
		}
		errs = append(errs, fmt.Errorf("%s: there is no such key, %sallowed: %s", key, guess, strings.Join(configKeys, ", ")))
	}
	errs = append(errs,
		derive.CheckFlushInterval(c.MetricsFlushInterval),
		derive.CheckAge("series_expiration", c.SeriesExpiration, "never", "48h"),
		c.Temporality.Check())
	if n := len(c.DistinctKey); n > 0 && n < distinct.MinKey {
		errs = append(errs, fmt.Errorf("distinct_key: got %d bytes, allowed: at least %d, or none", n, distinct.MinKey))
	}
	_, wrong := c.rules()
	return errors.Join(append(errs, c.Limits.validate(), wrong)...)
}

func (c LimitsConfig) validate() error {
	return errors.Join(
		derive.CheckLimit("series", c.Series),
		derive.CheckLimit("services", c.Services),
		derive.CheckLimit("label_values", c.LabelValues),
		derive.CheckLimit("distinct", c.Distinct),
	)
}

// rules are the metrics that are declared, presets included, ready for use.
func (c *Config) rules() ([]*rule.Rule, error) {
	metrics, wrong := rule.WithPresets(c.Presets, c.Metrics)
	if len(metrics) == 0 && wrong == nil {
		return nil, fmt.Errorf("metrics: got none and no presets, allowed: at least one metric, or a preset of %s", strings.Join(rule.Presets(), ", "))
	}
	rules, err := rule.Compile(metrics)
	return rules, errors.Join(wrong, err)
}
