// Package guard proves from a Collector configuration, without running it, that
// nothing passes around the scrub processor.
//
// Data is raw from the receiver on, until a scrub processor in mode enforce has
// seen it. [Check] follows raw data through every pipeline, and through the
// connectors that join pipelines, and reports what it reaches: exporters,
// connectors (what is derived from raw data is raw), processors that are not
// known to keep, send and log nothing, and receivers that write it themselves.
//
// The proof is about ways, not about findings: what scrub takes out of the data
// that it sees is another matter. What a component does beyond its documented
// configuration is not seen.
package guard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Types of the components that the proof rests on.
const (
	// Processor is the type of the processor that takes secrets out.
	Processor = "scrub"
	// Extension is the type of the extension whose exemptions are honoured.
	Extension = "scrub_guard"
)

// enforce is the one mode of the scrub processor that takes anything out. It is
// the default of the processor.
const enforce = "enforce"

// tripwire is the mode that stands behind a scrub and looks for what it missed.
const tripwire = "tripwire"

// Result is what is known about a configuration. It is plain data.
type Result struct {
	// Pipelines is the number of pipelines, Paths the number of ways through one
	// of them: each leads from a receiver or connector to an exporter or connector.
	Pipelines, Paths int
	// Guarded says whether service::extensions names the extension that repeats the
	// proof when the gateway starts.
	Guarded bool
	// Exemptions are in force, in the order of the configuration. Nothing is proven
	// about their pipelines.
	Exemptions []Exemption
	// Problems are sorted by place, then by text. Without one, nothing passes around
	// scrub but by the exemptions.
	Problems []Problem
}

// Problem is one way around scrub, or one place that the proof cannot see into.
type Problem struct {
	// Path are the keys that lead to the place in the configuration. Items of lists
	// are counted from 0.
	Path []string
	// Text says what is wrong and what to do about it.
	Text string
}

// String is the place and the text, in the notation of the Collector:
//
//	service::pipelines::traces::exporters: receiver otlp -> pipeline traces -> exporter file: nothing on the way scrubs; ...
func (p Problem) String() string { return strings.Join(p.Path, "::") + ": " + p.Text }

// Check examines a configuration, as YAML decodes into it or as the Collector
// gives it to extensions. References such as ${env:NAME} may be left in it as
// text; where one hides what the proof needs to see, that is a problem. The
// configuration is only read. A shape that Check does not know is reported where
// the proof needs it, and is never a panic.
func Check(conf map[string]any) Result {
	c := checker{}
	c.conf, _ = plain(conf).(map[string]any)
	c.readGraph()
	c.readExemptions()
	c.follow()
	for _, p := range c.pipelines {
		if way := c.ways[p.id]; way != nil && !c.exempt(p.id) {
			c.checkProcessors(p)
			c.checkExits(p, way)
		}
	}
	c.checkReceivers()
	slices.SortFunc(c.problems, func(a, b Problem) int {
		return cmp.Or(slices.Compare(a.Path, b.Path), cmp.Compare(a.Text, b.Text))
	})
	return Result{
		Pipelines: len(c.pipelines), Paths: c.paths(), Guarded: len(c.guards()) > 0,
		Exemptions: c.exemptions, Problems: c.problems,
	}
}

// checker is the state of one Check.
type checker struct {
	conf       map[string]any
	pipelines  []pipeline // by id
	connectors map[string]bool
	processors map[string]any
	exemptions []Exemption
	ways       map[string]*way // by id of the pipeline that raw data reaches
	problems   []Problem
}

func (c *checker) report(path []string, format string, args ...any) {
	problem := Problem{Path: slices.Clone(path), Text: fmt.Sprintf(format, args...)}
	if !slices.ContainsFunc(c.problems, func(p Problem) bool { return p.String() == problem.String() }) {
		c.problems = append(c.problems, problem)
	}
}

// paths counts the ways through single pipelines.
func (c *checker) paths() int {
	n := 0
	for _, p := range c.pipelines {
		n += len(p.receivers) * len(p.exporters)
	}
	return n
}

// checkExits reports what raw data reaches at the end of a pipeline.
func (c *checker) checkExits(p pipeline, w *way) {
	if c.scrubs(p) {
		return
	}
	for _, id := range p.exporters {
		kind := "exporter"
		switch {
		case c.connectors[id]:
			kind = "connector"
		case typeOf(id) == "nop":
			continue // it throws everything away
		}
		c.report(p.path("exporters"), "%s -> %s %s: %s", w, kind, id, c.verdict(w))
	}
}

// verdict says why data is still raw at the end of a way, and what to do.
func (c *checker) verdict(w *way) string {
	watched := ""
	for _, p := range w.pipelines {
		for _, id := range p.processors {
			switch mode := c.mode(id); {
			case typeOf(id) != Processor:
			case mode == tripwire: // it is no scrub that was set wrongly
				watched = fmt.Sprintf(": %s has mode %q, which only counts", id, mode)
			default:
				return fmt.Sprintf("%s on the way has mode %q, and only %s takes anything out; set processors::%s::mode to %s", id, mode, enforce, id, enforce)
			}
		}
	}
	// The last one is not exempt, or nothing would be reported.
	first := w.pipelines[slices.IndexFunc(w.pipelines, func(p pipeline) bool { return !c.exempt(p.id) })]
	if first.signal() == "profiles" {
		return "nothing on the way scrubs, and scrub does not know profiles; remove the pipeline " + first.id
	}
	return fmt.Sprintf("nothing on the way scrubs%s; put scrub into the processors of pipeline %s, behind memory_limiter", watched, first.id)
}
