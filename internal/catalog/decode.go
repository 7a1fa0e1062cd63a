package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/spell"
)

// decoder walks YAML nodes and collects problems. It goes on after a problem.
type decoder struct {
	name     string
	problems Problems
	// told are the paths of problems.
	told map[string]bool
	// references are names of things that are declared elsewhere in the file.
	references []reference
	// gaps are those of the day patterns of schedules that were computed before.
	gaps map[dayPattern]int
}

func (d *decoder) report(line, column int, path, got, allowed, hint string) {
	if d.told == nil {
		d.told = make(map[string]bool)
	}
	d.told[path] = true
	d.problems = append(d.problems, Problem{
		File: d.name, Line: line, Column: column, Path: path, Got: got, Allowed: allowed, Hint: hint,
	})
}

func (d *decoder) fail(n *node, path, got, allowed string) {
	d.report(n.Line, n.Column, path, got, allowed, "")
}

// notOneOf reports a word that is none of those allowed.
func (d *decoder) notOneOf(n *node, path string, words []string, allowed string) {
	d.report(n.Line, n.Column, path, given(n), allowed, spell.Nearest(n.Value, words))
}

// words returns a string that is neither empty nor has control characters.
func (d *decoder) words(n *node, path, allowed string) (words string, ok bool) {
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

// kind reports whether the node is of the kind, and plain.
func (d *decoder) kind(n *node, path string, kind yaml.Kind, allowed string) bool {
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
func (d *decoder) plain(n *node, path string) bool {
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
func given(n *node) string {
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

// marked reports whether the node has an anchor or a tag, with which it is not read.
func marked(n *node) bool { return n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 }

// entry is a mapping of the file, or nothing: its zero value has no keys. What is
// refused by its form, because it is marked, has none either.
type entry struct {
	node *node
	path string
}

// value is what the mapping has under the key; nil where it does not have it.
func (e entry) value(key string) *node {
	if e.node == nil || e.node.Kind != yaml.MappingNode || marked(e.node) {
		return nil
	}
	for i := 0; i < len(e.node.Content); i += 2 {
		if e.node.Content[i].Value == key {
			return e.node.Content[i+1]
		}
	}
	return nil
}

// has reports whether the mapping has the key.
func (e entry) has(key string) bool { return e.value(key) != nil }

// at is the mapping under the key.
func (e entry) at(key string) entry { return entry{e.value(key), join(e.path, key)} }

// items are the mappings of the list under the key.
func (e entry) items(key string) []entry {
	list := e.value(key)
	if list == nil || list.Kind != yaml.SequenceNode || marked(list) {
		return nil
	}
	items := make([]entry, len(list.Content))
	for i, n := range list.Content {
		items[i] = entry{n, fmt.Sprintf("%s[%d]", join(e.path, key), i)}
	}
	return items
}

// wrong reports what is wrong with the value of a key beside others; where the key is
// missing, at the mapping. What is wrong by itself was told already, and is no more
// to be compared.
func (e entry) wrong(d *decoder, key, got, allowed string) {
	n := e.value(key)
	if n == nil {
		n = e.node
	}
	if path := join(e.path, key); !d.told[path] {
		d.fail(n, path, got, allowed)
	}
}

// reference is a name in the file that something else of the file must have.
type reference struct {
	what string // team, receiver
	node *node
	path string
}

// resolve reports references of a kind to names that are not declared.
func (d *decoder) resolve(what string, names []string) {
	allowed := fmt.Sprintf("a %s of the file: %s", what, list(names))
	if len(names) == 0 {
		allowed = fmt.Sprintf("a %s of the file, which has none", what)
	}
	for _, r := range d.references {
		if r.what == what && !slices.Contains(names, r.node.Value) {
			d.notOneOf(r.node, r.path, names, allowed)
		}
	}
}

// list writes words as a list to choose from: a, b or c. A long one is cut.
func list(words []string) string {
	const most = 20
	if len(words) > most {
		return fmt.Sprintf("%s or one of %d more", strings.Join(words[:most], ", "), len(words)-most)
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
