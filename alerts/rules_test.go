package alerts

import (
	"testing"

	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

// catalogs are the services files that every test of this package runs over.
func catalogs(t *testing.T) map[string]catalog.Catalog {
	t.Helper()
	all := map[string]catalog.Catalog{"generic": catalog.Default()}
	for name, path := range map[string]string{
		"shop":     "../examples/shop/services.yaml",
		"override": "testdata/override.yaml",
		"nasty":    "testdata/nasty.yaml",
	} {
		c, err := catalog.Load(path)
		require.NoError(t, err)
		all[name] = c
	}
	return all
}

func TestGenericRulesAreTheChecklists(t *testing.T) {
	rules, err := Generate(catalog.Default(), Options{})
	require.NoError(t, err)
	text, err := rules.YAML()
	require.NoError(t, err)
	golden.File(t, "testdata/generic.rules.yaml", text)
	tests, err := rules.UnitTests("generic.rules.yaml")
	require.NoError(t, err)
	golden.File(t, "testdata/generic.rules_test.yaml", tests)
}

func TestDeclaredServicesHaveRulesOfTheirOwn(t *testing.T) {
	rules, err := Generate(catalogs(t)["override"], Options{DashboardURL: "https://grafana.example.com/d/red"})
	require.NoError(t, err)
	text, err := rules.YAML()
	require.NoError(t, err)
	golden.File(t, "testdata/override.rules.yaml", text)
}

func TestOutputIsDeterministic(t *testing.T) {
	for name, c := range catalogs(t) {
		var first, second [2][]byte
		for _, to := range []*[2][]byte{&first, &second} {
			rules, err := Generate(c, Options{})
			require.NoError(t, err)
			to[0], err = rules.YAML()
			require.NoError(t, err)
			to[1], err = rules.UnitTests("rules.yaml")
			require.NoError(t, err)
		}
		require.Equal(t, first, second, name)
	}
}

func TestAnExpressionOutsideTheContractIsRefused(t *testing.T) {
	for text, message := range map[string]string{
		"sum by (service) (rate(http_request_total[5m]))": `rule x: http_request_total: nothing produces the series "http_request_total"`,
		`http_requests_total{code="500"}`:                 `rule x: http_requests_total{code="500"}: the series has no label "code"`,
		`http_requests_total{status="500"}`:               `rule x: http_requests_total{status="500"}: got series that others export too, allowed: those with gateway_instance!=""`,
		// Recorded series exist from the rule that records them on.
		Errors: `rule x: service:http_errors:rate5m: nothing produces the series "service:http_errors:rate5m"`,
	} {
		rule := rulefmt.Rule{Record: "x", Expr: text}
		err := check(rulefmt.RuleGroups{Groups: []rulefmt.RuleGroup{{Rules: []rulefmt.Rule{rule}}}})
		require.EqualError(t, err, message)
	}
}

// Every alert carries what routing and people need.
func TestEveryAlertSaysWhoWhatAndWhere(t *testing.T) {
	rules, err := Generate(catalogs(t)["shop"], Options{DashboardURL: "https://grafana.example.com/d/red"})
	require.NoError(t, err)
	alerts := 0
	for _, rule := range rules.Groups.Groups[0].Rules {
		if rule.Alert == "" {
			continue
		}
		alerts++
		require.Contains(t, []string{critical, warning}, rule.Labels[labelSeverity], rule.Alert)
		require.Regexp(t, `^PR-\d{3}$`, rule.Labels[labelChecklist], rule.Alert)
		require.NotEmpty(t, rule.Labels[labelTeam], rule.Alert)
		require.NotEmpty(t, rule.Annotations[annotationSummary], rule.Alert)
		require.NotEmpty(t, rule.Annotations[annotationDetail], rule.Alert)
		require.NotEmpty(t, rule.Annotations[annotationDashboard], rule.Alert)
		require.Positive(t, rule.KeepFiringFor, rule.Alert)
	}
	require.Equal(t, 3*4, alerts, "three alerts, for three services and all others")
}
