package detect

import (
	"slices"
	"strings"
)

// ident is a number as it was read: its letters and digits without separators, the
// letters in capitals. It is passed by value, so that reading one costs no allocation.
type ident struct {
	chars [maxIdent]byte
	n     int
	// base is how sure its spelling makes it.
	base Confidence
}

// maxIdent is the length of the longest number, without separators.
const maxIdent = 24

// text returns the characters of the number.
func (id *ident) text() []byte { return id.chars[:id.n] }

// is reports whether the number is s.
func (id *ident) is(s string) bool { return string(id.text()) == s }

// digit returns the value of the digit at i.
func (id *ident) digit(i int) int { return int(id.chars[i] - '0') }

// number returns the value of the digits from start to end.
func (id *ident) number(start, end int) int {
	v := 0
	for _, b := range id.chars[start:end] {
		v = v*10 + int(b-'0')
	}
	return v
}

// spelling is one way in which a number is written, and how sure a valid one is in
// this spelling, without context. In the pattern 9 is a digit, A a letter, X a letter
// or a digit, ~ a space, hyphen or dot, the same one throughout; other signs are
// themselves. The space and the hyphen stand for those of Unicode too.
type spelling struct {
	pattern string
	base    Confidence
}

// identifier makes d a detector of numbers that have one of the spellings and are
// valid. Letters are all capitals, or all small and then one level less sure; numbers
// of one repeated character and no separators are placeholders.
func identifier(d *Detector, valid func(ident) bool, spellings ...spelling) *Detector {
	forms := make([]idForm, len(spellings))
	beside := &[maxDigits + 1]neighbours{}
	for i, s := range spellings {
		forms[i] = newIDForm(s)
		forms[i].beside(beside)
		d.glued = d.glued || forms[i].glued()
	}
	for n, b := range beside {
		if b != (neighbours{}) {
			d.digits = append(d.digits, n)
		}
	}
	d.joins = joiners(beside[:shortGroup+1])
	onlyNamed := d.context != nil && !slices.ContainsFunc(spellings, func(s spelling) bool { return s.base > Possible })
	d.match = func(c *candidate) (Finding, bool) {
		if !beside[c.end-c.at].fit(c.text, c.at, c.end) || onlyNamed && c.hopeless() {
			return Finding{}, false
		}
		for i := range forms {
			f := &forms[i]
			start := f.begins(c.text, c.at, c.end)
			if start < 0 {
				continue
			}
			id, end, small := f.read(c.text, start)
			bareNumber := end-start == id.n
			if end == 0 || insideNumber(c.text, start, end) || bareNumber && allSame(string(id.text())) || !valid(id) {
				continue
			}
			base := f.base
			if small {
				base = base.lowered()
			}
			return c.identified(start, end, base), true
		}
		return Finding{}, false
	}
	return d
}

// identified is the finding of a valid number, weighed by its context. What is joined
// to other text by a sign is rarely a number of its own: it needs context.
func (c *candidate) identified(start, end int, base Confidence) Finding {
	confidence := c.weigh(start, end, base)
	if confidence > Possible && joined(c.text, start, end) && !c.named(start, end) {
		confidence = Possible
	}
	return Finding{Start: start, End: end, Confidence: confidence}
}

// insideNumber reports whether the text at the bounds of a number makes it a part of
// a longer word or number, of an amount, or of a UUID.
func insideNumber(text string, start, end int) bool {
	if wordStartsAt(text, end) {
		return true
	}
	// 11-219-09-9998 has a group too many, 0.123456789 is a fraction.
	if start > 1 && has(text[start-1], isDash) && has(text[start-2], isDigit) {
		return true
	}
	if end+1 < len(text) && (text[end] == '-' && has(text[end+1], isAlnum) || text[end] == '.' && has(text[end+1], isDigit)) {
		return true
	}
	const group = 4 // the digits of a UUID before its last group
	if start <= group+1 || text[start-1] != '-' || text[start-group-2] != '-' {
		return false
	}
	for i := start - group - 1; i < start-1; i++ {
		if !hexByte(text[i]) {
			return false
		}
	}
	return true
}

// joined reports whether a sign joins the number to a path, a name, a file's ending,
// a token in base64, or to further groups of digits.
func joined(text string, start, end int) bool {
	if behindSign(text, start) {
		return true
	}
	spaced := strings.IndexByte(text[start:end], ' ') >= 0
	if spaced && start > 1 && text[start-1] == ' ' && has(text[start], isDigit) && has(text[start-2], isDigit) {
		return true
	}
	if end+1 >= len(text) {
		return false
	}
	switch next := text[end+1]; text[end] {
	case '/', '+', '.', '=':
		return has(next, isAlnum)
	case ' ':
		return spaced && has(text[end-1], isDigit) && has(next, isDigit)
	}
	return false
}

// compactID is the form of a number of which its pseudonym is made: its letters and
// digits, the letters in capitals.
func compactID(found string) string {
	id := make([]byte, 0, len(found))
	for i := range len(found) {
		if has(found[i], isAlnum) {
			id = append(id, upper(found[i]))
		}
	}
	return string(id)
}

// labelledSample returns a sample of a number that needs its label.
func labelledSample(label, id string) Sample { return Sample{Text: label + " " + id, Secret: id} }

// maxUnder bounds the values that a key makes an identifier.
const maxUnder = 64

// identifierUnder takes a whole value that a key names: it must hold a digit, and be
// no longer than an identifier is.
func identifierUnder(_ KeyClass, value string) (Finding, bool) {
	if len(value) > maxUnder || !reveals(value) {
		return Finding{}, false
	}
	for i := range len(value) {
		if has(value[i], isDigit) {
			return Finding{End: len(value), Confidence: Likely}, true
		}
	}
	return Finding{}, false
}
