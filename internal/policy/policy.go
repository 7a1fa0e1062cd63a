package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/readygate/readygate/internal/detect"
)

// Set is a compiled configuration: the policy of the whole and those for some
// resources. It is immutable and safe for concurrent use.
type Set struct {
	// policies are in the order of their precedence; the last one matches always.
	policies []*Policy
	hash     string
	cases    []ruleCase
}

// Policy is what is done with the values of some resources.
type Policy struct {
	// Name is that of the configuration; empty for the policy of the whole.
	Name string
	// Scanner finds.
	Scanner *detect.Scanner

	match map[string][]string
	// allow are the spans to leave alone.
	allow []allowance
	// rules are by the index of the place.
	rules []*detect.Rules
}

// allowance is an entry of a list of what is allowed, with the key that it stands
// under.
type allowance struct {
	path   string
	allows func(d *detect.Detector, found string) bool
}

// Rules returns what is done at a place, by its index in the list that the policy
// was compiled with.
func (p *Policy) Rules(place int) *detect.Rules { return p.rules[place] }

// Options are what a policy is compiled for.
type Options struct {
	// Places are the names of the kinds of slots, in the order of their indexes.
	Places []string
	// MaxTime bounds the scan of one value; 0 means no bound.
	MaxTime time.Duration
}

// Compile makes the policies of a configuration, after it has checked it.
func (cfg *Config) Compile(o Options) (*Set, error) {
	if err := cfg.Validate(o.Places); err != nil {
		return nil, err
	}
	set := &Set{hash: cfg.hash()}
	var tokens *detect.Pseudonyms
	if p := cfg.Pseudonyms; p != nil {
		var err error
		if tokens, err = pseudonyms(KeyConfig{p.KeyID, p.Key, p.KeyFile}, p.Tenant); err != nil {
			return nil, err
		}
	}
	for i, r := range cfg.Rules {
		for j, c := range r.Cases {
			set.cases = append(set.cases, ruleCase{c, r.Name, i, j})
		}
	}
	var errs []error
	for i, resource := range cfg.resources() {
		p, err := cfg.compile(i, resource, tokens, o)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		set.policies = append(set.policies, p)
	}
	return set, errors.Join(errs...)
}

// resources returns the policies in the order of their precedence. The last one is
// the whole's, which says nothing otherwise.
func (cfg *Config) resources() []ResourceConfig {
	return append(slices.Clone(cfg.Policies), ResourceConfig{})
}

// settings are what a policy does with the detectors, by their names. What it says
// itself, by its preset or one by one, comes before what the whole says.
func (cfg *Config) settings(resource ResourceConfig) map[string]DetectorConfig {
	layers := []map[string]DetectorConfig{presets[or(cfg.Preset, "default")].detectors, cfg.Detectors, resource.Detectors}
	if resource.Preset != "" {
		layers = []map[string]DetectorConfig{cfg.Detectors, presets[resource.Preset].detectors, resource.Detectors}
	}
	settings := map[string]DetectorConfig{}
	for _, layer := range layers {
		for name, d := range layer {
			settings[name] = settings[name].with(d)
		}
	}
	return settings
}

// builtin returns the built-in detectors that are on in a policy: those of the default,
// of the packs and of the preset, and what is switched on or off one by one.
func (cfg *Config) builtin(resource ResourceConfig) []*detect.Detector {
	settings := cfg.settings(resource)
	on := detect.Select(slices.Concat(presets[or(resource.Preset, cfg.Preset, "default")].packs, cfg.Packs, resource.Packs)...)
	return slices.DeleteFunc(detect.Builtin(), func(d *detect.Detector) bool {
		if e := settings[d.Name].Enabled; e != nil {
			return !*e
		}
		return !slices.Contains(on, d)
	})
}

// compile makes the policy of a resource, the i-th.
func (cfg *Config) compile(i int, resource ResourceConfig, tokens *detect.Pseudonyms, o Options) (*Policy, error) {
	settings := cfg.settings(resource)
	detectors := cfg.builtin(resource)
	for _, r := range cfg.Rules {
		d, err := r.detector()
		if err != nil {
			return nil, err
		}
		if e := settings[d.Name].Enabled; e == nil || *e {
			detectors = append(detectors, d)
		}
	}
	scanner, err := detect.New(detectors...)
	if err != nil {
		return nil, err
	}
	scanner.MaxTime = o.MaxTime
	p := &Policy{Name: resource.Name, Scanner: scanner, match: resource.Match}
	common := scanner.Rules()
	common.Pseudonymise(tokens)
	for _, d := range scanner.Detectors() {
		if a, ok := detect.ParseAction(settings[d.Name].Action); ok {
			common.Set(d, a)
		}
		if c, ok := detect.ParseConfidence(settings[d.Name].Confidence); ok {
			common.From(d, c)
		}
	}
	for j, a := range cfg.Allow {
		p.allow = append(p.allow, allowance{fmt.Sprintf("allow[%d]", j), a.matcher()})
	}
	for j, a := range resource.Allow {
		p.allow = append(p.allow, allowance{fmt.Sprintf("policies[%d].allow[%d]", i, j), a.matcher()})
	}
	for _, a := range p.allow {
		common.Allow(a.allows)
	}
	for _, place := range o.Places {
		rules := common
		for _, d := range scanner.Detectors() {
			if a, ok := detect.ParseAction(settings[d.Name].Places[place]); ok {
				if rules == common {
					rules = common.Clone()
				}
				rules.Set(d, a)
			}
		}
		p.rules = append(p.rules, rules)
	}
	return p, nil
}

// with returns d with what over says otherwise.
func (d DetectorConfig) with(over DetectorConfig) DetectorConfig {
	if over.Enabled != nil {
		d.Enabled = over.Enabled
	}
	d.Action = or(over.Action, d.Action)
	d.Confidence = or(over.Confidence, d.Confidence)
	if len(over.Places) > 0 {
		places := maps.Clone(d.Places)
		if places == nil {
			places = map[string]string{}
		}
		maps.Copy(places, over.Places)
		d.Places = places
	}
	return d
}

// or returns the first that is not empty.
func or(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// For returns the policy of a resource, whose attributes get looks up.
func (s *Set) For(get func(attribute string) (string, bool)) *Policy {
	for _, p := range s.policies[:len(s.policies)-1] {
		if p.matches(get) {
			return p
		}
	}
	return s.Default()
}

// Default returns the policy of the whole, which is that of all resources that no
// other policy matches.
func (s *Set) Default() *Policy { return s.policies[len(s.policies)-1] }

// Policies returns all policies, the default last.
func (s *Set) Policies() []*Policy { return slices.Clone(s.policies) }

// Hash identifies the configuration: two gateways with the same hash do the same,
// if they are of the same version. Keys of pseudonyms are not part of it, their
// ids are.
func (s *Set) Hash() string { return s.hash }

func (cfg *Config) hash() string {
	// Secrets marshal to a placeholder.
	text, err := json.Marshal(cfg)
	if err != nil {
		panic(err) // strings, lists and maps always marshal
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}
