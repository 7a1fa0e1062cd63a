package changes_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/changes"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

// A case has two services files, old.yaml and new.yaml, and the lines about some
// alerts, those that its comment names after "alerts:"; without, about all.
func TestChangesAreThoseOfWhatIsJudged(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			archive := txtar.Parse(text)
			_, only, _ := strings.Cut(string(archive.Comment), "alerts: ")
			old, now := rules(t, archive.Files[0].Data), rules(t, archive.Files[1].Data)
			all, err := changes.Between(old, now)
			require.NoError(t, err)
			var lines strings.Builder
			for _, c := range all {
				if only == "" || strings.Contains(" "+strings.TrimSpace(only)+" ", " "+c.Alert+" ") {
					lines.WriteString(c.String() + "\n")
				}
			}
			golden.Section(t, path, "changes.txt", lines.String())

			same, err := changes.Between(now, rules(t, archive.Files[1].Data))
			require.NoError(t, err)
			require.Empty(t, same, "a file has no changes to itself")
			back, err := changes.Between(now, old)
			require.NoError(t, err)
			require.Len(t, back, len(all), "the way back has as many changes")
		})
	}
}

func rules(t *testing.T, text []byte) *alerts.Rules {
	t.Helper()
	c, err := catalog.Parse("services.yaml", text)
	require.NoError(t, err)
	r, err := alerts.Generate(c, alerts.Options{})
	require.NoError(t, err)
	return r
}
