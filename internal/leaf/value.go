package leaf

import (
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/xpdata"
)

// attributes visits the values and the keys of an attribute map.
func (w *Walker) attributes(place Place, m pcommon.Map) { w.entries(place, m, 1) }

// entries visits the values of m, which stand at depth, each before its key.
func (w *Walker) entries(place Place, m pcommon.Map, depth int) {
	var names []string // all keys, old and new, once one has changed
	i := 0
	for key, v := range m.All() {
		w.keys = append(w.keys, key)
		w.value(place, v, depth)
		w.keys = w.keys[:len(w.keys)-1]
		if name, changed := w.key(place.key(), key); changed {
			if names == nil {
				names = keysOf(m)
			}
			names[i] = name
		}
		i++
	}
	if names != nil {
		rename(m, names)
	}
}

// value visits v, which stands at depth, and what is in it.
func (w *Walker) value(place Place, v pcommon.Value, depth int) {
	at := Slot{Place: place, Keys: w.keys}
	switch v.Type() {
	case pcommon.ValueTypeStr:
		if s, changed := w.text(place, v.Str()); changed {
			v.SetStr(s)
		}
	case pcommon.ValueTypeBytes:
		if b, changed := w.visitor.Bytes(at, v.Bytes()); changed {
			w.changed = true
			v.Bytes().FromRaw(b)
		}
	case pcommon.ValueTypeInt:
		if n, changed := w.visitor.Int(at, v.Int()); changed {
			w.changed = true
			v.SetInt(n)
		}
	case pcommon.ValueTypeDouble:
		if f, changed := w.visitor.Double(at, v.Double()); changed {
			w.changed = true
			v.SetDouble(f)
		}
	case pcommon.ValueTypeMap, pcommon.ValueTypeSlice:
		w.nested(place, v, depth)
	}
}

// nested visits the elements of v, an array or map at depth, or hands it over as
// a whole where they would stand too deep.
func (w *Walker) nested(place Place, v pcommon.Value, depth int) {
	if depth == w.maxDepth {
		if s, changed := w.visitor.Deep(Slot{Place: place, Keys: w.keys}); changed {
			w.changed = true
			v.SetStr(s)
		}
		return
	}
	if v.Type() == pcommon.ValueTypeMap {
		w.entries(place, v.Map(), depth+1)
		return
	}
	for _, element := range v.Slice().All() {
		w.value(place, element, depth+1)
	}
}

// rename gives the entries of m the keys that names holds by position. Order is
// kept and nothing is lost: a new key that the map has already is numbered,
// "name #2", "name #3" and so on. The space keeps the number apart from what the
// name ends in, which a later visitor might read together. pdata has no call for
// it, so the map is built anew.
func rename(m pcommon.Map, names []string) {
	taken := make(map[string]int, m.Len()) // key → the last number given to it
	i := 0
	for key := range m.All() {
		if names[i] == key {
			taken[key] = 1
		}
		i++
	}

	var renamed xpdata.MapBuilder
	renamed.EnsureCapacity(m.Len())
	i = 0
	for key, v := range m.All() {
		if names[i] != key {
			key = claim(taken, names[i])
		}
		v.MoveTo(renamed.AppendEmpty(key))
		i++
	}
	renamed.UnsafeIntoMap(m)
}

// keysOf returns the keys of m in order.
func keysOf(m pcommon.Map) []string {
	keys := make([]string, 0, m.Len())
	for key := range m.All() {
		keys = append(keys, key)
	}
	return keys
}

// claim returns name, numbered if it is taken, and takes it.
func claim(taken map[string]int, name string) string {
	free := name
	for taken[free] > 0 {
		taken[name]++
		free = name + " #" + strconv.Itoa(taken[name])
	}
	taken[free]++
	return free
}
