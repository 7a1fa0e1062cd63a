package dbtext

import "strings"

// document is the state of reading JSON, or what looks like it: the documents and
// calls of MongoDB's shell, the printed forms of languages ({'a': None},
// {:a=>1}, {a=b}), NDJSON. It keeps a count of open brackets and no stack: whether
// a word is a key shows in the tokens beside it.
type document struct {
	text  string
	i     int
	spans []Span

	depth  int  // of open brackets
	opened bool // a bracket has been seen
	names  int  // words before the first bracket
	prev   byte // the sign before, or one of the next two
	keys   int  // keys seen at depth 1

	command bool // a MongoDB command, whose first key has a name for its value
	key     string
}

const (
	prevKey   = 'k'
	prevValue = 'v'
)

// maxNames is how many words before the first bracket are taken for names: a
// method, a collection.
const maxNames = 3

// documentLiterals reads the text from start on. A command is one of MongoDB.
func documentLiterals(dst []Span, text string, start int, command bool) []Span {
	d := document{text: text, i: start, spans: dst, command: command}
	for d.i < len(text) {
		switch c := text[d.i]; c {
		case '"', '\'', '`':
			d.quoted(c)
		case '{', '[', '(':
			d.depth++
			d.opened = true
			d.sign(c)
		case '}', ']', ')':
			d.depth--
			d.sign(c)
		case '/':
			d.slash()
		default:
			switch {
			case has(c, isSpace):
				d.i++
			case has(c, isBare):
				d.bare()
			default:
				d.sign(c)
			}
		}
	}
	return d.spans
}

func (d *document) sign(c byte) {
	d.prev = c
	d.i++
}

// value marks text[start:end] and goes on behind it.
func (d *document) value(start, end int) {
	d.i, d.prev = end, prevValue
	d.spans = emit(d.spans, d.text, start, end, markQuoted)
}

// isKey reports whether what lies before end is a key: it stands where one may,
// and a colon, = or => follows.
func (d *document) isKey(end int) bool {
	switch d.prev {
	case '{', ',', '(', '[', ':':
		if d.prev == ':' && !d.rubySymbol() {
			return false
		}
	default:
		return false
	}
	next := skipSpace(d.text, end)
	return next < len(d.text) && (d.text[next] == ':' || d.text[next] == '=')
}

// rubySymbol reports whether the colon before is that of {:name=>1}.
func (d *document) rubySymbol() bool {
	if d.i < 2 || d.text[d.i-1] != ':' {
		return false
	}
	before := d.i - 2
	for before > 0 && has(d.text[before], isSpace) {
		before--
	}
	return strings.IndexByte("{,(", d.text[before]) >= 0
}

// quoted reads a string, which is a key or a value.
func (d *document) quoted(q byte) {
	start := d.i
	end := escapedEnd(d.text, start)
	switch {
	case end-start < 2 || d.text[end-1] != q:
		d.value(start, end)
	case d.opened && d.isKey(end):
		d.asKey(start+1, end-1, end)
	case d.text[start+1:end-1] == mark || d.namesCollection(d.text[start+1:end-1]):
		d.i, d.prev = end, prevValue
	default:
		d.value(start, end)
	}
}

func (d *document) asKey(start, end, next int) {
	if d.depth == 1 {
		d.keys++
		d.key = d.text[start:end]
	}
	d.i, d.prev = next, prevKey
}

// collectionCommands are MongoDB's commands whose value is the name of a collection. The
// command is the first key of its document.
var collectionCommands = set(`find insert update delete aggregate count distinct findandmodify create drop createindexes dropindexes
	listindexes mapreduce collstats validate geosearch collmod reindex bulkwrite`)

// namesCollection reports whether the string is the name of a collection or a
// database: the value of a MongoDB command.
func (d *document) namesCollection(value string) bool {
	if !d.command || d.depth != 1 || d.prev != ':' || len(value) > maxName {
		return false
	}
	if d.key != "$db" && d.key != "collection" && (d.keys > 1 || !in(collectionCommands, d.key)) {
		return false
	}
	for i := range len(value) {
		if !has(value[i], isWord) && value[i] != '.' && value[i] != '-' {
			return false
		}
	}
	return true
}

// bare reads a word or a number without quotes.
func (d *document) bare() {
	start := d.i
	end := spanEnd(d.text, start, len(d.text), isBare)
	word := d.text[start:end]
	numeric := has(word[0], isDigit) || len(word) > 1 && has(word[1], isDigit) && strings.IndexByte("-+.", word[0]) >= 0
	called := end < len(d.text) && d.text[end] == '('
	switch {
	case !numeric && called && isPath(word), word == "new", parameter(word):
		d.i, d.prev = end, prevValue
	case !numeric && d.opened && d.isKey(end):
		d.asKey(start, end, end)
	case !numeric && !d.opened && d.names < maxNames && isPath(word):
		d.names++
		d.i, d.prev = end, prevValue
	default:
		d.value(start, end)
	}
}

// isPath reports whether the word is names joined by points.
func isPath(word string) bool {
	for i := range len(word) {
		if !has(word[i], isWord) && word[i] != '.' {
			return false
		}
	}
	return true
}

// parameter reports whether the word is $1 or its like.
func parameter(word string) bool {
	return len(word) > 1 && len(word) <= 1+maxOrdinal && word[0] == '$' && spanEnd(word, 1, len(word), isDigit) == len(word)
}

// slash reads a regular expression or a comment.
func (d *document) slash() {
	start, rest := d.i, d.text[d.i:]
	switch {
	case strings.HasPrefix(rest, "//"):
		end := len(d.text)
		if j := strings.IndexByte(rest, '\n'); j >= 0 {
			end = start + j
		}
		d.spans = emit(d.spans, d.text, start+2, end, mark)
		d.i = end
	case strings.HasPrefix(rest, "/*"):
		end, _ := blockEnd(rest[2:], false)
		d.spans = emit(d.spans, d.text, start+2, start+2+end, mark)
		d.i = min(len(d.text), start+2+end+2)
	default:
		end := regexEnd(d.text, start, len(d.text))
		d.value(start, spanEnd(d.text, end, len(d.text), isLetter))
	}
}
