package businessconnector

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
)

// TestCases runs every testdata/*.txtar. Lines of its comment that begin with
// ">" are steps:
//
//	> traces FILE        spans come in
//	> logs FILE          log records come in
//	> wait DURATION      time passes, and the connector flushes at its interval
//	> refuse | accept    what the next consumer does from now on
//	> shutdown
//
// config.yaml is the configuration. timeline.txt is every point that was sent, in
// order; metrics.txt the last value of every series; self.txt what the connector
// counted about itself, zeros apart. go test -update writes those there are.
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
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	tel := componenttest.NewTelemetry()
	defer func() { require.NoError(t, tel.Shutdown(context.Background())) }()
	set := testSettings()
	set.TelemetrySettings = tel.NewTelemetrySettings()
	next := newRecorder()
	c := newTestBusinessWith(t, set, parseConfig(t, files["config.yaml"]), next)
	require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))
	defer func() { require.NoError(t, c.Shutdown(context.Background())) }()
	for line := range strings.Lines(string(archive.Comment)) {
		step, found := strings.CutPrefix(line, "> ")
		if !found {
			continue
		}
		verb, argument, _ := strings.Cut(strings.TrimSpace(step), " ")
		switch verb {
		case "traces":
			require.Contains(t, files, argument)
			require.NoError(t, c.ConsumeTraces(t.Context(), parseTraces(t, []byte(files[argument]))))
		case "logs":
			require.Contains(t, files, argument)
			require.NoError(t, c.ConsumeLogs(t.Context(), parseLogs(t, []byte(files[argument]), next.began)))
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
	for name, got := range map[string]string{
		"timeline.txt": next.timeline.String(), "metrics.txt": next.sortedTotals(), "self.txt": selfText(t, tel),
	} {
		if _, found := files[name]; found {
			golden.Section(t, path, name, got)
		}
	}
}

// selfText lists what a connector counted about itself, zeros apart.
func selfText(t testing.TB, tel *componenttest.Telemetry) string {
	t.Helper()
	var lines []string
	var data metricdata.ResourceMetrics
	require.NoError(t, tel.Reader.Collect(context.Background(), &data))
	for _, scope := range data.ScopeMetrics {
		for _, m := range scope.Metrics {
			sum, ok := m.Data.(metricdata.Sum[int64])
			if !ok {
				continue
			}
			for _, p := range sum.DataPoints {
				if p.Value != 0 {
					lines = append(lines, selfLine(m.Name, p))
				}
			}
		}
	}
	return sortedLines(lines)
}

var _ connector.Traces = consume{}
var _ connector.Logs = consume{}
