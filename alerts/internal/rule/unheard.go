package rule

import (
	"maps"
	"slices"
	"time"
)

// Unheard is what an alert does about a subject without series: one that is due by
// the clock, or that is about silence.
type Unheard struct {
	// Identity is the labels of the identity that the alert has then.
	Identity map[string]string
	// Holds reports whether the condition holds, and the value of the alert, in a test
	// that began at a time. Once it holds it goes on to.
	Holds func(began, now time.Time) (value float64, holds bool)
}

// silent is a subject whose alert may fire in the tests of others, too.
type silent struct {
	rule    Made
	subject subject
	*Unheard
}

// others adds to every test the alerts about subjects that it has no series of.
func (all *tellings) others() {
	for _, told := range all.inTurn {
		for _, s := range all.silent {
			if slices.Contains(told.subjects, s.subject.name) {
				continue
			}
			for _, e := range slices.Clone(told.test.Alerts) {
				value, fire := s.fires(told, time.Duration(e.At))
				if e.Name != s.rule.Name || !fire {
					continue
				}
				told.test.expect(e.Name, e.At, all.texts.fires(s.rule.Rule, s.Identity, value))
			}
		}
	}
}

// fires reports whether the condition has held for long enough, in evaluations of the
// test, at a time after its beginning.
func (s silent) fires(told *telling, at time.Duration) (value float64, fire bool) {
	began := told.start
	if began.IsZero() {
		began = time.Unix(0, 0)
	}
	waited := time.Duration(evaluations(wait(s.rule.Alert, s.rule.Target), told.pace)) * told.pace
	if _, holds := s.Holds(began, began.Add(at-waited)); at < waited || !holds {
		return 0, false
	}
	return s.Holds(began, began.Add(at))
}

// shares reports whether some of the subject's series are those of another that all
// stories are told for. They are told for the subject then, too, for its alert fires
// with the other's.
func (all *tellings) shares(t Trial) bool {
	return slices.ContainsFunc(slices.Concat(t.Fire, t.Near), func(s Signal) bool { return all.fed[s.name()] })
}

// feed remembers the series of a subject that all stories are told for.
func (all *tellings) feed(t Trial) {
	for _, s := range slices.Concat(t.Fire, t.Near) {
		all.fed[s.name()] = true
	}
}

// in is the trial as the story has it.
func (s Story) in(t Trial) Trial {
	if s.Identity != nil {
		t.Identity = s.Identity
	}
	if !s.Start.IsZero() {
		t.Start = s.Start
	}
	if s.Pace != 0 {
		t.Pace = s.Pace
	}
	return t
}

// series are the labels of the alert about the subject, but for those of its rule.
func (t Trial) series(s subject) map[string]string {
	all := maps.Clone(s.identity)
	if t.Identity != nil {
		all = maps.Clone(t.Identity)
	}
	maps.Copy(all, t.Labels)
	return all
}
