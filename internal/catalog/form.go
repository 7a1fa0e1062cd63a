package catalog

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/spell"
)

// form is one shape that a part of the file may have. Files are decoded, their
// JSON Schema is written and the reference is printed from the same forms, so
// that they cannot differ. Forms are made once and never change.
type form[T any] struct {
	// allowed says, in messages and in the reference, what may be written.
	allowed string
	// read reads a node. After a problem the place holds anything: the caller of
	// Parse never sees it.
	read reader[T]
	// schema describes the form; what has a name goes into defs.
	schema func(defs schema) schema
	// rows are the keys of a mapping, or of each mapping of a list.
	rows []row
}

// row is a key as the reference tells it.
type row struct {
	key, about, allowed string
	required            bool
	of                  []row // of the value
}

// reader reads a node, to which the key path leads, into a place.
type reader[T any] func(d *decoder, n *node, path string, to *T)

// node is a part of the file.
type node = yaml.Node

// schema is a JSON Schema, or a part of one.
type schema = map[string]any

// field is one key of a mapping that is read into a T. The order of fields is the
// order in which they are read, whatever the order in the file.
type field[T any] struct {
	row
	read   reader[T]
	schema func(defs schema) schema
}

// at is the field of a key, whose value is read into a place of the T. The
// sentence tells what the key means and what holds without it.
func at[T, V any](key, about string, f form[V], place func(*T) *V) field[T] {
	return field[T]{
		row: row{key: key, about: about, allowed: f.allowed, of: f.rows}, schema: f.schema,
		read: func(d *decoder, n *node, path string, to *T) { f.read(d, n, path, place(to)) },
	}
}

// must is the field as one that may not be left out; the message then is what is
// allowed, unless another is given.
func (f field[T]) must(message ...string) field[T] {
	f.required = true
	for _, m := range message {
		f.allowed = m
	}
	return f
}

// mapping is a mapping with these fields and laws. One with a name is written
// once in the JSON Schema.
func mapping[T any](name string, fields []field[T], laws ...law[T]) form[T] {
	rows := make([]row, len(fields))
	for i, f := range fields {
		rows[i] = f.row
	}
	return form[T]{
		allowed: "a mapping", rows: rows,
		read: func(d *decoder, n *node, path string, to *T) {
			if !d.kind(n, path, yaml.MappingNode, "a mapping") {
				return
			}
			values := pick(d, n, path, fields)
			for i, f := range fields {
				if values[i] != nil {
					f.read(d, values[i], join(path, f.key), to)
				} else if f.required {
					d.fail(n, join(path, f.key), "nothing", f.allowed)
				}
			}
			for _, l := range laws {
				l.check(d, entry{n, path}, to)
			}
		},
		schema: func(defs schema) schema {
			if name == "" {
				return object(defs, fields, laws)
			}
			if _, done := defs[name]; !done {
				defs[name] = object(defs, fields, laws)
			}
			return schema{"$ref": "#/$defs/" + name}
		},
	}
}

// pick returns the values of the fields and reports every key that is unknown or
// repeated.
func pick[T any](d *decoder, n *node, path string, fields []field[T]) []*node {
	values, lines := make([]*node, len(fields)), make([]int, len(fields))
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !d.kind(key, path, yaml.ScalarNode, "one of the keys "+strings.Join(keys(fields), ", ")) {
			continue
		}
		at := slices.IndexFunc(fields, func(f field[T]) bool { return f.key == key.Value })
		switch {
		case at < 0:
			d.unknown(key, join(path, key.Value), keys(fields))
		case values[at] != nil:
			d.fail(key, join(path, key.Value), "the key again", fmt.Sprintf("each key once (it is on line %d)", lines[at]))
		default:
			values[at], lines[at] = value, key.Line
		}
	}
	return values
}

// unknown reports a key that does not exist. A credential where a file with one
// belongs is told its key: "routing_key" was meant to be "routing_key_file".
func (d *decoder) unknown(key *node, path string, keys []string) {
	hint := spell.Nearest(key.Value, keys)
	if file := key.Value + "_file"; slices.Contains(keys, file) {
		hint = file
	}
	d.report(key.Line, key.Column, path, "an unknown key", strings.Join(keys, ", "), hint)
}

func keys[T any](fields []field[T]) []string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	return keys
}

// object is the JSON Schema of a mapping.
func object[T any](defs schema, fields []field[T], laws []law[T]) schema {
	properties, required := schema{}, []string{}
	for _, f := range fields {
		of := schema{"description": f.about}
		for k, v := range f.schema(defs) {
			of[k] = v
		}
		properties[f.key] = of
		if f.required {
			required = append(required, f.key)
		}
	}
	s := schema{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		s["required"] = required
	}
	for _, l := range laws {
		if l.shape != nil {
			l.shape(s)
		}
	}
	return s
}

// listOf is a list of items of the form. Two items with the same name are a problem;
// name may be nil, or return nothing for an item that has no name.
func listOf[T any](allowed string, item form[T], name func(T) string) form[[]T] {
	return form[[]T]{
		allowed: allowed, rows: item.rows,
		read: func(d *decoder, n *node, path string, to *[]T) {
			if !d.kind(n, path, yaml.SequenceNode, allowed) {
				return
			}
			*to = make([]T, len(n.Content))
			seen := make(map[string]int, len(n.Content))
			for i, node := range n.Content {
				path := fmt.Sprintf("%s[%d]", path, i)
				item.read(d, node, path, &(*to)[i])
				if name == nil {
					continue
				}
				called := name((*to)[i])
				if first, again := seen[called]; again && called != "" {
					d.fail(node, path, fmt.Sprintf("%q again", called), fmt.Sprintf("each once (it is on line %d)", n.Content[first].Line))
				} else {
					seen[called] = i
				}
			}
		},
		schema: func(defs schema) schema {
			s := schema{"type": "array", "items": item.schema(defs)}
			if name != nil {
				s["uniqueItems"] = true
			}
			return s
		},
	}
}

// kept is the node of a form, to be read when what it needs is known.
func kept[T any](f form[T]) form[entry] {
	return form[entry]{
		allowed: f.allowed, schema: f.schema, rows: f.rows,
		read: func(_ *decoder, n *node, path string, to *entry) { *to = entry{n, path} },
	}
}

// from is the form with what holds where nothing is written.
func from[T any](base func() T, f form[T]) form[T] {
	read := f.read
	f.read = func(d *decoder, n *node, path string, to *T) {
		*to = base()
		read(d, n, path, to)
	}
	return f
}

// lift makes fields of a part fields of the whole.
func lift[T, V any](place func(*T) *V, parts []field[V]) []field[T] {
	fields := make([]field[T], len(parts))
	for i, part := range parts {
		fields[i] = field[T]{
			row: part.row, schema: part.schema,
			read: func(d *decoder, n *node, path string, to *T) { part.read(d, n, path, place(to)) },
		}
	}
	return fields
}

// same is the place of fields that a mapping of its own spells, but whose values
// belong to what holds the mapping.
func same[T any](to *T) *T { return to }
