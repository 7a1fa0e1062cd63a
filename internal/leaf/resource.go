package leaf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/xpdata/entity"
)

// resource visits what all records of a resource share.
func (w *Walker) resource(res pcommon.Resource) {
	w.visitor.Resource(res.Attributes())
	w.lost = nil
	w.attributes(ResourceAttribute, res.Attributes())
	entity.ResourceEntityRefs(res).RemoveIf(w.entity)
}

// entity visits a reference to an entity and reports whether it has lost all the
// keys that identify it.
func (w *Walker) entity(ref entity.EntityRef) (gone bool) {
	if s, changed := w.field(Entity, ref.Type()); changed {
		ref.SetType(s)
	}
	if s, changed := w.field(Entity, ref.SchemaUrl()); changed {
		ref.SetSchemaUrl(s)
	}
	w.keyRefs(ref.DescriptionKeys())
	return w.keyRefs(ref.IdKeys())
}

// keyRefs visits an entity's references to resource attributes. They are keys
// for the visitor, so that a renamed attribute and its reference change alike,
// and those of dropped attributes go. It reports whether none is left.
func (w *Walker) keyRefs(keys pcommon.StringSlice) (gone bool) {
	sent, left := keys.Len(), 0
	for i := range sent {
		key := keys.At(i)
		name, outcome := key, DropAttribute
		if !w.lost[key] {
			name, outcome = w.key(Entity, key)
		}
		switch outcome {
		case DropAttribute:
			continue
		case Keep:
			name = key
		}
		if left != i || name != key {
			keys.SetAt(left, name)
		}
		left++
	}
	if left == sent {
		return false
	}
	i := 0
	keys.RemoveIf(func(string) bool { i++; return i > left })
	return left == 0
}

// scope visits what all records of an instrumentation scope share.
func (w *Walker) scope(scope pcommon.InstrumentationScope) {
	if s, changed := w.field(ScopeName, scope.Name()); changed {
		scope.SetName(s)
	}
	if s, changed := w.field(ScopeVersion, scope.Version()); changed {
		scope.SetVersion(s)
	}
	w.attributes(ScopeAttribute, scope.Attributes())
}
