package guard

import (
	"maps"
	"slices"
	"strings"
)

// neighbour is a processor that may stand before scrub: it keeps data in memory
// at most, sends nothing elsewhere than to the next component, and derives
// nothing that does not pass scrub too. Each was read at v0.158.0.
type neighbour struct {
	// debug: at log level debug it writes values of the data to the log.
	debug bool
	// ottl: it runs OTTL, whose errors quote values of the data; unless told to be
	// silent about errors it logs them.
	ottl bool
}

// neighbours by type; deprecated names are still accepted by the Collector. Tail
// sampling is none: its conditions log errors that quote the data, and a decoded
// configuration does not show its policies.
var neighbours = map[string]neighbour{
	"attributes":         {debug: true}, // converting a value logs the one that cannot be converted
	"batch":              {},
	"filter":             {debug: true, ottl: true},
	"groupbyattrs":       {},
	"k8s_attributes":     {debug: true}, // logs the addresses and ids that it looks pods up by
	"k8sattributes":      {debug: true},
	"memory_limiter":     {},
	"resource":           {debug: true}, // as attributes
	"resource_detection": {},
	"resourcedetection":  {},
	"transform":          {debug: true, ottl: true},
}

// silent is the error mode of OTTL that logs nothing. The default logs.
const silent = "silent"

// checkProcessors reports the processors that see raw data and may not.
func (c *checker) checkProcessors(p pipeline) {
	for _, id := range p.processors {
		if c.enforces(id) {
			return
		}
		if typeOf(id) == Processor {
			continue // another mode: it changes nothing, and keeps nothing
		}
		n, ok := neighbours[typeOf(id)]
		if !ok {
			c.report(p.path("processors"), "got %s before scrub, where data is raw, allowed there: %s; put it behind scrub",
				id, strings.Join(slices.Sorted(maps.Keys(neighbours)), ", "))
			continue
		}
		c.checkNeighbour(p, id, n)
	}
}

// checkNeighbour reports the settings with which a processor may not stand before
// scrub.
func (c *checker) checkNeighbour(p pipeline, id string, n neighbour) {
	settings := c.section(c.processors, "processors", id)
	if mode, quotes := loud(settings); n.ottl && quotes {
		c.report([]string{"processors", id}, "error_mode: got %s, allowed while %s stands before scrub in pipeline %s: %s, because errors quote the data and are logged; or put it behind scrub",
			mode, id, p.id, silent)
	}
	logs := c.section(c.section(c.section(c.conf, "service"), "service", "telemetry"), "service", "telemetry", "logs")
	if level := text(logs["level"]); n.debug && strings.EqualFold(level, "debug") {
		c.report([]string{"service", "telemetry", "logs", "level"},
			"got %q, allowed while %s stands before scrub in pipeline %s: info, warn, error, because at debug it logs the data; or put it behind scrub",
			level, id, p.id)
	}
}

// loud returns the error mode with which a processor logs errors, if there is
// one. Groups of statements may have their own.
func loud(settings map[string]any) (mode string, quotes bool) {
	if mode := settings["error_mode"]; mode != silent {
		if mode == nil || mode == "" {
			return "nothing, which means ignore", true
		}
		return given(mode), true
	}
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		for _, group := range items(settings[key]) {
			g, _ := group.(map[string]any)
			if mode := g["error_mode"]; mode != nil && mode != "" && mode != silent {
				return given(mode), true
			}
		}
	}
	return "", false
}

// items is a list, or nothing.
func items(v any) []any {
	list, _ := v.([]any)
	return list
}

// writers are the operators of log receivers that write what they are given, to
// a file or to the output of the gateway.
var writers = []string{"file_output", "stdout"}

// checkReceivers reports receivers that write raw data themselves.
func (c *checker) checkReceivers() {
	receivers := c.byID(c.section(c.conf, "receivers"))
	for _, p := range c.pipelines {
		if c.exempt(p.id) {
			continue
		}
		for _, id := range c.receivers(p) {
			settings := c.section(receivers, "receivers", id)
			for _, writer := range writers {
				if runs(settings["operators"], writer) {
					c.report([]string{"receivers", id, "operators"}, "got the operator %s, allowed: operators that write nothing, because here data is raw; write it by an exporter behind scrub", writer)
				}
			}
		}
	}
}

// runs looks for an operator of a type at any depth: where YAML has one mapping,
// the decoded configuration has several inside each other.
func runs(v any, kind string) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return runs(item, kind) })
	case map[string]any:
		if v["type"] == kind {
			return true
		}
		for _, item := range v {
			if runs(item, kind) {
				return true
			}
		}
	}
	return false
}
