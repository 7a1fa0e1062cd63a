package redconnector

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.yaml.in/yaml/v3"
)

var errRefused = errors.New("refused")

// recorder is a next consumer that writes down, one point a line, what it is
// sent, and refuses when told to. It is used by one flush at a time.
type recorder struct {
	began    time.Time
	refuse   atomic.Bool
	timeline strings.Builder
	totals   map[string]string // last value of every series, by its labels
}

var _ consumer.Metrics = (*recorder)(nil)

func newRecorder() *recorder {
	return &recorder{began: time.Now(), totals: map[string]string{}}
}

func (*recorder) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (r *recorder) ConsumeMetrics(_ context.Context, md pmetric.Metrics) error {
	if r.refuse.Load() {
		fmt.Fprintf(&r.timeline, "%v refused\n", time.Since(r.began))
		return errRefused
	}
	var lines []string
	for p := range pointsOf(md) {
		r.totals[p.series] = p.value
		lines = append(lines, fmt.Sprintf("%v %s %s (since %v)\n", r.since(p.time), p.series, p.value, r.since(p.start)))
	}
	slices.Sort(lines)
	r.timeline.WriteString(strings.Join(lines, ""))
	return nil
}

func (r *recorder) since(t pcommon.Timestamp) time.Duration {
	return t.AsTime().Sub(r.began)
}

// sortedTotals lists the last value of every series.
func (r *recorder) sortedTotals() string {
	var b strings.Builder
	for _, series := range slices.Sorted(maps.Keys(r.totals)) {
		fmt.Fprintf(&b, "%s %s\n", series, r.totals[series])
	}
	return b.String()
}

// exported is a data point, with its series and value as text.
type exported struct {
	series, value string
	time, start   pcommon.Timestamp
}

// pointsOf yields all points in the order in which they were sent.
func pointsOf(md pmetric.Metrics) func(yield func(exported) bool) {
	return func(yield func(exported) bool) {
		for _, metric := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
			if metric.Type() == pmetric.MetricTypeSum {
				for _, p := range metric.Sum().DataPoints().All() {
					value := fmt.Sprint(p.IntValue())
					if p.Flags().NoRecordedValue() {
						value = "stale"
					}
					if !yield(exported{metric.Name() + labels(p.Attributes()), value, p.Timestamp(), p.StartTimestamp()}) {
						return
					}
				}
				continue
			}
			for _, p := range metric.Histogram().DataPoints().All() {
				value := histogramText(p)
				if p.Flags().NoRecordedValue() {
					value = "stale"
				}
				if !yield(exported{metric.Name() + labels(p.Attributes()), value, p.Timestamp(), p.StartTimestamp()}) {
					return
				}
			}
		}
	}
}

// histogramText is "count=2 sum=0.3 0.1:1 +Inf:1", with the buckets that have
// something.
func histogramText(p pmetric.HistogramDataPoint) string {
	text := fmt.Sprintf("count=%d sum=%.6g", p.Count(), p.Sum())
	for i, n := range p.BucketCounts().All() {
		bound := "+Inf"
		if i < p.ExplicitBounds().Len() {
			bound = fmt.Sprint(p.ExplicitBounds().At(i))
		}
		if n > 0 {
			text += fmt.Sprintf(" %s:%d", bound, n)
		}
	}
	return text
}

func labels(attributes pcommon.Map) string {
	raw := attributes.AsRaw()
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		pairs = append(pairs, fmt.Sprintf("%s=%q", name, raw[name]))
	}
	return "{" + strings.Join(pairs, ",") + "}"
}

// resourceYAML is a resource and its spans as the cases write them.
type resourceYAML struct {
	Resource map[string]any
	Spans    []struct {
		Kind       string // server if empty
		Name       string
		Duration   time.Duration
		Unended    bool
		Error      bool
		Times      int // 1 if 0
		Attributes map[string]any
	}
}

var kinds = map[string]ptrace.SpanKind{
	"":         ptrace.SpanKindServer,
	"client":   ptrace.SpanKindClient,
	"internal": ptrace.SpanKindInternal,
}

// parseTraces reads the YAML form of spans; they start now.
func parseTraces(t *testing.T, data []byte) ptrace.Traces {
	t.Helper()
	var resources []resourceYAML
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(&resources))
	start := time.Now()
	td := ptrace.NewTraces()
	for _, r := range resources {
		rs := td.ResourceSpans().AppendEmpty()
		require.NoError(t, rs.Resource().Attributes().FromRaw(r.Resource))
		spans := rs.ScopeSpans().AppendEmpty().Spans()
		for _, s := range r.Spans {
			for range max(s.Times, 1) {
				span := spans.AppendEmpty()
				span.SetKind(kinds[s.Kind])
				span.SetName(s.Name)
				span.SetStartTimestamp(pcommon.NewTimestampFromTime(start))
				if !s.Unended {
					span.SetEndTimestamp(pcommon.NewTimestampFromTime(start.Add(s.Duration)))
				}
				if s.Error {
					span.Status().SetCode(ptrace.StatusCodeError)
				}
				require.NoError(t, span.Attributes().FromRaw(s.Attributes))
			}
		}
	}
	td.MarkReadOnly()
	return td
}

// testConfig is the default configuration of a gateway with a name.
func testConfig() *Config {
	cfg := createDefaultConfig().(*Config)
	cfg.GatewayInstance = "gw-0"
	return cfg
}

func newTestRED(t testing.TB, cfg *Config, next consumer.Metrics) *red {
	t.Helper()
	return newTestREDWith(t, componenttest.NewNopTelemetrySettings(), cfg, next)
}

func newTestREDWith(t testing.TB, set component.TelemetrySettings, cfg *Config, next consumer.Metrics) *red {
	t.Helper()
	require.NoError(t, cfg.Validate())
	c, err := newRED(set, cfg, func() (string, error) { return "", errors.New("no host name") }, next)
	require.NoError(t, err)
	return c
}
