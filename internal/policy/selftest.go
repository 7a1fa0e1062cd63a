package policy

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/readygate/readygate/internal/detect"
)

// ruleCase is a case of a user's rule.
type ruleCase struct {
	CaseConfig
	rule    string
	of, num int // rules[of].cases[num]
}

// SelfTest plants a look-alike for each detector and takes it through each policy,
// as it is: with its actions and its list of what is allowed. It runs the cases
// of the user's rules too, under the policy of the whole. The error names every
// detector that does not do what it is there for.
func (s *Set) SelfTest() error {
	var errs []error
	for _, failure := range s.Samples() {
		errs = append(errs, failure)
	}
	for _, failure := range s.Cases() {
		errs = append(errs, failure)
	}
	return errors.Join(errs...)
}

// SampleFailure is a built-in detector whose own look-alike stays readable.
type SampleFailure struct {
	// Policy is the name of the policy, empty for that of the whole.
	Policy   string
	Detector string
	// Path is the entry of the list of what is allowed that hides the look-alike;
	// empty if it is something else.
	Path string
}

func (f SampleFailure) Error() string {
	text, cause := "self-test: "+f.Detector+" does not find its own look-alike", ""
	if f.Policy != "" {
		text = fmt.Sprintf("policy %q: ", f.Policy) + text
	}
	if f.Path != "" {
		cause = ", which " + f.Path + " allows; allow less, or switch the detector off"
	}
	return text + cause
}

// Samples takes the look-alikes of the built-in detectors through the policies and
// returns those that stay readable although their detector is to act.
func (s *Set) Samples() []SampleFailure {
	var failed []SampleFailure
	for _, p := range s.policies {
		for _, d := range p.Scanner.Detectors() {
			if d.Built() && !p.acts(d) {
				failed = append(failed, SampleFailure{p.Name, d.Name, p.hider(d)})
			}
		}
	}
	return failed
}

// acts reports whether the detector's look-alike goes, or stays because the policy
// says so: what finds it only tags, or must be surer, or needs a detector that is
// off.
func (p *Policy) acts(d *detect.Detector) bool {
	sample := d.Sample()
	clean, _, _ := p.Scanner.Scrub(nil, p.value(sample), p.rules[0])
	return !strings.Contains(clean, sample.Secret) || p.hider(d) == "" && found(sample)
}

// all has every built-in detector.
var all = sync.OnceValues(func() (*detect.Scanner, error) { return detect.New(detect.Builtin()...) })

// found reports whether a sample is found where every detector is on and does what
// it does by default.
func found(sample detect.Sample) bool {
	scanner, err := all()
	if err != nil {
		return false // a test of detect holds that there is none
	}
	findings, _ := scanner.Scan(nil, detect.Value{Text: sample.Text, Key: scanner.Key(sample.Key)}, scanner.Rules())
	return len(findings) > 0
}

// hider returns the path of what allows the look-alike of a detector.
func (p *Policy) hider(d *detect.Detector) string {
	sample := d.Sample()
	findings, _ := p.Scanner.Scan(nil, p.value(sample), p.Scanner.Rules())
	for _, f := range findings {
		for _, a := range p.allow {
			if a.allows(f.Detector, sample.Text[f.Start:f.End]) {
				return a.path
			}
		}
	}
	return ""
}

// value is the value that a sample describes.
func (p *Policy) value(s detect.Sample) detect.Value {
	return detect.Value{Text: s.Text, Key: p.Scanner.Key(s.Key)}
}

// CaseFailure is a case of a user's rule whose text became something else.
type CaseFailure struct {
	Rule string
	// Path is that of the case: rules[0].cases[2].
	Path      string
	Got, Want string
}

func (f CaseFailure) Error() string {
	return fmt.Sprintf("%s: rule %s: got %q, want %q", f.Path, f.Rule, f.Got, f.Want)
}

// Cases runs the cases of the user's rules and returns those that fail.
func (s *Set) Cases() []CaseFailure {
	var failed []CaseFailure
	p := s.Default()
	for _, c := range s.cases {
		got, _, _ := p.Scanner.Scrub(nil, detect.Value{Text: c.In, Key: p.Scanner.Key(c.Key)}, p.rules[0])
		if got != c.Out {
			failed = append(failed, CaseFailure{c.rule, fmt.Sprintf("rules[%d].cases[%d]", c.of, c.num), got, c.Out})
		}
	}
	return failed
}

// NumCases returns how many cases the user's rules have.
func (s *Set) NumCases() int { return len(s.cases) }
