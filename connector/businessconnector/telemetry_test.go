package businessconnector

import (
	"bytes"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.yaml.in/yaml/v3"
)

// resourceYAML is a resource with its spans or log records as the cases write them.
type resourceYAML struct {
	Resource map[string]any
	Spans    []spanYAML
	Logs     []logYAML
}

type spanYAML struct {
	Name       string
	Kind       int
	Status     int    // 1 is ok, 2 is error
	TraceState string `yaml:"traceState"`
	Times      int    // 1 if 0
	Attributes map[string]any
	Events     []struct {
		Name       string
		Attributes map[string]any
	}
}

type logYAML struct {
	Event      string // the event name
	Severity   int    // the number
	Text       string // of the severity
	Body       any
	At         time.Duration // after the beginning of the test
	Times      int           // 1 if 0
	Attributes map[string]any
}

func parseYAML(t testing.TB, data []byte) []resourceYAML {
	t.Helper()
	var resources []resourceYAML
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(&resources))
	return resources
}

// raw turns what YAML cannot write into what attributes can have.
func raw(attributes map[string]any) map[string]any {
	out := map[string]any{}
	for name, value := range attributes {
		switch value {
		case ".nan":
			value = math.NaN()
		case "!bytes":
			value = []byte{1}
		}
		out[name] = value
	}
	return out
}

func parseTraces(t testing.TB, data []byte) ptrace.Traces {
	t.Helper()
	now := pcommon.NewTimestampFromTime(time.Now())
	td := ptrace.NewTraces()
	for _, r := range parseYAML(t, data) {
		rs := td.ResourceSpans().AppendEmpty()
		require.NoError(t, rs.Resource().Attributes().FromRaw(r.Resource))
		spans := rs.ScopeSpans().AppendEmpty().Spans()
		for _, s := range r.Spans {
			for range max(s.Times, 1) {
				span := spans.AppendEmpty()
				span.SetName(s.Name)
				span.SetKind(ptrace.SpanKind(s.Kind))
				span.Status().SetCode(ptrace.StatusCode(s.Status))
				span.TraceState().FromRaw(s.TraceState)
				span.SetStartTimestamp(now)
				span.SetEndTimestamp(now)
				require.NoError(t, span.Attributes().FromRaw(raw(s.Attributes)))
				for _, e := range s.Events {
					event := span.Events().AppendEmpty()
					event.SetName(e.Name)
					event.SetTimestamp(now)
					require.NoError(t, event.Attributes().FromRaw(raw(e.Attributes)))
				}
			}
		}
	}
	td.MarkReadOnly()
	return td
}

func parseLogs(t testing.TB, data []byte, began time.Time) plog.Logs {
	t.Helper()
	ld := plog.NewLogs()
	for _, r := range parseYAML(t, data) {
		rl := ld.ResourceLogs().AppendEmpty()
		require.NoError(t, rl.Resource().Attributes().FromRaw(r.Resource))
		records := rl.ScopeLogs().AppendEmpty().LogRecords()
		for _, l := range r.Logs {
			for range max(l.Times, 1) {
				record := records.AppendEmpty()
				record.SetEventName(l.Event)
				record.SetSeverityNumber(plog.SeverityNumber(l.Severity))
				record.SetSeverityText(l.Text)
				if l.At != 0 {
					record.SetTimestamp(pcommon.NewTimestampFromTime(began.Add(l.At)))
				}
				require.NoError(t, record.Body().FromRaw(l.Body))
				require.NoError(t, record.Attributes().FromRaw(raw(l.Attributes)))
			}
		}
	}
	ld.MarkReadOnly()
	return ld
}
