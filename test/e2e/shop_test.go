package e2e

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/demo"
	"github.com/readygate/readygate/internal/telemetry"
)

// shop sends the demo's telemetry through the OpenTelemetry SDK and its OTLP
// exporters, over gRPC and HTTP, all of which must be acknowledged.
func shop(t *testing.T, g *gateway, visits int, seed uint64) demo.Report {
	t.Helper()
	report, err := demo.Run(t.Context(), demo.Options{
		GRPC: g.grpc, HTTP: g.http, Protocol: demo.Both, Insecure: true, Visits: visits, Seed: seed,
	})
	require.NoError(t, err)
	return report
}

// requests reads the request counter from the gateway's metrics page, summed over
// all but what the demo's report counts by.
func requests(t *testing.T, g *gateway) map[demo.Request]int {
	counts := map[demo.Request]int{}
	for _, s := range scrape(t, "http://"+g.prometheus+"/metrics") {
		if s.labels.Get("__name__") != telemetry.HTTPRequests.Name {
			continue
		}
		var status int
		_, err := fmt.Sscan(s.labels.Get(telemetry.Status), &status)
		require.NoError(t, err)
		counts[demo.Request{
			Service: s.labels.Get(telemetry.Service), Method: s.labels.Get(telemetry.Method),
			Endpoint: s.labels.Get(telemetry.Endpoint), Status: status,
		}] += int(s.value)
	}
	return counts
}

// awaitRequests waits until the gateway shows exactly what was sent.
func awaitRequests(t *testing.T, g *gateway, sent map[demo.Request]int) {
	t.Helper()
	eventually(t, "the request counts are those that were sent", func() error {
		if diff := cmp.Diff(sent, requests(t, g)); diff != "" {
			return fmt.Errorf("sent (-), shown (+):\n%s", diff)
		}
		return nil
	})
}

func add(sent map[demo.Request]int, report demo.Report) {
	for _, r := range report.Requests {
		sent[r.Request] += r.Count
	}
}

// The promise of the whole: what goes in comes out, counted right, and nothing
// that was planted does.
func TestShopGoesThroughScrubbedAndCounted(t *testing.T) {
	g := start(t, fileMetrics)
	report := shop(t, g, 800, 1)
	sent := map[demo.Request]int{}
	add(sent, report)
	awaitRequests(t, g, sent)

	pages := map[string]string{
		"metrics page":         get(t, "http://"+g.prometheus+"/metrics"),
		"gateway metrics page": get(t, "http://"+g.internal+"/metrics"),
	}
	g.stop(t)

	acknowledged := report.Acknowledged()
	spans, records, points := 0, 0, 0
	for _, td := range g.traces(t) {
		spans += td.SpanCount()
	}
	for _, ld := range g.logs(t) {
		records += ld.LogRecordCount()
	}
	for _, md := range g.metrics(t, "metrics.jsonl") {
		points += md.DataPointCount()
	}
	require.Positive(t, points)
	require.Equal(t, acknowledged.Spans, spans, "spans out")
	require.Equal(t, acknowledged.LogRecords, records, "log records out")
	require.Equal(t, acknowledged.MetricPoints, points, "metric points out")

	// Everything the gateway wrote: files, queues on disk, its own log.
	require.NoError(t, filepath.WalkDir(filepath.Dir(g.data), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		pages[filepath.Base(path)] = string(content)
		return err
	}))
	require.Contains(t, pages, "traces.jsonl")
	require.Contains(t, pages, "log")
	require.NotEmpty(t, report.Planted)
	for _, planted := range report.Planted {
		for _, part := range planted.Parts {
			for name, page := range pages {
				if i := strings.Index(page, part); i >= 0 {
					t.Errorf("%s: %s planted in %s of %s is in %s: ...%s...", planted.Kind, part, planted.Place, planted.Service, name, page[max(0, i-120):min(len(page), i+len(part)+40)])
				}
			}
		}
	}
}
