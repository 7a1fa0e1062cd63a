package formats_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/formats"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

// few are groups that have one of everything.
func few() []rulefmt.RuleGroup {
	return []rulefmt.RuleGroup{
		{
			Name: "readygate-red", Interval: model.Duration(30 * time.Second),
			Rules: []rulefmt.Rule{
				{Record: "service:requests:rate5m", Expr: "sum by (service) (rate(http_requests_total[5m]))"},
				{
					Alert: "HighErrorRate", Expr: "  service:request_error_ratio:rate5m\n>\n  0.05", For: model.Duration(5 * time.Minute), KeepFiringFor: model.Duration(5 * time.Minute),
					Labels: map[string]string{"severity": "critical", "checklist": "PR-038"},
					Annotations: map[string]string{
						"summary":       "{{ with $labels.environment }}{{ . }}: {{ end }}{{ $labels.service }} fails {{ $value | humanizePercentage }} of its requests",
						"dashboard_url": "https://grafana.example.com/d/red?var-service={{ $labels.service | urlquery }}",
						"runbook_url":   "https://runbooks.example.com/${HOME}/{{ \"{{\" }} costs $5",
					},
				},
				{
					Alert: "HighErrorRate", Expr: `service:request_error_ratio:rate5m{service="checkout$"} > 0.01`,
					Labels:      map[string]string{"severity": "critical", "checklist": "PR-038", "service": "checkout$", "environment": "production", "team": "shop"},
					Annotations: map[string]string{"summary": "{{ $value }} of {{ $labels.service }}"},
				},
			},
		},
		{
			Name: "readygate-meta", Interval: model.Duration(time.Minute),
			Rules: []rulefmt.Rule{{Alert: "Watchdog", Expr: "vector(1)", Labels: map[string]string{"severity": "none"}}},
		},
		{
			Name: "readygate-records", Interval: model.Duration(time.Minute),
			Rules: []rulefmt.Rule{{Record: "service:errors:rate5m", Expr: "sum by (service) (rate(errors_total[5m]))"}},
		},
	}
}

func prometheusRules(groups []rulefmt.RuleGroup) ([]alerts.File, error) {
	return formats.PrometheusRules(groups, formats.PrometheusRuleOptions{Namespace: "monitoring", Labels: map[string]string{"release": "prometheus", "example.com/rules": "yes"}})
}

func mimir(groups []rulefmt.RuleGroup) ([]alerts.File, error) {
	return formats.Mimir(groups, formats.MimirOptions{Namespace: "readygate", MaxRules: 2})
}

func grafana(groups []rulefmt.RuleGroup) ([]alerts.File, error) {
	return formats.Grafana(groups, formats.GrafanaOptions{Datasource: "prometheus"})
}

type format func([]rulefmt.RuleGroup) ([]alerts.File, error)

func TestFormatsAreWrittenAsExpected(t *testing.T) {
	for name, write := range map[string]format{"prometheusrule": prometheusRules, "mimir": mimir, "grafana": grafana} {
		files, err := write(few())
		require.NoError(t, err)
		var all bytes.Buffer
		for _, f := range files {
			all.WriteString("-- " + f.Path + " --\n")
			all.Write(f.Data)
		}
		golden.File(t, filepath.Join("testdata", name+".txt"), all.Bytes())
	}
}

// catalogs are the generic rules, and those of many services with numbers of their own.
func catalogs() map[string]catalog.Catalog {
	many := catalog.Default()
	for i := range 60 {
		s := catalog.Service{Name: "service-" + string(rune('a'+i%26)) + string(rune('a'+i/26)), Policy: catalog.DefaultPolicy(catalog.Critical)}
		s.Thresholds.ErrorRatio = 0.01 + float64(i)/10000
		s.Thresholds.LatencyFor = time.Duration(60+i) * time.Second
		many.Services = append(many.Services, s)
	}
	return map[string]catalog.Catalog{"generic": catalog.Default(), "many": many}
}

