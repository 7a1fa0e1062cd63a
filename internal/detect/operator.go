package detect

import "strings"

// maxPadding bounds the blanks between a key and its operator: dumps of
// configurations align them.
const maxPadding = 64

// keyEnd returns the end of the key left of the operator at op, with its quotes.
func keyEnd(text string, op int) int {
	end := op
	for end > 0 && op-end < maxPadding {
		switch before := colourStart(text, end); {
		case text[end-1] == ' ' || text[end-1] == '\t':
			end--
		case before < end:
			end = before
		default:
			return end
		}
	}
	return end
}

// colourEnd returns the end of the colour sequence that begins at i, or i if there is
// none.
func colourEnd(text string, i int) int {
	if i == len(text) || text[i] != '\x1b' && text[i] != '\\' && text[i] != '#' {
		return i
	}
	for _, esc := range escapes {
		if !strings.HasPrefix(text[i:], esc) {
			continue
		}
		end := i + len(esc)
		for end < len(text) && end-i < maxEscape && (text[end] == '[' || text[end] == ';' || has(text[end], isDigit)) {
			end++
		}
		if at(text, end) == 'm' && colourStart(text, end+1) == i {
			return end + 1
		}
	}
	return i
}

// typeEnd returns the end of what says the type of the value at i: (string) (len=3) as
// Go's dumps have it, string(3) as PHP's, !!str and &anchor in YAML; i if there is none.
func typeEnd(text string, i int) int {
	end := i
	switch {
	case text[i] == '(':
		for at(text, end) == '(' {
			next := span(text, end+1, maxPadding, isWord|isDash)
			if at(text, next) == '=' && text[end+1:next] == "len" {
				next = span(text, next+1, maxPadding, isDigit)
			}
			if at(text, next) != ')' || at(text, next+1) != ' ' {
				return i
			}
			end = next + 2
		}
		if at(text, end) == '"' && strings.HasSuffix(text[:end], ") ") {
			return end
		}
	case strings.HasPrefix(text[i:], "string("):
		end = span(text, i+len("string("), maxPadding, isDigit)
		if strings.HasPrefix(text[end:], `) "`) {
			return end + len(") ")
		}
	case strings.HasPrefix(text[i:], "!!str "):
		return i + len("!!str ")
	}
	return i
}

// keyBefore returns the range of the key left of the operator at op, without its
// quotes: of `"password": `, `user[password]=`, `--password=` the word password. It
// is empty if there is none.
func keyBefore(text string, op int) (start, end int) {
	if start, end, ok := plainKey(text, op); ok {
		return start, end
	}
	end = keyEnd(text, op)
	if end > 0 && text[end-1] == ']' {
		if markerEndsAt(text, end) {
			return end, end // its name is that of a detector, not of a secret
		}
		end--
		if inner := indexStart(text, end); inner > 1 && text[inner-1] == '[' {
			end = inner - 1 // passwords[0]
			if text[end-1] == ']' {
				end-- // user[passwords][0]
			}
		}
	} else if end >= len("%5D") && equalFold(text[end-len("%5D"):end], "%5d") {
		end -= len("%5D")
		if end > len("%5D%5B") && equalFold(text[end-len("%5D%5B"):end], "%5d%5b") {
			end -= len("%5D%5B") // user%5Bpasswords%5D%5B%5D
		}
	}
	if end > 0 && (text[end-1] == '"' || text[end-1] == '\'') {
		for end--; end > 0 && text[end-1] == '\\'; end-- {
		}
	} else {
		end -= len(spelledQuoteBefore(text, end))
	}
	start = nameStart(text, end)
	// "API key: ..." has its name in two words.
	if equalFold(text[start:end], "key") && start > 0 && text[start-1] == ' ' {
		start = nameStart(text, start-1)
	}
	return start, end
}

// indexStart returns where the digits that end at end begin.
func indexStart(text string, end int) int {
	for end > 0 && has(text[end-1], isDigit) {
		end--
	}
	return end
}

