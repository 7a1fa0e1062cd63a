package detect

import "strings"

// Bytes that the pass stops at, by what may start there.
const (
	stopDigit byte = 1 + iota
	stopAt
	stopColon
	stopEquals
	stopBracket
	stopEscape
)

var stops = func() (t [256]byte) {
	for c := '0'; c <= '9'; c++ {
		t[c] = stopDigit
	}
	t['@'], t[':'], t['='], t['['] = stopAt, stopColon, stopEquals, stopBracket
	t['%'], t['\\'] = stopEscape, stopEscape
	return t
}()

// pass is one walk over one text.
type pass struct {
	scanner *Scanner
	text    string
	key     KeyClass
	found   []Finding
	// assigned is the end of the last value that a key-value operator claimed.
	// Operators inside it are not looked at again: they would claim a part of the
	// same value, at a cost that grows with the square of its length.
	assigned int
	// read is how far inString has read, and quoted what it knows there.
	read   int
	quoted bool
}

func (p *pass) run() {
	text, anchors := p.text, &p.scanner.anchors
	var window uint32 // the last bytes, the newest lowest
	for i := 0; i < len(text); i++ {
		b := text[i]
		window = window<<8 | uint32(b)
		if anchors.mayEnd(window) {
			p.anchored(i + 1)
		}
		switch stops[b] {
		case stopDigit:
			end := span(text, i+1, len(text), isDigit)
			if n := end - i; n < len(p.scanner.onDigits) {
				p.try(p.scanner.onDigits[n], candidate{text, i, end, p.key})
			}
			// No anchor ends inside a group of digits: see rarestWindow.
			i, window = end-1, 0
		case stopAt:
			p.try(p.scanner.onAt, candidate{text, i, i + 1, p.key})
		case stopColon:
			if end := schemeEnd(text, i); end > i {
				p.try(p.scanner.onScheme, candidate{text, i, end, p.key})
			} else {
				p.operator(i)
			}
		case stopEscape:
			for _, escape := range [...]string{"%40", `\u0040`} {
				if strings.HasPrefix(text[i:], escape) {
					p.try(p.scanner.onAt, candidate{text, i, i + len(escape), p.key})
				}
			}
			// The digits of an escape are no part of the number behind it.
			for _, length := range [...]int{len(`\u0022`), len(`\x22`)} {
				if b == '\\' && i+length <= len(text) && (text[i+1] == 'u' || text[i+1] == 'x') && escapeEndsAt(text, i+length) {
					i, window = i+length-1, 0
					break
				}
			}
		case stopEquals:
			p.operator(i)
		case stopBracket:
			if end := markerEnd(text, i); end > i {
				i, window = end-1, 0
			}
		}
	}
}

// anchored tries the detectors whose anchor's window ends at end.
func (p *pass) anchored(end int) {
	for _, a := range p.scanner.anchors.at(p.text, end) {
		start := end - a.windowEnd
		if start >= 0 && len(p.text)-start >= len(a.literal) && p.text[start:start+len(a.literal)] == a.literal {
			p.accept(a.detector, candidate{p.text, start, start + len(a.literal), p.key})
		}
	}
}

// operator tries the detectors that want a sensitive key before a '=' or ':'.
func (p *pass) operator(i int) {
	if i < p.assigned {
		return
	}
	start, end := keyBefore(p.text, i)
	key := p.text[start:end]
	if key == "value" || key == "Value" {
		key = pairedName(p.text, start)
	}
	class := p.scanner.Key(key)
	if !class.Sensitive() || namesNoValue(p.text, start, key) {
		return
	}
	before := len(p.found)
	p.try(p.scanner.onOperator, candidate{p.text, i, i + 1, class})
	for _, f := range p.found[before:] {
		p.assigned = max(p.assigned, f.End)
	}
}

func (p *pass) try(detectors []*Detector, c candidate) {
	for _, d := range detectors {
		p.accept(d, c)
	}
}

func (p *pass) accept(d *Detector, c candidate) {
	if f, ok := d.match(c); ok {
		f.Detector = d
		if len(d.digits) > 0 {
			f = p.asJSONNumber(f)
		}
		p.found = append(p.found, f)
	}
}
