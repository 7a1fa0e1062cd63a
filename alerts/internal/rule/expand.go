package rule

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/template"
)

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
	if !strings.Contains(text, "{{") {
		return text, nil // most labels; a template is slow to parse
	}
	data := template.AlertTemplateData(labels, nil, "", promql.Sample{F: v})
	declared := "{{ $labels := .Labels }}{{ $value := .Value }}"
	expanded, err := template.NewTemplateExpander(
		context.Background(), declared+text, "annotation", data, 0, nil, nil, nil).Expand()
	if err != nil {
		return "", fmt.Errorf("template %q: %w", text, err)
	}
	return expanded, nil
}
