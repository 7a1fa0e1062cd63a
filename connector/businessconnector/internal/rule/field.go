package rule

import (
	"fmt"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/severity"
	"github.com/readygate/readygate/internal/telemetry"
)

// Field is a place of a record: one of its own fields, or an attribute.
type Field struct {
	path  string
	place place
	name  string // of an attribute
	slot  int    // of Record.found, for attributes that may be the resource's
}

type place uint8

const (
	nowhere place = iota
	spanName
	spanKind
	spanStatus
	logSeverity
	logBody
	eventName
	nearest    // an attribute of the record, else of its span, else of its resource
	ofRecord   // an attribute of the record itself
	ofSpan     // an attribute of the span
	ofResource // an attribute of the resource
)

// fields are those that are not attributes, with the sources that have them.
var fields = map[string]struct {
	place   place
	sources []Source
}{
	"span.name":  {spanName, []Source{Spans, Events}},
	"kind":       {spanKind, []Source{Spans, Events}},
	"status":     {spanStatus, []Source{Spans, Events}},
	"severity":   {logSeverity, []Source{Logs}},
	"body":       {logBody, []Source{Logs}},
	"event.name": {eventName, []Source{Events, Logs}},
}

// scopes are the prefixes that say whose attribute is meant.
var scopes = []struct {
	prefix string
	place  place
}{{"attributes.", ofRecord}, {"span.", ofSpan}, {"resource.", ofResource}}

// field reads the path of a field of all the sources.
func (c *compiler) field(path string, from []Source) (Field, error) {
	if own, found := fields[path]; found {
		for _, s := range from {
			if !slices.Contains(own.sources, s) {
				return Field{}, fmt.Errorf("got %q, which %s do not have; an attribute of that name is %q", path, s, "attributes."+path)
			}
		}
		return Field{path: path, place: own.place}, nil
	}
	f := Field{path: path, place: nearest, name: path}
	for _, s := range scopes {
		if name, found := strings.CutPrefix(path, s.prefix); found {
			f.place, f.name = s.place, name
		}
	}
	if f.name == "" {
		return Field{}, fmt.Errorf("got %q, allowed: the name of an attribute or of a field", path)
	}
	if f.place == ofSpan && slices.Contains(from, Logs) {
		return Field{}, fmt.Errorf("got %q, which logs do not have; an attribute of that name is %q", path, "attributes."+path)
	}
	if f.place == nearest || f.place == ofResource {
		if c.slots[f.name] == 0 {
			c.slots[f.name] = len(c.slots) + 1
		}
		f.slot = c.slots[f.name]
	}
	return f, nil
}

// names are the values of a field that has a closed set of them, in their order.
func (f *Field) names() []string {
	switch f.place {
	case spanKind:
		return kindNames[:]
	case spanStatus:
		return statusNames[:]
	case logSeverity:
		return severityNames
	default:
		return nil
	}
}

var (
	kindNames     = [...]string{"unspecified", "internal", "server", "client", "producer", "consumer"}
	statusNames   = [...]string{"unset", "ok", "error"}
	severityNames = telemetry.Severities()
)

// number is where the record's value stands among the field's names.
func (f *Field) number(r *Record) int {
	switch f.place {
	case spanKind:
		if k := r.span.Kind(); k >= 0 && int(k) < len(kindNames) {
			return int(k)
		}
		return 0
	case spanStatus:
		if c := r.span.Status().Code(); c >= ptrace.StatusCodeUnset && c <= ptrace.StatusCodeError {
			return int(c)
		}
		return 0
	default:
		return int(severity.Of(r.log))
	}
}

// Read returns the value of the field.
func (f *Field) Read(r *Record) View {
	switch f.place {
	case nearest:
		return f.nearest(r)
	case ofRecord:
		return attribute(r.own, f.name)
	case ofSpan:
		return attribute(r.spanOwn, f.name)
	case ofResource:
		return r.ofResource(f)
	case spanName:
		return textView(r.span.Name())
	case eventName:
		if r.source == Events {
			return textView(r.event.Name())
		}
		if name := r.log.EventName(); name != "" {
			return textView(name)
		}
		// Before the field existed, its name was that of an attribute.
		return attribute(r.own, "event.name")
	case logBody:
		return viewOf(r.log.Body())
	case spanKind, spanStatus, logSeverity:
		return textView(f.names()[f.number(r)])
	default:
		return View{}
	}
}

func (f *Field) nearest(r *Record) View {
	if v := attribute(r.own, f.name); !v.Absent() {
		return v
	}
	if r.source == Events {
		if v := attribute(r.spanOwn, f.name); !v.Absent() {
			return v
		}
	}
	return r.ofResource(f)
}

func attribute(m pcommon.Map, name string) View {
	v, found := m.Get(name)
	if !found {
		return View{}
	}
	return viewOf(v)
}
