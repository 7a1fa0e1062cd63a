package dbtext

import "strings"

// statement is the state of reading a text in SQL or a language like it. It knows
// no grammar: it takes tokens one by one, and remembers of those before only what
// makes a name a value (IDENTIFIED BY name).
type statement struct {
	text  string
	i     int // the next byte to read
	end   int // where reading ends: the end of the text, or of the hint being read
	d     *dialect
	spans []Span

	behind int // the end of the last name or keyword
	point  int // the end of the last point between names

	hint      int // where the hint begins, while s.end is its end
	hintSpans int // how many spans there were before it

	code   bool // inside /*! ... */, which is read
	first  verb // the word that the statement begins with
	args   bool // in the arguments of EXEC
	called bool // the procedure that EXEC calls is read
	data   bool // what follows the statement is data
	expect expect
}

// token is what a byte may begin.
type token byte

const (
	tokenNone token = iota
	tokenWord
	tokenNumber
	tokenDot
	tokenQuote
	tokenDouble
	tokenTick
	tokenBracket
	tokenDollar
	tokenColon
	tokenMark
	tokenDash
	tokenHash
	tokenSlash
	tokenStar
	tokenSemicolon
	tokenEquals
	tokenWide
	tokenPercent
)

var tokens = func() (t [256]token) {
	for c := range t {
		switch {
		case has(byte(c), isDigit):
			t[c] = tokenNumber
		case has(byte(c), isWord):
			t[c] = tokenWord
		}
	}
	for _, c := range []byte{0xc2, 0xe1, 0xe2, 0xe3, 0xef} {
		t[c] = tokenWide
	}
	t['.'], t['\''], t['"'], t['`'], t['['] = tokenDot, tokenQuote, tokenDouble, tokenTick, tokenBracket
	t['$'], t[':'], t['?'], t['-'], t['#'] = tokenDollar, tokenColon, tokenMark, tokenDash, tokenHash
	t['/'], t['*'], t[';'], t['='], t['%'] = tokenSlash, tokenStar, tokenSemicolon, tokenEquals, tokenPercent
	return t
}()

func sqlLiterals(dst []Span, text string, d *dialect) []Span {
	s := statement{text: text, end: len(text), d: d, spans: dst}
	for {
		s.read()
		if s.end == len(text) {
			return s.spans
		}
		// Behind the hint and its */.
		s.i, s.end = s.end+len("*/"), len(text)
	}
}

// read takes tokens up to s.end.
func (s *statement) read() {
	for s.i < s.end {
		i := s.i
		kind := tokens[s.text[i]]
		if kind == tokenNone {
			s.i++
			continue
		}
		if s.expect >= expectSecret && s.secret() {
			continue
		}
		switch kind {
		case tokenWide:
			if n := wideSpace(s.text, i); n > 0 {
				s.i += n
				continue
			}
			s.word()
		case tokenWord:
			s.word()
		case tokenNumber:
			s.number(i)
		case tokenDot:
			s.dot()
		case tokenQuote:
			s.str(i, i, s.d.backslash)
		case tokenDouble:
			s.doubleQuotes()
		case tokenTick:
			if s.d.ticks {
				s.str(i, i, s.d.backslash)
			} else {
				s.name('`')
			}
		case tokenBracket:
			if s.d.brackets {
				s.name(']')
			} else {
				s.i++
			}
		case tokenDollar:
			s.dollar()
		case tokenColon:
			s.colon()
		case tokenMark:
			s.i = s.ordinalEnd(i + 1)
		case tokenDash, tokenHash, tokenSlash:
			if !s.comment() && !s.regex() {
				s.i++
			}
		case tokenStar:
			s.i++
			if s.code && s.i < s.end && s.text[s.i] == '/' {
				s.i++
				s.code = false
			}
		case tokenSemicolon:
			s.i++
			s.next()
		case tokenEquals:
			s.i++
			s.assigned()
		case tokenPercent:
			s.i = s.formatEnd(i)
		}
	}
}

// literal marks text[start:end] and goes on behind it.
func (s *statement) literal(start, end int) {
	s.spans = emit(s.spans, s.text, start, end, mark)
	s.i = end
}

// swallow marks everything from start on: where a literal ends cannot be told, and
// what follows may be part of one.
func (s *statement) swallow(start int) {
	if s.end < len(s.text) {
		// A hint without an end has no literals: all of it goes.
		start, s.spans = s.hint, s.spans[:s.hintSpans]
	}
	s.end = len(s.text)
	s.literal(start, s.end)
}

// region marks text[start:end], which is a value or a comment in one dialect and
// something else in another. If it opens a literal for the other one, the two
// disagree on all that follows.
func (s *statement) region(start, end int, r reading) {
	if r == unsure && opensLiteral(s.text[start:end]) {
		s.swallow(start)
		return
	}
	s.literal(start, end)
}

func opensLiteral(text string) bool {
	return strings.ContainsAny(text, "'\"`$") || strings.Contains(text, "/*")
}

// before returns the last byte before i that is no white space, or 0.
func (s *statement) before(i int) byte {
	for i--; i >= 0; i-- {
		if !has(s.text[i], isSpace) {
			return s.text[i]
		}
	}
	return 0
}

// formatEnd returns the end of the parameter %(name)s or %1$s at i, or the byte
// behind i if there is none.
func (s *statement) formatEnd(i int) int {
	if end := s.ordinalEnd(i + 1); end > i+1 && strings.HasPrefix(s.text[end:s.end], "$s") {
		return end + 2
	}
	return i + 1
}
