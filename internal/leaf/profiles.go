package leaf

import "go.opentelemetry.io/collector/pdata/pprofile"

// Profiles visits every slot of pd, which must be mutable. It counts profiles.
// The signal is experimental: its data model may still change.
//
// Most text of a batch stands in its dictionary, which all resources share and
// refer to by index. Its strings and its attributes are visited as those of no
// resource: [Visitor.Resource] is called for them with an empty map. No index
// changes its meaning: a string that is dropped becomes empty, and an attribute
// that is dropped, or whose key is, is emptied and taken from the records that
// refer to it. A key in the dictionary is visited as the string that it is.
//
// A string that was replaced or dropped in an attribute may stand in the
// dictionary too, where nothing tells what it is. Unless something else refers to
// it, it becomes there what it became first, and is not visited again.
func (w *Walker) Profiles(pd pprofile.Profiles) Counts {
	if w.sent == nil {
		w.sent = make(replacements)
	}
	w.strings = w.sent
	defer func() {
		clear(w.sent)
		w.strings = nil
	}()

	if !w.hasReferences(pd) {
		w.profilesData(pd)
		return w.finish()
	}
	resolved, err := resolve(pd)
	if err != nil { // not even pdata can read it
		w.counts.Dropped = pd.ProfileCount()
		pprofile.NewProfiles().MoveTo(pd)
		return w.finish()
	}
	w.touched = false
	if w.profilesData(resolved); w.touched {
		resolved.MoveTo(pd)
	}
	return w.finish()
}

// profilesData visits pd, in which no attribute refers to a string. Attributes
// come before the strings of the dictionary, see replacements.
func (w *Walker) profilesData(pd pprofile.Profiles) {
	dictionary := pd.Dictionary()
	w.visitor.Resource(w.none)
	dropAttributes(pd, w.attributeTable(dictionary))
	pd.ResourceProfiles().RemoveIf(w.resourceProfiles)
	w.visitor.Resource(w.none)
	dropAttributes(pd, w.stringTable(pd))
}

// resourceProfiles visits the profiles of a resource and reports whether none is
// left.
func (w *Walker) resourceProfiles(rp pprofile.ResourceProfiles) (gone bool) {
	w.resource(rp.Resource())
	if s, changed := w.field(SchemaURL, rp.SchemaUrl()); changed {
		rp.SetSchemaUrl(s)
	}
	sent := rp.ScopeProfiles().Len()
	rp.ScopeProfiles().RemoveIf(w.scopeProfiles)
	return sent > 0 && rp.ScopeProfiles().Len() == 0
}

// scopeProfiles visits the profiles of a scope and reports whether none is left.
func (w *Walker) scopeProfiles(sp pprofile.ScopeProfiles) (gone bool) {
	w.scope(sp.Scope())
	if s, changed := w.field(SchemaURL, sp.SchemaUrl()); changed {
		sp.SetSchemaUrl(s)
	}
	sent := sp.Profiles().Len()
	sp.Profiles().RemoveIf(w.profile)
	return sent > 0 && sp.Profiles().Len() == 0
}

// profile visits a profile and reports whether it goes. What it refers to is the
// dictionary's.
func (w *Walker) profile(profile pprofile.Profile) (gone bool) {
	w.begin()
	if s, changed := w.field(ProfilePayloadFormat, profile.OriginalPayloadFormat()); changed {
		profile.SetOriginalPayloadFormat(s)
	}
	if payload := profile.OriginalPayload(); !w.gone && payload.Len() > 0 {
		b, outcome := w.visitor.Bytes(w.at(ProfilePayload), payload)
		switch w.settle(ProfilePayload, outcome) {
		case Replace:
			payload.FromRaw(b)
		case DropAttribute:
			payload.FromRaw(nil)
		}
	}
	return w.end()
}
