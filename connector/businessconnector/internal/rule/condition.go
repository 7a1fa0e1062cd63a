package rule

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// condition is what must hold for a field. One of its two forms is used: a field
// with a closed set of names has a set of them, any other has tests.
type condition struct {
	field Field
	names uint16 // bit i: the i-th of field.names() is allowed
	tests []test // all must hold
}

// test is one operator and what it is given.
type test struct {
	operator operator
	not      bool
	set      map[string]struct{} // in
	prefix   string
	pattern  *regexp.Regexp // anchored at both ends
}

type operator uint8

const (
	in     operator = iota // one of a set; of one element for "equal"
	prefix                 // begins with
	regex                  // matches as a whole
	exists                 // is there, whatever its type
)

// holds reports whether the record fulfils the condition.
func (c *condition) holds(r *Record) bool {
	if c.tests == nil {
		return c.names>>c.field.number(r)&1 == 1
	}
	v := c.field.Read(r)
	for i := range c.tests {
		if c.tests[i].holds(v, &r.scratch) == c.tests[i].not {
			return false
		}
	}
	return true
}

// holds, apart from not. What has no text equals nothing, begins with nothing and
// matches nothing.
func (t *test) holds(v View, scratch *[scratchSize]byte) bool {
	switch {
	case t.operator == exists:
		return !v.Absent()
	case !v.HasText():
		return false
	}
	if text, ok := v.Text(); ok {
		switch t.operator {
		case in:
			_, found := t.set[text]
			return found
		case prefix:
			return strings.HasPrefix(text, t.prefix)
		default:
			return t.pattern.MatchString(text)
		}
	}
	text := v.AppendText(scratch[:0])
	switch t.operator {
	case in:
		_, found := t.set[string(text)]
		return found
	case prefix:
		return len(text) >= len(t.prefix) && string(text[:len(t.prefix)]) == t.prefix
	default:
		return t.pattern.Match(text)
	}
}

// texts are the only values with which the condition can hold, or nil if there is
// no such set. They are what an index is made of.
func (c *condition) texts() []string {
	for _, t := range c.tests {
		if t.operator == in && !t.not {
			return slices.Sorted(maps.Keys(t.set))
		}
	}
	return nil
}
