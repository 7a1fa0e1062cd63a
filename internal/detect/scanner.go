package detect

import (
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
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
		if rarestWindow(a) == 0 {
			errs = append(errs, fmt.Errorf("anchor %q has no %d bytes in a row without a digit", a, anchorWidth))
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
