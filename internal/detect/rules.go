package detect

import "slices"

// Rules say what a scan does with what it finds. They belong to the scanner that
// made them, are immutable once in use, and safe for concurrent use.
type Rules struct {
	// actions and from, the confidence from which each is taken, are by the index of
	// the detector.
	actions []Action
	from    []Confidence
	allow   []func(d *Detector, found string) bool
	// pseudonyms makes the tokens of [Pseudonym].
	pseudonyms *Pseudonyms
}

// Rules returns the rules by which each detector does what it does by default, for
// findings that are [Likely] or surer.
func (s *Scanner) Rules() *Rules {
	r := &Rules{}
	for _, d := range s.detectors {
		r.actions = append(r.actions, d.DefaultAction())
		r.from = append(r.from, Likely)
	}
	return r
}

// Clone returns a copy to change.
func (r *Rules) Clone() *Rules {
	c := *r
	c.actions, c.from, c.allow = slices.Clone(r.actions), slices.Clone(r.from), slices.Clone(r.allow)
	return &c
}

// Set makes a the action of d, which must be one of the scanner's detectors.
// [Count] turns it off but for the count.
func (r *Rules) Set(d *Detector, a Action) { r.actions[d.index] = a }

// Action returns the action of d.
func (r *Rules) Action(d *Detector) Action { return r.actions[d.index] }

// From sets the confidence from which findings of d are acted upon.
func (r *Rules) From(d *Detector, c Confidence) { r.from[d.index] = c }

// Allow adds spans that are not to be found: those for which allowed returns
// true. It sees the matched span only, so that it never protects what stands
// around it.
func (r *Rules) Allow(allowed func(d *Detector, found string) bool) {
	r.allow = append(r.allow, allowed)
}

// Pseudonymise sets what makes the tokens of [Pseudonym]. Without it such
// findings are masked.
func (r *Rules) Pseudonymise(p *Pseudonyms) { r.pseudonyms = p }

// decide sets the action of a finding. It reports whether there is one at all.
func (r *Rules) decide(f *Finding, found string) bool {
	for _, allowed := range r.allow {
		if allowed(f.Detector, found) {
			return false
		}
	}
	if i := f.Detector.index; f.Confidence >= r.from[i] {
		f.Action = r.actions[i]
	}
	return true
}
