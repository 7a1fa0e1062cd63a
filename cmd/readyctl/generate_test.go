package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

// The link of an alert and the dashboard that it leads to are made by packages
// that do not know each other.
func TestLinksOfAlertsSetVariablesThatTheDashboardHas(t *testing.T) {
	c := catalog.Default()
	c.GrafanaURL = "https://grafana.example.com"
	made, err := generate(request{catalog: c, format: "prometheus"}, kinds())
	require.NoError(t, err)
	file := func(path string) []byte {
		at := slices.IndexFunc(made.files, func(f output) bool { return f.path == path })
		require.GreaterOrEqual(t, at, 0, path)
		return made.files[at].data
	}
	rules := file("rules/red.yaml")
	var board struct {
		UID        string
		Templating struct{ List []struct{ Name string } }
	}
	require.NoError(t, json.Unmarshal(file("dashboards/red.json"), &board))
	var names []string
	for _, v := range board.Templating.List {
		names = append(names, v.Name)
	}
	require.Contains(t, string(rules), "dashboard_url: https://grafana.example.com/d/"+board.UID+"?var-")
	links := regexp.MustCompile(`[?&]var-(\w+)=`).FindAllSubmatch(rules, -1)
	require.NotEmpty(t, links)
	for _, link := range links {
		require.Contains(t, names, string(link[1]))
	}
}

func TestAFailureLeavesEveryOldFileAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, replace(dir, []output{{"a/one", []byte("old")}, {"b/two", []byte("old")}}))
	// A file where the third needs a directory.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "c"), nil, 0o644))

	err := replace(dir, []output{{"a/one", []byte("new")}, {"b/two", []byte("new")}, {"c/three", []byte("new")}})
	require.Error(t, err)
	for _, path := range []string{"a/one", "b/two"} {
		data, err := os.ReadFile(filepath.Join(dir, path))
		require.NoError(t, err)
		require.Equal(t, "old", string(data))
		beside, err := os.ReadDir(filepath.Dir(filepath.Join(dir, path)))
		require.NoError(t, err)
		require.Len(t, beside, 1, "no temporary file is left")
	}
}
