package redconnector

import (
	"iter"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/connector/redconnector/internal/metadata"
	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// output builds what one flush sends: one resource without attributes (identity
// is labels), one scope, the two metrics with the points of all series, and
// after them a metric of its own for every stale point.
//
// Stale points are apart and last because the Prometheus exporter's accumulator
// stops reading a metric at its first point without a recorded value.
type output struct {
	instance string
	bounds   []float64
	now      pcommon.Timestamp
	// last: no flush comes after this one, so a series whose zero is due gets
	// its value as well.
	last bool

	md        pmetric.Metrics
	metrics   pmetric.MetricSlice
	requests  pmetric.NumberDataPointSlice
	durations pmetric.HistogramDataPointSlice
}

func newOutput(instance string, bounds []float64, now pcommon.Timestamp, last bool) *output {
	md := pmetric.NewMetrics()
	scope := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty()
	scope.Scope().SetName(metadata.ScopeName)
	o := &output{instance: instance, bounds: bounds, now: now, last: last, md: md, metrics: scope.Metrics()}
	o.requests = o.requestsMetric()
	o.durations = o.durationsMetric()
	return o
}

// requestsMetric appends an empty telemetry.HTTPRequests.
func (o *output) requestsMetric() pmetric.NumberDataPointSlice {
	sum := o.metric(telemetry.HTTPRequests).SetEmptySum()
	sum.SetIsMonotonic(true)
	sum.SetAggregationTemporality(pmetric.AggregationTemporalityCumulative)
	return sum.DataPoints()
}

// durationsMetric appends an empty telemetry.HTTPRequestDuration.
func (o *output) durationsMetric() pmetric.HistogramDataPointSlice {
	h := o.metric(telemetry.HTTPRequestDuration).SetEmptyHistogram()
	h.SetAggregationTemporality(pmetric.AggregationTemporalityCumulative)
	return h.DataPoints()
}

func (o *output) metric(m telemetry.Metric) pmetric.Metric {
	metric := o.metrics.AppendEmpty()
	metric.SetName(m.Name)
	metric.SetUnit(m.Unit)
	metric.SetDescription(m.Help)
	return metric
}

// add adds the points of one source.
func (o *output) add(p *snapshot) {
	for _, r := range p.requests {
		for point := range o.points(r.phase, r.start) {
			o.addRequests(p, r, point)
		}
	}
	for _, d := range p.durations {
		for point := range o.points(d.phase, d.start) {
			o.addDurations(p, d, point)
		}
	}
}

// point is when and how a series is exported.
type point struct {
	time  pcommon.Timestamp
	phase series.Phase // Zero, Value or Stale
}

// points yields what the phase asks for: one point, none for a series that is
// unborn, and in the last flush a zero with the value after it.
func (o *output) points(phase series.Phase, start pcommon.Timestamp) iter.Seq[point] {
	return func(yield func(point) bool) {
		switch {
		case o.last && phase <= series.Zero:
			// The zero is as old as the series. The value is at least the
			// millisecond younger that Prometheus can tell apart.
			value := max(o.now, start+pcommon.Timestamp(time.Millisecond))
			_ = yield(point{start, series.Zero}) && yield(point{value, series.Value})
		case phase != series.Unborn:
			yield(point{o.now, phase})
		}
	}
}

func (o *output) addRequests(p *snapshot, r requestsCopy, at point) {
	points := o.requests
	if at.phase == series.Stale {
		points = o.requestsMetric()
	}
	dp := points.AppendEmpty()
	dp.SetStartTimestamp(r.start)
	dp.SetTimestamp(at.time)
	switch at.phase {
	case series.Zero:
		dp.SetIntValue(0)
	case series.Value:
		dp.SetIntValue(int64(r.count))
	case series.Stale:
		dp.SetFlags(noRecordedValue)
	}
	o.putLabels(dp.Attributes(), p.identity, r.key, telemetry.Status)
}

func (o *output) addDurations(p *snapshot, d durationsCopy, at point) {
	points := o.durations
	if at.phase == series.Stale {
		points = o.durationsMetric()
	}
	dp := points.AppendEmpty()
	dp.SetStartTimestamp(d.start)
	dp.SetTimestamp(at.time)
	// A stale point has sum and buckets too: exporters mark each series of a
	// histogram as stale, and know them from the point only.
	dp.ExplicitBounds().FromRaw(o.bounds)
	switch at.phase {
	case series.Value:
		dp.SetCount(d.count)
		dp.SetSum(d.sum)
		dp.BucketCounts().FromRaw(p.buckets[d.from:d.to])
	case series.Stale:
		dp.SetFlags(noRecordedValue)
		fallthrough
	case series.Zero:
		dp.SetSum(0)
		dp.BucketCounts().FromRaw(make([]uint64, len(o.bounds)+1))
	}
	o.putLabels(dp.Attributes(), p.identity, d.key, telemetry.StatusClass)
}

var noRecordedValue = pmetric.DefaultDataPointFlags.WithNoRecordedValue(true)

// putLabels adds the labels of a series; statusLabel is what its metric calls
// the status.
func (o *output) putLabels(labels pcommon.Map, id series.Identity, k key, statusLabel string) {
	labels.EnsureCapacity(8)
	id.PutLabels(labels)
	labels.PutStr(telemetry.GatewayInstance, o.instance)
	labels.PutStr(telemetry.Method, k.method.String())
	labels.PutStr(telemetry.Endpoint, k.endpoint)
	labels.PutStr(statusLabel, k.status.String())
}

// finish returns what was built.
func (o *output) finish() pmetric.Metrics {
	// A metric that only had stale points has none left for the live ones.
	o.metrics.RemoveIf(func(m pmetric.Metric) bool {
		switch m.Type() {
		case pmetric.MetricTypeSum:
			return m.Sum().DataPoints().Len() == 0
		case pmetric.MetricTypeHistogram:
			return m.Histogram().DataPoints().Len() == 0
		default:
			return false
		}
	})
	return o.md
}
