package alerts

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

// shop is the example of three services.
func shop(t testing.TB) catalog.Catalog {
	t.Helper()
	c, err := catalog.Load("../examples/shop/services.yaml")
	require.NoError(t, err)
	return c
}

// nasty has names that a careless generator breaks on.
func nasty(t testing.TB) catalog.Catalog {
	t.Helper()
	c, err := catalog.Load("testdata/nasty.yaml")
	require.NoError(t, err)
	return c
}

// many is a catalog of services of four teams and all tiers: most say no more than
// that, some have numbers, jobs, queues, backups and workloads of their own.
func many(t testing.TB, n int) catalog.Catalog {
	t.Helper()
	text := "version: 1\nrunbooks_url: https://runbooks.example.com\nservices:\n"
	for i := range n {
		text += fmt.Sprintf("  - name: service-%03d\n    team: team-%02d\n    tier: %s\n", i, i%4, catalog.Tiers()[i%3])
		text += fmt.Sprintf("    workload: {namespace: prod, kind: deployment, name: service-%03d}\n", i)
		switch i % 10 {
		case 0:
			text += "    thresholds: {error_ratio: 0.02, latency_p95: 500ms}\n"
		case 1:
			text += "    jobs: [{name: nightly, schedule: \"0 2 * * *\"}]\n"
		case 2:
			text += "    queues: [{name: orders, depth: rabbitmq_queue_messages_ready, match: {queue: orders}}]\n"
		case 3:
			text += "    namespace: prod\n    environments: [production, staging]\n"
		}
	}
	c, err := catalog.Parse("many.yaml", []byte(text))
	require.NoError(t, err)
	return c
}

// written generates the rules and tests of a catalog into a new directory.
func written(t *testing.T, c catalog.Catalog) (dir string) {
	t.Helper()
	rules, err := Generate(c, Options{DashboardURL: func(string) string { return "https://grafana.example.com/d/red" }})
	require.NoError(t, err)
	files, err := rules.Files()
	require.NoError(t, err)
	dir = t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "tests"), 0o755))
	for _, f := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, f.Path), f.Data, 0o644))
	}
	return dir
}

var long = flag.Bool("long", false, "run the unit tests of two hundred services, too")

// Every family has tests of its own with more catalogs; these are the rules as they
// are written, all families together.
func TestPromtoolAcceptsWhatIsWritten(t *testing.T) {
	for name, c := range map[string]catalog.Catalog{"generic": catalog.Default(), "shop": shop(t), "nasty": nasty(t), "two hundred": many(t, 200)} {
		t.Run(name, func(t *testing.T) {
			dir := written(t, c)
			rules, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
			require.NoError(t, err)
			said, err := ruletest.Promtool(t, dir, append([]string{"check", "rules", "--lint=all", "--lint-fatal"}, rules...)...)
			require.NoError(t, err, said)
			tests, err := filepath.Glob(filepath.Join(dir, "tests", "*.yaml"))
			require.NoError(t, err)
			for _, file := range tests {
				// promtool evaluates every rule of a file at every step: of hundreds of
				// services that takes it half an hour.
				if len(c.Services) > 10 && !*long {
					continue
				}
				start := time.Now()
				said, err := ruletest.Promtool(t, dir, "test", "rules", file)
				require.NoError(t, err, said)
				t.Logf("%s: %s", filepath.Base(file), time.Since(start))
			}
		})
	}
}

// The linter of rules that looks further than promtool: labels that an expression
// has lost, comparisons that are always true.
func TestPintAcceptsWhatIsWritten(t *testing.T) {
	pint := os.Getenv("PINT")
	require.NotEmpty(t, pint, "PINT does not name pint: run the tests with make, or run make tools and set it")
	for name, c := range map[string]catalog.Catalog{"generic": catalog.Default(), "shop": shop(t)} {
		dir := written(t, c)
		rules, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
		require.NoError(t, err)
		command := exec.CommandContext(t.Context(), pint, append([]string{"--no-color", "--offline", "lint", "--min-severity=bug", "--fail-on=bug"}, rules...)...)
		command.Dir = dir
		said, err := command.CombinedOutput()
		require.NoError(t, err, "%s: %s", name, said)
	}
}

func TestTheRulesAreThoseOfTheCatalogue(t *testing.T) {
	rules, err := Generate(catalog.Default(), Options{})
	require.NoError(t, err)
	files, err := rules.Files()
	require.NoError(t, err)
	for _, f := range files {
		if filepath.Dir(f.Path) == "." {
			golden.File(t, filepath.Join("testdata", "generic", f.Path), f.Data)
		}
	}
}

// A services file can disable every alert by its name, and no other.
func TestTheNamesOfAlertsAreThoseThatAServicesFileKnows(t *testing.T) {
	var names []string
	for _, f := range families() {
		for _, a := range f.Alerts {
			if !slices.Contains(names, a.Name) {
				names = append(names, a.Name)
			}
		}
	}
	require.ElementsMatch(t, catalog.AlertNames(), names)
}

func TestOutputIsDeterministic(t *testing.T) {
	for _, c := range []catalog.Catalog{catalog.Default(), shop(t), nasty(t), many(t, 30)} {
		var both [2][]File
		for i := range both {
			rules, err := Generate(c, Options{})
			require.NoError(t, err)
			both[i], err = rules.Files()
			require.NoError(t, err)
		}
		require.Equal(t, both[0], both[1])
	}
}

// The bar is a second for 200 services, of the rules and their tests.
func BenchmarkTwoHundredServices(b *testing.B) {
	c := many(b, 200)
	for b.Loop() {
		rules, err := Generate(c, Options{})
		require.NoError(b, err)
		files, err := rules.Files()
		require.NoError(b, err)
		b.ReportMetric(float64(len(files)), "files")
	}
}
