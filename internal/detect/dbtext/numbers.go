package dbtext

import "strings"

// maxOrdinal is the number of digits that the number of a parameter may have:
// PostgreSQL numbers them up to 65535. A longer one is a value.
const maxOrdinal = 5

// ordinalEnd returns the end of the number of a parameter that begins at i, or i if
// none does.
func (s *statement) ordinalEnd(i int) int {
	end := spanEnd(s.text, i, min(s.end, i+maxOrdinal+1), isDigit)
	if end-i > maxOrdinal || end < s.end && has(s.text[end], isWord) && s.text[end] != '$' ||
		end+1 < s.end && s.text[end] == '.' && has(s.text[end+1], isDigit) {
		return i
	}
	return end
}

// number marks the number at i. What is glued to it goes with it (10m, 0x1F, 5BD,
// 1e6, 2026_sales), a keyword apart (1and).
func (s *statement) number(i int) {
	if uuidAt(s.text, i, s.end) {
		s.literal(i, i+36)
		return
	}
	s.literal(i, s.numberEnd(i))
}

func (s *statement) numberEnd(i int) int {
	text := s.text
	decimal := true // digits and points so far
	for i < s.end {
		c := text[i]
		switch {
		case has(c, isDigit):
			i++
		case c == '.':
			if i+1 < s.end && !has(text[i+1], isDigit) && (text[i+1] == '.' || has(text[i+1], isWord)) {
				return i
			}
			i++
		case !has(c, isWord):
			return i
		default:
			end := wordEnd(text, i, s.end)
			tail := text[i:end]
			if end == i || decimal && in(afterValue, tail) {
				return i
			}
			exponent := decimal && (tail == "e" || tail == "E")
			decimal = false
			if exponent && end+1 < s.end && strings.IndexByte("+-", text[end]) >= 0 && has(text[end+1], isDigit) {
				end++
			}
			i = end
		}
	}
	return i
}

// dot reads a point, which may begin a number (.5).
func (s *statement) dot() {
	i := s.i
	if i+1 == s.end || !has(s.text[i+1], isDigit) {
		s.i++
		s.point = s.i
		return
	}
	if i > 0 && (has(s.text[i-1], isWord) || strings.IndexByte(".'\"`])?", s.text[i-1]) >= 0) {
		s.number(i + 1)
		return
	}
	s.number(i)
}

// colon reads a colon, which may begin a parameter (:1): behind a sign, or behind
// white space and a word. Names behind one need no care.
func (s *statement) colon() {
	colon := s.i
	s.i++
	end := s.ordinalEnd(s.i)
	if end == s.i {
		return
	}
	before := colon
	for before > 0 && has(s.text[before-1], isSpace) {
		before--
	}
	if before == 0 || strings.IndexByte("(,=<>+-*/|%", s.text[before-1]) >= 0 || before < colon && before == s.behind {
		s.i = end
	}
}
