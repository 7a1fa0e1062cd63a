package redconnector

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
)

// TestCases runs every testdata/*.txtar. Lines of its comment that begin with
// ">" are steps:
//
//	> consume FILE         spans come in
//	> consume-logs FILE    log records come in
//	> wait DURATION        time passes, and the connector flushes at its interval
//	> refuse | accept      what the next consumer does from now on
//	> full | free          whether the storage takes anything from now on
//	> shutdown
//	> restart [FILE]       a shutdown, and a start with FILE as configuration if given
//	> kill [FILE]          the same without the shutdown
//
// config.yaml changes the default configuration; its storage, if it has one, is
// "disk". timeline.txt is every point that was sent, in order; totals.txt the last
// value of every series. A case has one of them, or both; go test -update writes
// them.
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

// trial is a case that runs.
type trial struct {
	*gateway
	files map[string][]byte
	next  *recorder
	disk  *disk
}

func runCase(t *testing.T, path string, archive *txtar.Archive) {
	c := &trial{files: map[string][]byte{}, next: newRecorder(), disk: newDisk()}
	for _, f := range archive.Files {
		c.files[f.Name] = f.Data
	}
	c.begin(t, "config.yaml")
	defer func() { require.NoError(t, c.shutdown(context.Background())) }()
	for line := range strings.Lines(string(archive.Comment)) {
		if step, found := strings.CutPrefix(line, "> "); found {
			verb, argument, _ := strings.Cut(strings.TrimSpace(step), " ")
			c.step(t, verb, argument)
		}
	}

	if _, found := c.files["timeline.txt"]; found {
		golden.Section(t, path, "timeline.txt", c.next.timeline.String())
	}
	if _, found := c.files["totals.txt"]; found {
		golden.Section(t, path, "totals.txt", c.next.sortedTotals())
	}
}

func (c *trial) step(t *testing.T, verb, argument string) {
	switch verb {
	case "consume":
		require.Contains(t, c.files, argument)
		c.consume(t, parseTraces(t, c.files[argument]))
	case "consume-logs":
		require.Contains(t, c.files, argument)
		c.consumeLogs(t, parseLogs(t, c.files[argument]))
	case "wait":
		d, err := time.ParseDuration(argument)
		require.NoError(t, err)
		<-time.After(d) // of the bubble's clock
		synctest.Wait()
	case "refuse", "accept":
		c.next.refuse.Store(verb == "refuse")
	case "full", "free":
		c.disk.setFull(verb == "full")
	case "shutdown":
		require.Equal(t, c.next.refuse.Load(), c.shutdown(t.Context()) != nil)
	case "restart":
		require.Equal(t, c.next.refuse.Load(), c.shutdown(t.Context()) != nil)
		c.begin(t, argument)
	case "kill":
		left := c.disk.copy()
		c.kill()
		c.disk = left
		c.begin(t, argument)
	default:
		t.Fatalf("no such step: %s %s", verb, argument)
	}
}

// begin starts a gateway with the configuration in the file.
func (c *trial) begin(t *testing.T, file string) {
	if file == "" {
		file = "config.yaml"
	}
	cfg := testConfig()
	retrieved, err := confmap.NewRetrievedFromYAML(c.files[file])
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	require.NoError(t, conf.Unmarshal(cfg))
	c.gateway = newGateway(t, cfg, c.next)
	c.start(t, c.disk)
}
