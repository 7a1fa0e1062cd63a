package series

import (
	"math"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// output builds what is sent at once: one resource without attributes (identity is
// labels), one scope, each metric with the points of all its series, and after them
// a metric of its own for every stale point.
//
// Stale points are apart and last because the Prometheus exporter's accumulator
// stops reading a metric at its first point without a recorded value.
type output struct {
	table *Table
	now   pcommon.Timestamp
	last  bool
	count int // points

	md     pmetric.Metrics
	live   pmetric.MetricSlice
	stale  pmetric.MetricSlice // moved behind live by finish
	metric [][]pmetric.Metric  // of live, by group and metric; zero until it has a point
	known  [][]bool
}

func newOutput(t *Table, now pcommon.Timestamp, last bool) *output {
	o := &output{table: t, now: now, last: last, md: pmetric.NewMetrics(), stale: pmetric.NewMetricSlice()}
	scope := o.md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty()
	scope.Scope().SetName(t.ScopeName)
	o.live = scope.Metrics()
	o.metric, o.known = make([][]pmetric.Metric, len(t.Groups)), make([][]bool, len(t.Groups))
	for i, g := range t.Groups {
		o.metric[i], o.known[i] = make([]pmetric.Metric, len(g.Metrics)), make([]bool, len(g.Metrics))
	}
	return o
}

// add adds the points of a part.
func (o *output) add(p *part) {
	for i := range p.entities {
		c := &p.entities[i]
		for m := range c.entity.group.Metrics {
			o.addMetric(p, c, m)
		}
	}
}

func (o *output) addMetric(p *part, c *copied, m int) {
	metric := &c.entity.group.Metrics[m]
	switch metric.Aggregation {
	case Events:
		for i := range p.events[c.events.from:c.events.to] {
			e := &p.events[c.events.from+i]
			o.addEvents(c, m, e, i == 0)
		}
	case Units:
		o.points(c.phase, c.entity.life.start, func(is phase, at pcommon.Timestamp) {
			if o.table.Delta && c.units == 0 && is == isValue {
				return
			}
			dp := o.number(c, m, is, at, c.entity.life.start)
			switch is {
			case isValue:
				dp.SetDoubleValue(float64(c.units) / math.Pow10(int(c.scale)))
			case isZero:
				dp.SetDoubleValue(0)
			}
		})
	case Distribution:
		o.points(c.phase, c.entity.life.start, func(is phase, at pcommon.Timestamp) {
			if c.exponential != nil {
				o.addExponential(c, m, is, at)
			} else {
				o.addHistogram(p, c, m, is, at)
			}
		})
	default:
		if value, shown := c.gauges.show(metric.Aggregation); shown {
			is := isValue
			if c.phase == isStale {
				is = isStale
			}
			dp := o.number(c, m, is, o.now, c.entity.life.start)
			if is == isValue {
				dp.SetDoubleValue(value)
			}
		}
	}
}

// addEvents adds the points of one detail. Exemplars are with the histogram if the
// entity has one, and with the first detail if not.
func (o *output) addEvents(c *copied, m int, e *events, first bool) {
	is := c.phase
	switch {
	case is == isStale:
	case e.born > c.export.round && !o.table.Delta: // with delta it was taken already
		return
	case e.born > c.export.last && !o.table.Delta:
		is = isZero
	default:
		is = isValue
	}
	o.points(is, e.start, func(is phase, at pcommon.Timestamp) {
		if o.table.Delta && is == isValue && e.count.IsZero() {
			return
		}
		dp := o.number(c, m, is, at, e.start)
		if detail := c.entity.group.Metrics[m].Detail; detail != "" {
			dp.Attributes().PutStr(detail, c.entity.group.Detail(e.detail))
		}
		switch {
		case is == isStale:
		case is == isZero:
			dp.SetIntValue(0)
		case e.count.Fraction == 0 && e.count.Whole <= math.MaxInt64:
			dp.SetIntValue(int64(e.count.Whole))
		default:
			dp.SetDoubleValue(e.count.Float())
		}
		if first && is == isValue && !c.entity.group.uses[Distribution] {
			c.exemplars.put(dp.Exemplars(), o.now)
		}
	})
}

// points calls add for each point that the phase asks for: one, or in the last
// flush a zero with the value after it.
func (o *output) points(is phase, start pcommon.Timestamp, add func(phase, pcommon.Timestamp)) {
	if o.last && is == isZero {
		// The zero is as old as the series. The value is at least the millisecond
		// younger that Prometheus can tell apart.
		add(isZero, start)
		add(isValue, max(o.now, start+pcommon.Timestamp(time.Millisecond)))
		return
	}
	if is == isStale && o.table.Delta {
		return // what is not there is not counted
	}
	add(is, o.now)
}

// metricOf returns the metric that a point goes to, new if need be.
func (o *output) metricOf(c *copied, m int, is phase) pmetric.Metric {
	g := c.entity.group
	if is == isStale {
		return o.describe(o.stale.AppendEmpty(), c, m)
	}
	if !o.known[g.index][m] {
		o.known[g.index][m] = true
		o.metric[g.index][m] = o.describe(o.live.AppendEmpty(), c, m)
	}
	return o.metric[g.index][m]
}

func (o *output) describe(metric pmetric.Metric, c *copied, m int) pmetric.Metric {
	spec := &c.entity.group.Metrics[m]
	metric.SetName(spec.Name)
	metric.SetUnit(spec.Unit)
	metric.SetDescription(spec.Help)
	temporality := pmetric.AggregationTemporalityCumulative
	if o.table.Delta {
		temporality = pmetric.AggregationTemporalityDelta
	}
	switch {
	case spec.Aggregation.isGauge():
		metric.SetEmptyGauge()
	case spec.Aggregation != Distribution:
		sum := metric.SetEmptySum()
		sum.SetIsMonotonic(true)
		sum.SetAggregationTemporality(temporality)
	case o.table.Exponential > 0:
		metric.SetEmptyExponentialHistogram().SetAggregationTemporality(temporality)
	default:
		metric.SetEmptyHistogram().SetAggregationTemporality(temporality)
	}
	return metric
}

// finish returns what was built.
func (o *output) finish() pmetric.Metrics {
	o.stale.MoveAndAppendTo(o.live)
	return o.md
}
