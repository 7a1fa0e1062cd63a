package detect

import (
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"sync"
	"time"
)

// Scanner scans values with a fixed set of detectors. It is immutable but for
// its memo of keys, which is bounded, and safe for concurrent use.
type Scanner struct {
	// detectors are the scanner's own copies, in the order given.
	detectors []*Detector
	anchors   anchorIndex
	// The detectors of each trigger.
	onAt, onScheme, onDashes, onParameter []*Detector
	// always are those that look at every value.
	always []*Detector
	// groups are those that look at groups of digits, gluedGroups those that do so even
	// where a letter stands beside them.
	groups, gluedGroups groupIndex
	shortGroups         bool
	// sensitive are the detectors that a key alone may call.
	sensitive []*Detector
	// contexts are the detectors for which a word, or two joined, speak; names are
	// those that a key with that name calls.
	contexts, names map[string]bits
	// queries finds the literals of database queries, if it is one of the detectors.
	queries *Detector
	// cookies takes the values out of headers of cookies, if it is one of them.
	cookies *Detector

	stops *stopTable
	mixes *mixes
	// endings are the last letters of keys that are worth a closer look.
	endings endingSet
	// contextEndings are those of words of context.
	contextEndings endingSet
	// shortest is the length of the shortest text that is worth a scan.
	shortest int
	keys     keyMemo
	passes   sync.Pool // of *pass
	// defaults are the rules of the default.
	defaults *Rules
	// MaxTime bounds the scan of one value; see [TooLong]. It is set before the first
	// scan. Zero means no bound.
	MaxTime time.Duration
}

// New returns a scanner for the detectors. It fails if one is malformed or a
// name stands twice; the detectors of [Builtin] never are.
func New(detectors ...*Detector) (*Scanner, error) {
	s := &Scanner{
		shortest: shortestBuiltin,
		contexts: map[string]bits{},
		names:    map[string]bits{},
		keys:     keyMemo{seed: maphash.MakeSeed()},
	}
	s.passes.New = func() any { return &pass{scanner: s} }
	for _, sign := range encodedSigns {
		s.anchors.add(sign, viewer())
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
	s.defaults = s.Rules()
	s.stops = newStops(s.shortGroups)
	s.mixes = newMixes(func(b byte) bool { return s.stops[b] != 0 })
	s.anchors.fill(s.mixes)
	s.fillEndings()
	if n := s.anchorsUsed(); n > maxAnchors {
		errs = append(errs, fmt.Errorf("%d anchors, at most %d are allowed", n, maxAnchors))
	}
	if n := s.bitsUsed(); n > maxBits {
		errs = append(errs, fmt.Errorf("%d detectors look at keys and context, at most %d can", n, maxBits))
	}
	return s, errors.Join(errs...)
}

// Default returns a scanner with the detectors that are on by default.
func Default() *Scanner {
	s, err := New(Select()...)
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
	looks := len(d.anchors) > 0 || d.triggers != 0 || len(d.digits) > 0 || d.always
	if looks && d.match == nil || !looks && d.under == nil {
		errs = append(errs, errors.New("it needs a matcher, and an anchor, a trigger or keys"))
	}
	for _, n := range d.digits {
		if n < 1 || n > maxDigits {
			errs = append(errs, fmt.Errorf("it looks at groups of %d digits, allowed are 1 to %d", n, maxDigits))
		}
	}
	for _, a := range d.anchors {
		if rarestWindow(a) == 0 {
			errs = append(errs, fmt.Errorf("anchor %q has no %d bytes in a row without three digits", a, anchorWidth))
		}
	}
	if d.Keeps < 0 || d.Keeps > maxMarkerKept {
		errs = append(errs, fmt.Errorf("it keeps %d characters, at most %d are allowed", d.Keeps, maxMarkerKept))
	}
	return errors.Join(errs...)
}

// shortestBuiltin is the length of the shortest text in which a built-in detector
// finds something without a sensitive key above it: pwd=x.
const shortestBuiltin = 5

// maxDigits is the longest group of digits at which a detector may look.
const maxDigits = 31

func (s *Scanner) add(d *Detector) {
	own := *d
	own.index, own.bit = len(s.detectors), -1
	if own.context != nil || own.under != nil || own.once {
		own.bit = s.bitsUsed()
		for w := range own.context {
			s.contexts[w] = s.contexts[w].with(own.bit)
		}
		for w := range own.keys {
			s.contexts[w] = s.contexts[w].with(own.bit)
			s.names[w] = s.names[w].with(own.bit)
		}
	}
	d = &own
	s.detectors = append(s.detectors, d)
	nameMarker(d.Name)
	if !d.Built() {
		for _, literal := range d.anchors {
			s.shortest = min(s.shortest, len(literal))
		}
		if d.always {
			s.shortest = 0
		}
	}
	for _, a := range d.anchors {
		if s.anchorsUsed() <= maxAnchors {
			s.anchors.add(a, d)
		}
	}
	for _, t := range []struct {
		trigger trigger
		list    *[]*Detector
	}{{onAt, &s.onAt}, {onScheme, &s.onScheme}, {onDashes, &s.onDashes}, {onParameter, &s.onParameter}} {
		if d.triggers&t.trigger != 0 {
			*t.list = append(*t.list, d)
		}
	}
	for _, n := range d.digits {
		s.shortGroups = s.shortGroups || n < longGroup
		s.groups.add(d, n)
		if d.glued {
			s.gluedGroups.add(d, n)
		}
	}
	if d.always {
		s.always = append(s.always, d)
	}
	if d.under != nil {
		s.sensitive = append(s.sensitive, d)
	}
	switch d.Name {
	case queryLiteral.Name:
		s.queries = d
	case httpCookie.Name:
		s.cookies = d
	}
}

// bitsUsed returns how many detectors look at their context.
func (s *Scanner) bitsUsed() int {
	n := 0
	for _, d := range s.detectors {
		if d.bit >= 0 {
			n++
		}
	}
	return n
}

// anchorsUsed returns how many literals the detectors look for.
func (s *Scanner) anchorsUsed() int {
	n := len(encodedSigns)
	for _, d := range s.detectors {
		n += len(d.anchors)
	}
	return n
}

// Shortest is the length of the shortest text that is worth a scan where no key says
// anything about it.
func (s *Scanner) Shortest() int { return s.shortest }

// Detectors returns the scanner's detectors in their order.
func (s *Scanner) Detectors() []*Detector { return slices.Clone(s.detectors) }

// Scan appends the findings in a value to dst. A sensitive key makes the whole
// value one finding, unless the value is a placeholder or a word such as "true"
// that reveals nothing.
//
// Findings that overlap are merged: the result covers all of them, so that the
// end of one never stays readable because another one began earlier, and bears
// the name of the most confident, then the earliest, then the longest. Findings
// that only count yield to those that act.
//
// The reason is that of [TooLong] if the scan was given up, and empty otherwise.
// Scan allocates nothing beyond the growth of dst.
func (s *Scanner) Scan(dst []Finding, v Value, rules *Rules) ([]Finding, Reason) {
	if len(v.Text) < s.shortest && !v.Key.Sensitive() && !v.Key.Query() {
		return dst, ""
	}
	p := s.passes.Get().(*pass)
	p.begin(v, rules, dst)
	if !p.whole() {
		p.run()
	}
	found, reason := merge(p.found, len(dst)), p.reason
	p.end()
	s.passes.Put(p)
	return found, reason
}
