package redconnector

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.yaml.in/yaml/v3"
)

// resourceYAML is a resource with its spans or log records, as the cases write them.
type resourceYAML struct {
	Resource map[string]any
	Spans    []spanYAML
	Records  []recordYAML
}

type spanYAML struct {
	Kind       string // server if empty
	Name       string
	Times      int           // 1 if 0
	Ended      time.Duration // before now
	Duration   time.Duration
	Unended    bool
	Child      bool // it has a parent
	Error      bool
	Trace, ID  byte   // last bytes of the ids, of which the rest is 0
	State      string // trace state
	Attributes map[string]any
	Events     []struct {
		Name       string
		Attributes map[string]any
	}
}

type recordYAML struct {
	Times      int // 1 if 0
	Severity   int32
	Text       string // of the severity
	Event      string // its name
	Trace, ID  byte
	Ended      time.Duration // before now
	Attributes map[string]any
}

var kinds = map[string]ptrace.SpanKind{
	"":         ptrace.SpanKindServer,
	"client":   ptrace.SpanKindClient,
	"consumer": ptrace.SpanKindConsumer,
	"internal": ptrace.SpanKindInternal,
	"producer": ptrace.SpanKindProducer,
}

func parseResources(t testing.TB, data []byte) (resources []resourceYAML) {
	t.Helper()
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(&resources))
	return resources
}

// parseTraces reads the YAML form of spans, which nobody may write to.
func parseTraces(t testing.TB, data []byte) ptrace.Traces {
	t.Helper()
	td := ptrace.NewTraces()
	for _, r := range parseResources(t, data) {
		require.Empty(t, r.Records, "they are consumed by consume-logs")
		rs := td.ResourceSpans().AppendEmpty()
		require.NoError(t, rs.Resource().Attributes().FromRaw(r.Resource))
		spans := rs.ScopeSpans().AppendEmpty().Spans()
		for _, s := range r.Spans {
			for range max(s.Times, 1) {
				s.fill(t, spans.AppendEmpty())
			}
		}
	}
	td.MarkReadOnly()
	return td
}

func (s *spanYAML) fill(t testing.TB, span ptrace.Span) {
	kind, known := kinds[s.Kind]
	require.True(t, known, s.Kind)
	span.SetKind(kind)
	span.SetName(s.Name)
	end := time.Now().Add(-s.Ended)
	span.SetStartTimestamp(pcommon.NewTimestampFromTime(end.Add(-s.Duration)))
	if !s.Unended {
		span.SetEndTimestamp(pcommon.NewTimestampFromTime(end))
	}
	if s.Error {
		span.Status().SetCode(ptrace.StatusCodeError)
	}
	if s.Child {
		span.SetParentSpanID(pcommon.SpanID{1})
	}
	span.SetTraceID(pcommon.TraceID{15: s.Trace})
	span.SetSpanID(pcommon.SpanID{7: s.ID})
	span.TraceState().FromRaw(s.State)
	require.NoError(t, span.Attributes().FromRaw(s.Attributes))
	for _, e := range s.Events {
		event := span.Events().AppendEmpty()
		event.SetName(e.Name)
		require.NoError(t, event.Attributes().FromRaw(e.Attributes))
	}
}

// parseLogs reads the YAML form of log records, which nobody may write to.
func parseLogs(t testing.TB, data []byte) plog.Logs {
	t.Helper()
	ld := plog.NewLogs()
	for _, r := range parseResources(t, data) {
		require.Empty(t, r.Spans, "they are consumed by consume")
		rl := ld.ResourceLogs().AppendEmpty()
		require.NoError(t, rl.Resource().Attributes().FromRaw(r.Resource))
		records := rl.ScopeLogs().AppendEmpty().LogRecords()
		for _, s := range r.Records {
			for range max(s.Times, 1) {
				record := records.AppendEmpty()
				record.SetTimestamp(pcommon.NewTimestampFromTime(time.Now().Add(-s.Ended)))
				record.SetSeverityNumber(plog.SeverityNumber(s.Severity))
				record.SetSeverityText(s.Text)
				record.SetEventName(s.Event)
				record.SetTraceID(pcommon.TraceID{15: s.Trace})
				record.SetSpanID(pcommon.SpanID{7: s.ID})
				require.NoError(t, record.Attributes().FromRaw(s.Attributes))
			}
		}
	}
	ld.MarkReadOnly()
	return ld
}
