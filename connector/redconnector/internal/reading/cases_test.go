package reading

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
)

// Each case has spans and log records (items.yaml), and what they come to: the
// series with their values (series.txt) and what became of the spans
// (outcomes.txt). config.yaml is optional.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			var items []itemYAML
			var cfg configYAML
			for _, file := range archive.Files {
				switch file.Name {
				case "items.yaml":
					decodeYAML(t, file.Data, &items)
				case "config.yaml":
					decodeYAML(t, file.Data, &cfg)
				}
			}
			b := newBench(Config(cfg))
			for _, item := range items {
				require.True(t, (item.Span == nil) != (item.Record == nil), "an item is a span or a record")
				if item.Span != nil {
					b.span(item.span(t))
				} else {
					b.record(item.record(t))
				}
			}
			totals := b.totals(t)
			var text strings.Builder
			for _, name := range slices.Sorted(maps.Keys(totals)) {
				fmt.Fprintf(&text, "%s %s\n", name, totals[name])
			}
			golden.Section(t, path, "outcomes.txt", b.outcomes())
			golden.Section(t, path, "series.txt", text.String())
		})
	}
}
