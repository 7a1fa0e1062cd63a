package detect

import (
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
)

// Scanner scans values with a fixed set of detectors. It is immutable but for
// its memo of keys, which is bounded, and safe for concurrent use.
type Scanner struct {
	detectors []*Detector
	anchors   anchorIndex
	// onAt, onScheme and onOperator are the detectors of each trigger.
	onAt, onScheme, onOperator []*Detector
	// onDigits are those of each length of a group of digits.
	onDigits [maxPAN + 1][]*Detector
	// forced are the detectors that a key alone calls.
	forced []*Detector
	keys   keyMemo
}

// New returns a scanner for the detectors. It fails if one is malformed or a
// name stands twice; the detectors of [Builtin] never are.
func New(detectors ...*Detector) (*Scanner, error) {
	s := &Scanner{
		detectors: slices.Clone(detectors),
		keys:      keyMemo{seed: maphash.MakeSeed()},
	}
	var errs []error
	seen := map[string]bool{}
	for _, d := range detectors {
		if seen[d.Name] {
			errs = append(errs, fmt.Errorf("detector %q stands twice", d.Name))
		}
		seen[d.Name] = true
		if err := d.valid(); err != nil {
			errs = append(errs, fmt.Errorf("detector %q: %w", d.Name, err))
			continue
		}
		s.add(d)
	}
	return s, errors.Join(errs...)
}

// Default returns a scanner with the detectors of [Builtin].
func Default() *Scanner {
	s, err := New(Builtin()...)
	if err != nil {
		panic(err) // the package's own list is wrong; a test holds it
	}
	return s
}

func (d *Detector) valid() error {
	var errs []error
	if n := len(d.Name); n == 0 || n > maxMarkerName || span(d.Name, 0, n, isLower|isDigit|isUnderscore) != n {
		errs = append(errs, fmt.Errorf("its name must be snake_case of 1 to %d characters", maxMarkerName))
	}
	if d.match == nil || len(d.anchors) == 0 && d.triggers == 0 && len(d.digits) == 0 {
		errs = append(errs, errors.New("it needs a matcher, and an anchor or a trigger"))
	}
	for _, n := range d.digits {
		if n < 1 || n > maxPAN {
			errs = append(errs, fmt.Errorf("it looks at groups of %d digits, allowed are 1 to %d", n, maxPAN))
		}
	}
	for _, a := range d.anchors {
		if len(a) < anchorWidth {
			errs = append(errs, fmt.Errorf("anchor %q is shorter than %d bytes", a, anchorWidth))
		}
	}
	if d.Keeps < 0 || d.Keeps > maxMarkerKept {
		errs = append(errs, fmt.Errorf("it keeps %d characters, at most %d are allowed", d.Keeps, maxMarkerKept))
	}
	return errors.Join(errs...)
}

func (s *Scanner) add(d *Detector) {
	for _, a := range d.anchors {
		s.anchors.add(a, d)
	}
	for _, t := range []struct {
		trigger trigger
		list    *[]*Detector
	}{{onAt, &s.onAt}, {onScheme, &s.onScheme}, {onOperator, &s.onOperator}} {
		if d.triggers&t.trigger != 0 {
			*t.list = append(*t.list, d)
		}
	}
	for _, n := range d.digits {
		s.onDigits[n] = append(s.onDigits[n], d)
	}
	if d.force != nil {
		s.forced = append(s.forced, d)
	}
}

// Detectors returns the scanner's detectors in their order.
func (s *Scanner) Detectors() []*Detector { return slices.Clone(s.detectors) }

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

// Scan appends the findings in text to dst and returns it. key is the class of
// the key that the value stands under, or-ed over all keys of its path; 0 where
// there is none. A sensitive key makes the whole value one finding, unless the
// value is a placeholder or a word such as "true" that reveals nothing.
//
// Findings that overlap are merged: the result covers all of them, so that the
// end of one never stays readable because another one began earlier, and bears
// the name of the most confident, then the earliest, then the longest. Findings
// that only count yield to those that act.
//
// Scan allocates nothing beyond the growth of dst.
func (s *Scanner) Scan(dst []Finding, key KeyClass, text string) []Finding {
	first := len(dst)
	if key.Sensitive() {
		for _, d := range s.forced {
			if f, ok := d.force(key, text); ok {
				f.Detector = d
				return append(dst, f)
			}
		}
	}
	p := pass{scanner: s, text: text, key: key, found: dst}
	p.run()
	return merge(p.found, first)
}

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
			// No anchor ends inside a group of digits: see anchorIndex.add.
			i, window = end-1, 0
		case stopAt:
			p.try(p.scanner.onAt, candidate{text, i, i + 1, p.key})
		case stopColon:
			if len(text)-i > 2 && text[i+1] == '/' && text[i+2] == '/' {
				p.try(p.scanner.onScheme, candidate{text, i, i + 3, p.key})
			} else {
				p.operator(i)
			}
		case stopEscape:
			for _, escape := range [...]string{"%40", `\u0040`} {
				if strings.HasPrefix(text[i:], escape) {
					p.try(p.scanner.onAt, candidate{text, i, i + len(escape), p.key})
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
	class := p.scanner.Key(keyBefore(p.text, i))
	if !class.Sensitive() {
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

// merge sorts the findings from first on and resolves their overlaps.
func merge(found []Finding, first int) []Finding {
	fresh := found[first:]
	if len(fresh) < 2 {
		return found
	}
	slices.SortStableFunc(fresh, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	merged := fresh[:1]
	for _, f := range fresh[1:] {
		last := &merged[len(merged)-1]
		switch {
		case f.Start >= last.End:
			merged = append(merged, f)
		case f.Acts() == last.Acts():
			*last = union(*last, f)
		case f.Acts():
			*last = f
		}
	}
	return found[:first+len(merged)]
}

// union covers both findings in the name of the surer one, or of a, which
// starts no later.
func union(a, b Finding) Finding {
	u := a
	if b.Confidence > a.Confidence {
		u = b
		if b.quote == "" && b.Start == a.Start && b.End == a.End {
			u.quote = a.quote
		}
	}
	end := max(a.End, b.End)
	u.widened = u.widened || u.Start != a.Start || u.End != end
	u.Start, u.End = a.Start, end
	return u
}
