package e2e

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/dashboards"
	"github.com/readygate/readygate/internal/catalog"
)

// answers are the panels of the dashboards that show something at a time, and the
// others, as "dashboard: panel". A panel is empty if none of its queries has an answer.
func answers(t *testing.T, e *engine, c catalog.Catalog, at time.Time) (shown, empty []string) {
	all, err := dashboards.Generate(c)
	require.NoError(t, err)
	for _, d := range all {
		if strings.HasPrefix(d.Name, "service-") {
			continue // they have the same panels
		}
		series := make(map[string]int)
		var order []string
		for _, q := range dashboards.Queries(d.Dashboard, nil) {
			name := fmt.Sprintf("%s: %s", d.Name, q.Panel)
			if _, known := series[name]; !known {
				order = append(order, name)
			}
			series[name] += len(e.query(t, q.Expr, at))
		}
		for _, name := range order {
			if series[name] > 0 {
				shown = append(shown, name)
			} else {
				empty = append(empty, name)
			}
		}
	}
	return shown, empty
}

// silent reads the list of panels that are empty though all is there: each line has
// the panel, and after # why.
func silent(t *testing.T, path string) []string {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var all []string
	for line := range strings.Lines(string(text)) {
		panel, reason, commented := strings.Cut(strings.TrimSpace(line), " # ")
		if panel == "" || strings.HasPrefix(panel, "#") {
			continue
		}
		require.True(t, commented && reason != "", "%s: it says no reason", panel)
		all = append(all, panel)
	}
	slices.Sort(all)
	return all
}
