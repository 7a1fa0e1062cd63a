package dbtext

import "strings"

// comment reads the comment at s.i and reports whether there is one. Comments
// carry what frameworks know about the caller (sqlcommenter), so their content
// goes.
func (s *statement) comment() bool {
	rest := s.text[s.i:s.end]
	if s.end < len(s.text) {
		return false // a hint has none
	}
	switch {
	case rest[0] == '#':
		return s.line(len("#"), s.d.hash)
	case len(rest) < 2:
		return false
	case rest[:2] == "--":
		r := s.d.dash
		gap := len(rest) == 2 || has(rest[2], isSpace)
		if s.d.dashGap && !gap {
			return false
		}
		if gap && r == unsure {
			r = always
		}
		return s.line(len("--"), r)
	case rest[:2] == "//":
		return s.line(len("//"), s.d.slashes)
	case rest[:2] == "/*" && !s.d.noBlock:
		s.block()
		return true
	}
	return false
}

// line reads a comment that ends with its line, behind the sign that begins it.
func (s *statement) line(sign int, r reading) bool {
	if r == never {
		return false
	}
	start := s.i + sign
	end := start
	for end < s.end && s.text[end] != '\n' {
		if s.text[end] == '\r' && s.d.returns != never && end+1 < s.end && s.text[end+1] != '\n' {
			if s.d.returns == unsure {
				s.swallow(start)
				return true
			}
			break
		}
		end++
	}
	s.region(start, end, r)
	return true
}

// block reads /* */ and its kin: the hint /*+ */, whose literals go, and MySQL's
// /*! */, which is no comment at all.
func (s *statement) block() {
	start := s.i + len("/*")
	body := s.text[start:s.end]
	switch {
	case strings.HasPrefix(body, "+"):
		if j := strings.Index(body, "*/"); j >= 0 && !strings.Contains(body[:j], "/*") {
			s.i, s.end = start+1, start+j
			s.hint, s.hintSpans = s.i, len(s.spans)
			return
		}
		// It is cut off, or what follows a literal in it is gone.
		start, body = start+1, body[1:]
	case s.d.code == always && strings.HasPrefix(body, "!"):
		version := spanEnd(s.text, start+1, min(s.end, start+7), isDigit)
		s.i, s.code = version, true
		return
	}
	end, deeper := blockEnd(body, s.d.nested == always)
	content := start + end
	closer := start + min(end+len("*/"), len(body))
	if s.d.nested == unsure && deeper || s.d.code == unsure && strings.HasPrefix(body, "!") && opensLiteral(body[:end]) {
		s.swallow(start)
		return
	}
	s.literal(start, content)
	s.i = closer
}

// blockEnd returns where the content of a comment ends, whose opening sign is left
// out, and whether another one opens inside it.
func blockEnd(body string, nested bool) (end int, deeper bool) {
	depth := 1
	for i := 0; ; {
		j := strings.IndexByte(body[i:], '*')
		if j < 0 || i+j+1 > len(body) {
			return len(body), deeper
		}
		j += i
		switch {
		case j+1 < len(body) && body[j+1] == '/':
			if depth--; depth == 0 || !nested {
				return j, deeper
			}
			i = j + 2
		case j > i && body[j-1] == '/':
			deeper = true
			depth++
			i = j + 1
		default:
			i = j + 1
		}
	}
}

// regex reads the regular expression at s.i, which InfluxQL and Flux have behind
// =~ and !~, and reports whether there is one.
func (s *statement) regex() bool {
	if s.text[s.i] != '/' || s.before(s.i) != '~' {
		return false
	}
	s.literal(s.i, regexEnd(s.text, s.i, s.end))
	return true
}

// regexEnd returns the end of the regular expression whose slash stands at open,
// or of its line.
func regexEnd(text string, open, end int) int {
	for i := open + 1; i < end; i++ {
		switch text[i] {
		case '\\':
			i++
		case '/':
			return i + 1
		case '\n':
			return i
		}
	}
	return end
}
