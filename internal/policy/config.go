// Package policy turns the configuration of the scrubber into what a scan does:
// which detectors look, what becomes of what they find, what is left alone, and
// for which services. The gateway's processor and readyctl read the same
// configuration.
package policy

// Config is the policy of the scrubber. Its zero value is the default: the
// detectors that are on by default, each with its own action.
type Config struct {
	Override `mapstructure:",squash" yaml:",inline"`

	// Rules are detectors of the user's own. They are on everywhere.
	Rules []RuleConfig `mapstructure:"rules" yaml:"rules"`
	// Pseudonyms is needed as soon as an action is pseudonym.
	Pseudonyms *PseudonymConfig `mapstructure:"pseudonyms" yaml:"pseudonyms"`
	// Policies override what stands above for the resources that they match. The
	// first that matches counts.
	Policies []ResourceConfig `mapstructure:"policies" yaml:"policies"`
}

// Override is what a policy for some resources may say otherwise.
type Override struct {
	// Preset is one of [Presets]; empty is that of the whole, or "default". That of a
	// policy for some resources comes before what the whole says of detectors.
	Preset string `mapstructure:"preset" yaml:"preset"`
	// Packs switch groups of detectors on, in addition to those of the preset.
	Packs []string `mapstructure:"packs" yaml:"packs"`
	// Detectors change single detectors, by name.
	Detectors map[string]DetectorConfig `mapstructure:"detectors" yaml:"detectors"`
	// Allow are matches to leave alone.
	Allow []AllowConfig `mapstructure:"allow" yaml:"allow"`
}

// DetectorConfig changes a detector.
type DetectorConfig struct {
	// Enabled switches a detector on that no pack has, or off. Default: as the
	// preset and the packs say.
	Enabled *bool `mapstructure:"enabled" yaml:"enabled"`
	// Action is what is done with its findings: one of detect.ActionNames. Default:
	// the detector's own.
	Action string `mapstructure:"action" yaml:"action"`
	// Places give other actions for some kinds of slots, by their names in the
	// metric: log_body, span_attribute ...
	Places map[string]string `mapstructure:"places" yaml:"places"`
	// Confidence is how sure a finding must be to be acted upon: possible, likely or
	// certain. Default: likely.
	Confidence string `mapstructure:"confidence" yaml:"confidence"`
}

// AllowConfig leaves matches of one detector alone: the matched text, never what
// stands around it.
type AllowConfig struct {
	// Detector is the name of the detector.
	Detector string `mapstructure:"detector" yaml:"detector"`
	// Values are matches, as they stand. A "*" stands for any text: "*@example.com".
	Values []string `mapstructure:"values" yaml:"values"`
	// Regex is an expression that must match all of the match.
	Regex string `mapstructure:"regex" yaml:"regex"`
}

// ResourceConfig is a policy for some resources.
type ResourceConfig struct {
	// Name is that of the policy: it is told where it refuses something.
	Name string `mapstructure:"name" yaml:"name"`
	// Match are resource attributes, each with the values of which it must have one.
	// All must match. A "*" in a value stands for any text.
	Match map[string][]string `mapstructure:"match" yaml:"match"`

	Override `mapstructure:",squash" yaml:",inline"`
}

// RuleConfig is a detector of the user's own; see detect.Rule.
type RuleConfig struct {
	Name        string   `mapstructure:"name" yaml:"name"`
	Description string   `mapstructure:"description" yaml:"description"`
	Literals    []string `mapstructure:"literals" yaml:"literals"`
	Regex       string   `mapstructure:"regex" yaml:"regex"`
	AllowSlow   bool     `mapstructure:"allow_slow" yaml:"allow_slow"`
	Keys        []string `mapstructure:"keys" yaml:"keys"`
	Near        []string `mapstructure:"near" yaml:"near"`
	Validator   string   `mapstructure:"validator" yaml:"validator"`
	// Action is what is done with what it finds. Default: mask.
	Action string `mapstructure:"action" yaml:"action"`
	// Cases are run by readyctl scrub test and when the gateway starts.
	Cases []CaseConfig `mapstructure:"cases" yaml:"cases"`
}

// CaseConfig is a text and what must become of it.
type CaseConfig struct {
	// Key is the key that the text stands under; it may be empty.
	Key string `mapstructure:"key" yaml:"key"`
	In  string `mapstructure:"in" yaml:"in"`
	// Out is In scrubbed; the same text where nothing may be found.
	Out string `mapstructure:"out" yaml:"out"`
}

// PseudonymConfig is the key of pseudonyms.
type PseudonymConfig struct {
	// KeyID is part of every token: 1 to 8 small letters and digits.
	KeyID string `mapstructure:"key_id" yaml:"key_id"`
	// Key has 32 bytes or more. It comes from the environment or from a file, one of
	// both.
	Key     Secret `mapstructure:"key" yaml:"key"`
	KeyFile string `mapstructure:"key_file" yaml:"key_file"`
	// Tenant is part of what is hashed, so that tenants cannot compare tokens.
	Tenant string `mapstructure:"tenant" yaml:"tenant"`
	// Previous are keys that were used before. Only readyctl pseudonym uses them.
	Previous []KeyConfig `mapstructure:"previous" yaml:"previous"`
}

// KeyConfig is one key.
type KeyConfig struct {
	KeyID   string `mapstructure:"key_id" yaml:"key_id"`
	Key     Secret `mapstructure:"key" yaml:"key"`
	KeyFile string `mapstructure:"key_file" yaml:"key_file"`
}

// Secret is a text that is not printed.
type Secret string

// String hides the secret.
func (Secret) String() string { return "[REDACTED]" }

// GoString hides the secret.
func (s Secret) GoString() string { return s.String() }

// MarshalText hides the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
