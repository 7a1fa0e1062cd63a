package detect

import "strings"

// idForm is a spelling with the group of digits by which it is found: the longest one of
// its pattern, since long groups are rare, and rather one that does not end it, since
// what must follow sorts most groups out. Single digits are the most common of all.
type idForm struct {
	spelling
	// first is the offset of the group in the pattern. The group has least digits, up
	// to most where places follow that may be digits.
	first, least, most int
	// last says that the candidate's group ends the number, since what stands before
	// the digits of the pattern may be digits too.
	last bool
}

// shortGroup is the longest group of digits that is found all over in logs.
const shortGroup = 5

func newIDForm(s spelling) idForm {
	f := idForm{spelling: s}
	best := -2 * shortGroup
	for i := 0; i < len(s.pattern); i++ {
		n := 0
		for i+n < len(s.pattern) && s.pattern[i+n] == '9' {
			n++
		}
		score := n
		if n == 1 || n <= shortGroup && i+n == len(s.pattern) {
			score -= shortGroup
		}
		if n > 0 && score > best {
			best, f.first, f.least = score, i, n
		}
		i += n
	}
	end := f.first + f.least
	for end < len(s.pattern) && (s.pattern[end] == '9' || s.pattern[end] == 'X') {
		end++
	}
	f.most = end - f.first
	if f.last = f.first > 0 && s.pattern[f.first-1] == 'X'; f.last {
		f.most = end
	}
	return f
}

// glued reports whether letters of the number stand right beside the group.
func (f *idForm) glued() bool {
	next := f.first + f.least
	return f.first > 0 && fits(f.pattern[f.first-1], 'A') || next < len(f.pattern) && fits(f.pattern[next], 'A')
}

// begins returns where the number begins whose group of digits is text[at:end], or a
// negative offset if there is none or it would be the end of a word.
func (f *idForm) begins(text string, at, end int) int {
	switch n := end - at; {
	case n < f.least || n > f.most:
		return -1
	case f.last:
		at = end - len(f.pattern)
	default:
		for range f.first {
			for at--; at > 0 && text[at]&0xC0 == 0x80; at-- {
				// a separator of several bytes
			}
		}
	}
	if at < 0 || !fits(f.pattern[0], text[at]) || wordEndsAt(text, at) {
		return -1
	}
	return at
}

// fits reports whether a byte may stand at a place of a pattern.
func fits(place, b byte) bool {
	switch place {
	case '9':
		return has(b, isDigit)
	case 'A':
		return has(b, isAlpha)
	case 'X':
		return has(b, isAlnum)
	case '~':
		return b == ' ' || b == '-' || b == '.' || b >= 0x80
	}
	return b == place || b >= 0x80 && (place == ' ' || place == '-')
}

// read reads the number at start. The end is 0 if there is none; small says that its
// letters are small.
func (f *idForm) read(text string, start int) (id ident, end int, small bool) {
	var letters byte
	separator := "" // that ~ stands for
	at := start
	for i := range len(f.pattern) {
		place := f.pattern[i]
		if at >= len(text) || !fits(place, text[at]) {
			return id, 0, false
		}
		b := text[at]
		switch place {
		case '9', 'A', 'X':
			letters |= classes[b] & isAlpha
			if has(b, isLower) {
				b -= 'a' - 'A'
			}
			id.chars[id.n] = b
			id.n++
		default:
			width := separatorWidth(text[at:], place)
			if width == 0 || place == '~' && separator != "" && separator != text[at:at+width] {
				return id, 0, false
			}
			if place == '~' {
				separator = text[at : at+width]
			}
			at += width - 1
		}
		at++
	}
	if letters == isAlpha {
		return id, 0, false
	}
	id.base = f.base
	return id, at, letters == isLower
}

// separatorWidth returns the width of the sign at the start of the text, which fits
// the place, or 0 if it is none: beside those of ASCII there are spaces that do not
// break (U+00A0, U+202F), and hyphens and dashes (U+2010 to U+2015, U+2212).
func separatorWidth(text string, place byte) int {
	const (
		noBreak       = "\u00a0"
		narrowNoBreak = "\u202f"
		minus         = "\u2212"
	)
	switch {
	case text[0] < 0x80:
		return 1
	case place != '-' && strings.HasPrefix(text, noBreak):
		return len(noBreak)
	case place != '-' && strings.HasPrefix(text, narrowNoBreak), place != ' ' && strings.HasPrefix(text, minus):
		return len(minus)
	case place != ' ' && len(text) >= 3 && text[:2] == "\xe2\x80" && text[2] >= 0x90 && text[2] <= 0x95:
		return len(minus)
	}
	return 0
}
