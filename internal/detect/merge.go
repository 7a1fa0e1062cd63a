package detect

import (
	"cmp"
	"slices"
)

// merge sorts the findings from first on and resolves their overlaps.
func merge(found []Finding, first int) []Finding {
	fresh := found[first:]
	if len(fresh) < 2 {
		return found
	}
	slices.SortStableFunc(fresh, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	merged := fresh[:1]
	for _, f := range fresh[1:] {
		last := &merged[len(merged)-1]
		switch {
		case f.Start >= last.End:
			merged = append(merged, f)
		case f.Acts() == last.Acts():
			*last = union(*last, f)
		case f.Acts():
			*last = f
		}
	}
	return found[:first+len(merged)]
}

// union covers both findings in the name of the surer one, or of a, which
// starts no later. The sterner of both actions is taken, if it drops more than the
// finding.
func union(a, b Finding) Finding {
	u := a
	if b.Confidence > a.Confidence {
		u = b
		if b.quote == "" && b.Start == a.Start && b.End == a.End {
			u.quote = a.quote
		}
	}
	if most := max(a.Action, b.Action); most > Pseudonym {
		u.Action = most
	}
	end := max(a.End, b.End)
	u.widened = u.widened || u.Start != a.Start || u.End != end
	u.Start, u.End = a.Start, end
	return u
}
