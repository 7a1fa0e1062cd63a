package alerts

import (
	"bytes"
	_ "embed"
	"fmt"

	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/query"
)

//go:embed gateway_cases.yaml
var gatewayCases []byte

// gatewayCase is a unit test of an alert about the gateway: what is scraped, and
// what fires when. The texts of the alert are not in it.
type gatewayCase struct {
	Name  string        `yaml:"name"`
	Input []inputSeries `yaml:"input"`
	Then  []struct {
		At    model.Duration `yaml:"at"`
		Fires []struct {
			Labels map[string]string `yaml:"labels"`
			Value  float64           `yaml:"value"`
		} `yaml:"fires"`
	} `yaml:"then"`
}

// gatewayTests are the unit tests of the alerts about the gateway, the same for
// every catalog but for the labels of routing. A case about series that the
// gateway does not have is an error: it would prove silence about nothing.
func gatewayTests(rules []gatewayRule) ([]unitTest, error) {
	cases := make(map[string][]gatewayCase)
	decoder := yaml.NewDecoder(bytes.NewReader(gatewayCases))
	decoder.KnownFields(true)
	if err := decoder.Decode(&cases); err != nil {
		return nil, fmt.Errorf("gateway_cases.yaml: %w", err)
	}
	var all []unitTest
	for _, r := range rules {
		for _, c := range cases[r.name] {
			test, err := r.test(c)
			if err != nil {
				return nil, fmt.Errorf("gateway_cases.yaml: %s: %s: %w", r.name, c.Name, err)
			}
			all = append(all, test)
		}
	}
	return all, nil
}

func (r gatewayRule) test(c gatewayCase) (unitTest, error) {
	test := unitTest{Name: r.name + ": " + c.Name, Interval: model.Duration(interval), Input: c.Input}
	for _, s := range c.Input {
		expr, err := query.Parser.ParseExpr(s.Series)
		if err == nil {
			err = query.Contract().Check(expr)
		}
		if err != nil {
			return unitTest{}, err
		}
	}
	for _, then := range c.Then {
		expected := alertTest{At: then.At, Name: r.name, Expected: []firing{}}
		for _, f := range then.Fires {
			alert, err := fires(r.rule, f.Labels, f.Value)
			if err != nil {
				return unitTest{}, err
			}
			expected.Expected = append(expected.Expected, alert)
		}
		test.Alerts = append(test.Alerts, expected)
	}
	return test, nil
}
