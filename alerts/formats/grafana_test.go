package formats

import (
	"context"
	"maps"
	"testing"

	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	prometheus "github.com/prometheus/prometheus/template"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/internal/catalog"
)

// byGrafana expands a template as pkg/services/ngalert/state/template of Grafana does.
func byGrafana(t *testing.T, text string, labels map[string]string, v float64) string {
	t.Helper()
	type value struct {
		Labels map[string]string
		Value  float64
	}
	data := struct {
		Labels map[string]string
		Values map[string]value
		Value  string
	}{labels, map[string]value{"A": {labels, v}}, "[ var='A' labels={} value=1 ]"}
	declared := "{{- $labels := .Labels -}}{{- $values := .Values -}}{{- $value := .Value -}}"
	said, err := prometheus.NewTemplateExpander(context.Background(), declared+text, "__alert_test", data, 0, nil, nil, []string{"missingkey=invalid"}).Expand()
	require.NoError(t, err, text)
	return said
}

func byPrometheus(t *testing.T, text string, labels map[string]string, v float64) string {
	t.Helper()
	data := prometheus.AlertTemplateData(labels, nil, "", promql.Sample{F: v})
	said, err := prometheus.NewTemplateExpander(context.Background(), "{{ $labels := .Labels }}{{ $value := .Value }}"+text, "test", data, 0, nil, nil, nil).Expand()
	require.NoError(t, err, text)
	return said
}

func TestGrafanaSaysWhatPrometheusSays(t *testing.T) {
	rules, err := alerts.Generate(catalog.Default(), alerts.Options{DashboardURL: func(string) string { return "https://grafana.example.com/d/${red}" }})
	require.NoError(t, err)
	full := map[string]string{
		"service": "checkout", "service_namespace": "shop", "environment": "production", "job": "gateway", "instance": "192.0.2.1:8888",
		"reason": "size", "signal": "logs", "exporter": "kafka",
	}
	texts := 0
	for _, group := range rules.Groups() {
		for _, r := range group.Rules {
			for _, text := range r.Annotations {
				texts++
				for _, labels := range []map[string]string{full, {}, {"service": "checkout"}} {
					require.Equal(t, byPrometheus(t, text, labels, 0.0734), byGrafana(t, protect(template(text)), labels, 0.0734), r.Alert)
				}
			}
		}
	}
	require.NotZero(t, texts)
}

func TestTemplatesAreTranslated(t *testing.T) {
	for text, want := range map[string]string{
		"{{ $value | humanize }} of {{ $values }}":  "{{ $values.A.Value | humanize }} of {{ $values }}",
		"{{ with $labels.a }}{{ . }}{{ end }}":      `{{ with (index $labels "a") }}{{ . }}{{ end }}`,
		`{{ if eq $labels.a "b" }}c{{ end }}`:       `{{ if eq (index $labels "a") "b" }}c{{ end }}`,
		"$value and $labels.a are text":             `{{ "$" }}value and {{ "$" }}labels.a are text`,
		"${HOME} $__file{/etc/passwd} {{ $value }}": `{{ "$" }}{HOME} {{ "$" }}__file{/etc/passwd} {{ $values.A.Value }}`,
	} {
		require.Equal(t, want, protect(template(text)))
	}
}

// Grafana refuses a file in which two rules have a title or a uid in common, or one
// that is too long.
func TestTitlesAndUidsAreUnique(t *testing.T) {
	var group rulefmt.RuleGroup
	for _, labels := range []map[string]string{
		{}, {"service": "a"}, {"service": "b"}, {"service": "b"}, {"service": "b", "severity": "warning"},
		{"service": string(make([]rune, 300)) + "1"}, {"service": string(make([]rune, 300)) + "2"},
	} {
		group.Rules = append(group.Rules, rulefmt.Rule{Alert: "HighErrorRate", Labels: labels})
	}
	named := newNames([]rulefmt.RuleGroup{group})
	titles, uids := map[string]bool{}, map[string]bool{}
	for _, r := range group.Rules {
		title, uid := named.next(r)
		require.LessOrEqual(t, len([]rune(title)), maxTitle)
		require.LessOrEqual(t, len(uid), maxUID)
		require.False(t, titles[title], title)
		require.False(t, uids[uid], uid)
		titles[title], uids[uid] = true, true
	}
}

// A threshold that changes must not make another rule of it.
func TestTheUidDoesNotChangeWithTheThreshold(t *testing.T) {
	uids := func(ratio float64) map[string]string {
		c := catalog.Default()
		c.Defaults.Thresholds.ErrorRatio = ratio
		rules, err := alerts.Generate(c, alerts.Options{})
		require.NoError(t, err)
		files, err := Grafana(rules.Groups(), GrafanaOptions{Datasource: "prometheus"})
		require.NoError(t, err)
		all := map[string]string{}
		for _, f := range files {
			var read grafanaFile
			require.NoError(t, yaml.Unmarshal(f.Data, &read))
			for _, r := range read.Groups[0].Rules {
				all[r.UID] = r.Title
			}
		}
		return all
	}
	require.True(t, maps.Equal(uids(0.05), uids(0.06)))
}
