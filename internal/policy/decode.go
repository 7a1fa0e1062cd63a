package policy

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/spell"
)

// decoder reads YAML nodes into a configuration and collects problems. It goes on
// after a problem.
type decoder struct {
	name     string
	problems Problems
	// nodes are the values, or the keys of lists and mappings, by their paths.
	nodes map[string]*yaml.Node
}

// entry is a key of a mapping with its value.
type entry struct{ key, value *yaml.Node }

func (d *decoder) problem(n *yaml.Node, path, format string, args ...any) {
	d.problems = append(d.problems, FileProblem{Problem{path, fmt.Sprintf(format, args...)}, d.name, n.Line, n.Column})
}

// node returns the node of a path, or that of the nearest it would stand in.
func (d *decoder) node(path string) *yaml.Node {
	for {
		if n := d.nodes[path]; n != nil || path == "" {
			return n
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
}

// told reports whether there is a problem with the path already, or with what it
// stands in.
func (d *decoder) told(path string) bool {
	return slices.ContainsFunc(d.problems, func(p FileProblem) bool {
		rest, inside := strings.CutPrefix(path, p.Path)
		return p.Path != "" && inside && (rest == "" || rest[0] == '.' || rest[0] == '[')
	})
}

// otherKeys are those of the processor that are no policy.
var otherKeys = []string{"mode", "sample_ratio", "max_value_bytes", "max_depth", "max_value_time"}

// root reads a whole policy. A processor may have no configuration at all, a file
// that is a policy may not.
func (d *decoder) root(n *yaml.Node, to *Config, bare bool) {
	d.nodes[""] = n
	if !bare && n.ShortTag() == "!!null" {
		return
	}
	d.structure(n, "", reflect.ValueOf(to).Elem(), otherKeys)
}

// entries returns the entries of a mapping, or nil after a problem with its kind.
func (d *decoder) entries(n *yaml.Node, path, allowed string) map[string]entry {
	if n.Kind != yaml.MappingNode {
		d.problem(n, path, "got %s, allowed: %s", given(n), allowed)
		return nil
	}
	entries := make(map[string]entry, len(n.Content)/2)
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.ShortTag() == "!!merge" {
			d.problem(key, path, "got a merge (<<), which only the gateway reads, allowed: %s; what is merged can be read where its anchor (&) stands", allowed)
			continue
		}
		if key.Kind != yaml.ScalarNode {
			d.problem(key, path, "got a key that is no text, allowed: %s", allowed)
			continue
		}
		if first, twice := entries[key.Value]; twice {
			d.problem(key, join(path, key.Value), "got the key again, allowed: each key once (it is on line %d)", first.key.Line)
			continue
		}
		entries[key.Value] = entry{key, n.Content[i+1]}
	}
	return entries
}

// structure reads a mapping with the fields of a type; others are keys to pass by.
func (d *decoder) structure(n *yaml.Node, path string, to reflect.Value, others []string) {
	fields := map[string]reflect.Value{}
	var names []string
	collect(to, func(name string, field reflect.Value) {
		fields[name] = field
		names = append(names, name)
	})
	for _, e := range ordered(d.entries(n, path, "a mapping with the keys "+strings.Join(names, ", "))) {
		name := e.key.Value
		if field, ok := fields[name]; ok {
			d.read(e, join(path, name), field)
		} else if !slices.Contains(others, name) {
			d.problem(e.key, join(path, name), "got an unknown key, allowed: %s%s", strings.Join(names, ", "), meant(name, names))
		}
	}
}

// collect calls found for each field of a structure, with its key.
func collect(s reflect.Value, found func(name string, field reflect.Value)) {
	for i := range s.NumField() {
		name, option, _ := strings.Cut(s.Type().Field(i).Tag.Get("yaml"), ",")
		if option == "inline" {
			collect(s.Field(i), found)
			continue
		}
		found(name, s.Field(i))
	}
}

// ordered returns the entries as they stand in the file.
func ordered(entries map[string]entry) []entry {
	list := make([]entry, 0, len(entries))
	for _, e := range entries {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b entry) int {
		if a.key.Line != b.key.Line {
			return a.key.Line - b.key.Line
		}
		return a.key.Column - b.key.Column
	})
	return list
}

// read reads the value of an entry. A key without a value is one that is not set.
func (d *decoder) read(e entry, path string, to reflect.Value) {
	d.nodes[path] = e.value
	if e.value.Kind != yaml.ScalarNode || e.value.ShortTag() == "!!null" {
		d.nodes[path] = e.key
	}
	if e.value.ShortTag() != "!!null" {
		d.value(e.value, path, to)
	}
}

// value reads a node into a place of any of the types of a configuration.
func (d *decoder) value(n *yaml.Node, path string, to reflect.Value) {
	secret := to.Type() == reflect.TypeFor[Secret]()
	if n.Kind == yaml.AliasNode {
		d.problem(n, path, "got an alias, allowed: the value itself")
		return
	}
	switch to.Kind() {
	case reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		d.value(n, path, to.Elem())
	case reflect.Struct:
		d.structure(n, path, to, nil)
	case reflect.Map:
		made := reflect.MakeMap(to.Type())
		for _, e := range ordered(d.entries(n, path, "a mapping")) {
			item := reflect.New(to.Type().Elem()).Elem()
			d.read(e, join(path, e.key.Value), item)
			made.SetMapIndex(reflect.ValueOf(e.key.Value), item)
		}
		to.Set(made)
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			d.problem(n, path, "got %s, allowed: a list", given(n))
			return
		}
		to.Set(reflect.MakeSlice(to.Type(), len(n.Content), len(n.Content)))
		for i, item := range n.Content {
			at := path + "[" + strconv.Itoa(i) + "]"
			d.nodes[at] = item
			d.value(item, at, to.Index(i))
		}
	case reflect.Bool:
		if text, ok := d.expand(n, path, false); ok {
			b, err := strconv.ParseBool(text)
			if err != nil || n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" && text == n.Value {
				d.problem(n, path, "got %s, allowed: true or false", given(n))
			}
			to.SetBool(b)
		}
	default:
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" {
			got := given(n)
			if secret && n.Kind == yaml.ScalarNode {
				got = "a number or a word that YAML does not take for text"
			} else if n.Kind == yaml.ScalarNode {
				got += " without quotes"
			}
			d.problem(n, path, "got %s, allowed: text", got)
			return
		}
		if text, ok := d.expand(n, path, secret); ok {
			to.SetString(text)
		}
	}
}

// meant is what to add to a message about a word that nobody knows.
func meant(word string, known []string) string {
	if near := spell.Nearest(word, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// given describes what a file has, as its author wrote it.
func given(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.AliasNode:
		return "an alias"
	case n.ShortTag() == "!!null":
		return "nothing"
	case n.ShortTag() != "!!str":
		return n.Value
	}
	const longest = 60 // characters; enough to recognise a value
	if r := []rune(n.Value); len(r) > longest {
		return strconv.Quote(string(r[:longest])) + "..."
	}
	return strconv.Quote(n.Value)
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
