package detect

import (
	"slices"
	"strings"
)

// assigned is the value on the right of a key-value operator.
type assigned struct {
	start, end int
	// delimiter is what stands around the value: a quote, with the backslashes of
	// the text that it is nested in; empty for a bare value.
	delimiter string
	// keyDelimiter is the same of the key: in JSON a bare value behind a quoted
	// key is a literal, and what replaces it needs quotes.
	keyDelimiter string
	// prose marks a bare value behind ": " that more words follow: "password: must
	// be longer".
	prose bool
}

// maxCode bounds what is read to tell a code.
const maxCode = 32

// valueAfter finds the value that the operator at op assigns. It understands
// k=v, k: v, k => v, JSON, JSON inside JSON strings, form data, and maps as Go
// prints them; it reads on to the end of the value however long that is, since a
// part of a secret is a secret.
func valueAfter(text string, op int, key KeyClass) (assigned, bool) {
	if key.hints != nil && key.hints.flags&forcing == keyCode && !key.hints.named.any() {
		text = text[:min(len(text), op+maxCode)] // what is longer is no code
	}
	i := op + 1
	if i < len(text) {
		switch operator := text[op : i+1]; operator {
		case "::":
			return assigned{}, false // a::b is a path
		case "==", "=>", ":=":
			i++
		}
	}
	v := assigned{keyDelimiter: delimiterBefore(text, op)}
	spaced := i
	for i < len(text) {
		colour := colourEnd(text, i)
		if colour == i && text[i] != ' ' && text[i] != '\t' && (v.keyDelimiter == "" || !has(text[i], isSpace)) {
			break
		}
		i = max(i+1, colour)
	}
	if i == len(text) {
		return assigned{}, false
	}
	i = typeEnd(text, i)
	if text[i] == '&' { // an anchor of YAML
		if end := i + 1 + nameEnd(text[i+1:]); end > i+1 && end+1 < len(text) && text[end] == ' ' {
			i = end + 1
		}
	}
	v.start, v.delimiter = openingDelimiter(text, i)
	closed := true
	switch {
	case v.delimiter == `"` && len(v.keyDelimiter) > 1:
		return assigned{}, false // the string in which the key is quoted ends
	case v.delimiter != "" && v.keyDelimiter == "" && closesString(text, v.start, v.delimiter):
		return assigned{}, false // "Enter password:", and the string around it ends
	case v.delimiter != "":
		v.end = closingDelimiter(text, v.start, v.delimiter)
		closed = v.end < len(text)
	case markerEnd(text, i) > i:
		v.end = bareEnd(text, i) // perhaps with a rest behind it
	case text[i] == '[' || text[i] == '{':
		if !key.is(keySecret | keyAuthorization | keyCookie) {
			return assigned{}, false // a list is neither a token nor a code
		}
		v.end, closed = compositeEnd(text, i)
	case v.keyDelimiter != "":
		v.end = literalEnd(text, i, v.keyDelimiter)
		// A quoted name with a sentence behind it is no JSON.
		next := span(text, v.end, maxPadding, isSpace)
		v.prose = next < len(text) && next > v.end && (has(text[next], isAlpha) || text[next] == '"')
	case key.is(keyCookie):
		v.end = cookieEnd(text, i)
	case blockScalar(text, i):
		v.start, v.end = blockEnd(text, op, i)
	default:
		v.end = bareEnd(text, i)
		v.prose = text[op] == ':' && i > spaced && (wordFollows(text, v.end) || nextKey(text[i:v.end]))
		if key.is(keyAuthorization) {
			v.end = headerEnd(text, v)
		}
	}
	// Behind a quoted key the value is JSON itself, cut off with the text; if the quote
	// is escaped or spelled, it is JSON in a string.
	if !closed && len(v.keyDelimiter) != 1 && v.delimiter != `"` {
		v.end = unclosedEnd(text, v.start)
	}
	return v, v.end > v.start
}

