package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/dashboards"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/demo"
)

// The whole way of an alert, and of every panel: the shop's telemetry through the
// gateway, scraped, evaluated by Prometheus' own engine under the generated
// rules. The scrapes are real; the clock is the test's, 15 seconds from one to the
// next, so that the checklist's five and ten minutes take seconds.
func TestTheFailingServiceAlertsAndNoOther(t *testing.T) {
	out := t.TempDir()
	runOK(t, program(t, "READYCTL"), "generate", "--out", out)
	rules := generated(t, out)
	runOK(t, program(t, "PROMTOOL"), append([]string{"check", "rules", "--lint=all", "--lint-fatal"}, rules...)...)

	g := start(t)
	prometheus := newEngine(t, rules...)
	const step = 15 * time.Second
	begin := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	at := begin
	sent := map[demo.Request]int{}
	firedAfter := map[string]time.Duration{}
	for i := range 50 {
		add(sent, shop(t, g, 40, uint64(i)))
		awaitRequests(t, g, sent)
		at = begin.Add(time.Duration(i) * step)
		prometheus.ingest(t, at, g.derived())
		if i%2 == 0 {
			prometheus.evaluate(t, at)
		}
		for alert := range prometheus.firing(t, at) {
			if _, seen := firedAfter[alert]; !seen {
				firedAfter[alert] = at.Sub(begin)
			}
		}
	}
	require.Equal(t, map[string][]string{
		"HighErrorRate":    {"payments"},
		"SlowResponseTime": {"checkout"},
		"Watchdog":         {""},
	}, prometheus.firing(t, at))
	// The checklist's `for`, and not much more: the rate must first climb over the
	// guard against little traffic.
	for alert, wait := range map[string]time.Duration{"HighErrorRate": 5 * time.Minute, "SlowResponseTime": 10 * time.Minute} {
		require.GreaterOrEqual(t, firedAfter[alert], wait, alert)
		require.LessOrEqual(t, firedAfter[alert], wait+2*time.Minute, alert)
	}

	// Every panel of the dashboard, as it was written, shows something.
	all, err := dashboards.Generate(catalog.Default())
	require.NoError(t, err)
	red := all[slices.IndexFunc(all, func(d dashboards.Dashboard) bool { return d.Name == "red" })].Dashboard
	text, err := dashboards.JSON(red)
	require.NoError(t, err)
	written, err := os.ReadFile(filepath.Join(out, "dashboards", "red.json"))
	require.NoError(t, err)
	require.Equal(t, string(text), string(written))
	for _, q := range dashboards.Queries(red, nil) {
		require.NotEmpty(t, prometheus.query(t, q.Expr, at), "the panel %q is empty: %s", q.Panel, q.Expr)
	}
}
