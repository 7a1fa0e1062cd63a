package rule

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/template"
)

// texts are the labels and annotations of firing alerts that are still to be expanded,
// by their template. To parse a template takes longer than all else about an alert, and
// many services have the same: each is parsed once, for all of its alerts.
type texts map[string][]place

// place is where an expanded text belongs.
type place struct {
	in    map[string]string
	name  string
	alert any // what the template is about
}

// fires is the alert that a rule sends about the series with these labels when its
// value is v. Its texts are complete after [texts.expand].
func (t texts) fires(rule rulefmt.Rule, series map[string]string, v float64) firing {
	expected := firing{Labels: maps.Clone(series), Annotations: make(map[string]string, len(rule.Annotations))}
	alert := template.AlertTemplateData(series, nil, "", promql.Sample{F: v})
	t.put(rule.Labels, expected.Labels, alert)
	t.put(rule.Annotations, expected.Annotations, alert)
	return expected
}

func (t texts) put(all, in map[string]string, alert any) {
	for name, text := range all {
		in[name] = text
		if strings.Contains(text, "{{") {
			t[text] = append(t[text], place{in, name, alert})
		}
	}
}

// expand does what Prometheus does to the labels and annotations of alerts.
func (t texts) expand() error {
	const end = "\x00"
	for _, text := range slices.Sorted(maps.Keys(t)) {
		places := t[text]
		about := make([]any, len(places))
		for i, p := range places {
			about[i] = p.alert
		}
		each := "{{ range . }}{{ $labels := .Labels }}{{ $value := .Value }}" + text + end + "{{ end }}"
		expanded, err := template.NewTemplateExpander(context.Background(), each, "annotation", about, 0, nil, nil, nil).Expand()
		if err != nil {
			return fmt.Errorf("template %q: %w", text, err)
		}
		parts := strings.Split(strings.TrimSuffix(expanded, end), end)
		if len(parts) != len(places) {
			return fmt.Errorf("template %q: %d texts for %d alerts", text, len(parts), len(places))
		}
		for i, p := range places {
			p.in[p.name] = parts[i]
		}
	}
	return nil
}
