package detect

import (
	"strings"
	"time"

	"github.com/readygate/readygate/internal/detect/dbtext"
)

// Bytes that the pass stops at, by what may start there.
const (
	stopDigit byte = 1 + iota
	stopAt
	stopColon
	stopEquals
	stopBracket
	stopEscape
	stopAngle
)

// stopTable says of each byte whether the pass stops there, and why.
type stopTable [256]byte

// newStops returns the table. The pass stops in the third digit of a group; at every
// digit only if some detector looks at shorter groups.
func newStops(shortGroups bool) *stopTable {
	t := stopTable{'@': stopAt, ':': stopColon, '=': stopEquals, '[': stopBracket, '%': stopEscape, '\\': stopEscape, '>': stopAngle}
	for c := '0'; shortGroups && c <= '9'; c++ {
		t[c] = stopDigit
	}
	return &t
}

// pass is one walk over one text. Passes are pooled, so that what a candidate
// points to costs no allocation.
type pass struct {
	scanner *Scanner
	rules   *Rules
	text    string
	key     KeyClass
	system  string
	found   []Finding
	reason  Reason
	// assigned is the end of the last value that a key-value operator claimed.
	// Operators inside it are not looked at again: they would claim a part of the
	// same value, at a cost that grows with the square of its length.
	assigned int
	// valued is the end of the last value that was read.
	valued int
	// read is how far inString has read, and quoted what it knows there.
	read   int
	quoted bool
	spans  []dbtext.Span
	// viewed and decoded are how far text in text was looked at, depth how deep this
	// text is in others; own is the memory of findings there.
	viewed, decoded, attempts, depth int
	own                              []Finding
	// matched are the rules whose expression has seen the text.
	matched bits
	// candidate is the place at which detectors are asked to look.
	candidate candidate
	// near remembers the words around the candidate that was looked at last.
	near near
	// all are the detectors for which some word of the text speaks, once it was read.
	all     bits
	allRead bool
	// tries counts the work since the last look at the clock, and started is when the
	// first was.
	tries   int
	started time.Time
}

func (p *pass) begin(v Value, rules *Rules, dst []Finding) {
	p.rules, p.text, p.key, p.system, p.found = rules, v.Text, v.Key, v.System, dst
	p.assigned, p.valued, p.read, p.quoted, p.tries, p.reason = 0, 0, 0, false, 0, ""
	p.started = time.Time{}
	p.near.start, p.matched, p.allRead = -1, bits{}, false
	p.viewed, p.decoded, p.attempts, p.depth = 0, 0, 0, 0
}

// end lets go of the value's memory.
func (p *pass) end() {
	p.text, p.system, p.found, p.rules, p.candidate = "", "", nil, nil, candidate{}
}

// whole looks at the value as one, by what its keys say. It reports whether that
// decided about all of it.
func (p *pass) whole() bool {
	if p.key.harmless(p.text) {
		return true
	}
	if p.key.is(keyQuery) && p.scanner.queries != nil {
		p.literals()
	}
	if !p.key.Sensitive() {
		return false
	}
	first := len(p.found)
	for _, d := range p.scanner.sensitive {
		if !p.key.asks(d) {
			continue
		}
		if d == p.scanner.cookies {
			p.cookiesOf(assigned{end: len(p.text)})
			continue
		}
		if f, ok := d.under(p.key, p.text); ok {
			p.add(d, f)
		}
	}
	for _, f := range p.found[first:] {
		if f.Acts() && f.Start == 0 && f.End == len(p.text) {
			return true
		}
	}
	return false
}

// run looks at every byte once. Nearly all of them are done with two look-ups.
func (p *pass) run() {
	text, s := p.text, p.scanner
	p.try(s.always, 0, 0)
	if strings.HasPrefix(text, "--") {
		p.try(s.onDashes, 0, len("--"))
	}
	hash, from := uint32(0), 0 // from is where the pass goes on behind what it skipped
	for i := 0; p.reason == ""; {
		i, hash = s.skip(text, i, hash)
		if i == len(text) {
			return
		}
		next := i + 1
		if stop := s.stops[text[i]]; stop != 0 {
			next = p.stop(stop, i)
		}
		if has(text[i], isDigit) && i+1 >= from+longGroup && has(text[i-1], isDigit) && has(text[i-2], isDigit) {
			next = span(text, i+1, len(text), isDigit)
			p.group(i+1-longGroup, next)
		} else {
			p.anchored(i + 1)
		}
		if next > i+1 {
			hash, from = 0, next
		}
		i = next
	}
}

