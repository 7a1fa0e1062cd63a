package rule

import (
	"fmt"
	"slices"
	"time"

	"github.com/prometheus/common/model"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// TestFile is promtool's format of unit tests.
type TestFile struct {
	RuleFiles          []string       `yaml:"rule_files"`
	EvaluationInterval model.Duration `yaml:"evaluation_interval"`
	Tests              []UnitTest     `yaml:"tests"`
}

// UnitTest is one test of a file.
type UnitTest struct {
	Name     string         `yaml:"name"`
	Interval model.Duration `yaml:"interval"`
	Start    string         `yaml:"start_timestamp,omitempty"`
	Input    []inputSeries  `yaml:"input_series"`
	Alerts   []alertTest    `yaml:"alert_rule_test,omitempty"`
	Queries  []queryTest    `yaml:"promql_expr_test,omitempty"`
}

type alertTest struct {
	At       model.Duration `yaml:"eval_time"`
	Name     string         `yaml:"alertname"`
	Expected []firing       `yaml:"exp_alerts"`
}

// firing is one alert that fires.
type firing struct {
	Labels      map[string]string `yaml:"exp_labels"`
	Annotations map[string]string `yaml:"exp_annotations"`
}

type queryTest struct {
	Expr     string         `yaml:"expr"`
	At       model.Duration `yaml:"eval_time"`
	Expected []sample       `yaml:"exp_samples"`
}

type sample struct {
	Labels string  `yaml:"labels"`
	Value  float64 `yaml:"value"`
}

// Tests are the unit tests of the rules, by the pace of their evaluation. They
// prove of every alert that it fires about every scope when it should, and, for
// every distinct set of numbers, only then. RuleFiles are left to the caller.
func (r *Rules) Tests() (map[time.Duration]*TestFile, error) {
	files := make(map[time.Duration]*TestFile)
	pending := make(texts)
	for _, a := range r.Family.Alerts {
		if a.Trial == nil {
			continue
		}
		all := tellings{of: make(map[string][]*telling), told: make(map[string]bool), fed: make(map[string]bool), texts: pending}
		for _, made := range r.Made {
			if made.Title() != a.Title() {
				continue
			}
			for _, s := range made.subjects() {
				all.tell(made, s)
			}
		}
		all.others()
		for _, t := range all.inTurn {
			file := files[t.pace]
			if file == nil {
				file = &TestFile{EvaluationInterval: model.Duration(t.pace)}
				files[t.pace] = file
			}
			file.Tests = append(file.Tests, t.test)
		}
	}
	if r.Family.Cases != nil {
		if err := r.cases(files, pending); err != nil {
			return nil, err
		}
	}
	if err := pending.expand(); err != nil {
		return nil, fmt.Errorf("%s: %w", r.Family.Name, err)
	}
	return files, nil
}

// subject is a service that a rule speaks for, and the labels that its series have.
type subject struct {
	name     string
	identity map[string]string
	service  *catalog.Service // nil where it is not declared
}

// subjects of a rule: of declared services, the first and the last; of the rule for all others, a
// service that is not declared, and each declared service next to its scope; of a
// fleet, nobody in particular.
func (r Made) subjects() []subject {
	var all []subject
	services := r.Services
	if last := len(services) - 1; last > 1 {
		services = []catalog.Service{services[0], services[last]} // one selector has the names of all
	}
	for _, s := range services {
		// What a rule does not ask for must not matter.
		labels := identity(s.Name, "any-namespace", "any-environment")
		for _, m := range s.Selector() {
			labels[m.Name] = m.Value
		}
		name := Display(s)
		if r.Part != nil {
			name += ", " + r.Part.Name
		}
		all = append(all, subject{name, labels, &s})
	}
	if all != nil {
		return all
	}
	if r.Fleet {
		return []subject{{name: "the fleet", identity: map[string]string{}}}
	}
	// The undeclared service has no other labels: absent ones must not matter.
	undeclared := "undeclared"
	for r.Excepted(undeclared, "", "") {
		undeclared += "-service"
	}
	all = []subject{{name: "any service", identity: identity(undeclared, "", "")}}
	seen := make(map[[2]string]bool) // two entries of one service have the same elsewhere
	add := func(name, service, namespace string) {
		const environment = "elsewhere"
		key := [2]string{service, namespace}
		if !seen[key] && !r.Excepted(service, namespace, environment) {
			seen[key] = true
			all = append(all, subject{name: name, identity: identity(service, namespace, environment)})
		}
	}
	for _, s := range r.Except {
		if len(s.Environments) > 0 {
			add(s.Name+" elsewhere", s.Name, s.Namespace)
		}
		if s.Namespace != "" {
			add(s.Name+" without namespace", s.Name, "")
		}
	}
	return all
}

// Excepted reports whether a rule about what is not declared leaves out a service with
// this identity.
func (r Made) Excepted(name, namespace, environment string) bool {
	return slices.ContainsFunc(r.Except, func(d catalog.Service) bool { return d.Governs(name, namespace, environment) })
}

func identity(name, namespace, environment string) map[string]string {
	return present(map[string]string{
		telemetry.Service: name, telemetry.ServiceNamespace: namespace, telemetry.Environment: environment,
	})
}

// telling is one story told for subjects whose alert is due at the same times.
type telling struct {
	pace     time.Duration
	start    time.Time
	subjects []string
	values   map[string]string // by series
	test     UnitTest
}

// takes reports whether there is room for a subject with these series, and none of
// them is there with other values: stages of one rollout have the same series.
func (t *telling) takes(input []inputSeries) bool {
	return len(t.subjects) < crowd && !slices.ContainsFunc(input, func(s inputSeries) bool {
		values, known := t.values[s.Series]
		return known && values != s.Values
	})
}

// tellings are the stories of an alert. What is told for many subjects is told
// in one test where it can be: a test for each would cost the square of their
// number, because promtool evaluates all rules in every test.
type tellings struct {
	inTurn []*telling
	of     map[string][]*telling // by story and timeline
	told   map[string]bool       // what a rule says about its numbers
	silent []silent
	fed    map[string]bool // series of those that all stories are told for
	texts  texts
}

// tell adds the stories of a rule for one of its subjects.
func (all *tellings) tell(r Made, s subject) {
	target := r.Target
	target.Service = s.service
	trial := r.Trial(target, s.identity)
	numbers := fmt.Sprint(r.Condition(r.Target), wait(r.Alert, r.Target), r.Description(r.Target))
	if trial.Unheard != nil {
		all.silent = append(all.silent, silent{r, s, trial.Unheard})
	}
	known := all.told[numbers]
	shared := known && all.shares(trial)
	all.told[numbers] = true
	if !known || shared {
		all.feed(trial)
	}
	for _, story := range stories(trial, wait(r.Alert, r.Target), r.Keep) {
		if known && !story.Everywhere && !trial.Everywhere && !shared {
			continue
		}
		all.add(r, s, trial, story)
	}
}

// crowd is how many subjects share a test: promtool's engine holds no more than 10,000
// samples, of which a subquery takes two for each step and series.
const crowd = 40

// add puts the subject into the test of the story, and makes the test if the
// subject is the first.
func (all *tellings) add(r Made, s subject, trial Trial, story Story) {
	trial = story.in(trial)
	pace := trial.pace()
	key := fmt.Sprint(pace, trial.step(), trial.Start, story.Name)
	for _, e := range story.Expect {
		key += fmt.Sprint(" ", e.At)
	}
	series := input(story.Phases, pace, trial.step())
	at := slices.IndexFunc(all.of[key], func(t *telling) bool { return t.takes(series) })
	if at < 0 {
		at = len(all.of[key])
		all.of[key] = append(all.of[key], &telling{pace: pace, start: trial.Start, values: make(map[string]string), test: newUnitTest(r, trial, story)})
		all.inTurn = append(all.inTurn, all.of[key][at])
	}
	told := all.of[key][at]
	told.subjects = append(told.subjects, s.name)
	who := s.name
	if len(told.subjects) > 1 {
		who = fmt.Sprintf("%s and %d more", told.subjects[0], len(told.subjects)-1)
	}
	told.test.Name = fmt.Sprintf("%s, %s: %s", r.Title(), who, story.Name)
	for _, one := range series {
		if _, known := told.values[one.Series]; !known {
			told.values[one.Series] = one.Values
			told.test.Input = append(told.test.Input, one)
		}
	}
	for _, e := range story.Expect {
		if !e.Fires {
			continue
		}
		told.test.expect(r.Name, model.Duration(time.Duration(e.At)*pace), all.texts.fires(r.Rule, trial.series(s), e.Value))
	}
}

// newUnitTest is the test of a story without any subject's series and alerts.
func newUnitTest(r Made, trial Trial, story Story) UnitTest {
	test := UnitTest{Interval: model.Duration(trial.step())}
	if !trial.Start.IsZero() {
		test.Start = trial.Start.UTC().Format(time.RFC3339)
	}
	at := func(evaluation int) model.Duration { return model.Duration(time.Duration(evaluation) * trial.pace()) }
	for _, e := range story.Expect {
		test.Alerts = append(test.Alerts, alertTest{At: at(e.At), Name: r.Name, Expected: []firing{}})
		if e.Fires && trial.Twin != "" {
			test.Alerts = append(test.Alerts, alertTest{At: at(e.At), Name: trial.Twin, Expected: []firing{}})
		}
	}
	if story.Absent > 0 {
		for _, derived := range trial.Derived {
			test.Queries = append(test.Queries, queryTest{Expr: derived, At: at(story.Absent), Expected: []sample{}})
		}
	}
	return test
}

// expect adds an alert to those that fire at the time.
func (t *UnitTest) expect(alert string, at model.Duration, f firing) {
	for i, expected := range t.Alerts {
		if expected.Name == alert && expected.At == at {
			t.Alerts[i].Expected = append(expected.Expected, f)
		}
	}
}
