package reading

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/series"
)

// testNow is when everything in the cases arrives.
var testNow = pcommon.NewTimestampFromTime(time.Unix(1_000_000, 0))

// itemYAML is a span or a log record as the cases write them.
type itemYAML struct {
	Span       *string // its name
	Record     *string // its event name
	Kind       string  // server if empty
	Duration   time.Duration
	Ended      time.Duration // before now
	Unended    bool
	Child      bool // it has a parent
	Error      bool
	State      string // trace state
	Trace      byte   // ids; 0 for none
	ID         byte
	Severity   int32
	Text       string // of the severity
	Attributes map[string]any
	Events     []struct {
		Name       string
		Attributes map[string]any
	}
}

// configYAML is a Config as the cases write it.
type configYAML struct {
	MaxAge   time.Duration `yaml:"max_age"`
	DropLate bool          `yaml:"drop_late"`
}

var kinds = map[string]ptrace.SpanKind{
	"":         ptrace.SpanKindServer,
	"client":   ptrace.SpanKindClient,
	"producer": ptrace.SpanKindProducer,
	"consumer": ptrace.SpanKindConsumer,
	"internal": ptrace.SpanKindInternal,
	"none":     ptrace.SpanKindUnspecified,
	"future":   ptrace.SpanKind(42),
}

func decodeYAML(t *testing.T, data []byte, into any) {
	t.Helper()
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(into))
}

func (y *itemYAML) span(t *testing.T) ptrace.Span {
	t.Helper()
	span := ptrace.NewSpan()
	span.SetName(*y.Span)
	kind, known := kinds[y.Kind]
	require.True(t, known, "kind %q", y.Kind)
	span.SetKind(kind)
	end := testNow - pcommon.Timestamp(y.Ended)
	span.SetStartTimestamp(end - pcommon.Timestamp(y.Duration))
	if !y.Unended {
		span.SetEndTimestamp(end)
	}
	if y.Child {
		span.SetParentSpanID(pcommon.SpanID{9})
	}
	if y.Error {
		span.Status().SetCode(ptrace.StatusCodeError)
	}
	span.TraceState().FromRaw(y.State)
	span.SetTraceID(pcommon.TraceID{y.Trace})
	span.SetSpanID(pcommon.SpanID{y.ID})
	require.NoError(t, span.Attributes().FromRaw(y.Attributes))
	for _, e := range y.Events {
		event := span.Events().AppendEmpty()
		event.SetName(e.Name)
		require.NoError(t, event.Attributes().FromRaw(e.Attributes))
	}
	return span
}

func (y *itemYAML) record(t *testing.T) plog.LogRecord {
	t.Helper()
	record := plog.NewLogRecord()
	record.SetEventName(*y.Record)
	record.SetSeverityNumber(plog.SeverityNumber(y.Severity))
	record.SetSeverityText(y.Text)
	record.SetTraceID(pcommon.TraceID{y.Trace})
	record.SetSpanID(pcommon.SpanID{y.ID})
	require.NoError(t, record.Attributes().FromRaw(y.Attributes))
	return record
}

// bench is a reader with its table, as the connector has them.
type bench struct {
	reader *Reader
	table  *series.Table
	owner  *series.Owner
	key    series.Key
	o      series.Observation
	tally  map[string]int // outcomes and notes
}

func newBench(cfg Config) *bench {
	reader := NewReader(cfg)
	table := series.NewTable(series.Config{
		Groups: reader.Groups(), Bounds: []float64{1, 10}, Instance: "gw-0",
		Limits: series.Limits{Series: 1_000_000, Services: 10, LabelValues: 100_000},
	})
	return &bench{
		reader: reader, table: table, tally: map[string]int{},
		owner: table.Acquire(series.Identity{Service: "shop"}),
	}
}

var noteNames = map[Notes]string{
	NoteLate: "late", NoteDuration: "duration", NoteWeight: "weight", NoteBatch: "batch",
}

func (b *bench) span(span ptrace.Span) (Outcome, Notes) {
	became, notes := b.reader.Span(b.owner, span, testNow, &b.key, &b.o)
	b.tally[became.String()]++
	for note, name := range noteNames {
		if notes&note != 0 {
			b.tally["note: "+name]++
		}
	}
	if became.Counted() {
		b.table.Observe(&b.key, &b.o, testNow)
	}
	for _, event := range span.Events().All() {
		b.exception(b.reader.Event(b.owner, span, event, testNow, &b.key, &b.o))
	}
	return became, notes
}

func (b *bench) record(record plog.LogRecord) {
	b.reader.Record(b.owner, record, &b.key, &b.o)
	b.table.Observe(&b.key, &b.o, testNow)
	b.exception(b.reader.Exception(b.owner, record, testNow, &b.key, &b.o))
}

func (b *bench) exception(sighting Sighting) {
	if sighting == First || sighting == Again && !b.o.Events.IsZero() {
		b.table.Observe(&b.key, &b.o, testNow)
	}
}

// outcomes lists what became of the spans.
func (b *bench) outcomes() string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(b.tally)) {
		fmt.Fprintf(&text, "%s %d\n", name, b.tally[name])
	}
	return text.String()
}

// totals is the last value of every series, without the common labels.
func (b *bench) totals(t testing.TB) map[string]string {
	t.Helper()
	totals := map[string]string{}
	_, err := b.table.Flush(context.Background(), series.End, func(_ context.Context, md pmetric.Metrics) error {
		for _, rm := range md.ResourceMetrics().All() {
			for _, sm := range rm.ScopeMetrics().All() {
				for _, metric := range sm.Metrics().All() {
					addTotals(totals, metric)
				}
			}
		}
		return nil
	})
	require.NoError(t, err)
	return totals
}

func addTotals(totals map[string]string, metric pmetric.Metric) {
	switch metric.Type() {
	case pmetric.MetricTypeSum:
		addNumbers(totals, metric.Name(), metric.Sum().DataPoints())
	case pmetric.MetricTypeGauge:
		addNumbers(totals, metric.Name(), metric.Gauge().DataPoints())
	case pmetric.MetricTypeHistogram:
		for _, p := range metric.Histogram().DataPoints().All() {
			totals[metric.Name()+labels(p.Attributes())] = fmt.Sprintf("count=%d sum=%.6g", p.Count(), p.Sum())
		}
	}
}

func addNumbers(totals map[string]string, name string, points pmetric.NumberDataPointSlice) {
	for _, p := range points.All() {
		value := p.DoubleValue()
		if p.ValueType() == pmetric.NumberDataPointValueTypeInt {
			value = float64(p.IntValue())
		}
		totals[name+labels(p.Attributes())] = fmt.Sprintf("%.10g", value)
	}
}

func labels(attributes pcommon.Map) string {
	raw := attributes.AsRaw()
	delete(raw, "service")
	delete(raw, "gateway_instance")
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		pairs = append(pairs, fmt.Sprintf("%s=%q", name, raw[name]))
	}
	return "{" + strings.Join(pairs, ",") + "}"
}
