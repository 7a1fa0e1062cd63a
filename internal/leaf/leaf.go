// Package leaf visits every slot of traces, logs and metrics that can carry
// text, and puts back what the visitor makes of it. It knows pdata and no rules:
// what a text means, and whether it must go, is the visitor's business.
//
// A slot is a string of the OTLP data model, a map key, or a scalar inside an
// attribute or a log body. Booleans, enumerations, times and ids carry no text
// and are not visited; neither are empty strings.
//
// A visitor that changes nothing leaves the data as it was, byte by byte, and
// the walk allocates nothing.
//
// Profiles are not walked by this version.
package leaf

import "go.opentelemetry.io/collector/pdata/pcommon"

// Slot says where a value stands.
type Slot struct {
	// Place is the kind of slot.
	Place Place
	// Keys are the map keys on the way to the value, outermost first: for the
	// attribute http.request.header.cookie it is that one key, for a value in a
	// nested log body one key per map. It is empty for plain fields such as a
	// span's name. The slice is the walker's own and valid during the call only.
	Keys []string
}

// Visitor is told about every slot. Each method returns the value to put in its
// place, and whether there is one; when the flag is false the slot stays
// untouched. A value keeps its type, so attributes stay queryable.
//
// Values are visited before the key they stand under, so [Slot.Keys] always
// holds the keys as the client sent them.
type Visitor interface {
	// Text visits a string.
	Text(at Slot, value string) (string, bool)
	// Key visits a map key, or an entity's reference to one. at.Keys holds the
	// keys around it, not itself.
	Key(at Slot, key string) (string, bool)
	// Bytes visits a byte array. The visitor reads value and returns the
	// replacement, which is copied.
	Bytes(at Slot, value pcommon.ByteSlice) ([]byte, bool)
	// Int visits an integer inside an attribute or a log body.
	Int(at Slot, value int64) (int64, bool)
	// Double visits a floating-point number inside an attribute or a log body.
	Double(at Slot, value float64) (float64, bool)
	// Deep visits, as one value, an array or map that is nested deeper than the
	// walker goes. A replacement takes the place of all of it.
	Deep(at Slot) (string, bool)
}

// Walker takes one visitor through batches of data, which it changes in place:
// the caller must own them. A Walker is for one goroutine at a time and can be
// used again, unless its visitor has panicked. Its zero value is not usable.
type Walker struct {
	visitor  Visitor
	maxDepth int

	keys    []string // the path to the current value
	changed bool     // whether the visitor has changed anything in this record

	// What the Deprecated fields of OTLP are dropped with; see hidden.go.
	hidden hidden
}

// NewWalker returns a walker for visitor. maxDepth bounds nested values, and
// with them the walker's recursion: an attribute's value, or a log body, stands
// at depth 1, each array or map around a value adds 1, and arrays and maps whose
// elements would stand deeper than maxDepth go to [Visitor.Deep]. maxDepth must
// be at least 1.
func NewWalker(visitor Visitor, maxDepth int) *Walker {
	return &Walker{visitor: visitor, maxDepth: maxDepth, hidden: newHidden()}
}

// begin starts a record, the unit in which changes are counted.
func (w *Walker) begin() { w.changed = false }

// end returns how much the record that begin started adds to the count.
func (w *Walker) end() int {
	if w.changed {
		return 1
	}
	return 0
}

// forget lets go of the batch's memory, which the path still refers to.
func (w *Walker) forget() { clear(w.keys[:cap(w.keys)]) }

// text visits a plain field.
func (w *Walker) text(place Place, value string) (string, bool) {
	if value == "" {
		return "", false
	}
	value, changed := w.visitor.Text(Slot{Place: place, Keys: w.keys}, value)
	w.changed = w.changed || changed
	return value, changed
}

// key visits a map key, or a reference to one.
func (w *Walker) key(place Place, key string) (string, bool) {
	if key == "" {
		return "", false
	}
	key, changed := w.visitor.Key(Slot{Place: place, Keys: w.keys}, key)
	w.changed = w.changed || changed
	return key, changed
}
