package lint

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/dashboards"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

// Each case is a dashboard and what is to be said about it.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			var lines strings.Builder
			for _, f := range Dashboard(archive.Files[0].Name, archive.Files[0].Data) {
				lines.WriteString(f.String() + "\n")
				seen[f.Rule] = true
			}
			golden.Section(t, path, "findings", lines.String())
		})
	}
	for _, r := range Rules() {
		require.True(t, seen[r.ID], "no case has the fault %s", r.ID)
	}
}

func TestGeneratedDashboardsHaveNoFault(t *testing.T) {
	shop, err := catalog.Load("../../examples/shop/services.yaml")
	require.NoError(t, err)
	for _, c := range []catalog.Catalog{catalog.Default(), shop} {
		all, err := dashboards.Generate(c)
		require.NoError(t, err)
		for _, d := range all {
			classic, err := dashboards.JSON(d.Dashboard)
			require.NoError(t, err)
			v2, err := dashboards.V2(d.Dashboard)
			require.NoError(t, err)
			for _, text := range [][]byte{classic, v2} {
				found := slices.DeleteFunc(Dashboard(d.Name, text), func(f Finding) bool { return f.Severity == Hint })
				require.Empty(t, found)
			}
		}
	}
}

func TestBothSchemasAreJudgedAlike(t *testing.T) {
	all, err := dashboards.Generate(catalog.Default())
	require.NoError(t, err)
	for _, d := range all {
		// Faults for rules of all kinds: of the head, of panels, of queries.
		uid := *d.Uid
		refresh := "1s"
		d.Refresh = &refresh
		for _, p := range d.Panels {
			if p.Panel != nil {
				p.Panel.Description, p.Panel.FieldConfig = nil, nil
			}
		}
		classic, err := dashboards.JSON(d.Dashboard)
		require.NoError(t, err)
		v2, err := dashboards.V2(d.Dashboard)
		require.NoError(t, err)
		require.Equal(t, counts(classic), counts(v2), uid)
		require.NotEmpty(t, counts(v2))
	}
}

// counts are the findings of a dashboard by rule and panel.
func counts(text []byte) map[string]int {
	all := map[string]int{}
	for _, f := range Dashboard("x", text) {
		all[f.Rule+" "+f.Panel]++
	}
	return all
}

func FuzzNoTextPanics(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(f, err)
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(f, err)
		f.Add(archive.Files[0].Data)
	}
	f.Fuzz(func(_ *testing.T, text []byte) {
		for _, found := range Dashboard("x", text) {
			_ = found.String()
		}
	})
}
