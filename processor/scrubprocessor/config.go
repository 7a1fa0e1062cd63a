package scrubprocessor

import (
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/collector/component"

	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
)

// Mode says what is done about findings.
type Mode string

const (
	// Enforce replaces what is found.
	Enforce Mode = "enforce"
	// Detect counts what is found and changes nothing: a dry run.
	Detect Mode = "detect"
	// Tripwire counts, in a sample of the batches, what would have had to be replaced
	// by then: it stands in front of exporters, behind everything else.
	Tripwire Mode = "tripwire"
)

// Config is the configuration of the processor. It is read once, at the start.
type Config struct {
	// Mode is enforce, detect or tripwire. Default: enforce.
	Mode Mode `mapstructure:"mode"`

	// SampleRatio is the share of the batches that a tripwire looks at, more than 0 and
	// at most 1. Default: 0.05.
	SampleRatio float64 `mapstructure:"sample_ratio"`

	// MaxValueBytes is the size, in bytes, up to which a value or a key is
	// scanned; a larger one is replaced as a whole. Default: 1 MiB.
	MaxValueBytes int `mapstructure:"max_value_bytes"`

	// MaxDepth is how deep arrays and maps may be nested in an attribute or a log
	// body; a scalar is at depth 1. What is deeper is replaced as a whole.
	// Default: 32.
	MaxDepth int `mapstructure:"max_depth"`

	// MaxValueTime bounds the scan of one value; a value that takes longer is
	// replaced as a whole. Default: 1s.
	MaxValueTime time.Duration `mapstructure:"max_value_time"`

	policy.Config `mapstructure:",squash"`
}

// The limits of the limits. Below the lower ones, ordinary telemetry would be
// replaced; above the upper ones, one value could keep a core busy for a second
// or exhaust the stack.
const (
	minValueBytes = 1 << 10
	maxValueBytes = 64 << 20
	minDepth      = 1
	maxDepth      = 512
	minValueTime  = 10 * time.Millisecond
	maxValueTime  = time.Minute
)

func createDefaultConfig() component.Config {
	return &Config{
		Mode:          Enforce,
		SampleRatio:   0.05,
		MaxValueBytes: 1 << 20,
		MaxDepth:      32,
		MaxValueTime:  time.Second,
	}
}

// Validate reports everything that is wrong, at once.
func (c *Config) Validate() error {
	var errs []error
	if c.Mode != Enforce && c.Mode != Detect && c.Mode != Tripwire {
		errs = append(errs, fmt.Errorf("mode: got %q, allowed: %s, %s, %s", c.Mode, Enforce, Detect, Tripwire))
	}
	if !(c.SampleRatio > 0 && c.SampleRatio <= 1) {
		errs = append(errs, fmt.Errorf("sample_ratio: got %v, allowed: more than 0, at most 1", c.SampleRatio))
	}
	if c.MaxValueBytes < minValueBytes || c.MaxValueBytes > maxValueBytes {
		errs = append(errs, fmt.Errorf("max_value_bytes: got %d, allowed: %d to %d", c.MaxValueBytes, minValueBytes, maxValueBytes))
	}
	if c.MaxDepth < minDepth || c.MaxDepth > maxDepth {
		errs = append(errs, fmt.Errorf("max_depth: got %d, allowed: %d to %d", c.MaxDepth, minDepth, maxDepth))
	}
	if c.MaxValueTime < minValueTime || c.MaxValueTime > maxValueTime {
		errs = append(errs, fmt.Errorf("max_value_time: got %s, allowed: %s to %s", c.MaxValueTime, minValueTime, maxValueTime))
	}
	return errors.Join(append(errs, c.Config.Validate(leaf.PlaceNames()))...)
}
