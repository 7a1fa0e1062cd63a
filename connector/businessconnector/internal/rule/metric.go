package rule

import (
	"time"
)

// Metric is the declaration of a business metric, as it is configured. README.md of
// the connector explains each key.
type Metric struct {
	// Type is counter, sum, distinct, gauge or histogram.
	Type Type `mapstructure:"type"`
	// From is where it comes from: spans, events (of spans), logs.
	From []string `mapstructure:"from"`
	// Where are the conditions, all of which must hold, by field.
	Where map[string]any `mapstructure:"where"`
	// Value is the field that holds what is added up, counted or shown.
	Value string `mapstructure:"value"`
	// Unit is the currency of a sum of money, or the unit of anything else.
	Unit string `mapstructure:"unit"`
	// UnitFrom is the field that holds the currency, and Units are those allowed.
	UnitFrom string   `mapstructure:"unit_from"`
	Units    []string `mapstructure:"units"`
	// MinorUnits says that the value is in cents and the like.
	MinorUnits bool `mapstructure:"minor_units"`
	// Decimals are the digits after the point that a sum keeps. Default: those of
	// the currency; without one, 0.
	Decimals *int `mapstructure:"decimals"`
	// Refunds makes negative values a metric of their own.
	Refunds bool `mapstructure:"refunds"`
	// By are the labels.
	By []By `mapstructure:"by"`
	// Buckets are the upper bounds of a histogram.
	Buckets []float64 `mapstructure:"buckets"`
	// Windows are those over which distinct values are counted.
	Windows []time.Duration `mapstructure:"windows"`
	// Services are the only ones that are looked at. The series of these begin at 0
	// as soon as the service is heard of.
	Services []string `mapstructure:"services"`
	// Description is the help text of the metric.
	Description string `mapstructure:"description"`

	// Unknown are the keys that a declaration does not have.
	Unknown map[string]any `mapstructure:",remain"`

	_ struct{} // prevents unkeyed literals
}

// By declares a label. In a configuration, a word stands for {attribute: word}.
type By struct {
	// Label is its name. Default: made from that of the attribute.
	Label string `mapstructure:"label"`
	// Attribute is the field that holds its value.
	Attribute string `mapstructure:"attribute"`
	// Values are those allowed; others become "other". None means any.
	Values []any `mapstructure:"values"`

	Unknown map[string]any `mapstructure:",remain"`

	_ struct{}
}

// UnmarshalText reads the short form.
func (b *By) UnmarshalText(text []byte) error {
	*b = By{Attribute: string(text)}
	return nil
}

// Type is what a metric makes of what it matches.
type Type string

// The types.
const (
	Counter   Type = "counter"   // how often
	Sum       Type = "sum"       // how much, exactly
	Distinct  Type = "distinct"  // how many different, in a rolling window
	Gauge     Type = "gauge"     // the last value
	Histogram Type = "histogram" // the distribution of values
)

// Types lists the types.
func Types() []string {
	return []string{string(Counter), string(Sum), string(Distinct), string(Gauge), string(Histogram)}
}

// DefaultWindows are those of a distinct metric that declares none.
func DefaultWindows() []time.Duration {
	return []time.Duration{5 * time.Minute, time.Hour, 24 * time.Hour}
}