func generated(t *testing.T, c catalog.Catalog) []rulefmt.RuleGroup {
	t.Helper()
	rules, err := alerts.Generate(c, alerts.Options{DashboardURL: func(string) string { return "https://grafana.example.com/d/red" }})
	require.NoError(t, err)
	return rules.Groups()
}

func TestEveryFormatTakesEveryRuleAndIsDeterministic(t *testing.T) {
	for name, c := range catalogs() {
		groups := generated(t, c)
		for kind, write := range map[string]format{"prometheusrule": prometheusRules, "mimir": mimir, "grafana": grafana} {
			files, err := write(groups)
			require.NoError(t, err, "%s, %s", name, kind)
			again, err := write(generated(t, c))
			require.NoError(t, err)
			require.Equal(t, files, again, "%s, %s", name, kind)
			seen := map[string]bool{}
			for _, f := range files {
				require.False(t, seen[f.Path], f.Path)
				seen[f.Path] = true
				require.NotContains(t, f.Path, "/")
			}
		}
	}
}

func TestInvalidOptionsAndGroupsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		write func() ([]alerts.File, error)
		says  string
	}{
		"all options of an object at once": {func() ([]alerts.File, error) {
			return formats.PrometheusRules(few(), formats.PrometheusRuleOptions{Namespace: "Monitoring", Labels: map[string]string{"-a": "b", "c": "d/e"}})
		}, `namespace: got "Monitoring", allowed: at most 63 lower-case letters, digits and -
label "-a": got a name that is none in Kubernetes, allowed: letters, digits, ., _ and -, after a domain and / or alone
label "c": got "d/e", allowed: at most 63 letters, digits, ., _ and -`},
		"the name of an object": {func() ([]alerts.File, error) {
			return prometheusRules([]rulefmt.RuleGroup{{Name: "Red_1", Rules: few()[1].Rules}})
		}, `group "Red_1": got a name that is none in Kubernetes, allowed: lower-case letters, digits, . and -`},
		"no namespace of Mimir": {func() ([]alerts.File, error) { return formats.Mimir(few(), formats.MimirOptions{}) },
			"namespace: got an empty one, allowed: the name of a folder of rules"},
		"no data source of Grafana": {func() ([]alerts.File, error) { return formats.Grafana(few(), formats.GrafanaOptions{}) },
			"datasource: got an empty uid, allowed: the uid of a Prometheus data source"},
		"an interval that Grafana has not": {func() ([]alerts.File, error) {
			return grafana([]rulefmt.RuleGroup{{Name: "red", Interval: model.Duration(15 * time.Second), Rules: few()[1].Rules}})
		}, `group "red": interval: got 15s, allowed: multiples of 10s`},
	} {
		files, err := c.write()
		require.EqualError(t, err, c.says, name)
		require.Empty(t, files, name)
	}
}

// A group that is too large keeps its recording rules first, and every rule once.
func TestLargeGroupsAreSplit(t *testing.T) {
	large := few()[0]
	for len(large.Rules) < 2000 {
		large.Rules = append(large.Rules, large.Rules[1])
		large.Rules[len(large.Rules)-1].Labels = map[string]string{"service": "s" + time.Duration(len(large.Rules)).String()}
	}
	files, err := prometheusRules([]rulefmt.RuleGroup{large})
	require.NoError(t, err)
	require.Greater(t, len(files), 2)
	require.Equal(t, "readygate-red.yaml", files[0].Path)
	require.Equal(t, "readygate-red-2.yaml", files[1].Path)
	rules := 0
	for _, f := range files {
		require.Less(t, len(f.Data), 210_000, f.Path)
		rules += bytes.Count(f.Data, []byte("\n        - alert: ")) + bytes.Count(f.Data, []byte("\n        - record: "))
	}
	require.Equal(t, len(large.Rules), rules)
	require.Contains(t, string(files[0].Data), "- record: ")
}
