package dbtext

import "strings"

// maxName is longer than any database allows a quoted name to be. What is longer,
// or has no end, is not taken for one.
const maxName = 256

// maxTag bounds the tag of $tag$, as PostgreSQL does.
const maxTag = 64

// str marks the string whose quote stands at open, and which its prefix begins at
// start (E'...').
func (s *statement) str(start, open int, backslash reading) {
	q := s.text[open]
	text := s.text[:s.end]
	var end int
	clean := true
	if triple := s.d.triple != never && strings.HasPrefix(text[open:], tripled(q)); triple && s.d.triple == always {
		end = tripleEnd(text, open, q)
	} else {
		end, clean = closing(text, open, q, backslash)
		clean = clean && (!triple || end == tripleEnd(text, open, q))
	}
	if !clean || !s.endsWell(end, open, backslash) {
		s.swallow(start)
		return
	}
	s.literal(start, end)
}

// closing returns the end of the string or name whose quote stands at open, or the
// end of the text if it has none. It is not clean if dialects disagree on it.
func closing(text string, open int, q byte, backslash reading) (end int, clean bool) {
	for i := open + 1; ; {
		j := strings.IndexByte(text[i:], q)
		if j < 0 {
			return len(text), true
		}
		j += i
		escapes := j
		for escapes > i && text[escapes-1] == '\\' {
			escapes--
		}
		odd := (j-escapes)%2 == 1
		switch {
		case odd && backslash == always:
			i = j + 1
		case odd && backslash == unsure:
			return len(text), false
		case j+1 < len(text) && text[j+1] == q:
			i = j + 2
		default:
			return j + 1, true
		}
	}
}

// escapedEnd returns the end of the string whose quote stands at open, in a language
// that escapes by backslash alone, or the end of the text if it has none.
func escapedEnd(text string, open int) int {
	for i := open + 1; ; {
		j := strings.IndexByte(text[i:], text[open])
		if j < 0 {
			return len(text)
		}
		j += i
		escapes := j
		for escapes > i && text[escapes-1] == '\\' {
			escapes--
		}
		i = j + 1
		if (j-escapes)%2 == 0 {
			return i
		}
	}
}

// endsWell reports whether a string may end at end: a word right behind it, or
// anything but what may follow a value behind \', shows that its quotes were
// not escaped as its dialect does, and that where it really ends cannot be told.
func (s *statement) endsWell(end, open int, backslash reading) bool {
	if end >= s.end {
		return true
	}
	next := s.text[end]
	if backslash == never && end-open > 2 && s.text[end-2] == '\\' && !has(next, isSpace) && strings.IndexByte(",;:)]}|=", next) < 0 {
		return false
	}
	if !has(next, isWord) || wideSpace(s.text, end) > 0 {
		return true
	}
	return in(afterValue, s.text[end:wordEnd(s.text, end, s.end)])
}

// afterValue are the words that may follow a value without white space.
var afterValue = set(`and or xor not in is like ilike rlike regexp between from where group order having union intersect except
	limit offset as asc desc then when else end on join left right inner outer cross using into values set collate escape
	for fetch with returning div mod`)

func tripled(q byte) string {
	if q == '"' {
		return `"""`
	}
	return `'''`
}

// tripleEnd returns the end of the string that three quotes open.
func tripleEnd(text string, open int, q byte) int {
	quotes := tripled(q)
	for i := open + len(quotes); ; {
		j := strings.Index(text[i:], quotes)
		if j < 0 {
			return len(text)
		}
		j += i
		escapes := j
		for escapes > i && text[escapes-1] == '\\' {
			escapes--
		}
		if (j-escapes)%2 == 0 {
			return j + len(quotes)
		}
		i = j + 1
	}
}

// oracleString marks q'[...]', whose prefix begins at start and whose quote stands
// at open.
func (s *statement) oracleString(start, open int) {
	end := s.end
	if open+1 < s.end {
		closer := s.text[open+1]
		switch closer {
		case '[':
			closer = ']'
		case '(':
			closer = ')'
		case '{':
			closer = '}'
		case '<':
			closer = '>'
		}
		for i := open + 2; i < s.end; {
			j := strings.IndexByte(s.text[i:s.end], '\'')
			if j < 0 {
				break
			}
			j += i
			if j > open+2 && s.text[j-1] == closer {
				end = j + 1
				break
			}
			i = j + 1
		}
	}
	if s.d.oracle == unsure {
		plain, clean := closing(s.text[:s.end], open, '\'', unsure)
		if !clean || plain != end || !s.endsWell(end, open, unsure) {
			s.swallow(start)
			return
		}
	}
	s.literal(start, end)
}

// doubleQuotes reads what stands in double quotes.
func (s *statement) doubleQuotes() {
	if s.d.double == doubleName || s.d.double == doubleEither && s.nameExpected() {
		s.name('"')
		return
	}
	s.str(s.i, s.i, s.d.backslash)
}

// nameExpected reports whether the double quotes at s.i must hold a name: SQLite
// takes them for a string elsewhere if there is no such name.
func (s *statement) nameExpected() bool {
	if s.i > 0 && s.point == s.i || s.expect == expectName {
		return true
	}
	end, _ := closing(s.text[:s.end], s.i, '"', never)
	return end < s.end && s.text[end] == '.'
}

// name passes over a quoted name, which ends with the byte q.
func (s *statement) name(q byte) {
	start := s.i
	end, _ := closing(s.text[:s.end], start, q, s.nameBackslash(q))
	if end-start < 2 || end-start > maxName || s.text[end-1] != q {
		s.literal(start, end)
		return
	}
	s.i = end
	s.expect = expectNothing
	s.called = s.called || s.args && (end == s.end || s.text[end] != '.')
}

// nameBackslash tells what a backslash means in a quoted name.
func (s *statement) nameBackslash(q byte) reading {
	if q != ']' && (s.d == click || s.d == bigquery) {
		return always
	}
	return never
}

// dollar reads $tag$...$tag$, $1, $name, and amounts of money.
func (s *statement) dollar() {
	i := s.i
	if i+1 < s.end && has(s.text[i+1], isDigit) {
		end := s.ordinalEnd(i + 1)
		if s.d.money || end == i+1 {
			s.number(i + 1)
			if n := len(s.spans); n > 0 && s.spans[n-1].Start == i+1 {
				s.spans[n-1].Start = i
			}
			return
		}
		s.i = end
		return
	}
	tag := i + 1
	for tag < s.end && s.text[tag] != '$' && has(s.text[tag], isWord) {
		tag++
	}
	if s.d.dollar == never || tag >= s.end || s.text[tag] != '$' || tag-i > maxTag {
		s.i = max(i+1, wordEnd(s.text, i, s.end))
		return
	}
	content := s.text[tag+1 : s.end]
	end := s.end
	if j := strings.Index(content, s.text[i:tag+1]); j >= 0 {
		content = content[:j]
		end = tag + 1 + j + (tag + 1 - i)
	}
	if s.d.dollar == unsure && opensLiteral(content) {
		s.swallow(i)
		return
	}
	s.literal(i, end)
}