// unclosedEnd returns the end of a value whose quote or bracket is not closed. In
// JSON the string around it ends it; elsewhere the text does, since quotes may
// belong to the value.
func unclosedEnd(text string, i int) int {
	if !opensJSON(text) {
		return len(text)
	}
	return closingDelimiter(text, i, `"`)
}

// delimiterBefore returns the quote that closes the key before the operator,
// with its backslashes.
func delimiterBefore(text string, op int) string {
	end := keyEnd(text, op)
	if end == 0 || text[end-1] != '"' {
		return spelledQuoteBefore(text, end)
	}
	start := end - 1
	for start > 0 && text[start-1] == '\\' {
		start--
	}
	return text[start:end]
}

// maxNesting bounds the backslashes before a quote: JSON in JSON in JSON in JSON
// has seven.
const maxNesting = 8

// openingDelimiter returns the quote at i, with its backslashes, and the offset
// behind it.
func openingDelimiter(text string, i int) (int, string) {
	for _, quote := range spelledQuotes {
		if strings.HasPrefix(text[i:], quote) {
			return i + len(quote), quote
		}
	}
	q := i
	for q < len(text) && q-i < maxNesting && text[q] == '\\' {
		q++
	}
	if evenly := q > i && (q-i)%2 == 0; evenly {
		return i, "" // backslashes that escape each other
	}
	if q < len(text) && (text[q] == '"' || text[q] == '\'' || text[q] == '`' && q == i) {
		return q + 1, text[i : q+1]
	}
	return i, ""
}

// closingDelimiter returns the offset of the quote that closes a value: one with
// as many backslashes as the opening one had. Fewer close the string around it;
// more belong to the value. A value that is cut off ends with the text.
func closingDelimiter(text string, i int, delimiter string) int {
	if slices.Contains(spelledQuotes[:], delimiter) {
		if at := strings.Index(text[i:], delimiter); at >= 0 {
			return i + at
		}
		return len(text)
	}
	quote, depth := delimiter[len(delimiter)-1], len(delimiter)-1
	slashes := 0
	for ; i < len(text); i++ {
		switch text[i] {
		case '\\':
			slashes++
			continue
		case quote:
			switch {
			case depth == 0 && quote == '\'' && slashes == 0 && i+1 < len(text) && text[i+1] == quote:
				i++ // SQL doubles it
			case depth == 0 && slashes%2 == 0:
				return i
			case depth > 0 && slashes <= depth:
				return i - slashes
			}
		}
		slashes = 0
	}
	return len(text)
}

// compositeEnd returns the offset behind the bracket that closes the one at i, and
// whether there is one. Brackets inside quotes do not count; what is cut off ends
// with the text.
func compositeEnd(text string, i int) (end int, closed bool) {
	depth := 0
	for i < len(text) {
		switch text[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				next, literal := goLiteral(text, i)
				if !literal {
					return i + 1, true
				}
				i = next
				continue
			}
		case '"', '\\':
			if start, d := openingDelimiter(text, i); d != "" {
				i = closingDelimiter(text, start, d) + len(d)
				continue
			}
		}
		i++
	}
	return len(text), false
}

// goLiteral reports whether the bracket at i belongs to a type before a literal
// in Go's syntax, as in []string{"..."}, and where that literal opens.
func goLiteral(text string, i int) (int, bool) {
	open := i + 1 + nameEnd(text[i+1:])
	return open, text[i] == ']' && open > i+1 && open < len(text) && text[open] == '{'
}

// literalEnd returns the end of a JSON number or word, inside text whose strings
// have the given delimiter.
func literalEnd(text string, i int, delimiter string) int {
	for i < len(text) && !has(text[i], isSpace) && !strings.ContainsRune(`,}]"`, rune(text[i])) {
		if text[i] == '\\' && len(delimiter) > 1 {
			break
		}
		i++
	}
	return i
}

