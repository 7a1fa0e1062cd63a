package detect

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// Rule describes a detector of a user's own. It finds literals, what a regular
// expression matches, and values under keys; at least one of them is needed.
type Rule struct {
	// Name is that of the detector: snake_case of up to 40 characters.
	Name string
	// Summary says in one phrase what is found.
	Summary string
	// Literals are found as they are, in this case, at word boundaries.
	Literals []string
	// Regex is a regular expression in Go's syntax (RE2), which takes linear time. If it
	// has a group named "secret", that group is the finding, else all of the match is.
	// It must need one of a few literals of three bytes or more, by which most values
	// are told apart without it.
	Regex string
	// AllowSlow permits an expression that needs no literal: it is run over every
	// value, which costs many times what all built-in detectors cost together.
	AllowSlow bool
	// Keys are names of keys whose value is a finding.
	Keys []string
	// Near are words one of which must stand near a match, or in the keys above it,
	// for it to be acted upon.
	Near []string
	// Validator is the name of a check that a match must pass, of [Validators].
	Validator string
	// Action is what is done by default.
	Action Action
}

// maxLiterals bounds how many literals an expression may need one of.
const maxLiterals = 64

// NewRule returns the detector that r describes. The error tells everything that
// is wrong with it.
func NewRule(r Rule) (*Detector, error) {
	d := &Detector{Name: r.Name, Summary: r.Summary, Evidence: "a rule of the policy", Default: r.Action}
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if n := len(r.Name); n == 0 || n > maxMarkerName || span(r.Name, 0, n, isLower|isDigit|isUnderscore) != n {
		fail("name: got %q, allowed: snake_case of 1 to %d characters", r.Name, maxMarkerName)
	}
	if len(r.Literals) == 0 && r.Regex == "" && len(r.Keys) == 0 {
		fail("it finds nothing; allowed: literals, regex or keys, or several of them")
	}
	valid := func(string) bool { return true }
	if r.Validator != "" {
		if valid = validators[r.Validator]; valid == nil {
			fail("validator: got %q, allowed: %s", r.Validator, strings.Join(Validators(), ", "))
		}
	}
	base := Likely
	if len(r.Near) > 0 {
		base, d.context = Possible, compact(r.Near)
	}
	if len(r.Keys) > 0 {
		d.keys = compact(r.Keys)
		d.under = func(_ KeyClass, value string) (Finding, bool) {
			return Finding{End: len(value), Confidence: Likely}, reveals(value) && valid(value)
		}
	}
	for _, l := range r.Literals {
		if rarestWindow(l) == 0 {
			fail("literals: got %q, allowed: %d bytes or more in a row without three digits", l, anchorWidth)
		}
	}
	expression, gates, err := r.expression()
	if err != nil {
		fail("regex: %w", err)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	d.anchors = slices.Concat(r.Literals, gates)
	d.once, d.always = r.Regex != "", r.Regex != "" && len(gates) == 0
	d.match = func(c *candidate) (Finding, bool) {
		if literal := c.text[c.at:c.end]; slices.Contains(r.Literals, literal) && !wordEndsAt(c.text, c.at) && !wordStartsAt(c.text, c.end) && valid(literal) {
			return Finding{Start: c.at, End: c.end, Confidence: c.weigh(c.at, c.end, base)}, true
		}
		// The expression looks at all of the value once, whatever gate it passed.
		if expression != nil && !c.pass.matched.has(c.detector.bit) {
			c.pass.matched = c.pass.matched.with(c.detector.bit)
			secret := max(expression.SubexpIndex("secret"), 0)
			for _, at := range expression.FindAllStringSubmatchIndex(c.text, -1) {
				if start, end := at[2*secret], at[2*secret+1]; start < end && markerEnd(c.text, start) == start && valid(c.text[start:end]) {
					c.pass.add(c.detector, Finding{Start: start, End: end, Confidence: c.weigh(start, end, base)})
				}
			}
		}
		return Finding{}, false
	}
	return d, nil
}

// expression compiles the rule's expression and returns the literals one of which
// every match holds; none if it is allowed to be slow.
func (r Rule) expression() (*regexp.Regexp, []string, error) {
	if r.Regex == "" {
		return nil, nil, nil
	}
	expression, err := regexp.Compile(r.Regex)
	if err != nil {
		return nil, nil, err
	}
	tree, err := syntax.Parse(r.Regex, syntax.Perl)
	if err != nil {
		return nil, nil, err
	}
	gates := required(tree.Simplify())
	usable := len(gates) > 0 && len(gates) <= maxLiterals && !slices.ContainsFunc(gates, func(g string) bool { return rarestWindow(g) == 0 })
	switch {
	case usable:
		return expression, gates, nil
	case r.AllowSlow:
		return expression, nil, nil
	}
	return nil, nil, fmt.Errorf("got %q, which matches text without any literal of %d bytes or more ((?i) makes letters none); allowed: an expression that needs one, such as (acme|corp)-[0-9]+, or allow_slow: true", r.Regex, anchorWidth)
}

// required returns literals one of which every match of the expression holds; nil
// if there are none.
func required(e *syntax.Regexp) []string {
	switch e.Op {
	case syntax.OpLiteral:
		if e.Flags&syntax.FoldCase != 0 {
			return nil
		}
		return []string{string(e.Rune)}
	case syntax.OpCapture, syntax.OpPlus:
		return required(e.Sub[0])
	case syntax.OpConcat:
		// Of all that are needed, those whose shortest is the longest are the rarest.
		var best []string
		for _, sub := range e.Sub {
			if l := required(sub); shortest(l) > shortest(best) {
				best = l
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range e.Sub {
			l := required(sub)
			if len(l) == 0 {
				return nil
			}
			all = append(all, l...)
		}
		return all
	}
	return nil
}

func shortest(literals []string) int {
	if len(literals) == 0 {
		return 0
	}
	return len(slices.MinFunc(literals, func(a, b string) int { return len(a) - len(b) }))
}

// compact returns names as keys and words are looked up: in small letters, without
// separators.
func compact(names []string) map[string]bool {
	set := map[string]bool{}
	for _, n := range names {
		joined := ""
		for w := range splitWords(n) {
			joined += w
		}
		set[joined] = true
	}
	return set
}
