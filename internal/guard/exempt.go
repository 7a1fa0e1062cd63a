package guard

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Exemption lets one pipeline pass raw data, because its operator answers for
// where the data goes: to a tier that scrubs, for example. What the pipeline
// passes on by connectors stays raw, and the pipelines behind them need
// exemptions of their own. The zero value is not valid.
type Exemption struct {
	// Pipeline is the id of a pipeline, such as traces/raw.
	Pipeline string `mapstructure:"pipeline"`
	// Reason says who answers for the data, and why. It is logged at every start.
	Reason string `mapstructure:"reason"`
}

// Validate reports what is missing. Whether the pipeline exists is for [Check].
func (e Exemption) Validate() error {
	var errs []error
	if strings.TrimSpace(e.Pipeline) == "" {
		errs = append(errs, errors.New("pipeline: got nothing, allowed: the id of a pipeline, such as traces/raw"))
	}
	if strings.TrimSpace(e.Reason) == "" {
		errs = append(errs, errors.New("reason: got nothing, allowed: a sentence that says why its data may pass unscrubbed"))
	}
	return errors.Join(errs...)
}

// guards are the ids of the extensions that are switched on and honoured.
func (c *checker) guards() []string {
	extensions := c.ids(c.section(c.conf, "service"), "service", "extensions")
	return slices.DeleteFunc(extensions, func(id string) bool { return typeOf(id) != Extension })
}

// readExemptions reads what the guards allow. One that names no pipeline, or has
// no reason, is not in force.
func (c *checker) readExemptions() {
	extensions := c.byID(c.section(c.conf, "extensions"))
	known := make([]string, len(c.pipelines))
	for i, p := range c.pipelines {
		known[i] = p.id
	}
	for _, id := range c.guards() {
		list := []string{"extensions", id, "allow_unscrubbed"}
		for i, item := range c.list(c.section(extensions, list[:2]...), list...) {
			path := append(slices.Clone(list), strconv.Itoa(i))
			entry, ok := item.(map[string]any)
			if !ok {
				c.hidden(path, item, "a mapping")
				continue
			}
			e := Exemption{Pipeline: identify(text(entry["pipeline"])), Reason: text(entry["reason"])}
			if err := e.Validate(); err != nil {
				for line := range strings.Lines(err.Error()) {
					c.report(path, "%s", strings.TrimSpace(line))
				}
			} else if !slices.Contains(known, e.Pipeline) {
				c.report(path, "pipeline: got %s, allowed: %s", given(e.Pipeline), strings.Join(known, ", "))
			} else {
				c.exemptions = append(c.exemptions, e)
			}
		}
	}
}

func (c *checker) exempt(pipeline string) bool {
	return slices.ContainsFunc(c.exemptions, func(e Exemption) bool { return e.Pipeline == pipeline })
}

// text is a string, or nothing.
func text(v any) string {
	s, _ := v.(string)
	return s
}
