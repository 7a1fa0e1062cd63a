package catalog

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// text is a string that is neither empty nor has control characters.
func text(allowed string) form[string] {
	return form[string]{
		allowed: allowed,
		read:    func(d *decoder, n *node, path string, to *string) { *to, _ = d.words(n, path, allowed) },
		schema:  func(schema) schema { return schema{"type": "string", "minLength": 1} },
	}
}

// textOf is a text for which ok holds.
func textOf(allowed string, ok func(string) bool) form[string] {
	f := text(allowed)
	f.read = func(d *decoder, n *node, path string, to *string) {
		words, plain := d.words(n, path, allowed)
		if plain && !ok(words) {
			d.fail(n, path, given(n), allowed)
		}
		*to = words
	}
	return f
}

// pattern is a text that matches the expression, which JSON Schema reads, too.
func pattern(allowed, expression string) form[string] {
	f := textOf(allowed, regexp.MustCompile(expression).MatchString)
	f.schema = func(schema) schema { return schema{"type": "string", "pattern": expression} }
	return f
}

// word is one of the words.
func word[T ~string](words ...T) form[T] {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = string(w)
	}
	allowed := list(texts)
	return form[T]{
		allowed: allowed,
		read: func(d *decoder, n *node, path string, to *T) {
			given, ok := d.words(n, path, allowed)
			if *to = T(given); ok && !slices.Contains(texts, given) {
				d.notOneOf(n, path, texts, allowed)
			}
		},
		schema: func(schema) schema { return schema{"enum": texts} },
	}
}

// named is the name of something that the file declares elsewhere.
func named(what string) form[string] {
	f := text("the name of a " + what)
	read := f.read
	f.read = func(d *decoder, n *node, path string, to *string) {
		if read(d, n, path, to); *to != "" {
			d.references = append(d.references, reference{what, n, path})
		}
	}
	return f
}

// flag is true or false.
func flag() form[bool] {
	const allowed = "true or false"
	return form[bool]{
		allowed: allowed,
		read: func(d *decoder, n *node, path string, to *bool) {
			if d.kind(n, path, yaml.ScalarNode, allowed) && (n.ShortTag() != "!!bool" || n.Decode(to) != nil) {
				d.fail(n, path, given(n), allowed)
			}
		},
		schema: func(schema) schema { return schema{"type": "boolean"} },
	}
}

// number is a number within the bounds, and never NaN.
func number(allowed string, low, high float64) form[float64] {
	return form[float64]{
		allowed: allowed,
		read: func(d *decoder, n *node, path string, to *float64) {
			numeric := n.ShortTag() == "!!float" || n.ShortTag() == "!!int"
			if d.kind(n, path, yaml.ScalarNode, allowed) && (!numeric || n.Decode(to) != nil || !(*to >= low && *to <= high)) {
				d.fail(n, path, given(n), allowed)
			}
		},
		schema: func(schema) schema { return schema{"type": "number", "minimum": low, "maximum": high} },
	}
}

// decimal writes a number without an exponent.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// span is a duration of whole seconds within the bounds.
func span(low, high time.Duration) form[time.Duration] {
	allowed := fmt.Sprintf("whole seconds from %s to %s, such as 30s, 5m or 1h30m", short(low), short(high))
	if low == 0 {
		allowed = fmt.Sprintf("whole seconds up to %s, such as 30s, 5m or 1h30m", short(high))
	}
	return duration(allowed, func(v time.Duration) bool { return v >= low && v <= high && v%time.Second == 0 })
}

// duration is a duration in Go's notation for which ok holds.
func duration(allowed string, ok func(time.Duration) bool) form[time.Duration] {
	return form[time.Duration]{
		allowed: allowed,
		read: func(d *decoder, n *node, path string, to *time.Duration) {
			if !d.kind(n, path, yaml.ScalarNode, allowed) {
				return
			}
			v, err := time.ParseDuration(n.Value)
			if err != nil || n.ShortTag() != "!!str" || !ok(v) {
				d.fail(n, path, given(n), allowed)
			}
			*to = v
		},
		schema: func(schema) schema {
			return schema{"type": "string", "pattern": `^[+]?([0-9]*\.?[0-9]+|[0-9]+\.)(h|m|s|ms|us|µs|ns)(([0-9]*\.?[0-9]+|[0-9]+\.)(h|m|s|ms|us|µs|ns))*$`}
		},
	}
}

// short writes a duration without the units that are 0: 24h, not 24h0m0s.
func short(v time.Duration) string {
	text := v.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// dayCount is a number of days within the bounds: 30d.
func dayCount(low, high Days) form[Days] {
	allowed := fmt.Sprintf("whole days from %dd to %dd, such as 30d", low, high)
	written := regexp.MustCompile(`^[0-9]{1,6}d$`)
	return form[Days]{
		allowed: allowed,
		read: func(d *decoder, n *node, path string, to *Days) {
			if !d.kind(n, path, yaml.ScalarNode, allowed) {
				return
			}
			v, _ := strconv.Atoi(strings.TrimSuffix(n.Value, "d"))
			if *to = Days(v); !written.MatchString(n.Value) || *to < low || *to > high {
				d.fail(n, path, given(n), allowed)
			}
		},
		schema: func(schema) schema { return schema{"type": "string", "pattern": written.String()} },
	}
}

// date is a day: 2026-09-01, with or without quotes.
func date() form[Date] {
	const allowed = "a day such as 2026-09-01"
	return form[Date]{
		allowed: allowed,
		read: func(d *decoder, n *node, path string, to *Date) {
			if !d.kind(n, path, yaml.ScalarNode, allowed) {
				return
			}
			v, err := time.Parse(time.DateOnly, n.Value)
			if err != nil {
				d.fail(n, path, given(n), allowed)
			}
			to.Time = v
		},
		schema: func(schema) schema {
			return schema{"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
		},
	}
}
