package guard

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// pipeline is an entry of service::pipelines. Ids in it are without the spaces
// that the Collector allows around their parts, and each is there once.
type pipeline struct {
	id                               string
	receivers, processors, exporters []string
}

func (p pipeline) signal() string { return typeOf(p.id) }

func (p pipeline) path(keys ...string) []string {
	return append([]string{"service", "pipelines", p.id}, keys...)
}

// way is how raw data comes to a pipeline: from a receiver through pipelines, of
// which the last is the one that it comes to, joined by connectors.
type way struct {
	pipelines  []pipeline
	connectors []string // one less than pipelines
	receivers  []string // of the first pipeline
}

// String is the way in words: receiver otlp -> pipeline traces/a -> connector
// forward -> pipeline traces/b.
func (w *way) String() string {
	var b strings.Builder
	b.WriteString("receiver")
	if len(w.receivers) > 1 {
		b.WriteString("s")
	}
	b.WriteString(" " + strings.Join(w.receivers, ", "))
	for i, p := range w.pipelines {
		if i > 0 {
			b.WriteString(" -> connector " + w.connectors[i-1])
		}
		b.WriteString(" -> pipeline " + p.id)
	}
	return b.String()
}

// readGraph reads the pipelines and the names that are connectors.
func (c *checker) readGraph() {
	c.processors = c.byID(c.section(c.conf, "processors"))
	c.connectors = map[string]bool{}
	for id := range c.byID(c.section(c.conf, "connectors")) {
		c.connectors[id] = true
	}
	pipelines := c.section(c.section(c.conf, "service"), "service", "pipelines")
	for _, key := range slices.Sorted(maps.Keys(pipelines)) {
		p := pipeline{id: identify(key)}
		body := c.section(pipelines, "service", "pipelines", key)
		p.receivers = c.ids(body, "service", "pipelines", key, "receivers")
		p.processors = c.ids(body, "service", "pipelines", key, "processors")
		p.exporters = c.ids(body, "service", "pipelines", key, "exporters")
		c.pipelines = append(c.pipelines, p)
	}
}

// follow finds, for each pipeline that raw data reaches, one shortest way of it.
// A connector joins every pipeline that it ends with every one that it begins,
// whatever their signals; only forward is known to keep to one signal.
func (c *checker) follow() {
	c.ways = map[string]*way{}
	var reached []pipeline
	for _, p := range c.pipelines {
		if raw := c.receivers(p); len(raw) > 0 {
			c.ways[p.id] = &way{pipelines: []pipeline{p}, receivers: raw}
			reached = append(reached, p)
		}
	}
	for ; len(reached) > 0; reached = reached[1:] {
		from := reached[0]
		if c.scrubs(from) {
			continue
		}
		for _, to := range c.pipelines {
			if connector, ok := c.joined(from, to); ok && c.ways[to.id] == nil {
				before := c.ways[from.id]
				c.ways[to.id] = &way{
					pipelines:  append(slices.Clone(before.pipelines), to),
					connectors: append(slices.Clone(before.connectors), connector),
					receivers:  before.receivers,
				}
				reached = append(reached, to)
			}
		}
	}
}

// receivers are those of a pipeline that are no connectors.
func (c *checker) receivers(p pipeline) []string {
	return slices.DeleteFunc(slices.Clone(p.receivers), func(id string) bool { return c.connectors[id] })
}

// joined is the first connector that leads from one pipeline to the other.
func (c *checker) joined(from, to pipeline) (connector string, ok bool) {
	for _, id := range from.exporters {
		if c.connectors[id] && slices.Contains(to.receivers, id) && (typeOf(id) != "forward" || from.signal() == to.signal()) {
			return id, true
		}
	}
	return "", false
}

// scrubs reports whether a pipeline takes secrets out of what it is given.
func (c *checker) scrubs(p pipeline) bool { return slices.ContainsFunc(p.processors, c.enforces) }

// enforces reports whether a processor is scrub and takes secrets out.
func (c *checker) enforces(id string) bool { return typeOf(id) == Processor && c.mode(id) == enforce }

// mode is the mode of a scrub processor.
func (c *checker) mode(id string) string {
	switch mode := c.section(c.processors, "processors", id)["mode"].(type) {
	case nil:
		return enforce
	case string:
		return mode
	default:
		return given(mode)
	}
}

// section returns the mapping at the last key of the path, which is a key of the
// parent; nothing where there is none.
func (c *checker) section(parent map[string]any, path ...string) map[string]any {
	switch v := parent[path[len(path)-1]].(type) {
	case nil:
		return nil
	case map[string]any:
		return v
	default:
		c.hidden(path, v, "a mapping")
		return nil
	}
}

// list is section for a list.
func (c *checker) list(parent map[string]any, path ...string) []any {
	switch v := parent[path[len(path)-1]].(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		c.hidden(path, v, "a list")
		return nil
	}
}

// ids is list for a list of ids.
func (c *checker) ids(parent map[string]any, path ...string) []string {
	var ids []string
	for i, item := range c.list(parent, path...) {
		text, ok := item.(string)
		if !ok {
			c.hidden(append(slices.Clone(path), strconv.Itoa(i)), item, "the name of a component")
			continue
		}
		if id := identify(text); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (c *checker) hidden(path []string, got any, allowed string) {
	c.report(path, "got %s, allowed: %s that is written out here, because nothing can be proven about what is not", given(got), allowed)
}

// byID is a section with its keys as ids.
func (c *checker) byID(section map[string]any) map[string]any {
	byID := make(map[string]any, len(section))
	for key, value := range section {
		byID[identify(key)] = value
	}
	return byID
}

// identify returns an id without the spaces that the Collector ignores.
func identify(text string) string {
	kind, name, named := strings.Cut(text, "/")
	if !named {
		return strings.TrimSpace(kind)
	}
	return strings.TrimSpace(kind) + "/" + strings.TrimSpace(name)
}

// typeOf is the part of an id before the slash.
func typeOf(id string) string {
	kind, _, _ := strings.Cut(id, "/")
	return kind
}

// given describes a value without showing more of it than is needed to find it.
func given(v any) string {
	const longest = 60 // characters
	switch v := v.(type) {
	case string:
		if r := []rune(v); len(r) > longest {
			return strconv.Quote(string(r[:longest])) + "..."
		}
		return strconv.Quote(v)
	case map[string]any:
		return "a mapping"
	case []any:
		return "a list"
	case nil:
		return "nothing"
	case bool, int, int64, uint64, float64:
		return fmt.Sprint(v)
	}
	return fmt.Sprintf("a %T", v)
}
