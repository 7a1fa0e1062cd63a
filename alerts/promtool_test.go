package alerts

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

// promtool runs Prometheus' own tool in dir and returns what it said.
func promtool(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	path := os.Getenv("PROMTOOL")
	require.NotEmpty(t, path, "PROMTOOL does not name promtool: run the tests with make, or run make tools and set it")
	command := exec.CommandContext(t.Context(), path, args...)
	command.Dir = dir
	said, err := command.CombinedOutput()
	return string(said), err
}

// written generates the rules and tests of a catalog into a new directory.
func written(t *testing.T, c catalog.Catalog) (dir string) {
	t.Helper()
	rules, err := Generate(c, Options{DashboardURL: "https://grafana.example.com/d/red"})
	require.NoError(t, err)
	text, err := rules.YAML()
	require.NoError(t, err)
	tests, err := rules.UnitTests("rules.yaml")
	require.NoError(t, err)
	dir = t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "rules.yaml"), text, 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "rules_test.yaml"), tests, 0o644))
	return dir
}

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	for name, c := range catalogs(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := written(t, c)
			said, err := promtool(t, dir, "check", "rules", "--lint=all", "--lint-fatal", "rules.yaml")
			require.NoError(t, err, said)
			said, err = promtool(t, dir, "test", "rules", "rules_test.yaml")
			require.NoError(t, err, said)
		})
	}
}

// A unit test is worth what it catches: each of these defects is one that such
// rules have had somewhere.
func TestEveryDefectIsCaughtByTheUnitTests(t *testing.T) {
	for name, defect := range map[string]struct{ catalog, from, to string }{
		"error threshold too high":          {"generic", "rate5m > 0.05", "rate5m > 0.052"},
		"error threshold too low":           {"generic", "rate5m > 0.05", "rate5m > 0.048"},
		"fires one evaluation early":        {"generic", "for: 5m\n", "for: 4m30s\n"},
		"fires one evaluation late":         {"generic", "for: 5m\n", "for: 5m30s\n"},
		"slow fires late":                   {"generic", "for: 10m\n", "for: 10m30s\n"},
		"no traffic guard":                  {"generic", "rate5m >= 0.2", "rate5m >= 0"},
		"twin without guard":                {"generic", "rate5m < 0.2", "rate5m < 1e9"},
		"twin fires on few errors":          {"generic", "increase1h >= 5", "increase1h >= 1"},
		"twin ignores the ratio":            {"generic", "increase1h > 0.05 or", "increase1h > 0.0001 or"},
		"twin sees the past hour only":      {"generic", " or service:http_error_ratio:rate5m > 0.05)", ")"},
		"twin sees the last minutes only":   {"generic", "service:http_error_ratio:increase1h > 0.05 or ", ""},
		"not kept firing":                   {"generic", "keep_firing_for: 5m\n", "keep_firing_for: 30s\n"},
		"kept firing too long":              {"generic", "keep_firing_for: 15m\n", "keep_firing_for: 2h\n"},
		"errors not filled with zeros":      {"generic", "0 * service:http_requests:rate5m", "vector(0) < 0"},
		"ratio of nothing is NaN":           {"generic", "(service:http_requests:rate5m > 0)", "service:http_requests:rate5m"},
		"hourly ratio of nothing is NaN":    {"generic", ")\n              >\n                0", ")\n              >=\n                0"},
		"percentile of nothing is NaN":      {"generic", ":rate5m) >= 0", ":rate5m)"},
		"errors without a code are missed":  {"generic", `status=~"5.."`, `status="500"`},
		"others' requests are counted":      {"generic", `http_requests_total{gateway_instance!=""`, `http_requests_total{service!=""`},
		"others' durations are counted":     {"generic", `bucket{gateway_instance!=""}`, `bucket`},
		"gateways are not added up":         {"generic", "sum by (service, service_namespace, environment, le)", "max by (service, service_namespace, environment, le)"},
		"another percentile":                {"generic", "histogram_quantile(0.95", "histogram_quantile(0.9"},
		"namespaces are mixed":              {"override", "sum by (service, service_namespace, environment) (\n            rate(", "sum by (service, environment) (\n            rate("},
		"own threshold beside the generic":  {"override", `service="payments"} > 0.02`, `service="payments"} > 0.05`},
		"own rule for every environment":    {"override", `{environment="production",service="payments"} `, `{service="payments"} `},
		"generic rule speaks for all":       {"override", "{environment=\"production\",service=\"payments\"}\n        for", "{service=\"nobody\"}\n        for"},
		"generic rule excludes too much":    {"override", "{environment=\"production\",service=\"payments\"}\n        for", "{service=\"payments\"}\n        for"},
		"laxer threshold undone by generic": {"override", `service="payments"} > 2.5`, `service="payments"} > 1`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := written(t, catalogs(t)[defect.catalog])
			path := filepath.Join(dir, "rules.yaml")
			rules, err := os.ReadFile(path)
			require.NoError(t, err)
			broken := strings.ReplaceAll(string(rules), defect.from, defect.to)
			require.Contains(t, string(rules), defect.from, "the defect does not apply")
			require.NoError(t, os.WriteFile(path, []byte(broken), 0o644))
			said, err := promtool(t, dir, "test", "rules", "rules_test.yaml")
			require.Error(t, err, "the unit tests pass in spite of the defect")
			require.Contains(t, said, "FAILED", said)
		})
	}
}
