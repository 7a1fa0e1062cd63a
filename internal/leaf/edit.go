package leaf

import (
	"slices"
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/xpdata"
)

// edit is what becomes of a map's entry.
type edit struct {
	key  string // the old key or a new one
	drop bool
}

// unedited returns the edits that leave the entries of m as they are, in order.
func unedited(m pcommon.Map) []edit {
	edits := make([]edit, 0, m.Len())
	for key := range m.All() {
		edits = append(edits, edit{key: key})
	}
	return edits
}

// edit gives the entries of m the keys that edits holds by position, or drops
// them.
func (w *Walker) edit(place Place, m pcommon.Map, edits []edit) {
	dropped := func(e edit) bool { return e.drop }
	if slices.ContainsFunc(edits, dropped) {
		i := 0
		m.RemoveIf(func(key string, _ pcommon.Value) bool {
			drop := edits[i].drop
			i++
			if drop && place == ResourceAttribute && len(w.keys) == 0 {
				if w.lost == nil {
					w.lost = make(map[string]bool)
				}
				w.lost[key] = true
			}
			return drop
		})
		edits = slices.DeleteFunc(edits, dropped)
	}
	i := 0
	for key := range m.All() {
		if edits[i].key != key {
			rename(m, edits)
			return
		}
		i++
	}
}

// rename gives the entries of m the keys that edits holds by position. Order is
// kept and nothing is lost: a new key that the map has already is numbered,
// "name #2", "name #3" and so on. The space keeps the number apart from what the
// name ends in, which a later visitor might read together. pdata has no call for
// it, so the map is built anew.
func rename(m pcommon.Map, edits []edit) {
	taken := make(map[string]int, m.Len()) // key → the last number given to it
	i := 0
	for key := range m.All() {
		if edits[i].key == key {
			taken[key] = 1
		}
		i++
	}

	var renamed xpdata.MapBuilder
	renamed.EnsureCapacity(m.Len())
	i = 0
	for key, v := range m.All() {
		if edits[i].key != key {
			key = claim(taken, edits[i].key)
		}
		v.MoveTo(renamed.AppendEmpty(key))
		i++
	}
	renamed.UnsafeIntoMap(m)
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
