package policy

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/readygate/readygate/internal/detect"
)

// Problem is one thing that is wrong with a configuration.
type Problem struct {
	// Path is the key, such as policies[1].detectors.email.action.
	Path string
	// Text says what was given and what is allowed.
	Text string
}

func (p Problem) Error() string { return p.Path + ": " + p.Text }

// checker collects problems.
type checker struct {
	problems []Problem
	places   []string
	// kinds are the names of all detectors, the user's rules included.
	kinds      map[string]*detect.Detector
	pseudonyms bool
}

func (c *checker) wrong(path, format string, args ...any) {
	c.problems = append(c.problems, Problem{path, fmt.Sprintf(format, args...)})
}

// Check returns everything that is wrong with the configuration; places are the
// names that a place may have.
func (cfg *Config) Check(places []string) []Problem {
	c := &checker{places: places, kinds: map[string]*detect.Detector{}, pseudonyms: cfg.Pseudonyms != nil}
	for _, d := range detect.Builtin() {
		c.kinds[d.Name] = d
	}
	for i, r := range cfg.Rules {
		c.rule(fmt.Sprintf("rules[%d]", i), r)
	}
	if cfg.Pseudonyms != nil {
		c.keys(cfg.Pseudonyms)
	}
	c.override("", cfg.Override)
	names := map[string]bool{}
	for i, p := range cfg.Policies {
		path := fmt.Sprintf("policies[%d]", i)
		switch {
		case p.Name == "":
			c.wrong(path+".name", "got none, allowed: a name of the policy")
		case names[p.Name]:
			c.wrong(path+".name", "got %q, which is the name of another policy too", p.Name)
		}
		names[p.Name] = true
		if len(p.Match) == 0 {
			c.wrong(path+".match", "got none, allowed: resource attributes with their values, such as service.name: [payments]")
		}
		for _, attribute := range slices.Sorted(maps.Keys(p.Match)) {
			if len(p.Match[attribute]) == 0 {
				c.wrong(path+".match."+attribute, "got no values, allowed: a list of one or more")
			}
		}
		c.override(path+".", p.Override)
	}
	c.cards(cfg)
	if len(c.problems) == 0 {
		c.idle(cfg)
	}
	return c.problems
}

// idle finds settings of built-in detectors that are off wherever the settings reach:
// whoever wrote them believes that something is done.
func (c *checker) idle(cfg *Config) {
	anywhere := map[string]bool{}
	for i, resource := range cfg.resources() {
		here := map[string]bool{}
		for _, d := range cfg.builtin(resource) {
			here[d.Name], anywhere[d.Name] = true, true
		}
		if i < len(cfg.Policies) {
			c.off(fmt.Sprintf("policies[%d].", i), resource.Detectors, here)
		}
	}
	c.off("", cfg.Detectors, anywhere)
}

func (c *checker) off(path string, detectors map[string]DetectorConfig, on map[string]bool) {
	for _, name := range slices.Sorted(maps.Keys(detectors)) {
		d := detectors[name]
		if !c.kinds[name].Built() || on[name] || d.Enabled != nil && !*d.Enabled || d.Action == "" && d.Confidence == "" && len(d.Places) == 0 {
			continue
		}
		c.wrong(path+"detectors."+name, "the detector is off here, so that this does nothing; allowed: enabled: true beside it, %s", packsOf(c.kinds[name]))
	}
}

// packsOf tells what else switches a detector on.
func packsOf(d *detect.Detector) string {
	if d.OnByDefault() {
		return "or no enabled: false elsewhere"
	}
	return "or one of the packs " + strings.Join(d.Packs, ", ")
}

// Validate is Check as one error, nil if nothing is wrong.
func (cfg *Config) Validate(places []string) error {
	var errs []error
	for _, p := range cfg.Check(places) {
		errs = append(errs, p)
	}
	return errors.Join(errs...)
}

func (c *checker) rule(path string, r RuleConfig) {
	if r.Action != "" {
		c.action(path+".action", r.Name, r.Action)
	}
	d, err := r.detector()
	if err != nil {
		c.join(path, err, "name", "regex", "literals", "validator")
	}
	switch {
	case c.kinds[r.Name] != nil:
		c.wrong(path+".name", "got %q, which is the name of another detector", r.Name)
	case d != nil:
		c.kinds[r.Name] = d
	}
	for i, k := range r.Cases {
		if k.In == "" {
			c.wrong(fmt.Sprintf("%s.cases[%d].in", path, i), "got none, allowed: a text")
		}
	}
}

// detector compiles the rule.
func (r RuleConfig) detector() (*detect.Detector, error) {
	action, _ := detect.ParseAction(r.Action) // checked before
	return detect.NewRule(detect.Rule{
		Name: r.Name, Summary: r.Description, Literals: r.Literals, Regex: r.Regex, AllowSlow: r.AllowSlow,
		Keys: r.Keys, Near: r.Near, Validator: r.Validator, Action: action,
	})
}

