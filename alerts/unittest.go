package alerts

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/template"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// testFile is promtool's format of unit tests.
type testFile struct {
	RuleFiles          []string       `yaml:"rule_files"`
	EvaluationInterval model.Duration `yaml:"evaluation_interval"`
	Tests              []unitTest     `yaml:"tests"`
}

type unitTest struct {
	Name     string         `yaml:"name"`
	Interval model.Duration `yaml:"interval"`
	Input    []inputSeries  `yaml:"input_series"`
	Alerts   []alertTest    `yaml:"alert_rule_test,omitempty"`
	Queries  []queryTest    `yaml:"promql_expr_test,omitempty"`
}

type alertTest struct {
	At       model.Duration `yaml:"eval_time"`
	Name     string         `yaml:"alertname"`
	Expected []firing       `yaml:"exp_alerts"`
}

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

// UnitTests is a file for promtool test rules that proves of every alert that it
// fires about every scope when it should, and, for every distinct set of
// thresholds, only then. The rule file is named as seen from the directory of the
// test file.
func (r *Rules) UnitTests(ruleFile string) ([]byte, error) {
	file := testFile{RuleFiles: []string{ruleFile}, EvaluationInterval: model.Duration(interval)}
	for _, a := range definitions() {
		all := newTellings(a.name)
		for _, rule := range r.rules {
			if rule.alert.name != a.name {
				continue
			}
			for _, s := range rule.subjects() {
				if err := all.tell(rule, s); err != nil {
					return nil, err
				}
			}
		}
		for _, t := range all.inTurn {
			file.Tests = append(file.Tests, t.test)
		}
	}
	own, err := gatewayTests(r.gateway)
	if err != nil {
		return nil, err
	}
	file.Tests = append(file.Tests, own...)
	return encode(file)
}

// subject is a service that a rule speaks for.
type subject struct {
	name     string
	identity map[string]string
}

// subjects of a rule: of a declared service, itself; of the generic rule, a
// service that is not declared, and each declared service next to its scope.
func (r scopedRule) subjects() []subject {
	if r.service != nil {
		labels := identity(r.service.Name, "any-namespace", "any-environment")
		maps.Copy(labels, r.identity())
		return []subject{{r.scope.name, labels}}
	}
	// The undeclared service has no other labels: absent ones must not matter.
	undeclared := "undeclared"
	for r.governed(undeclared, "", "") {
		undeclared += "-service"
	}
	all := []subject{{r.scope.name, identity(undeclared, "", "")}}
	seen := make(map[[2]string]bool) // two entries of one service have the same elsewhere
	add := func(name, service, namespace string) {
		const environment = "elsewhere"
		key := [2]string{service, namespace}
		if !seen[key] && !r.governed(service, namespace, environment) {
			seen[key] = true
			all = append(all, subject{name, identity(service, namespace, environment)})
		}
	}
	for _, s := range r.declared {
		if len(s.Environments) > 0 {
			add(s.Name+" elsewhere", s.Name, s.Namespace)
		}
		if s.Namespace != "" {
			add(s.Name+" without namespace", s.Name, "")
		}
	}
	return all
}

// governed reports whether a declared service governs the series.
func (s scope) governed(name, namespace, environment string) bool {
	return slices.ContainsFunc(s.declared, func(d catalog.Service) bool { return d.Governs(name, namespace, environment) })
}

func identity(name, namespace, environment string) map[string]string {
	return present(map[string]string{
		telemetry.Service: name, telemetry.ServiceNamespace: namespace, telemetry.Environment: environment,
	})
}

// fires is the alert that the rule sends about the subject when its value is v.
func (r scopedRule) fires(s subject, v float64) (firing, error) {
	return fires(r.rule, s.identity, v)
}

// fires is the alert that a rule sends about the series with these labels when its
// value is v.
func fires(rule rulefmt.Rule, series map[string]string, v float64) (firing, error) {
	expected := firing{Labels: maps.Clone(series), Annotations: map[string]string{}}
	for name, text := range rule.Labels {
		expanded, err := expand(text, series, v)
		if err != nil {
			return firing{}, err
		}
		expected.Labels[name] = expanded
	}
	for name, text := range rule.Annotations {
		expanded, err := expand(text, series, v)
		if err != nil {
			return firing{}, err
		}
		expected.Annotations[name] = expanded
	}
	return expected, nil
}

// expand is what Prometheus does to a label or annotation of an alert.
func expand(text string, labels map[string]string, v float64) (string, error) {
	data := template.AlertTemplateData(labels, nil, "", promql.Sample{F: v})
	declared := "{{ $labels := .Labels }}{{ $value := .Value }}"
	expanded, err := template.NewTemplateExpander(
		context.Background(), declared+text, "annotation", data, 0, nil, nil, nil).Expand()
	if err != nil {
		return "", fmt.Errorf("template %q: %w", text, err)
	}
	return expanded, nil
}

func at(step int) model.Duration { return model.Duration(time.Duration(step) * interval) }