// skip goes over the bytes from i on at which nothing can start or end, and returns
// the first one at which something may, with the hash there. It is the loop that
// counts.
func (s *Scanner) skip(text string, i int, hash uint32) (int, uint32) {
	bitmap, mix := &s.anchors.bitmap, s.mixes
	for ; i < len(text); i++ {
		hash = rolled(hash, mix[text[i]])
		if word, bit := inBitmap(hash); bitmap[word]&(1<<bit) != 0 {
			return i, hash
		}
	}
	return i, hash
}

// longGroup is the length of a group of digits from which on the pass skips to its
// end.
const longGroup = 3

// stop looks at a byte of the given kind. It returns where the pass goes on.
func (p *pass) stop(kind byte, i int) int {
	text := p.text
	switch kind {
	case stopDigit:
		if i == 0 || !has(text[i-1], isDigit) {
			if end := span(text, i+1, longGroup, isDigit); end-i < longGroup {
				p.group(i, end)
			}
		}
	case stopAt:
		p.try(p.scanner.onAt, i, i+1)
	case stopColon:
		if i+1 < len(text) && (text[i+1] == '/' || text[i+1] == '\\') {
			if end := schemeEnd(text, i); end > i {
				p.try(p.scanner.onScheme, i, end)
				break
			}
		}
		if !inTime(text, i) {
			p.operator(i)
		}
	case stopEquals:
		p.operator(i)
	case stopAngle:
		p.element(i)
	case stopBracket:
		return max(i+1, markerEnd(text, i))
	case stopEscape:
		return p.escape(i)
	}
	return i + 1
}

// inTime reports whether the colon at i stands between numbers, as in 10:11:12.
func inTime(text string, i int) bool {
	if i == 0 || i+1 == len(text) || !has(text[i-1], isDigit) || !has(text[i+1], isDigit) {
		return false
	}
	start := i - 1
	for start > 0 && has(text[start-1], isDigit) && i-start < longGroup {
		start--
	}
	return start == 0 || !has(text[start-1], isWord|isDash)
}

// escape looks at the '%' or backslash at i. It returns where the pass goes on: the
// digits of an escape are no part of the number behind it.
func (p *pass) escape(i int) int {
	text := p.text
	for _, at := range [...]string{"%40", `\u0040`} {
		if strings.HasPrefix(text[i:], at) {
			p.try(p.scanner.onAt, i, i+len(at))
		}
	}
	if text[i] == '%' {
		return p.percent(i)
	}
	r, n := escaped(text[i:])
	if n <= 2 {
		return i + 1
	}
	if r == '=' || r == ':' || r == '>' {
		p.view(i)
	}
	return i + n
}

// percent looks at the percent sign at i.
func (p *pass) percent(i int) int {
	text := p.text
	at := i
	for strings.HasPrefix(text[at:], "%25") && at-i < maxEscape {
		at += len("25") // %253D is %3D, encoded once more
	}
	if at+2 >= len(text) || !hexByte(text[at+1]) || !hexByte(text[at+2]) {
		return i + 1
	}
	if sign := hexValue(text[at+1 : at+3]); sign == '=' || sign == ':' {
		p.view(i)
	}
	// As %20 and %22 do; anchors begin with escapes that have a letter.
	if has(text[i+1], isDigit) && has(text[i+2], isDigit) {
		return i + len("%20")
	}
	return i + 1
}

// anchored tries the detectors whose anchor's window ends at end.
func (p *pass) anchored(end int) {
	if end < anchorWidth {
		return
	}
	for _, a := range p.scanner.anchors.at(windowAt(p.text, end)) {
		start := end - a.windowEnd
		if start >= 0 && len(p.text)-start >= len(a.literal) && p.text[start:start+len(a.literal)] == a.literal {
			p.at(start, start+len(a.literal))
			p.accept(a.detector)
		}
	}
}

// group tries the detectors that look at a group of digits. Where a letter stands
// beside it, it is nearly always a part of a token, which few of them care for; and
// where no digit follows the sign behind a short one, it is not the first of several.
func (p *pass) group(start, end int) {
	index := &p.scanner.groups
	if wordEndsAt(p.text, start) || wordStartsAt(p.text, end) || end-start < minWholeGroup && !groupFollows(p.text, end) {
		index = &p.scanner.gluedGroups
	}
	p.try(index.at(p.text, start, end), start, end)
}

