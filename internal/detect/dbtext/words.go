package dbtext

import "strings"

// A verb is the first word of a statement, if it matters.
type verb byte

const (
	verbNone verb = iota
	verbOther
	verbInsert
	verbSet
	verbCopy
	verbExec
	verbConnect
)

var verbs = map[string]verb{
	"insert": verbInsert, "set": verbSet, "copy": verbCopy, "exec": verbExec, "execute": verbExec, "connect": verbConnect,
}

// expect is what the words so far announce.
type expect byte

const (
	expectNothing expect = iota
	expectName           // FROM, JOIN, AS ...: a name
	expectBy             // IDENTIFIED: a BY
	expectReplace        // IDENTIFIED BY password: a REPLACE

	// From here on the next token may be a value though it looks like a name.
	expectSecret // IDENTIFIED BY: a password, quoted in any way or not at all
	expectQuoted // PASSWORD: one in quotes
	expectValue  // SET a =: a value
)

// word reads a word: a name, a keyword, or the prefix of a string.
func (s *statement) word() {
	i := s.i
	end := wordEnd(s.text, i, s.end)
	for s.d.hashWord && end < s.end && s.text[end] == '#' {
		end = wordEnd(s.text, end+1, s.end)
	}
	if end == s.end {
		s.note(i, end)
		return
	}
	switch s.text[end] {
	case '-':
		if end-i == 8 && uuidAt(s.text, i, s.end) {
			s.literal(i, i+36)
			return
		}
	case '\'':
		s.prefixed(i, end)
		return
	case '"':
		if s.d.triple != never && s.d.double == doubleString && isPrefix(s.text[i:end]) {
			s.str(i, end, s.d.backslash)
			return
		}
	case '&':
		if end-i == 1 && s.text[i]|0x20 == 'u' && end+1 < s.end && s.text[end+1] == '\'' {
			s.str(i, end+1, s.d.backslash)
			return
		}
	}
	s.note(i, end)
}

func isPrefix(word string) bool {
	switch len(word) {
	case 1:
		return strings.IndexByte("nebxrgNEBXRG", word[0]) >= 0
	case 2:
		return equalFold(word, "br") || equalFold(word, "rb") || equalFold(word, "gx") || equalFold(word, "ux")
	}
	return false
}

// prefixed reads a word that a string follows without white space.
func (s *statement) prefixed(i, end int) {
	word := s.text[i:end]
	switch {
	case s.d.oracle != never && (equalFold(word, "q") || equalFold(word, "nq")):
		s.oracleString(i, end)
	case equalFold(word, "e"):
		s.str(i, end, always)
	case isPrefix(word):
		s.str(i, end, s.d.backslash)
	case s.d.kind != kindGeneric || word[0] == '_' || in(afterValue, word) || in(beforeValue, word):
		s.note(i, end)
	default:
		// It is the apostrophe of a word, and nothing tells strings from names now.
		s.swallow(i)
	}
}

// beforeValue are the words that may stand before a value without white space,
// beside afterValue.
var beforeValue = set("select values date time timestamp datetime interval case by")

// note looks at the word text[i:end], goes on behind it, and remembers what it
// announces.
func (s *statement) note(i, end int) {
	word := s.text[i:end]
	s.i, s.behind = end, end
	if s.args && s.argument(i, end) {
		return
	}
	if s.first == verbNone {
		s.begin(word)
		if s.first == verbConnect {
			s.swallow(end) // CONNECT user/password@database
			return
		}
	}
	if s.expect == expectName {
		s.expect = expectNothing
	}
	switch len(word) {
	case 2:
		switch {
		case s.expect == expectBy && equalFold(word, "by"):
			s.expect = expectSecret
		case s.first == verbSet && equalFold(word, "to"):
			s.expect = expectValue
		case s.d.double == doubleEither && equalFold(word, "as"):
			s.expect = expectName
		}
	case 4:
		if s.d.double == doubleEither && (equalFold(word, "from") || equalFold(word, "join") || equalFold(word, "into")) {
			s.expect = expectName
		}
	case 5:
		if s.d.double == doubleEither && equalFold(word, "table") {
			s.expect = expectName
		}
		s.data = s.data || s.first == verbCopy && equalFold(word, "stdin")
	case 6:
		switch {
		case equalFold(word, "secret"):
			s.expect = expectQuoted
		case s.d.double == doubleEither && equalFold(word, "update"):
			s.expect = expectName
		case s.d.format && s.first == verbInsert && equalFold(word, "format"):
			s.inlineData()
		}
	case 7:
		if s.expect == expectReplace && equalFold(word, "replace") {
			s.expect = expectSecret
		}
	case 8:
		if equalFold(word, "password") {
			s.expect = expectQuoted
		}
	case 10:
		if equalFold(word, "identified") {
			s.expect = expectBy
		}
	}
}

// begin notes the first word of a statement.
func (s *statement) begin(word string) {
	s.first = verbOther
	if len(word) >= len("set") && len(word) <= len("connect") {
		if v, ok := lookup(verbs, word); ok {
			s.first = v
		}
	}
	s.args, s.called = s.first == verbExec && s.d.bareArgs, false
}

// next begins another statement.
func (s *statement) next() {
	if s.data {
		s.swallow(s.i) // COPY ... FROM STDIN; and its rows
		return
	}
	s.first, s.args, s.expect = verbNone, false, expectNothing
}

// inlineData marks the data behind INSERT ... FORMAT name. FORMAT Values is
// followed by SQL.
func (s *statement) inlineData() {
	name := skipSpace(s.text, s.i)
	end := wordEnd(s.text, name, s.end)
	if name == s.i || end == name || startsWord(s.text, name, "values") {
		return
	}
	s.swallow(end)
}
