package catalog

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Underlined is the problem with the line of the source that it is in, and carets
// below what is wrong, as compilers show it:
//
//	services.yaml:3:11: services[0].tier: got "crticial", allowed: ...
//	    tier: crticial
//	          ^^^^^^^^
//
// Values that may be secrets are shown as asterisks. Where the source has no such
// line, it is the problem alone. Wide characters of East Asia shift the carets.
func (p Problem) Underlined(source []byte) string { return p.underlined(sourceLines(source)) }

// Underlined are all problems as [Problem.Underlined] shows each, one below the other.
func (p Problems) Underlined(source []byte) string {
	lines := sourceLines(source)
	shown := make([]string, len(p))
	for i, problem := range p {
		shown[i] = problem.underlined(lines)
	}
	return strings.Join(shown, "\n")
}

func (p Problem) underlined(lines []string) string {
	if p.Line < 1 || p.Line > len(lines) {
		return p.String()
	}
	line := lines[p.Line-1]
	before, from, within := cut(line, p.Column-1)
	if !within || line == "" || !utf8.ValidString(line) {
		return p.String()
	}
	if from == "" { // nothing stands there: the caret is where it should begin
		from = " "
	}
	width := extent(before, from)
	shown := []rune(masked(line))
	if p.Got == notShown || p.Got == withUser {
		at := utf8.RuneCountInString(before)
		copy(shown[at:], []rune(strings.Repeat("*", width)))
	}
	// A tab is as wide below as it is above; what has no width gets no space.
	var margin, carets strings.Builder
	for _, r := range before {
		switch {
		case r == '\t':
			margin.WriteRune(r)
		case !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			margin.WriteByte(' ')
		}
	}
	for _, r := range []rune(from)[:width] {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			carets.WriteByte('^')
		}
	}
	return p.String() + "\n" + string(shown) + "\n" + margin.String() + carets.String()
}

// lineEnds are what YAML ends lines with.
var lineEnds = regexp.MustCompile("\r\n|[\r\n\u0085\u2028\u2029]")

// sourceLines are the lines of a file without their ends.
func sourceLines(source []byte) []string {
	return lineEnds.Split(strings.TrimPrefix(string(source), "\ufeff"), -1)
}

// cut divides a line before the character with this index.
func cut(line string, index int) (before, from string, ok bool) {
	runes := []rune(line)
	if index < 0 || index > len(runes) {
		return "", "", false
	}
	return string(runes[:index]), string(runes[index:]), true
}

// extent is how many characters of a line the value takes that it begins with.
func extent(before, from string) int {
	runes := []rune(from)
	switch runes[0] {
	case '"', '\'':
		return quoted(runes)
	case '[', '{':
		return bracketed(runes)
	}
	opened := strings.Count(before, "[") + strings.Count(before, "{") - strings.Count(before, "]") - strings.Count(before, "}")
	for i, r := range runes {
		last := i+1 == len(runes)
		switch {
		case i == 0:
		case r == ':' && (last || runes[i+1] == ' '), r == ' ' && !last && runes[i+1] == '#':
			return max(1, trimmed(runes[:i]))
		case opened > 0 && strings.ContainsRune(",]}", r):
			return max(1, trimmed(runes[:i]))
		}
	}
	return max(1, trimmed(runes))
}

// trimmed is the length without spaces at the end.
func trimmed(runes []rune) int { return len([]rune(strings.TrimRight(string(runes), " \t"))) }

// quoted is the length of a text in quotes, or of what there is of it.
func quoted(runes []rune) int {
	for i := 1; i < len(runes); i++ {
		switch {
		case runes[0] == '"' && runes[i] == '\\':
			i++
		case runes[i] == runes[0]:
			return i + 1
		}
	}
	return max(1, trimmed(runes))
}

// bracketed is the length up to the bracket that closes the first, or of what there is
// of it.
func bracketed(runes []rune) int {
	depth := 0
	for i := 0; i < len(runes); i++ {
		switch runes[i] {
		case '"', '\'':
			i += quoted(runes[i:]) - 1
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return max(1, trimmed(runes))
}

var (
	// credential is a key that a secret may stand under by mistake, and what stands
	// there. It may stand in a line whose problem is another.
	credential = regexp.MustCompile(`(?i)([\w-]*(?:key|token|passw|secret|webhook_url|credential|_file)[\w-]*["']?\s*:\s+)("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s\[{"'#,}\]][^,}\]]*)`)
	// login is user and password in a URL.
	login = regexp.MustCompile(`//[^/\s@]+@`)
)

// masked has asterisks, as many as there were characters, for what may be a secret.
// Absolute paths are shown.
func masked(line string) string {
	hide := func(text string) string { return strings.Repeat("*", utf8.RuneCountInString(text)) }
	line = login.ReplaceAllStringFunc(line, func(found string) string { return "//" + hide(found[2:len(found)-1]) + "@" })
	var b strings.Builder
	rest := line
	for m := credential.FindStringSubmatchIndex(rest); m != nil; m = credential.FindStringSubmatchIndex(rest) {
		value := rest[m[4]:m[5]]
		b.WriteString(rest[:m[4]])
		if strings.HasPrefix(strings.TrimLeft(value, `"'`), "/") {
			b.WriteString(value)
		} else {
			b.WriteString(hide(value))
		}
		rest = rest[m[5]:]
	}
	return b.String() + rest
}