func (c *checker) override(path string, o Override) {
	if _, known := presets[o.Preset]; o.Preset != "" && !known {
		c.wrong(path+"preset", "got %q, allowed: %s%s", o.Preset, strings.Join(Presets(), ", "), meant(o.Preset, Presets()))
	}
	for i, pack := range o.Packs {
		if !slices.Contains(detect.Packs(), pack) {
			c.wrong(fmt.Sprintf("%spacks[%d]", path, i), "got %q, allowed: %s%s", pack, strings.Join(detect.Packs(), ", "), meant(pack, detect.Packs()))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Detectors)) {
		at := path + "detectors." + name
		if c.kinds[name] == nil {
			c.wrong(at, "no detector has this name; readyctl scrub rules lists them%s", c.meant(name))
			continue
		}
		c.detector(at, name, o.Detectors[name])
	}
	for i, a := range o.Allow {
		c.allow(fmt.Sprintf("%sallow[%d]", path, i), a)
	}
}

// meant is what to add to a message about a detector that nobody knows.
func (c *checker) meant(name string) string {
	return meant(name, slices.Sorted(maps.Keys(c.kinds)))
}

func (c *checker) detector(path, name string, d DetectorConfig) {
	if d.Action != "" {
		c.action(path+".action", name, d.Action)
	}
	for _, place := range slices.Sorted(maps.Keys(d.Places)) {
		at := path + ".places." + place
		if !slices.Contains(c.places, place) {
			c.wrong(at, "no place has this name, allowed: %s%s", strings.Join(c.places, ", "), meant(place, c.places))
		}
		c.action(at, name, d.Places[place])
	}
	if _, ok := detect.ParseConfidence(d.Confidence); d.Confidence != "" && !ok {
		c.wrong(path+".confidence", "got %q, allowed: possible, likely, certain", d.Confidence)
	}
}

// action checks what is done with what a detector finds.
func (c *checker) action(path, name, word string) {
	action, ok := detect.ParseAction(word)
	switch d := c.kinds[name]; {
	case !ok:
		c.wrong(path, "got %q, allowed: %s%s", word, strings.Join(detect.ActionNames(), ", "), meant(word, detect.ActionNames()))
	case action == detect.Partial && (d == nil || !d.CanKeep()):
		c.wrong(path, "got partial, but nothing of what %s finds may stay readable, allowed: %s", name,
			strings.Join(slices.DeleteFunc(detect.ActionNames(), func(a string) bool { return a == word }), ", "))
	case action == detect.Pseudonym && !c.pseudonyms:
		c.wrong(path, "got pseudonym, which needs a key: set pseudonyms.key_id and pseudonyms.key or pseudonyms.key_file")
	}
}

func (c *checker) allow(path string, a AllowConfig) {
	if c.kinds[a.Detector] == nil {
		c.wrong(path+".detector", "got %q, allowed: the name of a detector; readyctl scrub rules lists them%s", a.Detector, c.meant(a.Detector))
	}
	if len(a.Values) == 0 && a.Regex == "" {
		c.wrong(path, "it allows nothing, allowed: values, regex or both")
	}
	for i, v := range a.Values {
		switch {
		case v == "":
			c.wrong(fmt.Sprintf("%s.values[%d]", path, i), "got nothing, allowed: a match, in which * stands for any text")
		case strings.Trim(v, "*") == "":
			c.wrong(fmt.Sprintf("%s.values[%d]", path, i), "got %q, which would allow everything; switch the detector off instead", v)
		}
	}
	if a.Regex != "" {
		if _, err := regexp.Compile(a.Regex); err != nil {
			c.wrong(path+".regex", "%v", err)
		}
	}
}

func (c *checker) keys(p *PseudonymConfig) {
	if _, err := pseudonyms(KeyConfig{p.KeyID, p.Key, p.KeyFile}, p.Tenant); err != nil {
		c.join("pseudonyms", err, keyKeys...)
	}
	ids := map[string]bool{p.KeyID: true}
	for i, k := range p.Previous {
		path := fmt.Sprintf("pseudonyms.previous[%d]", i)
		if _, err := pseudonyms(k, p.Tenant); err != nil {
			c.join(path, err, keyKeys...)
		}
		if ids[k.KeyID] {
			c.wrong(path+".key_id", "got the id of another key, allowed: another id for each")
		}
		ids[k.KeyID] = true
	}
}

// join notes each of the errors that were joined; one that begins with one of the
// keys stands under it.
func (c *checker) join(path string, err error, keys ...string) {
	for _, e := range each(err) {
		at, text := path, e.Error()
		if key, rest, _ := strings.Cut(text, ": "); slices.Contains(keys, key) {
			at, text = path+"."+key, rest
		}
		c.wrong(at, "%s", text)
	}
}

// each returns the errors that were joined, or the one that was not.
func each(err error) []error {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return joined.Unwrap()
	}
	return []error{err}
}
