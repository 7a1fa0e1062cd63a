// Package leaf visits every slot of traces, logs, metrics and profiles that can
// carry text, and does with it what the visitor decides: keep, replace, or drop
// it with what is around it. It knows pdata and no rules: what a text means, and
// whether it must go, is the visitor's business.
//
// A slot is a string of the OTLP data model, a map key, or a scalar inside an
// attribute or a log body. Booleans, enumerations, times and ids carry no text
// and are not visited; neither are empty strings.
//
// A visitor that changes nothing leaves the data as it was, byte by byte, and
// the walk allocates nothing.
package leaf

import "go.opentelemetry.io/collector/pdata/pcommon"

// Visitor is told about every slot. Each method returns what becomes of the slot
// and, for [Replace], the value to put in its place. A value keeps its type, so
// attributes stay queryable.
//
// Values are visited before the key they stand under, so [Slot.Keys] always
// holds the keys as the client sent them. What goes is visited no further: not
// the key of a value that takes its entry along, not the rest of a dropped
// record.
type Visitor interface {
	// Resource is called before the slots of a resource, its scopes and its
	// records are visited, with the resource's attributes as the client sent them.
	// They are to be read, and valid during the call only.
	Resource(attributes pcommon.Map)
	// Text visits a string.
	Text(at Slot, value string) (string, Outcome)
	// Key visits a map key, or an entity's reference to one. at.Keys holds the
	// keys around it, not itself.
	Key(at Slot, key string) (string, Outcome)
	// Bytes visits a byte array. The visitor reads value and returns the
	// replacement, which is copied.
	Bytes(at Slot, value pcommon.ByteSlice) ([]byte, Outcome)
	// Int visits an integer inside an attribute or a log body.
	Int(at Slot, value int64) (int64, Outcome)
	// Double visits a floating-point number inside an attribute or a log body.
	Double(at Slot, value float64) (float64, Outcome)
	// Deep visits, as one value, an array or map that is nested deeper than the
	// walker goes. A replacement takes the place of all of it.
	Deep(at Slot) (string, Outcome)
}

// Counts says what a walk did to the records of a batch: its spans, log records
// or data points. A record is in one of the counts at most, however much of it
// was changed. Changes of what records share (resource, scope, a metric's name)
// are in none.
type Counts struct {
	// Changed is the number of records that stay, in part replaced.
	Changed int
	// Dropped is the number of records that are gone.
	Dropped int
}

// Walker takes one visitor through batches of data, which it changes in place:
// the caller must own them. A Walker is for one goroutine at a time and can be
// used again. When its visitor has panicked, neither the walker nor the batch is
// usable. Its zero value is not usable.
type Walker struct {
	visitor  Visitor
	maxDepth int

	keys   []string        // the path to the current value
	around pcommon.Map     // see Slot.Around
	before string          // see Slot.Before
	lost   map[string]bool // the keys of the resource's dropped attributes

	changed bool // whether the visitor has changed anything in this record
	gone    bool // whether it has dropped this record; never true outside of one
	touched bool // whether it has changed anything since a caller reset this
	counts  Counts

	strings replacements // sent, while profiles are walked
	sent    replacements
	none    pcommon.Map // always empty

	// What the Deprecated fields of OTLP are dropped with; see hidden.go.
	hidden hidden
}

// NewWalker returns a walker for visitor. maxDepth bounds nested values, and
// with them the walker's recursion: an attribute's value, or a log body, stands
// at depth 1, each array or map around a value adds 1, and arrays and maps whose
// elements would stand deeper than maxDepth go to [Visitor.Deep]. maxDepth must
// be at least 1.
func NewWalker(visitor Visitor, maxDepth int) *Walker {
	return &Walker{visitor: visitor, maxDepth: maxDepth, none: pcommon.NewMap(), hidden: newHidden()}
}

// begin starts a record, the unit in which changes are counted.
func (w *Walker) begin() { w.changed = false }

// end counts the record that begin started and reports whether it goes.
func (w *Walker) end() bool {
	gone := w.gone
	switch {
	case gone:
		w.counts.Dropped++
	case w.changed:
		w.counts.Changed++
	}
	w.gone = false
	return gone
}

// finish ends a walk and returns its counts. It lets go of the batch's memory,
// which the path still refers to.
func (w *Walker) finish() Counts {
	clear(w.keys[:cap(w.keys)])
	w.lost = nil
	counts := w.counts
	w.counts = Counts{}
	return counts
}

// at returns the current slot.
func (w *Walker) at(place Place) Slot {
	return Slot{Place: place, Keys: w.keys, Around: w.around, Before: w.before}
}

// settle notes what the visitor has decided about a slot and returns what that
// means there.
func (w *Walker) settle(place Place, outcome Outcome) Outcome {
	if outcome == Keep {
		return Keep
	}
	w.changed, w.touched = true, true
	if outcome == DropRecord && place.shared() {
		return DropAttribute
	}
	w.gone = outcome == DropRecord
	return outcome
}

// field visits a plain field, which stands in no map, and returns what it
// becomes and whether that is something else.
func (w *Walker) field(place Place, value string) (string, bool) {
	if w.gone {
		return "", false
	}
	value, outcome := w.text(place, value)
	if outcome == DropAttribute {
		return "", true
	}
	return value, outcome == Replace
}

// text visits a string.
func (w *Walker) text(place Place, value string) (string, Outcome) {
	if value == "" {
		return "", Keep
	}
	s, outcome := w.visitor.Text(w.at(place), value)
	if outcome = w.settle(place, outcome); outcome != Keep {
		w.became(value, s, outcome)
	}
	return s, outcome
}

// key visits a map key, or a reference to one.
func (w *Walker) key(place Place, key string) (string, Outcome) {
	if key == "" {
		return "", Keep
	}
	s, outcome := w.visitor.Key(w.at(place), key)
	if outcome = w.settle(place, outcome); outcome != Keep {
		w.became(key, s, outcome)
	}
	return s, outcome
}

// became notes what became of a string.
func (w *Walker) became(sent, now string, outcome Outcome) {
	if outcome != Replace {
		now = ""
	}
	w.strings.note(sent, now)
}
