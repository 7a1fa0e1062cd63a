package explain_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/explain"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

// A case asks in its last line of comment: the alert, and the service if any. The
// services file is services.yaml; the answer, or the error, in answer.txt.
func TestAnAnswerSaysWhenAndWhyAndWho(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			archive := txtar.Parse(text)
			lines := strings.Split(strings.TrimSpace(string(archive.Comment)), "\n")
			alert, service, _ := strings.Cut(lines[len(lines)-1], " of ")
			c, err := catalog.Parse("services.yaml", archive.Files[0].Data)
			require.NoError(t, err)
			r, err := alerts.Generate(c, alerts.Options{DashboardURL: func(string) string { return "https://grafana.example.com/d/red" }})
			require.NoError(t, err)
			answer, err := explain.Answer(c, r, explain.Question{Alert: alert, Service: service})
			if err != nil {
				answer = err.Error() + "\n"
			}
			golden.Section(t, path, "answer.txt", answer)
		})
	}
}
