package dbtext

import "strings"

// requestLiterals reads a request as documentation writes it: GET /index/_search
// {...}. The index stays; what stands behind an endpoint (_doc/id) and the values
// of parameters go.
func requestLiterals(dst []Span, text string) []Span {
	i := skipSpace(text, 0)
	if text[i] != '/' {
		i = skipSpace(text, wordEnd(text, i, len(text)))
	}
	endpoint := false
	for i < len(text) && !has(text[i], isSpace) && text[i] != '?' {
		start := i
		if text[i] == '/' {
			start++
		}
		i = start
		for i < len(text) && !has(text[i], isSpace) && text[i] != '/' && text[i] != '?' {
			i++
		}
		switch {
		case i > start && text[start] == '_':
			endpoint = true
		case i > start && endpoint:
			dst = emit(dst, text, start, i, mark)
		case endpoint && marked(text, i):
			i++ // it is what a value was replaced with, not the beginning of parameters
		}
	}
	if i < len(text) && text[i] == '?' {
		end := spanEndNot(text, i, isSpace)
		dst = parameterLiterals(dst, text, i+1, end)
		i = end
	}
	return documentLiterals(dst, text, i, false)
}

// marked reports whether the ? at i, if there is one, is all of its part of a path.
func marked(text string, i int) bool {
	return i < len(text) && text[i] == '?' && (i+1 == len(text) || has(text[i+1], isSpace) || text[i+1] == '/' || text[i+1] == '?')
}

// parameterLiterals marks the values of a=b&c=d in text[start:end], and what is no
// such pair.
func parameterLiterals(dst []Span, text string, start, end int) []Span {
	for start < end {
		stop := end
		if j := strings.IndexByte(text[start:end], '&'); j >= 0 {
			stop = start + j
		}
		name := start
		for name < stop && (has(text[name], isBare) || text[name] == '[' || text[name] == ']') && name-start < maxLookup {
			name++
		}
		if name > start && name < stop && text[name] == '=' {
			dst = emit(dst, text, name+1, stop, mark)
		} else {
			dst = emit(dst, text, start, stop, mark)
		}
		start = stop + 1
	}
	return dst
}
