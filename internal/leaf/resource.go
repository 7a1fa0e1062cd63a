package leaf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/xpdata/entity"
)

// resource visits what all records of a resource share.
func (w *Walker) resource(res pcommon.Resource) {
	refs := entity.ResourceEntityRefs(res)
	for i := range refs.Len() {
		ref := refs.At(i)
		if s, changed := w.text(Entity, ref.Type()); changed {
			ref.SetType(s)
		}
		if s, changed := w.text(Entity, ref.SchemaUrl()); changed {
			ref.SetSchemaUrl(s)
		}
		w.keyRefs(ref.IdKeys())
		w.keyRefs(ref.DescriptionKeys())
	}
	w.attributes(ResourceAttribute, res.Attributes())
}

// keyRefs visits an entity's references to resource attributes. They are keys
// for the visitor, so that a renamed attribute and its reference change alike.
func (w *Walker) keyRefs(keys pcommon.StringSlice) {
	for i := range keys.Len() {
		if s, changed := w.key(Entity, keys.At(i)); changed {
			keys.SetAt(i, s)
		}
	}
}

// scope visits what all records of an instrumentation scope share.
func (w *Walker) scope(scope pcommon.InstrumentationScope) {
	if s, changed := w.text(ScopeName, scope.Name()); changed {
		scope.SetName(s)
	}
	if s, changed := w.text(ScopeVersion, scope.Version()); changed {
		scope.SetVersion(s)
	}
	w.attributes(ScopeAttribute, scope.Attributes())
}
