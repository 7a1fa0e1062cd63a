package dbtext

import "strings"

// Values that look like names: passwords, settings, and arguments without quotes.

// plainValues are values that say no more than the statement does.
var plainValues = set("on off default true false null local")

// passwordWords may stand between BY and a password.
var passwordWords = set("password values random")

// secret reads the token at s.i if it is what the words before it announce, and
// reports whether it did.
func (s *statement) secret() bool {
	i, c := s.i, s.text[s.i]
	if c == '=' || c == '-' || c == '/' || c == '#' {
		return c != '=' && s.comment()
	}
	expected := s.expect
	s.expect = expectNothing
	if i > 0 && s.text[i-1] == '@' || c == '?' || c == ':' || c == '%' || c == '\'' {
		return false
	}
	if c == '"' || c == '`' {
		if expected != expectValue {
			s.str(i, i, s.d.backslash)
			s.expect = expectReplace
			return true
		}
		return false
	}
	if expected == expectQuoted || c == '$' && i+1 < s.end && !has(s.text[i+1], isLetter) {
		return false
	}
	end := i
	for end < s.end && !has(s.text[end], isSpace) && strings.IndexByte(";,()", s.text[end]) < 0 {
		end++
	}
	if end == i {
		return false
	}
	word := s.text[i:end]
	switch {
	case expected == expectSecret && in(passwordWords, word):
		s.i, s.expect = end, expectSecret
		return true
	case expected == expectValue && (in(plainValues, word) || end < s.end && s.text[end] == '(' && isPath(word) || prefixes(word)):
		return false
	case strings.ContainsAny(word, "'\"`"):
		s.swallow(i)
		return true
	}
	s.literal(i, end)
	if expected == expectSecret {
		s.expect = expectReplace
	}
	return true
}

// prefixes reports whether the token is a string behind a prefix: N'...'.
func prefixes(token string) bool {
	prefix, _, quoted := strings.Cut(token, "'")
	return quoted && isPrefix(prefix)
}

// assigned reads what follows the = at the end of which s.i is.
func (s *statement) assigned() {
	if s.first != verbSet || s.d.bareArgs && !s.d.bareSet || s.end < len(s.text) {
		return
	}
	if !s.d.bareSet {
		s.expect = expectValue
		return
	}
	start := skipSpace(s.text, s.i)
	if start == s.end || strings.IndexByte("'\"?:$@%(", s.text[start]) >= 0 {
		return
	}
	end := s.end
	if j := strings.IndexAny(s.text[start:], ";\n"); j >= 0 {
		end = start + j
	}
	s.region(start, end, unsure)
}

// argumentWords may stand among the arguments of EXEC without being one.
var argumentWords = set("output out default null as with at using immediate recompile login user into")

// procedureEnds begin another statement behind EXEC, which needs no semicolon.
var procedureEnds = set("select insert update delete merge exec execute if else begin end declare set print return while commit rollback go")

// argument reads the word text[i:end] behind EXEC, and reports whether it was an
// argument, or part of the name of the procedure.
func (s *statement) argument(i, end int) bool {
	word := s.text[i:end]
	if in(procedureEnds, word) {
		s.first, s.args = verbNone, false
		return false
	}
	if s.before(i) == '@' || in(argumentWords, word) {
		return true
	}
	if !s.called {
		s.called = end == s.end || s.text[end] != '.'
		return true
	}
	s.literal(i, end)
	return true
}
