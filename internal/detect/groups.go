package detect

import "slices"

// groupIndex tells which detectors look at a group of digits, by its length and, for
// a short one, which is never all of a number, by the byte behind it.
type groupIndex struct {
	short [minWholeGroup][256]uint16
	long  [maxDigits + 1]uint16
	// sets are lists of detectors; the first one is empty.
	sets [][]*Detector
}

// minWholeGroup is the shortest group of digits that can be all of a number.
const minWholeGroup = 6

// add makes d look at groups of n digits.
func (x *groupIndex) add(d *Detector, n int) {
	if n >= minWholeGroup {
		x.long[n] = x.with(x.long[n], d)
		return
	}
	for b := range 256 {
		if d.joins == "" || slices.Contains([]byte(d.joins), byte(b)) {
			x.short[n][b] = x.with(x.short[n][b], d)
		}
	}
}

// with returns the number of the set that has d too.
func (x *groupIndex) with(set uint16, d *Detector) uint16 {
	if len(x.sets) == 0 {
		x.sets = [][]*Detector{nil}
	}
	list := append(slices.Clone(x.sets[set]), d)
	if i := slices.IndexFunc(x.sets, func(s []*Detector) bool { return slices.Equal(s, list) }); i >= 0 {
		return uint16(i)
	}
	x.sets = append(x.sets, list)
	return uint16(len(x.sets) - 1)
}

// at returns the detectors that look at the group text[start:end].
func (x *groupIndex) at(text string, start, end int) []*Detector {
	n := end - start
	switch {
	case len(x.sets) == 0 || n > maxDigits:
		return nil
	case n >= minWholeGroup:
		return x.sets[x.long[n]]
	case end == len(text):
		return x.sets[x.short[n][0]]
	}
	return x.sets[x.short[n][text[end]]]
}
