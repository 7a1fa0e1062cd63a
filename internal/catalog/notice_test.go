package catalog

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/golden"
	"golang.org/x/tools/txtar"
)

func TestNoticesTellWhatEndedByThen(t *testing.T) {
	for _, path := range []string{"testdata/notices.txtar", "testdata/notices_of_no_watchdog.txtar"} {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		c, err := Parse("services.yaml", archive.Files[0].Data)
		require.NoError(t, err, "what ended is not wrong")
		for _, section := range archive.Files[1:] {
			now, err := time.Parse(time.RFC3339, section.Name)
			require.NoError(t, err)
			var lines strings.Builder
			for _, n := range c.Notices(now) {
				fmt.Fprintf(&lines, "%d: %s\n", n.Line, n.Text)
			}
			golden.Section(t, path, section.Name, lines.String())
		}
	}
}

func TestACatalogOfNoFileHasNoNotices(t *testing.T) {
	require.Empty(t, Default().Notices(time.Now()))
}
