package catalog

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
)

// A case is an archive of services.yaml and the exact messages. Text that an
// editor would spoil is written as Go escapes in services.quoted.
func TestBadFilesAreRefusedWithEveryProblemInPlace(t *testing.T) {
	cases, err := filepath.Glob("testdata/bad/*.txtar")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(cases), 20)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			input := archive.Files[0].Data
			if archive.Files[0].Name == "services.quoted" {
				input = unquote(t, input)
			}
			_, err = Parse("services.yaml", input)
			var problems Problems
			require.True(t, errors.As(err, &problems), "got %v", err)
			golden.Section(t, path, "problems", problems.Error()+"\n")
		})
	}
}

func TestAnEntryInheritsWhatItLeavesOut(t *testing.T) {
	// The defaults stand last: their place in the file does not matter.
	got, err := Parse("services.yaml", []byte(`version: 1
grafana_url: https://grafana.example.com/
services:
  - name: payments
    namespace: shop
    environments: [production, staging]
    tier: critical
    thresholds: {error_ratio: 0.02, latency_p95: 250ms}
  - name: checkout
defaults:
  team: platform
  thresholds: {error_ratio: 0.1, latency_for: 15m}
`))
	require.NoError(t, err)

	defaults := Default().Defaults
	defaults.Team = "platform"
	defaults.Thresholds.ErrorRatio = 0.1
	defaults.Thresholds.LatencyFor = 15 * time.Minute
	payments := defaults
	payments.Tier = Critical
	payments.Thresholds.ErrorRatio = 0.02
	payments.Thresholds.LatencyP95 = 250 * time.Millisecond
	want := Catalog{
		GrafanaURL: "https://grafana.example.com",
		Defaults:   defaults,
		Services: []Service{
			{Name: "payments", Namespace: "shop", Environments: []string{"production", "staging"}, Policy: payments},
			{Name: "checkout", Policy: defaults},
		},
	}
	require.Empty(t, cmp.Diff(want, got))
}

func TestTheShortestFileIsTheDefault(t *testing.T) {
	for _, text := range []string{"version: 1\n", "\ufeffversion: 1", "# a comment\r\nversion: 1\r\n"} {
		got, err := Parse("services.yaml", []byte(text))
		require.NoError(t, err, "%q", text)
		require.Empty(t, cmp.Diff(Default(), got))
	}
}

func TestLoadNamesThePathThatItCannotRead(t *testing.T) {
	dir := t.TempDir()
	_, err := Load(dir)
	require.EqualError(t, err, dir+": got a directory, allowed: a services file")

	missing := filepath.Join(dir, "missing.yaml")
	_, err = Load(missing)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, missing)
}

func TestAFileBeyondTheLimitIsRefused(t *testing.T) {
	_, err := Parse("services.yaml", []byte(strings.Repeat("# padding\n", MaxSize/10+1)))
	require.EqualError(t, err, "services.yaml:1:1: got more than 4 MiB, allowed: a smaller services file")
}

func FuzzParseNeverPanicsAndAlwaysNamesAPlace(f *testing.F) {
	cases, err := filepath.Glob("testdata/bad/*.txtar")
	require.NoError(f, err)
	for _, path := range cases {
		archive, err := txtar.ParseFile(path)
		require.NoError(f, err)
		f.Add(archive.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := Parse("f", data)
		var problems Problems
		if err != nil && !errors.As(err, &problems) {
			t.Fatalf("not a list of problems: %v", err)
		}
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Got == "" || p.Allowed == "" {
				t.Fatalf("incomplete problem %+v", p)
			}
		}
	})
}
