package detect

import "strings"

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

// valueAfter finds the value that the operator at op assigns. It understands
// k=v, k: v, k => v, JSON, JSON inside JSON strings, form data, and maps as Go
// prints them; it reads on to the end of the value however long that is, since a
// part of a secret is a secret.
func valueAfter(text string, op int, key KeyClass) (assigned, bool) {
	i := op + 1
	if i < len(text) {
		switch text[i] {
		case ':':
			return assigned{}, false // a::b is a path
		case '=', '>':
			i++ // == and => and :=
		}
	}
	v := assigned{keyDelimiter: delimiterBefore(text, op)}
	spaced := i
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' || v.keyDelimiter != "" && has(text[i], isSpace)) {
		i++
	}
	if i == len(text) {
		return assigned{}, false
	}
	v.start, v.delimiter = openingDelimiter(text, i)
	switch {
	case v.delimiter != "":
		v.end = closingDelimiter(text, v.start, v.delimiter)
	case markerEnd(text, i) > i:
		v.end = bareEnd(text, i) // perhaps with a rest behind it
	case text[i] == '[' || text[i] == '{':
		if key&(keySecret|keyAuthorization) == 0 {
			return assigned{}, false // a list is neither a token nor a code
		}
		v.end = compositeEnd(text, i)
	case v.keyDelimiter != "":
		v.end = literalEnd(text, i, v.keyDelimiter)
	default:
		v.end = bareEnd(text, i)
		v.prose = text[op] == ':' && i > spaced && wordFollows(text, v.end)
	}
	return v, v.end > v.start
}

// delimiterBefore returns the quote that closes the key before the operator,
// with its backslashes.
func delimiterBefore(text string, op int) string {
	end := op
	for end > 0 && op-end < 4 && text[end-1] == ' ' {
		end--
	}
	if end == 0 || text[end-1] != '"' {
		return ""
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
	q := i
	for q < len(text) && q-i < maxNesting && text[q] == '\\' {
		q++
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
	quote, depth := delimiter[len(delimiter)-1], len(delimiter)-1
	slashes := 0
	for ; i < len(text); i++ {
		switch text[i] {
		case '\\':
			slashes++
			continue
		case quote:
			if depth == 0 && slashes%2 == 0 || depth > 0 && slashes <= depth {
				if depth == 0 {
					return i
				}
				return i - slashes
			}
		}
		slashes = 0
	}
	return len(text)
}

// compositeEnd returns the offset behind the bracket that closes the one at i.
// Brackets inside quotes do not count; what is cut off ends with the text.
func compositeEnd(text string, i int) int {
	depth := 0
	for i < len(text) {
		switch text[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\\':
			if start, d := openingDelimiter(text, i); d != "" {
				i = closingDelimiter(text, start, d) + len(d)
				continue
			}
		}
		i++
	}
	return len(text)
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
		case has(b, isSpace):
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
		case b == '\\' && i+1 < len(text) && strings.IndexByte(`"'nrt`, text[i+1]) >= 0:
			return i
		}
	}
	return i
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
	// The next key: letters up to an operator.
	end := i
	for end < len(text) && end-i < maxKey && (has(text[end], isWord) || has(text[end], isDash)) {
		end++
	}
	return end > i && end < len(text) && (text[end] == '=' || text[end] == ':') && has(text[i], isAlpha|isUnderscore)
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
