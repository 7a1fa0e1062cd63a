package redconnector

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
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
	for p := range r.pointsOf(md) {
		r.totals[p.series] = p.value
		since := ""
		if p.start != 0 {
			since = fmt.Sprintf(" (since %v)", r.since(p.start))
		}
		lines = append(lines, fmt.Sprintf("%v %s %s%s\n", r.since(p.time), p.series, p.value, since))
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

// point is a data point, with its series and value as text.
type point struct {
	series, value string
	time, start   pcommon.Timestamp // start is 0 for gauges
}

// pointsOf yields all points in the order in which they were sent.
func (r *recorder) pointsOf(md pmetric.Metrics) func(yield func(point) bool) {
	return func(yield func(point) bool) {
		for _, metric := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
			for p := range r.pointsOfMetric(metric) {
				if !yield(p) {
					return
				}
			}
		}
	}
}

func (r *recorder) pointsOfMetric(metric pmetric.Metric) func(yield func(point) bool) {
	return func(yield func(point) bool) {
		switch metric.Type() {
		case pmetric.MetricTypeSum:
			for _, p := range metric.Sum().DataPoints().All() {
				if !yield(newPoint(metric, p, p.StartTimestamp(), numberText(p), p.Exemplars())) {
					return
				}
			}
		case pmetric.MetricTypeGauge:
			for _, p := range metric.Gauge().DataPoints().All() {
				at := time.Unix(0, int64(p.DoubleValue()*1e6)*1e3)
				if !yield(newPoint(metric, p, 0, fmt.Sprintf("at %v", at.Sub(r.began)), p.Exemplars())) {
					return
				}
			}
		case pmetric.MetricTypeHistogram:
			for _, p := range metric.Histogram().DataPoints().All() {
				if !yield(newPoint(metric, p, p.StartTimestamp(), histogramText(p), p.Exemplars())) {
					return
				}
			}
		case pmetric.MetricTypeExponentialHistogram:
			for _, p := range metric.ExponentialHistogram().DataPoints().All() {
				if !yield(newPoint(metric, p, p.StartTimestamp(), exponentialText(p), p.Exemplars())) {
					return
				}
			}
		}
	}
}

func newPoint(metric pmetric.Metric, p interface {
	Attributes() pcommon.Map
	Flags() pmetric.DataPointFlags
	Timestamp() pcommon.Timestamp
}, start pcommon.Timestamp, value string, exemplars pmetric.ExemplarSlice,
) point {
	if p.Flags().NoRecordedValue() {
		value = "stale"
	}
	return point{metric.Name() + labels(p.Attributes()), value + exemplarsText(exemplars), p.Timestamp(), start}
}

func numberText(p pmetric.NumberDataPoint) string {
	if p.ValueType() == pmetric.NumberDataPointValueTypeInt {
		return fmt.Sprint(p.IntValue())
	}
	return fmt.Sprint(p.DoubleValue())
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

// exponentialText is "count=2 sum=3 scale=0 zero=0 0:1 1:1", with the buckets that
// have something by their index: index i at scale s is for values up to
// 2^((i+1)/2^s).
func exponentialText(p pmetric.ExponentialHistogramDataPoint) string {
	text := fmt.Sprintf("count=%d sum=%.6g scale=%d zero=%d", p.Count(), p.Sum(), p.Scale(), p.ZeroCount())
	for i, n := range p.Positive().BucketCounts().All() {
		if n > 0 {
			text += fmt.Sprintf(" %d:%d", int(p.Positive().Offset())+i, n)
		}
	}
	return text
}

// exemplarsText is " exemplars=1,2", with the last byte of the traces.
func exemplarsText(exemplars pmetric.ExemplarSlice) string {
	var traces []string
	for _, e := range exemplars.All() {
		id := e.TraceID()
		traces = append(traces, fmt.Sprint(id[len(id)-1]))
	}
	if len(traces) == 0 {
		return ""
	}
	slices.Sort(traces) // which of them is the slowest is not told
	return " exemplars=" + strings.Join(traces, ",")
}

func labels(attributes pcommon.Map) string {
	raw := attributes.AsRaw()
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		pairs = append(pairs, fmt.Sprintf("%s=%q", name, raw[name]))
	}
	return "{" + strings.Join(pairs, ",") + "}"
}
