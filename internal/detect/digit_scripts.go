package detect

import (
	"strings"
	"unicode/utf8"
)

// script is a set of ten digits. Digits of other scripts mean what the ASCII ones
// mean, so they are read for matching, and the bytes of the text are edited.
type script struct {
	// lead are the bytes before the last one of each digit; zero is that of 0.
	lead string
	zero byte
}

var (
	asciiDigits = script{"", '0'}
	// otherDigits are full-width, Arabic-Indic and extended Arabic-Indic digits.
	otherDigits = [...]script{{"\xef\xbc", 0x90}, {"\xd9", 0xa0}, {"\xdb", 0xb0}}
)

// scriptAt returns the script of the digit at i.
func scriptAt(text string, i int) (script, bool) {
	if i < len(text) && has(text[i], isDigit) {
		return asciiDigits, true
	}
	for _, s := range otherDigits {
		if _, ok := s.digit(text, i); ok {
			return s, true
		}
	}
	return script{}, false
}

// size is the length of a digit in bytes.
func (s script) size() int { return len(s.lead) + 1 }

// digit returns the digit at i as ASCII.
func (s script) digit(text string, i int) (byte, bool) {
	last := i + len(s.lead)
	if i < 0 || last >= len(text) || text[i:last] != s.lead || text[last] < s.zero || text[last] > s.zero+9 {
		return 0, false
	}
	return text[last] - s.zero + '0', true
}

// read copies the digits from i on to dst, until it is full, and returns their
// count and where they end.
func (s script) read(text string, i int, dst []byte) (n, end int) {
	for n < len(dst) {
		d, ok := s.digit(text, i)
		if !ok {
			break
		}
		dst[n], n, i = d, n+1, i+s.size()
	}
	return n, i
}

// anchors are literals at which a group of digits of another script begins with
// one of the given digits. Where a digit has two bytes, the first one of the next
// digit makes the third.
func scriptAnchors(first string) []string {
	var all []string
	for _, s := range otherDigits {
		for _, d := range []byte(first) {
			literal := s.lead + string([]byte{d - '0' + s.zero})
			if len(literal) < anchorWidth {
				literal += s.lead
			}
			all = append(all, literal)
		}
	}
	return all
}

// jointBytes are those with which a joint begins.
const jointBytes = " -.+%&\\\xc2\xe2\xe3\xef"

// joint returns the length and the meaning of the sign at i that may stand
// between two groups of digits: ' ' for all kinds of spaces, '-' for hyphens and
// dashes, and '.'. Spellings of URLs, JSON and HTML are understood. A line break is no
// joint. The length is 0 if there is none.
func joint(text string, i int) (length int, sign byte) {
	if i >= len(text) {
		return 0, 0
	}
	switch b := text[i]; {
	case b == ' ' || b == '-' || b == '.':
		return 1, b
	case b == '+':
		return 1, ' ' // as forms write it
	case b == '%':
		for _, e := range [...]struct {
			spelled string
			sign    byte
		}{{"%20", ' '}, {"%2D", '-'}, {"%2d", '-'}, {"%C2%A0", ' '}, {"%c2%a0", ' '}} {
			if strings.HasPrefix(text[i:], e.spelled) {
				return len(e.spelled), e.sign
			}
		}
	case b == '&':
		for _, spelled := range [...]string{"&nbsp;", "&#160;"} {
			if strings.HasPrefix(text[i:], spelled) {
				return len(spelled), ' '
			}
		}
	case b == '\\':
		if r, ok := escapedRune(text, i); ok {
			return len(`\u0000`), jointOf(r)
		}
	case b >= utf8.RuneSelf:
		r, size := utf8.DecodeRuneInString(text[i:])
		if sign := jointOf(r); sign != 0 {
			return size, sign
		}
	}
	return 0, 0
}

// escapedRune returns the character that \uXXXX at i means, if it joins groups.
func escapedRune(text string, i int) (rune, bool) {
	if len(text)-i < len(`\u0000`) || text[i+1] != 'u' {
		return 0, false
	}
	var r rune
	for _, b := range []byte(text[i+2 : i+6]) {
		switch {
		case has(b, isDigit):
			r = r<<4 | rune(b-'0')
		case hexByte(b):
			r = r<<4 | rune(lower(b)-'a'+10)
		default:
			return 0, false
		}
	}
	return r, jointOf(r) != 0
}

// jointOf returns the meaning of a character that may join groups; 0 for others.
func jointOf(r rune) byte {
	switch {
	case r == ' ' || r == 0xA0 || r >= 0x2000 && r <= 0x200A || r == 0x202F || r == 0x205F || r == 0x3000:
		return ' '
	case r == '-' || r >= 0x2010 && r <= 0x2015 || r == 0x2212 || r == 0xFF0D:
		return '-'
	case r == '.' || r == 0xFF0E:
		return '.'
	}
	return 0
}

// plainDigits returns the digits of what was found, of any script, as ASCII.
func plainDigits(found string) string {
	digits := make([]byte, 0, len(found))
	for i := 0; i < len(found); {
		s, ok := scriptAt(found, i)
		if !ok {
			length, _ := joint(found, i)
			i += max(1, length) // a spelled joint may hold digits
			continue
		}
		d, _ := s.digit(found, i)
		digits = append(digits, d)
		i += s.size()
	}
	return string(digits)
}
