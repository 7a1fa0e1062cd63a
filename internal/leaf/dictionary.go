package leaf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pprofile"
)

// attributeTable visits the values of the dictionary's attributes and returns
// the indices of those that go.
func (w *Walker) attributeTable(dictionary pprofile.ProfilesDictionary) (dropped map[int32]bool) {
	strings := dictionary.StringTable()
	table := dictionary.AttributeTable()
	for i := range table.Len() {
		attribute := table.At(i)
		var key string
		if at := int(attribute.KeyStrindex()); at >= 0 && at < strings.Len() {
			key = strings.At(at)
		}
		w.keys = append(w.keys, key)
		drop := w.value(ProfileAttribute, attribute.Value(), 1)
		w.keys = w.keys[:len(w.keys)-1]
		if drop {
			w.strings.drop(attribute.Value())
			dropped = with(dropped, i)
		}
	}
	return dropped
}

// stringTable visits the dictionary's strings and returns the indices of the
// attributes that go with their keys.
func (w *Walker) stringTable(pd pprofile.Profiles) (dropped map[int32]bool) {
	var used map[int32]bool
	if len(w.strings) > 0 {
		used = usedStrings(pd)
	}
	var gone map[int32]bool
	strings := pd.Dictionary().StringTable()
	for i := range strings.Len() {
		s, changed := w.strings[strings.At(i)]
		if !changed || used[int32(i)] {
			s, changed = w.field(ProfileString, strings.At(i))
		}
		if !changed {
			continue
		}
		if s == "" && strings.At(i) != "" {
			gone = with(gone, i)
		}
		strings.SetAt(i, s)
	}
	if gone == nil {
		return nil
	}
	for i, attribute := range pd.Dictionary().AttributeTable().All() {
		if gone[attribute.KeyStrindex()] {
			dropped = with(dropped, i)
		}
	}
	return dropped
}

// usedStrings returns the indices of the strings to which something refers, other
// than a value or a key inside an attribute.
func usedStrings(pd pprofile.Profiles) map[int32]bool {
	used := make(map[int32]bool)
	dictionary := pd.Dictionary()
	for _, f := range dictionary.FunctionTable().All() {
		used[f.NameStrindex()], used[f.SystemNameStrindex()], used[f.FilenameStrindex()] = true, true, true
	}
	for _, mapping := range dictionary.MappingTable().All() {
		used[mapping.FilenameStrindex()] = true
	}
	for _, attribute := range dictionary.AttributeTable().All() {
		used[attribute.KeyStrindex()], used[attribute.UnitStrindex()] = true, true
	}
	for _, rp := range pd.ResourceProfiles().All() {
		for _, sp := range rp.ScopeProfiles().All() {
			for _, profile := range sp.Profiles().All() {
				for _, t := range []pprofile.ValueType{profile.SampleType(), profile.PeriodType()} {
					used[t.TypeStrindex()], used[t.UnitStrindex()] = true, true
				}
			}
		}
	}
	return used
}

// dropAttributes empties the dropped attributes of the dictionary and takes them
// from everything that refers to them.
func dropAttributes(pd pprofile.Profiles, dropped map[int32]bool) {
	if len(dropped) == 0 {
		return
	}
	dictionary := pd.Dictionary()
	for i := range dropped {
		pprofile.NewKeyValueAndUnit().MoveTo(dictionary.AttributeTable().At(int(i)))
	}
	from := func(indices pcommon.Int32Slice) {
		indices.RemoveIf(func(i int32) bool { return dropped[i] })
	}
	for _, mapping := range dictionary.MappingTable().All() {
		from(mapping.AttributeIndices())
	}
	for _, location := range dictionary.LocationTable().All() {
		from(location.AttributeIndices())
	}
	for _, rp := range pd.ResourceProfiles().All() {
		for _, sp := range rp.ScopeProfiles().All() {
			for _, profile := range sp.Profiles().All() {
				from(profile.AttributeIndices())
				for _, sample := range profile.Samples().All() {
					from(sample.AttributeIndices())
				}
			}
		}
	}
}

// with returns indices, which may be nil, with i in it.
func with(indices map[int32]bool, i int) map[int32]bool {
	if indices == nil {
		indices = make(map[int32]bool)
	}
	indices[int32(i)] = true
	return indices
}

// replacements holds, for the strings that were replaced or dropped in
// attributes, what they became. pdata leaves a string in the dictionary when it resolves
// a reference to it, and puts it there when it encodes one. It is nil, and keeps
// nothing, while another signal is walked.
type replacements map[string]string

// note keeps what a string became.
func (r replacements) note(sent, now string) {
	if r != nil {
		r[sent] = now
	}
}

// drop notes all strings in v, which goes. It does not recurse: v can be nested
// deeper than the walker goes.
func (r replacements) drop(v pcommon.Value) {
	if r == nil {
		return
	}
	left := []pcommon.Value{v}
	for len(left) > 0 {
		v, left = left[len(left)-1], left[:len(left)-1]
		switch v.Type() {
		case pcommon.ValueTypeStr:
			r[v.Str()] = ""
		case pcommon.ValueTypeSlice:
			for _, element := range v.Slice().All() {
				left = append(left, element)
			}
		case pcommon.ValueTypeMap:
			for key, element := range v.Map().All() {
				r[key] = ""
				left = append(left, element)
			}
		}
	}
}
