package leaf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/pdata/xpdata"
)

// In profiles, the strings and keys of an attribute, at any depth, can be
// references into the dictionary's strings. pdata has no call for them: such a
// string looks like an empty value, such a key like an empty one. pdata resolves
// them in pprofile.ProtoUnmarshaler and pprofile.JSONUnmarshaler, but not in what
// a receiver decodes (pprofileotlp.ExportRequest), and never inside the
// dictionary's own attributes. A walker that sees no key cannot tell a password.

// hasReferences reports whether an attribute may hold a reference.
func (w *Walker) hasReferences(pd pprofile.Profiles) bool {
	for _, attribute := range pd.Dictionary().AttributeTable().All() {
		// An attribute without a key is not one: the first of the table is empty.
		if attribute.KeyStrindex() != 0 && w.mayRefer(attribute.Value(), 1) {
			return true
		}
	}
	for _, rp := range pd.ResourceProfiles().All() {
		if w.anyRefers(rp.Resource().Attributes(), 1) {
			return true
		}
		for _, sp := range rp.ScopeProfiles().All() {
			if w.anyRefers(sp.Scope().Attributes(), 1) {
				return true
			}
		}
	}
	return false
}

// mayRefer reports whether v, which stands at depth, may hold a reference. What
// stands too deep is replaced as a whole and need not be known.
func (w *Walker) mayRefer(v pcommon.Value, depth int) bool {
	switch v.Type() {
	case pcommon.ValueTypeEmpty:
		return true
	case pcommon.ValueTypeMap:
		return depth < w.maxDepth && w.anyRefers(v.Map(), depth+1)
	case pcommon.ValueTypeSlice:
		if depth == w.maxDepth {
			return false
		}
		for _, element := range v.Slice().All() {
			if w.mayRefer(element, depth+1) {
				return true
			}
		}
	}
	return false
}

// anyRefers is mayRefer for the entries of m.
func (w *Walker) anyRefers(m pcommon.Map, depth int) bool {
	for key, v := range m.All() {
		if key == "" || w.mayRefer(v, depth) {
			return true
		}
	}
	return false
}

// resolve returns a copy of pd in which attributes refer to no string. pdata
// resolves those of resources when it decodes, so the dictionary's attributes
// travel as a resource's.
func resolve(pd pprofile.Profiles) (pprofile.Profiles, error) {
	luggage := pprofile.NewProfiles()
	pd.CopyTo(luggage)
	// Index 0 stands for no string, also where a sender has put one there.
	switch strings := luggage.Dictionary().StringTable(); {
	case strings.Len() == 0:
		strings.Append("")
	case strings.At(0) != "":
		strings.Append(strings.At(0))
		strings.SetAt(0, "")
	}
	var values xpdata.MapBuilder
	for _, attribute := range luggage.Dictionary().AttributeTable().All() {
		attribute.Value().MoveTo(values.AppendEmpty(""))
	}
	values.UnsafeIntoMap(luggage.ResourceProfiles().AppendEmpty().Resource().Attributes())

	encoded, err := new(pprofile.ProtoMarshaler).MarshalProfiles(luggage)
	if err != nil {
		return pprofile.Profiles{}, err
	}
	resolved, err := new(pprofile.ProtoUnmarshaler).UnmarshalProfiles(encoded)
	if err != nil {
		return pprofile.Profiles{}, err
	}
	last := resolved.ResourceProfiles().Len() - 1
	i := 0
	for _, v := range resolved.ResourceProfiles().At(last).Resource().Attributes().All() {
		v.MoveTo(resolved.Dictionary().AttributeTable().At(i).Value())
		i++
	}
	i = 0
	resolved.ResourceProfiles().RemoveIf(func(pprofile.ResourceProfiles) bool { i++; return i > last })
	return resolved, nil
}
