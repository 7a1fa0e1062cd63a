package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/spell"
)

// decoder walks YAML nodes and collects problems. Its methods take a node and
// the key path that leads to it, and go on after a problem.
type decoder struct {
	name     string
	problems Problems
}

// reader reads one node into the place that it was made for. After a problem
// the place holds anything: the caller of Parse never sees it.
type reader func(n *yaml.Node, path string)

// field is one key that a mapping may have. The order of fields is the order in
// which they are read, whatever the order in the file.
type field struct {
	key  string
	read reader
	// required says what is allowed here when the key is missing; empty means
	// that the key may be left out.
	required string
}

func (d *decoder) report(line, column int, path, got, allowed, hint string) {
	d.problems = append(d.problems, Problem{
		File: d.name, Line: line, Column: column, Path: path, Got: got, Allowed: allowed, Hint: hint,
	})
}

func (d *decoder) fail(n *yaml.Node, path, got, allowed string) {
	d.report(n.Line, n.Column, path, got, allowed, "")
}

// mapping reads the fields of a mapping and reports every key that is unknown,
// repeated or missing.
func (d *decoder) mapping(n *yaml.Node, path string, fields []field) {
	if !d.kind(n, path, yaml.MappingNode, "a mapping") {
		return
	}
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	values := make(map[string]*yaml.Node, len(fields))
	lines := make(map[string]int, len(fields))
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !d.kind(key, path, yaml.ScalarNode, "one of the keys "+strings.Join(keys, ", ")) {
			continue
		}
		name := key.Value
		if line, twice := lines[name]; twice {
			d.fail(key, join(path, name), "the key again", fmt.Sprintf("each key once (it is on line %d)", line))
			continue
		}
		if !slices.Contains(keys, name) {
			d.report(key.Line, key.Column, join(path, name), "an unknown key", strings.Join(keys, ", "), spell.Nearest(name, keys))
			continue
		}
		values[name], lines[name] = value, key.Line
	}
	for _, f := range fields {
		if value, ok := values[f.key]; ok {
			f.read(value, join(path, f.key))
		} else if f.required != "" {
			d.fail(n, join(path, f.key), "nothing", f.required)
		}
	}
}

// list calls read for each item of a list.
func (d *decoder) list(allowed string, read reader) reader {
	return func(n *yaml.Node, path string) {
		if !d.kind(n, path, yaml.SequenceNode, allowed) {
			return
		}
		for i, item := range n.Content {
			read(item, fmt.Sprintf("%s[%d]", path, i))
		}
	}
}

// text reads a string, as [decoder.words] does.
func (d *decoder) text(to *string, allowed string) reader {
	return func(n *yaml.Node, path string) { *to, _ = d.words(n, path, allowed) }
}

// words returns a string that is neither empty nor has control characters.
func (d *decoder) words(n *yaml.Node, path, allowed string) (words string, ok bool) {
	if !d.kind(n, path, yaml.ScalarNode, allowed) {
		return "", false
	}
	switch tag := n.ShortTag(); {
	case tag == "!!null", n.Value == "", strings.ContainsFunc(n.Value, unprintable):
		d.fail(n, path, given(n), allowed)
	case tag != "!!str":
		d.fail(n, path, given(n)+" without quotes", allowed)
	default:
		return n.Value, true
	}
	return "", false
}

// unprintable reports whether the character does not show, in no script.
func unprintable(r rune) bool { return unicode.IsControl(r) || r == 0xfffe || r == 0xffff }

// number reads a number for which ok holds; it never holds for NaN.
func (d *decoder) number(to *float64, allowed string, ok func(float64) bool) reader {
	return func(n *yaml.Node, path string) {
		numeric := n.ShortTag() == "!!float" || n.ShortTag() == "!!int"
		if d.kind(n, path, yaml.ScalarNode, allowed) && (!numeric || n.Decode(to) != nil || !ok(*to)) {
			d.fail(n, path, given(n), allowed)
		}
	}
}

// duration reads a duration in Go's notation for which ok holds.
func (d *decoder) duration(to *time.Duration, allowed string, ok func(time.Duration) bool) reader {
	return func(n *yaml.Node, path string) {
		if !d.kind(n, path, yaml.ScalarNode, allowed) {
			return
		}
		v, err := time.ParseDuration(n.Value)
		if err != nil || n.ShortTag() != "!!str" || !ok(v) {
			d.fail(n, path, given(n), allowed)
		}
		*to = v
	}
}

// kind reports whether the node is of the kind, and plain.
func (d *decoder) kind(n *yaml.Node, path string, kind yaml.Kind, allowed string) bool {
	if !d.plain(n, path) {
		return false
	}
	if n.Kind != kind {
		d.fail(n, path, given(n), allowed)
		return false
	}
	return true
}

// plain refuses the parts of YAML that let a file say something elsewhere than
// where it is read: aliases, which can also make a small file huge, and tags.
func (d *decoder) plain(n *yaml.Node, path string) bool {
	switch {
	case n.Kind == yaml.AliasNode:
		d.fail(n, path, "the alias *"+n.Value, "the value itself")
	case n.Anchor != "":
		d.fail(n, path, "the anchor &"+n.Anchor, "a value without an anchor")
	case n.Style&yaml.TaggedStyle != 0:
		d.fail(n, path, "the tag "+n.Tag, "a value without a tag")
	default:
		return true
	}
	return false
}

// given describes what a file has, as the author wrote it.
func given(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
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
