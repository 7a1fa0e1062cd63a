package detect

import (
	"slices"
	"strings"
)

// maxRounds bounds how often a value is scanned. One round finds nothing in
// ordinary text, two settle nearly all of the rest.
const maxRounds = 4

// Scrub returns text without what the detectors act upon, and appends the
// findings to dst, with offsets in the text that was given. It scans until
// nothing acts any more, because what a marker replaces may have hidden its
// neighbour or changed its context; so scrubbing the result again changes
// nothing. Text in which nothing acts is returned as it is, without a copy.
//
// A text that does not settle is replaced as a whole by the marker of
// [Unstable], and settled is false; none is known.
func (s *Scanner) Scrub(dst []Finding, key KeyClass, text string) (clean string, findings []Finding, settled bool) {
	first := len(dst)
	dst = s.Scan(dst, key, text)
	if !anyActs(dst[first:]) {
		return text, dst, true
	}
	clean, edits := rebuild(text, dst[first:], nil)
	for range maxRounds - 1 {
		again := s.Scan(nil, key, clean)
		if !anyActs(again) {
			return clean, dst, true
		}
		for _, f := range again {
			if f.Acts() {
				f.Start, f.End = original(edits, f.Start, f.End)
				dst = append(dst, f)
			}
		}
		dst = merge(dst, first)
		clean, edits = rebuild(clean, again, edits)
	}
	return Unscannable(Unstable), dst, false
}

func anyActs(findings []Finding) bool {
	return slices.ContainsFunc(findings, Finding.Acts)
}

// edit is a replaced range: where it lies in the rebuilt text, and what it
// replaces in the original.
type edit struct{ start, end, from, to int }

// rebuild replaces the acting findings of text. The edits are those that made
// text from the original, in order; the ones that make the result are returned.
func rebuild(text string, findings []Finding, edits []edit) (string, []edit) {
	var out strings.Builder
	out.Grow(len(text) + len(findings)*16)
	var now []edit
	kept := 0
	keep := func(end int) {
		for len(edits) > 0 && edits[0].end <= end {
			if e := edits[0]; e.start >= kept {
				shift := out.Len() - kept
				now = append(now, edit{e.start + shift, e.end + shift, e.from, e.to})
			}
			edits = edits[1:]
		}
		out.WriteString(text[kept:end])
	}
	all := edits
	for _, f := range findings {
		if !f.Acts() {
			continue
		}
		from, to := original(all, f.Start, f.End)
		keep(f.Start)
		start := out.Len()
		out.WriteString(f.quote)
		f.replace(&out, text[f.Start:f.End])
		out.WriteString(f.quote)
		now = append(now, edit{start, out.Len(), from, to})
		kept = f.End
	}
	keep(len(text))
	return out.String(), now
}

// original maps a range of a rebuilt text to the range of the original that it
// stands for. A range that touches a replaced one takes all of it.
func original(edits []edit, start, end int) (int, int) {
	from, to := start, end
	for _, e := range edits {
		switch {
		case e.end <= start:
			from = start - e.end + e.to
		case e.start < start:
			from = e.from
		}
		switch {
		case e.end <= end:
			to = end - e.end + e.to
		case e.start < end:
			to = e.to
		}
	}
	return from, to
}
