package guard

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
)

// Each case is an archive: what it shows, a configuration, what is known about it.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			require.NotEmpty(t, archive.Comment, "the case says what it shows")
			require.Len(t, archive.Files, 2)
			golden.Section(t, path, "result.txt", describe(Check(decode(t, archive.Files[0].Data))))
		})
	}
}

func TestTheShippedConfigurationIsProven(t *testing.T) {
	content, err := os.ReadFile("../../config/default.yaml")
	require.NoError(t, err)
	result := Check(decode(t, content))
	require.Empty(t, result.Problems)
	require.NotZero(t, result.Pipelines)
	require.NotZero(t, result.Paths)
}

func TestTheReadmeNamesWhatMayStandBeforeScrub(t *testing.T) {
	readme, err := os.ReadFile("../../extension/scrubguardextension/README.md")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(readme), "| may stand before scrub |")
	require.True(t, found)
	table, _, _ = strings.Cut(table, "\n\n")
	var named []string
	for _, row := range strings.Split(table, "\n")[2:] {
		for _, m := range regexp.MustCompile("`(\\w+)`").FindAllStringSubmatch(strings.Split(row, "|")[1], -1) {
			named = append(named, m[1])
			n := neighbours[m[1]]
			require.Equal(t, n.debug, strings.Contains(row, "log level") || strings.Contains(row, "the same"), m[1])
			require.Equal(t, n.ottl, strings.Contains(row, "error_mode"), m[1])
		}
	}
	require.ElementsMatch(t, slices.Collect(maps.Keys(neighbours)), named)
}

// Check follows data from pipeline to pipeline; here every way is walked to its
// end instead, in configurations made of dice.
func TestAProblemIsReportedExactlyWhereAWayAroundScrubEnds(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	pick := func(words ...string) (picked []any) {
		for _, word := range words {
			if dice.IntN(3) == 0 {
				picked = append(picked, word)
			}
		}
		return picked
	}
	raw := 0
	for range 1000 {
		pipelines := map[string]any{}
		for i := range 1 + dice.IntN(5) {
			pipelines[fmt.Sprintf("traces/%d", i)] = map[string]any{
				"receivers":  pick("otlp", "jaeger", "a", "b", "c"),
				"processors": pick("memory_limiter", "scrub/dry", "scrub", "batch"),
				"exporters":  pick("otlp", "nop", "a", "b", "c"),
			}
		}
		conf := map[string]any{
			"processors": map[string]any{"scrub": nil, "scrub/dry": map[string]any{"mode": "detect"}},
			"connectors": map[string]any{"a": nil, "b": nil, "c": nil},
			"service":    map[string]any{"pipelines": pipelines},
		}
		want := map[string]bool{}
		for id := range pipelines {
			for _, receiver := range pipelines[id].(map[string]any)["receivers"].([]any) {
				if receiver == "otlp" || receiver == "jaeger" {
					walk(pipelines, id, nil, want)
				}
			}
		}
		got := map[string]bool{}
		for _, p := range Check(conf).Problems {
			_, exit, _ := strings.Cut(p.Text[:strings.Index(p.Text, ": ")], "-> pipeline "+p.Path[2]+" -> ")
			got[p.Path[2]+" -> "+exit[strings.Index(exit, " ")+1:]] = true
		}
		require.Equal(t, want, got, "%v", pipelines)
		raw += len(want)
	}
	require.NotZero(t, raw)
}

// walk notes the ends of every way that raw data takes through a pipeline.
func walk(pipelines map[string]any, id string, seen []string, ends map[string]bool) {
	p := pipelines[id].(map[string]any)
	if slices.Contains(seen, id) || slices.Contains(p["processors"].([]any), any("scrub")) {
		return
	}
	for _, exporter := range p["exporters"].([]any) {
		if exporter != "nop" {
			ends[fmt.Sprintf("%s -> %s", id, exporter)] = true
		}
		for next, body := range pipelines {
			if exporter != "otlp" && exporter != "nop" && slices.Contains(body.(map[string]any)["receivers"].([]any), exporter) {
				walk(pipelines, next, append(slices.Clone(seen), id), ends)
			}
		}
	}
}

func FuzzCheckNeverPanics(f *testing.F) {
	cases, err := filepath.Glob("testdata/*.txtar")
	require.NoError(f, err)
	for _, path := range cases {
		archive, err := txtar.ParseFile(path)
		require.NoError(f, err)
		f.Add(archive.Files[0].Data)
	}
	f.Fuzz(func(_ *testing.T, data []byte) {
		var conf map[string]any
		if yaml.Unmarshal(data, &conf) == nil {
			Check(conf)
		}
	})
}

func decode(t *testing.T, data []byte) map[string]any {
	t.Helper()
	var conf map[string]any
	require.NoError(t, yaml.Unmarshal(data, &conf))
	return conf
}

// describe writes a result as text.
func describe(r Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "pipelines %d, paths %d, guarded %t\n", r.Pipelines, r.Paths, r.Guarded)
	for _, e := range r.Exemptions {
		fmt.Fprintf(&b, "exempt %s: %s\n", e.Pipeline, e.Reason)
	}
	for _, p := range r.Problems {
		fmt.Fprintln(&b, p)
	}
	return b.String()
}
