package scrubprocessor

import (
	"errors"
	"fmt"

	"go.opentelemetry.io/collector/component"
)

// Mode says what is done about findings.
type Mode string

const (
	// Enforce replaces what is found.
	Enforce Mode = "enforce"
	// Detect counts what is found and changes nothing: a dry run.
	Detect Mode = "detect"
)

// Config is the configuration of the processor. It is read once, at the start.
type Config struct {
	// Mode is enforce or detect. Default: enforce.
	Mode Mode `mapstructure:"mode"`

	// MaxValueBytes is the size, in bytes, up to which a value or a key is
	// scanned; a larger one is replaced as a whole. Default: 1 MiB.
	MaxValueBytes int `mapstructure:"max_value_bytes"`

	// MaxDepth is how deep arrays and maps may be nested in an attribute or a log
	// body; a scalar is at depth 1. What is deeper is replaced as a whole.
	// Default: 32.
	MaxDepth int `mapstructure:"max_depth"`
}

// The limits of the limits. Below the lower ones, ordinary telemetry would be
// replaced; above the upper ones, one value could keep a core busy for a second
// or exhaust the stack.
const (
	minValueBytes = 1 << 10
	maxValueBytes = 64 << 20
	minDepth      = 1
	maxDepth      = 512
)

func createDefaultConfig() component.Config {
	return &Config{
		Mode:          Enforce,
		MaxValueBytes: 1 << 20,
		MaxDepth:      32,
	}
}

// Validate reports everything that is wrong, at once.
func (c *Config) Validate() error {
	var errs []error
	if c.Mode != Enforce && c.Mode != Detect {
		errs = append(errs, fmt.Errorf("mode: got %q, allowed: %s, %s", c.Mode, Enforce, Detect))
	}
	if c.MaxValueBytes < minValueBytes || c.MaxValueBytes > maxValueBytes {
		errs = append(errs, fmt.Errorf("max_value_bytes: got %d, allowed: %d to %d", c.MaxValueBytes, minValueBytes, maxValueBytes))
	}
	if c.MaxDepth < minDepth || c.MaxDepth > maxDepth {
		errs = append(errs, fmt.Errorf("max_depth: got %d, allowed: %d to %d", c.MaxDepth, minDepth, maxDepth))
	}
	return errors.Join(errs...)
}
