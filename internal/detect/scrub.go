package detect

import (
	"slices"
	"strings"
)

// maxRounds bounds how often a value is scanned. One round finds nothing in
// ordinary text, two settle nearly all of the rest.
const maxRounds = 4

// Value is what a scan looks at.
type Value struct {
	Text string
	// Key is the class of the key that the value stands under, combined with those
	// of all keys of its path; the zero class where there is none.
	Key KeyClass
	// System is the database of a query, as db.system.name has it, where the key
	// says that the value is a query; empty if it is not known.
	System string
}

// Scrub returns the value's text without what the rules say must go, and appends the
// findings to dst, with offsets in the text that was given. It scans until
// nothing acts any more, because what a marker replaces may have hidden its
// neighbour or changed its context; so scrubbing the result again changes
// nothing. Text in which nothing acts is returned as it is, without a copy.
//
// Where a finding drops the value, or more than that, the result is the marker of
// its detector; whether attribute and record go is the caller's to see in the
// findings' actions.
//
// A text that cannot be scanned to the end is replaced as a whole by the marker of
// the reason that is returned, which is empty otherwise.
func (s *Scanner) Scrub(dst []Finding, v Value, rules *Rules) (clean string, findings []Finding, reason Reason) {
	first := len(dst)
	dst, reason = s.Scan(dst, v, rules)
	if reason != "" {
		return Unscannable(reason), dst, reason
	}
	if !anyActs(dst[first:]) {
		return v.Text, dst, ""
	}
	if d := dropping(dst[first:]); d != nil {
		return marker(d.Name, ""), dst, ""
	}
	clean, edits := rebuild(v.Text, dst[first:], nil, rules)
	for range maxRounds - 1 {
		v.Text = clean
		again, reason := s.Scan(nil, v, rules)
		if reason != "" {
			return Unscannable(reason), dst, reason
		}
		if !anyActs(again) {
			return clean, dst, ""
		}
		for _, f := range again {
			if f.Acts() {
				f.Start, f.End = original(edits, f.Start, f.End)
				dst = append(dst, f)
			}
		}
		dst = merge(dst, first)
		if d := dropping(again); d != nil {
			return marker(d.Name, ""), dst, ""
		}
		clean, edits = rebuild(clean, again, edits, rules)
	}
	return Unscannable(Unstable), dst, Unstable
}

// dropping returns the detector of the finding that drops the most, or nil.
func dropping(findings []Finding) *Detector {
	most, d := Pseudonym, (*Detector)(nil)
	for _, f := range findings {
		if f.Action > most {
			most, d = f.Action, f.Detector
		}
	}
	return d
}

func anyActs(findings []Finding) bool {
	return slices.ContainsFunc(findings, Finding.Acts)
}

// edit is a replaced range: where it lies in the rebuilt text, and what it
// replaces in the original.
type edit struct{ start, end, from, to int }

// rebuild replaces the acting findings of text. The edits are those that made
// text from the original, in order; the ones that make the result are returned.
func rebuild(text string, findings []Finding, edits []edit, rules *Rules) (string, []edit) {
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
		f.replace(&out, text[f.Start:f.End], rules)
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
