// Package ruletest proves a family of alerts with promtool: its rules pass the
// linter, its generated unit tests pass, and every mutant of a rule fails them.
package ruletest

import (
	"bytes"
	"log/slog"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
)

// Promtool runs Prometheus' own tool in dir and returns what it said.
func Promtool(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	path := os.Getenv("PROMTOOL")
	require.NotEmpty(t, path, "PROMTOOL does not name promtool: run the tests with make, or run make tools and set it")
	command := exec.CommandContext(t.Context(), path, args...)
	command.Dir = dir
	said, err := command.CombinedOutput()
	return string(said), err
}

// Make makes the rules of a family, which uses the others.
func Make(t *testing.T, f rule.Family, c catalog.Catalog, uses ...rule.Family) *rule.Rules {
	t.Helper()
	recorded := make(query.Series)
	for _, used := range uses {
		maps.Copy(recorded, rule.Recorded(used, c))
	}
	rules, err := rule.Make(f, c, rule.Options{DashboardURL: func(string) string { return "https://grafana.example.com/d/red" }}, recorded)
	require.NoError(t, err)
	return rules
}

// Check lets promtool lint the rules of a family for a catalog, and run their unit
// tests. Every alert of the catalog must have tests.
func Check(t *testing.T, f rule.Family, c catalog.Catalog, uses ...rule.Family) {
	t.Helper()
	rules := Make(t, f, c, uses...)
	dir := t.TempDir()
	files := []string{"rules.yaml"}
	write(t, dir, "rules.yaml", rules.Group)
	for _, used := range loaded(f, uses) {
		files = append(files, used.Name+".yaml")
		write(t, dir, used.Name+".yaml", Make(t, used, c).Group)
	}
	said, err := Promtool(t, dir, "check", "rules", "--lint=all", "--lint-fatal", "rules.yaml")
	require.NoError(t, err, said)
	for pace, file := range tests(t, rules, files) {
		name := "tests_" + rule.Short(pace) + ".yaml"
		encode(t, filepath.Join(dir, name), file)
		start := time.Now()
		said, err := Promtool(t, dir, "test", "rules", name)
		require.NoError(t, err, said)
		t.Logf("%s: %d tests at a pace of %s in %s", f.Name, len(file.Tests), pace, time.Since(start))
	}
}

// loaded are the families, of those that f uses, whose rules its unit tests need.
func loaded(f rule.Family, uses []rule.Family) []rule.Family {
	if f.Apart {
		return nil
	}
	return uses
}

func tests(t *testing.T, rules *rule.Rules, ruleFiles []string) map[time.Duration]*rule.TestFile {
	t.Helper()
	all, err := rules.Tests()
	require.NoError(t, err)
	for _, file := range all {
		file.RuleFiles = ruleFiles
	}
	return all
}

func write(t *testing.T, dir, name string, group rulefmt.RuleGroup) {
	t.Helper()
	path := filepath.Join(dir, name)
	encode(t, path, rulefmt.RuleGroups{Groups: []rulefmt.RuleGroup{group}})
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	_, errs := rulefmt.Parse(text, false, model.LegacyValidation, query.Parser, slog.New(slog.DiscardHandler))
	require.Empty(t, errs)
}

func encode(t *testing.T, path string, v any) {
	t.Helper()
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	require.NoError(t, encoder.Encode(v))
	require.NoError(t, os.WriteFile(path, text.Bytes(), 0o644))
}

// alertsOf are the titles of the alerts of the rules, in order.
func alertsOf(rules *rule.Rules) []string {
	var names []string
	for _, made := range rules.Made {
		if !slices.Contains(names, made.Title()) {
			names = append(names, made.Title())
		}
	}
	return names
}
