package redconnector

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
)

// TestCases runs every testdata/*.txtar. Lines of its comment that begin with
// ">" are steps:
//
//	> consume FILE       spans come in
//	> wait DURATION      time passes, and the connector flushes at its interval
//	> refuse | accept    what the next consumer does from now on
//	> shutdown
//
// config.yaml changes the default configuration. timeline.txt is every point
// that was sent, in order; totals.txt the last value of every series. A case
// has one of them, or both; go test -update writes them.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			synctest.Test(t, func(t *testing.T) { runCase(t, path, archive) })
		})
	}
}

func runCase(t *testing.T, path string, archive *txtar.Archive) {
	files := map[string][]byte{}
	for _, f := range archive.Files {
		files[f.Name] = f.Data
	}
	cfg := testConfig()
	retrieved, err := confmap.NewRetrievedFromYAML(files["config.yaml"])
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	require.NoError(t, conf.Unmarshal(cfg))

	next := newRecorder()
	c := newTestRED(t, cfg, next)
	require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))
	defer func() { require.NoError(t, c.Shutdown(context.Background())) }()
	for line := range strings.Lines(string(archive.Comment)) {
		step, found := strings.CutPrefix(line, "> ")
		if !found {
			continue
		}
		verb, argument, _ := strings.Cut(strings.TrimSpace(step), " ")
		switch verb {
		case "consume":
			require.Contains(t, files, argument)
			require.NoError(t, c.ConsumeTraces(t.Context(), parseTraces(t, files[argument])))
		case "wait":
			d, err := time.ParseDuration(argument)
			require.NoError(t, err)
			<-time.After(d) // of the bubble's clock
			synctest.Wait()
		case "refuse", "accept":
			next.refuse.Store(verb == "refuse")
		case "shutdown":
			err := c.Shutdown(t.Context())
			require.Equal(t, next.refuse.Load(), err != nil)
		default:
			t.Fatalf("no such step: %s", line)
		}
	}

	if _, found := files["timeline.txt"]; found {
		golden.Section(t, path, "timeline.txt", next.timeline.String())
	}
	if _, found := files["totals.txt"]; found {
		golden.Section(t, path, "totals.txt", next.sortedTotals())
	}
}
