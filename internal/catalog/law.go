package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// law is what holds between the keys of a mapping.
type law[T any] struct {
	// check runs after all fields were read.
	check func(d *decoder, e entry, to *T)
	// shape adds what a JSON Schema can say of it; may be nil.
	shape func(schema)
}

// checked is a law that a JSON Schema cannot tell.
func checked[T any](check func(d *decoder, e entry, to *T)) law[T] { return law[T]{check: check} }

// one is the law that exactly one of the keys is given.
func one[T any](keys ...string) law[T] {
	choices := make([]any, len(keys))
	for i, key := range keys {
		choices[i] = schema{"required": []string{key}}
	}
	return law[T]{
		check: func(d *decoder, e entry, _ *T) {
			if !slices.ContainsFunc(keys, e.has) {
				d.fail(e.node, e.path, "none of these keys", "exactly one of "+strings.Join(keys, ", "))
			}
			notTwo(d, e, keys, "exactly one of ")
		},
		shape: func(s schema) { s["oneOf"] = choices },
	}
}

// atMostOne is the law that no two of the keys are given.
func atMostOne[T any](keys ...string) law[T] {
	return law[T]{
		check: func(d *decoder, e entry, _ *T) { notTwo(d, e, keys, "at most one of ") },
		shape: func(s schema) { s["not"] = schema{"required": keys} },
	}
}

func notTwo(d *decoder, e entry, keys []string, allowed string) {
	first := ""
	for _, key := range keys {
		switch {
		case !e.has(key):
		case first == "":
			first = key
		default:
			e.wrong(d, key, fmt.Sprintf("%s beside %s", key, first), allowed+strings.Join(keys, ", "))
		}
	}
}

// only is the law that a key says something only where another is given.
func only[T any](key, with string) law[T] {
	return law[T]{
		check: func(d *decoder, e entry, _ *T) {
			if e.has(key) && !e.has(with) {
				e.wrong(d, key, fmt.Sprintf("%s without %s", key, with), fmt.Sprintf("%s only together with %s", key, with))
			}
		},
		shape: func(s schema) {
			needs, ok := s["dependentRequired"].(schema)
			if !ok {
				needs = schema{}
				s["dependentRequired"] = needs
			}
			needs[key] = []string{with}
		},
	}
}
