// Package markdown writes pages in Markdown, as GitHub reads it. What people or
// telemetry wrote goes through [Text], [Code], [Link] or [Page.Block], and means itself,
// whatever is in it; everything else that is given is Markdown already.
package markdown

import (
	"bytes"
	"strings"
	"unicode"
)

// Page is a page that is being written. The zero value is an empty one. It is not
// safe for concurrent use.
type Page struct{ bytes.Buffer }

// Line writes the words and ends the line.
func (m *Page) Line(words ...string) {
	for _, w := range words {
		m.WriteString(w)
	}
	m.WriteByte('\n')
}

// Paragraph writes a line and an empty one.
func (m *Page) Paragraph(words ...string) {
	m.Line(words...)
	m.WriteByte('\n')
}

// Heading writes a heading of a level from 1.
func (m *Page) Heading(level int, words ...string) {
	m.WriteString(strings.Repeat("#", level) + " ")
	m.Paragraph(words...)
}

// Block writes code, fenced by more backticks than it has in a row. Indent is what
// stands before each line, in a list.
func (m *Page) Block(indent, language, code string) {
	fence := strings.Repeat("`", max(3, longestRun(code)+1))
	m.Line(indent, fence, language)
	for line := range strings.SplitSeq(code, "\n") {
		if line == "" {
			m.WriteByte('\n')
			continue
		}
		m.Line(indent, line)
	}
	m.Line(indent, fence)
	m.WriteByte('\n')
}

// Row writes cells of a table, which are Markdown already.
func (m *Page) Row(cells ...string) {
	m.Line("| ", strings.Join(cells, " | "), " |")
}

// Table begins a table.
func (m *Page) Table(heads ...string) {
	m.Row(heads...)
	m.Line("|", strings.Repeat(" --- |", len(heads)))
}

// Text is Markdown that shows the text, whatever is in it, also in a cell of a table.
// What has a meaning only at the beginning of a line is escaped there.
func Text(s string) string {
	var b strings.Builder
	begins := true
	for i, c := range s {
		switch {
		case unicode.IsControl(c):
			c = ' '
		case strings.ContainsRune("\\`*_[]<>|&#~!$", c), begins && strings.ContainsRune("-+=:", c),
			begins && (c == '.' || c == ')') && (i+1 == len(s) || s[i+1] == ' '): // 1. begins a list
			b.WriteByte('\\')
		}
		b.WriteRune(c)
		begins = begins && unicode.IsDigit(c)
	}
	return b.String()
}

// Code is a span of code, or text where a span cannot be in a cell of a table.
func Code(s string) string {
	if s == "" || strings.ContainsAny(s, "|\\") || strings.ContainsFunc(s, unicode.IsControl) {
		return Text(s)
	}
	fence := strings.Repeat("`", longestRun(s)+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

// Link to a URL, or to a path of files.
func Link(title, url string) string {
	return "[" + Text(title) + "](<" + escapeURL.Replace(url) + ">)"
}

var escapeURL = strings.NewReplacer("<", "%3C", ">", "%3E", "|", "%7C", `\`, "%5C", "`", "%60", "\n", "%0A", "\r", "%0D")

// Reference is a link where the text is a web address, else code.
func Reference(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return Link(s, s)
	}
	return Code(s)
}

// longestRun is the largest number of backticks in a row.
func longestRun(s string) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
