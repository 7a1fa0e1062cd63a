package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// The link of an alert and the dashboard that it leads to are made by packages
// that do not know each other.
func TestLinksOfAlertsSetVariablesThatTheDashboardHas(t *testing.T) {
	services := filepath.Join(t.TempDir(), "services.yaml")
	require.NoError(t, os.WriteFile(services, []byte("version: 1\ngrafana_url: https://grafana.example.com\n"), 0o644))
	files, err := generate(services)
	require.NoError(t, err)
	var board struct {
		UID        string
		Templating struct{ List []struct{ Name string } }
	}
	require.NoError(t, json.Unmarshal(files[2].data, &board))
	var names []string
	for _, v := range board.Templating.List {
		names = append(names, v.Name)
	}
	require.Contains(t, string(files[0].data), "dashboard_url: https://grafana.example.com/d/"+board.UID+"?var-")
	links := regexp.MustCompile(`[?&]var-(\w+)=`).FindAllSubmatch(files[0].data, -1)
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
