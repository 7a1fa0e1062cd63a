package rule

import (
	"bytes"
	"fmt"
	"time"

	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/query"
)

// testCase is a unit test that somebody wrote: what is scraped, and what fires when.
// The texts of the alert are not in it.
type testCase struct {
	Name string `yaml:"name"`
	// Pace is the time between two evaluations, and Step between two samples: 30s
	// and the pace where the case does not say.
	Pace  model.Duration `yaml:"pace"`
	Step  model.Duration `yaml:"step"`
	Input []inputSeries  `yaml:"input"`
	Then  []struct {
		At    model.Duration `yaml:"at"`
		Fires []struct {
			Labels map[string]string `yaml:"labels"`
			Value  float64           `yaml:"value"`
		} `yaml:"fires"`
	} `yaml:"then"`
}

// cases adds the unit tests that are written in the family's Cases to those that
// are generated. They are the same for every catalog, but for the labels of routing.
func (r *Rules) cases(files map[time.Duration]*TestFile, pending texts) error {
	all := make(map[string][]testCase)
	decoder := yaml.NewDecoder(bytes.NewReader(r.Family.Cases))
	decoder.KnownFields(true)
	if err := decoder.Decode(&all); err != nil {
		return fmt.Errorf("%s: cases: %w", r.Family.Name, err)
	}
	known := Known(r.Family, nil)
	for _, made := range r.Made {
		for _, c := range all[made.Title()] {
			test, err := made.test(c, known, pending)
			if err != nil {
				return fmt.Errorf("%s: cases: %s: %s: %w", r.Family.Name, made.Title(), c.Name, err)
			}
			pace := c.pace()
			if files[pace] == nil {
				files[pace] = &TestFile{EvaluationInterval: model.Duration(pace)}
			}
			files[pace].Tests = append(files[pace].Tests, test)
		}
	}
	return nil
}

func (c testCase) pace() time.Duration { return Trial{Pace: time.Duration(c.Pace)}.pace() }

// test is the unit test of a case. A case about series that nothing produces is an
// error: it would prove silence about nothing.
func (r Made) test(c testCase, known query.Series, pending texts) (UnitTest, error) {
	step := c.Step
	if step == 0 {
		step = model.Duration(c.pace())
	}
	test := UnitTest{Name: r.Title() + ", " + c.Name, Interval: step, Input: c.Input}
	for _, s := range c.Input {
		expr, err := query.Parser.ParseExpr(s.Series)
		if err == nil {
			err = known.Check(expr)
		}
		if err != nil {
			return UnitTest{}, err
		}
	}
	for _, then := range c.Then {
		expected := alertTest{At: then.At, Name: r.Name, Expected: []firing{}}
		for _, f := range then.Fires {
			expected.Expected = append(expected.Expected, pending.fires(r.Rule, f.Labels, f.Value))
		}
		test.Alerts = append(test.Alerts, expected)
	}
	return test, nil
}
