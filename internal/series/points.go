package series

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/internal/telemetry"
)

// number appends a point of a counter or gauge, without its value.
func (o *output) number(c *copied, m int, is phase, at, start pcommon.Timestamp) pmetric.NumberDataPoint {
	metric := o.metricOf(c, m, is)
	var dp pmetric.NumberDataPoint
	if c.entity.group.Metrics[m].Aggregation.isGauge() {
		dp = metric.Gauge().DataPoints().AppendEmpty()
	} else {
		dp = metric.Sum().DataPoints().AppendEmpty()
		dp.SetStartTimestamp(o.startOf(c, start))
	}
	dp.SetTimestamp(at)
	if is == isStale {
		dp.SetFlags(noRecordedValue)
	}
	o.putLabels(dp.Attributes(), c, m)
	o.count++
	return dp
}

// startOf is the start timestamp of a point: when the series began, or with delta
// what was delivered before.
func (o *output) startOf(c *copied, start pcommon.Timestamp) pcommon.Timestamp {
	if o.table.Delta {
		return c.start
	}
	return start
}

func (o *output) addHistogram(p *part, c *copied, m int, is phase, at pcommon.Timestamp) {
	buckets := p.buckets[c.buckets.from:c.buckets.to]
	count := uint64(0)
	for _, n := range buckets {
		count += n
	}
	if o.table.Delta && is == isValue && count == 0 {
		return
	}
	dp := o.metricOf(c, m, is).Histogram().DataPoints().AppendEmpty()
	dp.SetStartTimestamp(o.startOf(c, c.entity.life.start))
	dp.SetTimestamp(at)
	// A stale point has sum and buckets too: exporters mark each series of a
	// histogram as stale, and know them from the point only.
	dp.ExplicitBounds().FromRaw(c.entity.group.Bounds)
	if is == isValue {
		dp.SetCount(count)
		dp.SetSum(c.sum)
		dp.BucketCounts().FromRaw(buckets)
		c.exemplars.put(dp.Exemplars(), o.now)
	} else {
		dp.SetSum(0)
		dp.BucketCounts().FromRaw(make([]uint64, len(buckets)))
	}
	if is == isStale {
		dp.SetFlags(noRecordedValue)
	}
	o.putLabels(dp.Attributes(), c, m)
	o.count++
}

func (o *output) addExponential(c *copied, m int, is phase, at pcommon.Timestamp) {
	if o.table.Delta && is == isValue && c.exponential.empty() {
		return
	}
	dp := o.metricOf(c, m, is).ExponentialHistogram().DataPoints().AppendEmpty()
	dp.SetStartTimestamp(o.startOf(c, c.entity.life.start))
	dp.SetTimestamp(at)
	dp.SetSum(0)
	if is == isValue {
		c.exponential.appendTo(dp)
		dp.SetSum(c.sum)
		c.exemplars.put(dp.Exemplars(), o.now)
	}
	if is == isStale {
		dp.SetFlags(noRecordedValue)
	}
	o.putLabels(dp.Attributes(), c, m)
	o.count++
}

var noRecordedValue = pmetric.DefaultDataPointFlags.WithNoRecordedValue(true)

// putLabels adds the labels of a series, but for a detail.
func (o *output) putLabels(labels pcommon.Map, c *copied, m int) {
	g := c.entity.group
	labels.EnsureCapacity(6 + len(g.Labels))
	c.entity.owner.identity.PutLabels(labels)
	labels.PutStr(telemetry.GatewayInstance, o.table.Instance)
	values := valuesOf(c.entity.key)
	for _, l := range g.Labels {
		if value := values.next(); l.Name != g.Metrics[m].Omit && value != "" {
			labels.PutStr(l.Name, value)
		}
	}
}