// groupFollows reports whether a group of digits that ends at i may be followed by another.
func groupFollows(text string, i int) bool {
	if i+1 >= len(text) {
		return false
	}
	switch sign := text[i]; sign {
	case ')', '%', '&', '\\':
		return true
	default:
		return sign >= 0x80 || has(text[i+1], isDigit) || text[i+1] == '('
	}
}

// operator looks at the key before a '=' or ':' and at the value behind it.
func (p *pass) operator(i int) {
	if i < p.assigned || p.scanner.boring(p.text, i) {
		return
	}
	start, end := keyBefore(p.text, i)
	if start == end {
		return
	}
	key := p.text[start:end]
	if p.text[i] == '=' && (start > 0 && strings.IndexByte("?&#;", p.text[start-1]) >= 0 || start == 0 && p.key.is(keyURL)) {
		before := len(p.found)
		for _, d := range p.scanner.onParameter {
			p.at(i, i+1)
			p.candidate.name = key
			p.accept(d)
		}
		p.claim(before)
	}
	if key == "value" || key == "Value" {
		key = pairedName(p.text, start)
	}
	class := p.scanner.Key(key)
	if !class.Sensitive() || namesNoValue(p.text, start, key) {
		return
	}
	p.tick(triesPerValue)
	text := p.text
	if i < p.valued && !class.is(forcing) {
		// A value that was refused is not read again from every operator in it.
		text = window(text, 0, i+maxNamed)
	}
	if v, ok := valueAfter(text, i, class); ok {
		p.valued = max(p.valued, v.end)
		p.assign(v, class)
	}
}

// maxNamed bounds values inside of others, of keys that name personal data.
const maxNamed = 512

// assign hands a value to the detectors that its key asks.
func (p *pass) assign(v assigned, key KeyClass) {
	value := p.text[v.start:v.end]
	if !reveals(value) || v.prose && plainWord(value) {
		return
	}
	before := len(p.found)
	for _, d := range p.scanner.sensitive {
		if !key.asks(d) {
			continue
		}
		if d == p.scanner.cookies {
			p.cookiesOf(v)
			p.assigned = max(p.assigned, v.end) // also where all of it was taken out before
			continue
		}
		f, ok := d.under(key, value)
		if !ok || d.flags&keyBody != 0 {
			continue // bodies are attributes, not parts of text
		}
		whole := f.Start == 0 && f.End == len(value)
		f.Start, f.End = f.Start+v.start, f.End+v.start
		if whole && v.delimiter == "" {
			f.quote = v.keyDelimiter
		}
		p.add(d, f)
	}
	p.claim(before)
}

// claim lets no operator look again at what is taken out by the findings from the
// given one on.
func (p *pass) claim(before int) {
	for _, f := range p.found[before:] {
		if f.Acts() {
			p.assigned = max(p.assigned, f.End)
		}
	}
}

func (p *pass) try(detectors []*Detector, at, end int) {
	if len(detectors) == 0 {
		return
	}
	p.at(at, end)
	for _, d := range detectors {
		p.accept(d)
	}
}

// at makes text[start:end] the candidate.
func (p *pass) at(start, end int) {
	p.candidate = candidate{text: p.text, at: start, end: end, key: p.key, pass: p}
}

// triesPerLook is how many matchers are called between two looks at the clock.
const triesPerLook = 1024

// accept asks a detector about the candidate.
func (p *pass) accept(d *Detector) {
	p.tick(1)
	c := &p.candidate
	c.detector = d
	if f, ok := d.match(c); ok {
		if len(d.digits) > 0 {
			f = p.asJSONNumber(f)
		}
		p.add(d, f)
	}
}

// triesPerValue is what reading a value counts for: it may be long.
const triesPerValue = 32

// tick counts the work that was done, and looks at the clock now and then.
func (p *pass) tick(tries int) {
	if p.tries += tries; p.tries >= triesPerLook {
		p.tries = 0
		p.look()
	}
}

// look gives the scan up if it takes too long.
func (p *pass) look() {
	switch {
	case p.scanner.MaxTime == 0:
	case p.started.IsZero():
		p.started = time.Now()
	case time.Since(p.started) > p.scanner.MaxTime:
		p.reason = TooLong
	}
}

// add takes a finding, unless the rules allow it or it is a pseudonym.
func (p *pass) add(d *Detector, f Finding) {
	f.Detector = d
	if p.rules.decide(&f, p.text[f.Start:f.End]) && !pseudonymAt(p.text, f.Start, f.End) {
		p.found = append(p.found, f)
	}
}
