package businessconnector

import (
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
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/readygate/readygate/connector/businessconnector/internal/metadata"
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
		lines = append(lines, fmt.Sprintf("%v %s %s\n", p.time.AsTime().Sub(r.began), p.series, p.value))
	}
	slices.Sort(lines)
	r.timeline.WriteString(strings.Join(lines, ""))
	return nil
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
	time          pcommon.Timestamp
}

// pointsOf yields all points in the order in which they were sent.
func pointsOf(md pmetric.Metrics) func(yield func(exported) bool) {
	return func(yield func(exported) bool) {
		for _, metric := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
			for _, p := range exportedOf(metric) {
				if !yield(p) {
					return
				}
			}
		}
	}
}

func exportedOf(metric pmetric.Metric) (all []exported) {
	add := func(attributes pcommon.Map, value string, flags pmetric.DataPointFlags, at pcommon.Timestamp) {
		if flags.NoRecordedValue() {
			value = "stale"
		}
		all = append(all, exported{metric.Name() + labels(attributes), value, at})
	}
	number := func(p pmetric.NumberDataPoint) string {
		if p.ValueType() == pmetric.NumberDataPointValueTypeInt {
			return fmt.Sprint(p.IntValue())
		}
		return fmt.Sprint(p.DoubleValue())
	}
	switch metric.Type() {
	case pmetric.MetricTypeSum:
		for _, p := range metric.Sum().DataPoints().All() {
			add(p.Attributes(), number(p), p.Flags(), p.Timestamp())
		}
	case pmetric.MetricTypeGauge:
		for _, p := range metric.Gauge().DataPoints().All() {
			add(p.Attributes(), number(p), p.Flags(), p.Timestamp())
		}
	default:
		for _, p := range metric.Histogram().DataPoints().All() {
			add(p.Attributes(), histogramText(p), p.Flags(), p.Timestamp())
		}
	}
	return all
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

// testKey is the key of all gateways in tests.
var testKey = strings.Repeat("not a secret ", 2)

// parseConfig reads a configuration over the default one of a gateway with a name.
func parseConfig(t testing.TB, yaml string) *Config {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	cfg.GatewayInstance = "gw-0"
	retrieved, err := confmap.NewRetrievedFromYAML([]byte(yaml))
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	require.NoError(t, conf.Unmarshal(cfg))
	return cfg
}

func testSettings() connector.Settings {
	return connectortest.NewNopSettings(metadata.Type)
}

func newTestBusiness(t testing.TB, cfg *Config, next consumer.Metrics) consume {
	t.Helper()
	return newTestBusinessWith(t, testSettings(), cfg, next)
}

func newTestBusinessWith(t testing.TB, set connector.Settings, cfg *Config, next consumer.Metrics) consume {
	t.Helper()
	require.NoError(t, cfg.Validate())
	c, err := newBusiness(set, cfg, func() (string, error) { return "", errors.New("no host name") }, next)
	require.NoError(t, err)
	return consume{c}
}

func selfLine(name string, p metricdata.DataPoint[int64]) string {
	var pairs []string
	for _, kv := range p.Attributes.ToSlice() {
		pairs = append(pairs, fmt.Sprintf("%s=%q", kv.Key, kv.Value.AsString()))
	}
	return fmt.Sprintf("%s{%s} %d", strings.TrimPrefix(name, "otelcol_connector_business_"), strings.Join(pairs, ","), p.Value)
}

func sortedLines(lines []string) string {
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}