// markerEndsAt reports whether a marker ends at end.
func markerEndsAt(text string, end int) bool {
	const longest = len(markerOpen) + maxMarkerName + 1 + maxMarkerKept + 1
	before := text[max(0, end-longest):end]
	at := strings.LastIndex(before, markerOpen)
	return at >= 0 && markerEnd(before, at) == len(before)
}

// plainKey is keyBefore for nearly all keys: k= and "k": with nothing around the name
// that needs a closer look.
func plainKey(text string, op int) (start, end int, ok bool) {
	end = op
	if end > 0 && text[end-1] == '"' {
		end--
	}
	start = end
	for start > 0 && end-start < maxKey && (has(text[start-1], isWord) || has(text[start-1], isDash)) {
		start--
	}
	if start == end || end-start == maxKey || end-start == len("key") {
		return 0, 0, false
	}
	if start > 0 && strings.IndexByte(`\%[;`, text[start-1]) >= 0 {
		return 0, 0, false
	}
	return start, end, true
}

// nameStart returns the start of the name that ends at end. The tail of an escape
// is no part of it: \npassword, \u0026api_key, ESC[36mpassword.
func nameStart(text string, end int) int {
	start := end
	for start > 0 && end-start < maxKey && (has(text[start-1], isWord) || has(text[start-1], isDash)) {
		start--
	}
	if start == 0 || strings.IndexByte(`\%[;`, text[start-1]) < 0 {
		return start // no escape begins there
	}
	for n := 1; n <= maxEscape && start+n <= end; n++ {
		if escapeEndsAt(text, start+n) {
			return start + n
		}
	}
	return start
}

// namesNoValue reports whether the key that starts at i assigns nothing: it is a
// part of an Amazon resource name (arn:aws:secretsmanager:...:secret:name), or of
// an annotation with a hash (checksum/secret).
func namesNoValue(text string, i int, key string) bool {
	if strings.HasSuffix(text[:i], "checksum/") {
		return true
	}
	if key != "secret" || i == 0 || text[i-1] != ':' {
		return false
	}
	before := text[max(0, i-maxKey):i]
	arn := strings.LastIndex(before, "arn:aws")
	return arn >= 0 && !strings.ContainsAny(before[arn:], " \"'\t\n,{}=")
}

// maxPair bounds how far before a "value" its "name" is looked for.
const maxPair = 160

// pairedName returns the name that belongs to the key "value" at i, in objects that
// hold names and values as such: {"name":"DB_PASSWORD","value":"..."}.
func pairedName(text string, i int) string {
	before := text[max(0, i-maxPair):i]
	before = before[strings.LastIndexAny(before, "{}[]")+1:]
	for _, label := range [...]string{"name", "Name", "key", "Key"} {
		at := strings.LastIndex(before, label)
		if at < 0 {
			continue
		}
		rest := strings.TrimLeft(before[at+len(label):], "\\\"': =\t")
		if end := nameEnd(rest); end > 0 {
			return rest[:end]
		}
	}
	return ""
}

// nameEnd returns the length of the name that text begins with: letters, digits,
// underscores, hyphens and dots, at most maxKey of them.
func nameEnd(text string) int {
	end := 0
	for end < len(text) && end < maxKey && (has(text[end], isWord) || has(text[end], isDash)) {
		end++
	}
	return end
}

// spelledQuotes are quotes as serialisers write them: System.Text.Json, nginx,
// HTML.
var spelledQuotes = [...]string{`\u0022`, `\u0027`, `\x22`, `\x27`, "&quot;", "&#34;", "&#39;"}

// spelledQuoteBefore returns the spelled quote that ends at i.
func spelledQuoteBefore(text string, i int) string {
	if i == 0 || strings.IndexByte("27;", text[i-1]) < 0 {
		return ""
	}
	for _, q := range spelledQuotes {
		if strings.HasSuffix(text[:i], q) {
			return q
		}
	}
	return ""
}
