package detect

import "strings"

// maxNumber bounds how long a JSON number is read on behind a finding in it.
const maxNumber = 32

// asJSONNumber widens a finding that lies in a bare JSON number to the whole
// number and gives its marker quotes, so that valid JSON stays valid. Other
// findings are returned as they are.
func (p *pass) asJSONNumber(f Finding) Finding {
	text := p.text
	start, end := f.Start, f.End
	if !has(text[start], isDigit) || !has(text[end-1], isDigit) {
		return f
	}
	if start > 0 && text[start-1] == '-' {
		start--
	}
	for end < len(text) && end-f.End < maxNumber && (has(text[end], isDigit) || strings.IndexByte(".eE+-", text[end]) >= 0) {
		end++
	}
	before, after := start, end
	for before > 0 && has(text[before-1], isSpace) {
		before--
	}
	for after < len(text) && has(text[after], isSpace) {
		after++
	}
	if before == 0 || after < len(text) && strings.IndexByte(",}]", text[after]) < 0 {
		return f
	}
	quote := ""
	switch text[before-1] {
	case ':':
		quote = delimiterBefore(text, before-1)
	case '[', ',':
		if opensJSON(text) {
			quote = `"`
		}
	}
	// In a string of the outermost JSON only escaped quotes may be added.
	if quote == "" || opensJSON(text) && p.inString(before) != (len(quote) > 1) {
		return f
	}
	f.Start, f.End, f.quote = start, end, quote
	return f
}

// inString reports whether i lies between quotes. Offsets must not decrease from
// call to call.
func (p *pass) inString(i int) bool {
	for ; p.read < i; p.read++ {
		switch p.text[p.read] {
		case '\\':
			p.read++
		case '"':
			p.quoted = !p.quoted
		}
	}
	return p.quoted
}

// opensJSON reports whether the text begins like a JSON array or object.
func opensJSON(text string) bool {
	i := span(text, 0, maxNumber, isSpace)
	return i < len(text) && (text[i] == '[' || text[i] == '{')
}
