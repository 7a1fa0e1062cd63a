package leaf

import "go.opentelemetry.io/collector/pdata/pcommon"

// Slot says where a value stands. It is valid during the visitor's call only:
// its parts are the walker's own, or the batch's.
type Slot struct {
	// Place is the kind of slot.
	Place Place
	// Keys are the map keys on the way to the value, outermost first: for the
	// attribute http.request.header.cookie it is that one key, for a value in a
	// nested log body one key per map. It is empty for plain fields such as a
	// span's name.
	Keys []string
	// Around is the innermost map around the value, or the map that a key stands
	// in. It is to be read. Where there is none, as around plain fields, it is
	// pcommon.Map{}, whose methods panic: see [Slot.Sibling].
	Around pcommon.Map
	// Before is the string right before the value in the same array, as the client
	// sent it: in an array of command-line arguments, the flag that a value
	// belongs to. It is empty where there is no string.
	Before string
}

// Sibling returns the string that stands under key in the same map as the value,
// and whether there is one. Keys are those that the client sent. So is the
// string, unless it has been visited already, which a visitor must not count on,
// and was replaced: then it is what has replaced it. What was dropped shows until
// the whole map has been visited.
//
// It looks at the map's entries one by one.
func (s Slot) Sibling(key string) (string, bool) {
	if s.Around == (pcommon.Map{}) {
		return "", false
	}
	v, ok := s.Around.Get(key)
	if !ok || v.Type() != pcommon.ValueTypeStr {
		return "", false
	}
	return v.Str(), true
}

// Outcome is what becomes of a slot.
type Outcome uint8

const (
	// Keep leaves the slot untouched.
	Keep Outcome = iota
	// Replace puts the returned value in its place.
	Replace
	// DropAttribute removes the entry of the innermost map around the value, key
	// and all; for a key, its own entry. An array goes with the first of its
	// elements that is dropped. What stands in no map becomes empty: a name, a
	// status message, a log body. An entity's reference to a key goes, and the
	// entity with the last key that identifies it.
	DropAttribute
	// DropRecord removes the span, log record, data point or profile. An event or
	// a link takes its span along, an exemplar its data point, and what the points
	// of a metric share (name, description, unit, metadata) all of them. In a
	// resource, a scope or the dictionary of profiles, which belong to no single
	// record, it is DropAttribute.
	//
	// A metric, scope or resource that has no record left goes too.
	DropRecord
)
