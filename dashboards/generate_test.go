package dashboards

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

// everyBoard are the boards of a catalog, over all services and of each.
func everyBoard(c catalog.Catalog) []board {
	var all []board
	for _, write := range overall {
		all = append(all, write(view{catalog: c}))
	}
	for _, s := range c.Services {
		all = append(all, service(view{c, &s}))
	}
	return all
}

// Links and the differences between two versions depend on ids: what is listed here
// stays, or goes, but is never used for something else.
func TestPanelsKeepTheirIDs(t *testing.T) {
	var text strings.Builder
	titles := make(map[uint32]string)
	for _, write := range overall {
		b := write(view{catalog: load(t, "../examples/shop/services.yaml")})
		fmt.Fprintf(&text, "%s: %s\n", b.uid, b.title)
		for _, r := range b.rows {
			require.NotContains(t, titles, r.id, "the row %q", r.title)
			titles[r.id] = r.title
			fmt.Fprintf(&text, "  %d %s\n", r.id, r.title)
			for _, p := range r.panels {
				require.NotContains(t, titles, p.id, "the panel %q", p.title)
				titles[p.id] = p.title
				fmt.Fprintf(&text, "    %d %s\n", p.id, p.title)
			}
		}
	}
	golden.File(t, "testdata/panels.txt", []byte(text.String()))
}

func TestWhatPanelsNameIsThere(t *testing.T) {
	c := load(t, "../examples/shop/services.yaml")
	var uids []string
	for _, b := range everyBoard(c) {
		require.NotContains(t, uids, b.uid)
		require.LessOrEqual(t, len(b.uid), 40, "Grafana's limit")
		uids = append(uids, b.uid)
	}
	for _, b := range everyBoard(c) {
		for _, r := range b.rows {
			for _, p := range r.panels {
				if p.drill != "" {
					require.Contains(t, uids, p.drill, p.title)
				}
				for _, id := range p.purposeful(r.id).checks {
					require.NotEmpty(t, checkTitle(id), "%s: %s", p.title, id)
				}
				for _, l := range p.lines {
					if l.alert != "" {
						require.Contains(t, catalog.AlertNames(), l.alert, p.title)
					}
				}
			}
		}
	}
	rules, err := alerts.Generate(c, alerts.Options{DashboardURL: func(family string) string {
		require.Contains(t, uids, ofFamily[family], family)
		return URL("https://grafana.example.com")(family)
	}})
	require.NoError(t, err)
	require.NotEmpty(t, rules.Groups())
}

func TestEveryCatalogHasDashboardsAndAlwaysTheSame(t *testing.T) {
	for _, c := range []catalog.Catalog{catalog.Default(), load(t, "../examples/shop/services.yaml"), load(t, "../alerts/testdata/nasty.yaml")} {
		var both [2]string
		for i := range both {
			all, err := Generate(c)
			require.NoError(t, err)
			require.Len(t, all, 10+len(c.Services))
			for _, d := range all {
				text, err := JSON(d.Dashboard)
				require.NoError(t, err)
				both[i] += string(text)
			}
		}
		require.Equal(t, both[0], both[1])
	}
}

// A person who is paged sees requests first, and asks for nothing else unasked.
func TestTheDashboardOfAServiceBeginsWithItsRequests(t *testing.T) {
	c := load(t, "../examples/shop/services.yaml")
	b := service(view{c, &c.Services[1]})
	open := slices.DeleteFunc(b.rows, func(r row) bool { return r.folded })
	var titles []string
	for _, r := range open {
		titles = append(titles, r.title)
	}
	require.Equal(t, []string{"Who and what", "Now", "Rate", "Errors", "Duration", "Version split"}, titles)
	require.Contains(t, open[0].panels[0].text, "kubectl --namespace shop rollout undo deployment/checkout")
}

// Two hundred services in less than two seconds, with what readyctl writes of each.
func BenchmarkTwoHundredServices(b *testing.B) {
	text := "version: 1\nservices:\n"
	for i := range 200 {
		text += fmt.Sprintf("  - name: service-%03d\n    tier: %s\n", i, catalog.Tiers()[i%3])
		text += fmt.Sprintf("    workload: {namespace: prod, kind: deployment, name: service-%03d}\n", i)
		if i%10 == 0 {
			text += "    thresholds: {error_ratio: 0.02, latency_p95: 500ms}\n"
		}
		if i%10 == 1 {
			text += "    jobs: [{name: nightly, schedule: \"0 2 * * *\"}]\n"
		}
	}
	c, err := catalog.Parse("many.yaml", []byte(text))
	require.NoError(b, err)
	for b.Loop() {
		all, err := Generate(c)
		require.NoError(b, err)
		size := 0
		for _, d := range all {
			classic, err := JSON(d.Dashboard)
			require.NoError(b, err)
			v2, err := V2(d.Dashboard)
			require.NoError(b, err)
			size += len(classic) + len(v2)
		}
		b.ReportMetric(float64(size)/1e6, "MB")
	}
}
