package leaf

import "go.opentelemetry.io/collector/pdata/pcommon"

// attributes visits the values and the keys of an attribute map.
func (w *Walker) attributes(place Place, m pcommon.Map) { w.entries(place, m, 1) }

// entries visits the values of m, which stand at depth, each before its key.
func (w *Walker) entries(place Place, m pcommon.Map, depth int) {
	if w.gone {
		return
	}
	outer := w.around
	w.around = m
	var edits []edit // of all entries, once one has changed
	i := 0
	for key, v := range m.All() {
		w.keys = append(w.keys, key)
		drop := w.value(place, v, depth)
		w.keys = w.keys[:len(w.keys)-1]
		name, outcome := key, DropAttribute
		if drop {
			w.strings.drop(v)
		} else if !w.gone {
			name, outcome = w.key(place.key(), key)
			if outcome == DropAttribute {
				w.strings.drop(v)
			}
		}
		if w.gone {
			break
		}
		if outcome != Keep {
			if edits == nil {
				edits = unedited(m)
			}
			edits[i] = edit{key: name, drop: outcome == DropAttribute}
		}
		i++
	}
	w.around = outer
	if edits != nil && !w.gone {
		w.edit(place, m, edits)
	}
}

// value visits v, which stands at depth, and what is in it. It reports whether
// the entry around it goes.
func (w *Walker) value(place Place, v pcommon.Value, depth int) (drop bool) {
	var outcome Outcome
	switch v.Type() {
	case pcommon.ValueTypeStr:
		var s string
		if s, outcome = w.text(place, v.Str()); outcome == Replace {
			v.SetStr(s)
		}
	case pcommon.ValueTypeBytes:
		var b []byte
		b, outcome = w.visitor.Bytes(w.at(place), v.Bytes())
		if outcome = w.settle(place, outcome); outcome == Replace {
			v.Bytes().FromRaw(b)
		}
	case pcommon.ValueTypeInt:
		var n int64
		n, outcome = w.visitor.Int(w.at(place), v.Int())
		if outcome = w.settle(place, outcome); outcome == Replace {
			v.SetInt(n)
		}
	case pcommon.ValueTypeDouble:
		var f float64
		f, outcome = w.visitor.Double(w.at(place), v.Double())
		if outcome = w.settle(place, outcome); outcome == Replace {
			v.SetDouble(f)
		}
	case pcommon.ValueTypeMap, pcommon.ValueTypeSlice:
		return w.nested(place, v, depth)
	}
	return outcome == DropAttribute
}

// nested visits the elements of v, an array or map at depth, or hands it over as
// a whole where they would stand too deep. It reports whether the entry around v
// goes.
func (w *Walker) nested(place Place, v pcommon.Value, depth int) (drop bool) {
	if depth == w.maxDepth {
		s, outcome := w.visitor.Deep(w.at(place))
		if outcome = w.settle(place, outcome); outcome == Replace {
			w.strings.drop(v)
			v.SetStr(s)
		}
		return outcome == DropAttribute
	}
	before := w.before
	w.before = ""
	if v.Type() == pcommon.ValueTypeMap {
		w.entries(place, v.Map(), depth+1)
	} else {
		drop = w.elements(place, v.Slice(), depth+1)
	}
	w.before = before
	return drop
}

// elements visits the elements of an array, which stand at depth. It reports
// whether the entry around the array goes.
func (w *Walker) elements(place Place, elements pcommon.Slice, depth int) (drop bool) {
	for _, element := range elements.All() {
		var sent string
		if element.Type() == pcommon.ValueTypeStr {
			sent = element.Str()
		}
		if w.value(place, element, depth) {
			return true
		}
		if w.gone {
			return false
		}
		w.before = sent
	}
	return false
}