// bareEnd returns the end of a value without quotes: the next space, or a sign
// that closes what is around it. Signs that may as well belong to the value
// (commas, ampersands, brackets, quotes) end it only if what follows reads like
// the end of a field; else the rest of a secret would stay readable.
func bareEnd(text string, i int) int {
	open := 0 // brackets that the value itself opened
	for ; i < len(text); i++ {
		switch b := text[i]; {
		case has(b, isSpace) || b == '\x1b':
			return i
		case markerEnd(text, i) > i:
			i = markerEnd(text, i) - 1
		case strings.IndexByte("([{<", b) >= 0:
			if b == '<' && i+1 < len(text) && text[i+1] == '/' {
				return i
			}
			open++
		case open > 0 && strings.IndexByte(")]}>", b) >= 0:
			open--
		case strings.IndexByte(",;&)]}>\"'`", b) >= 0:
			if fieldEndsAt(text, i+1, b) {
				return i
			}
		case b == '\\':
			end, ends := escapeInValue(text, i)
			if ends {
				return i
			}
			i = end - 1
		}
	}
	return i
}

// escapeInValue looks at the backslashes at i. A line break written out, or an
// escaped quote behind which a field ends, ends a bare value; else the value goes
// on behind them.
func escapeInValue(text string, i int) (end int, ends bool) {
	run := i
	for run < len(text) && text[run] == '\\' {
		run++
	}
	odd := (run-i)%2 == 1
	switch {
	case run == len(text) || !odd:
		return run, false
	case strings.IndexByte("nrt", text[run]) >= 0:
		return run, true
	case text[run] == '"' || text[run] == '\'':
		return run + 1, fieldEndsAt(text, run+1, text[run])
	}
	return run + 1, false
}

// closesString reports whether the quote that ends at i closes the string in
// which a bare key stands, rather than opening its value: what follows is the end,
// the next element of the JSON, or the next field of the line.
func closesString(text string, i int, delimiter string) bool {
	next := span(text, i, maxKey, isSpace)
	if next == len(text) {
		return true
	}
	switch text[next] {
	case '}', ']':
		return fieldEndsAt(text, next+1, text[next])
	case ',':
		next = span(text, next+1, maxKey, isSpace)
		return strings.HasPrefix(text[next:], delimiter) ||
			next < len(text) && (text[next] == '{' || text[next] == '[' || has(text[next], isDigit))
	}
	operator := next + nameEnd(text[next:])
	return next > i && operator > next && operator < len(text) && text[operator] == '=' &&
		strings.HasPrefix(text[operator+1:], delimiter)
}

// fieldEndsAt reports whether the text from i on, behind the sign, reads like
// what follows a field: nothing, space, a closing sign, or the next key.
func fieldEndsAt(text string, i int, sign byte) bool {
	if i == len(text) || has(text[i], isSpace) {
		return sign != '&'
	}
	if strings.IndexByte(",;)]}>\"'`\\", text[i]) >= 0 {
		return true
	}
	end := i + nameEnd(text[i:]) // the next key, up to its operator
	return end > i && end < len(text) && (text[end] == '=' || text[end] == ':') && has(text[i], isAlpha|isUnderscore)
}

// nextKey reports whether a bare value is itself the key of what follows, in YAML that
// was folded into one line: secret: secretName: x.
func nextKey(value string) bool {
	return strings.HasSuffix(value, ":") && span(value, 0, len(value), isAlpha) == len(value)-1
}

// wordFollows reports whether prose goes on at i: a space and then a word that
// is not the key of another assignment.
func wordFollows(text string, i int) bool {
	if i+1 >= len(text) || text[i] != ' ' || !has(text[i+1], isAlpha) {
		return false
	}
	end := span(text, i+1, maxKey, isWord|isDash)
	return end == len(text) || text[end] != '=' && text[end] != ':'
}
