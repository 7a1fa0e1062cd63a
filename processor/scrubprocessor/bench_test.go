package scrubprocessor

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pipeline"

	"github.com/readygate/readygate/internal/leaf/leaftest"
	"github.com/readygate/readygate/processor/scrubprocessor/internal/metadatatest"
)

// copies is how often the records of testdata/clean stand in a batch.
const copies = 100

// repeated returns ld with every record n times.
func repeated(ld plog.Logs, n int) plog.Logs {
	records := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
	count := records.Len()
	for i := range count * (n - 1) {
		records.At(i % count).CopyTo(records.AppendEmpty())
	}
	return ld
}

// BenchmarkLogs scrubs batches of ordinary log records; in "mixed" every fifth
// one has something to redact. MB/s counts the text in all slots.
func BenchmarkLogs(b *testing.B) {
	clean := repeated(readClean(b, "logs").(plog.Logs), copies)
	mixed := plog.NewLogs()
	clean.CopyTo(mixed)
	records := mixed.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
	for i := 0; i < records.Len(); i += 5 {
		body := records.At(i).Body()
		body.SetStr(body.AsString() + " " + canaries()[i/5%len(canaries())].text)
	}
	for name, ld := range map[string]plog.Logs{"clean": clean, "mixed": mixed} {
		b.Run(name, func(b *testing.B) {
			s := benchScrubber(b, pipeline.SignalLogs, ld)
			work := plog.NewLogs()
			for b.Loop() {
				b.StopTimer()
				ld.CopyTo(work)
				b.StartTimer()
				_, _ = s.logs(context.Background(), work)
			}
			perRecord(b, ld.LogRecordCount())
		})
	}
}

// BenchmarkSpans scrubs batches of ordinary spans.
func BenchmarkSpans(b *testing.B) {
	td := readClean(b, "traces").(ptrace.Traces)
	spans := td.ResourceSpans().At(0).ScopeSpans().At(0).Spans()
	count := spans.Len()
	for i := range count * (copies - 1) {
		spans.At(i % count).CopyTo(spans.AppendEmpty())
	}
	s := benchScrubber(b, pipeline.SignalTraces, td)
	for b.Loop() {
		_, _ = s.traces(context.Background(), td)
	}
	perRecord(b, td.SpanCount())
}

// benchScrubber returns a scrubber and tells b how much text data holds.
func benchScrubber(b *testing.B, signal pipeline.Signal, data any) *scrubber {
	b.Helper()
	cfg := defaults()
	policies, err := (&factory{compiled: map[*Config]*compiled{}}).policies(cfg)
	require.NoError(b, err)
	s, err := newScrubber(metadatatest.NewSettings(componenttest.NewTelemetry()), cfg, signal, policies)
	require.NoError(b, err)
	size := 0
	for _, slot := range leaftest.Slots(data) {
		size += len(slot.String())
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	return s
}

func perRecord(b *testing.B, records int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(records), "ns/record")
}
