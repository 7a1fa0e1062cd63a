package alerts

import (
	"fmt"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/internal/catalog"
)

// telling is one story told for subjects whose alert is due at the same steps.
type telling struct {
	subjects []string
	test     unitTest
}

// tellings are the stories of an alert. What is told for many subjects is told
// in one test where it can be: a test for each would cost the square of their
// number, because promtool evaluates all rules in every test.
type tellings struct {
	alert  string
	inTurn []*telling
	of     map[string]*telling // by story and timeline
	// judged are the thresholds that stories were told about.
	judged map[catalog.Thresholds]bool
}

func newTellings(alert string) *tellings {
	return &tellings{alert: alert, of: make(map[string]*telling), judged: make(map[catalog.Thresholds]bool)}
}

// tell adds the stories of a rule for one of its subjects.
func (all *tellings) tell(r scopedRule, s subject) error {
	thresholds := r.policy.Thresholds
	due := map[about]bool{
		aboutScope:      true,
		aboutThresholds: !all.judged[thresholds],
		aboutAlert:      len(all.judged) == 0,
	}
	all.judged[thresholds] = true
	trial := r.trial(thresholds)
	for _, story := range stories(trial, evaluations(r.wait(thresholds)), evaluations(r.keep)) {
		if !due[story.about] {
			continue
		}
		if err := all.add(r, s, trial, story); err != nil {
			return fmt.Errorf("alert %s for %s: %w", r.alert.name, s.name, err)
		}
	}
	return nil
}

// add puts the subject into the test of the story, and makes the test if the
// subject is the first.
func (all *tellings) add(r scopedRule, s subject, trial trial, story story) error {
	timeline := story.name
	for _, e := range story.expect {
		timeline += fmt.Sprint(" ", e.step)
	}
	told := all.of[timeline]
	if told == nil {
		told = &telling{test: newUnitTest(r, s, trial, story)}
		all.of[timeline] = told
		all.inTurn = append(all.inTurn, told)
	}
	told.subjects = append(told.subjects, s.name)
	told.test.Name = fmt.Sprintf("%s, %s: %s", all.alert, told.who(), story.name)
	told.test.Input = append(told.test.Input, trial.series(s.identity, story.phases)...)
	for _, e := range story.expect {
		if !e.fires {
			continue
		}
		alert, err := r.fires(s, e.value)
		if err != nil {
			return err
		}
		told.test.expect(r.alert.name, at(e.step), alert)
	}
	return nil
}

// who names the subjects in the name of a test.
func (t *telling) who() string {
	if len(t.subjects) == 1 {
		return t.subjects[0]
	}
	return fmt.Sprintf("%s and %d more", t.subjects[0], len(t.subjects)-1)
}

// newUnitTest is the test of a story without any subject's series and alerts.
// The recorded series that it asks for are the first subject's.
func newUnitTest(r scopedRule, s subject, trial trial, story story) unitTest {
	test := unitTest{Interval: model.Duration(interval)}
	for _, e := range story.expect {
		test.Alerts = append(test.Alerts, alertTest{At: at(e.step), Name: r.alert.name, Expected: []firing{}})
		if e.fires && trial.twin != "" {
			test.Alerts = append(test.Alerts, alertTest{At: at(e.step), Name: trial.twin, Expected: []firing{}})
		}
	}
	if story.absent > 0 {
		test.Queries = []queryTest{{Expr: trial.derived, At: at(story.absent), Expected: []sample{}}}
	}
	if story.zero > 0 {
		is0 := sample{Labels: trial.derived + labels.FromMap(s.identity).String()}
		test.Queries = []queryTest{{Expr: trial.derived, At: at(story.zero), Expected: []sample{is0}}}
	}
	return test
}

// expect adds an alert to those that fire at the time.
func (t *unitTest) expect(alert string, at model.Duration, f firing) {
	for i, expected := range t.Alerts {
		if expected.Name == alert && expected.At == at {
			t.Alerts[i].Expected = append(expected.Expected, f)
		}
	}
}
