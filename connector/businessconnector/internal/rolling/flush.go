package rolling

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// Flush sends a gauge for each window of each entity, in one piece: the limit
// bounds it. An entity that became empty is sent as stale and then forgotten; what
// was refused is sent again by the next flush, as it is then.
func (t *Table) Flush(
	ctx context.Context, now time.Time, send func(context.Context, pmetric.Metrics) error,
) (stats series.FlushStats, err error) {
	t.parts[t.turn.Add(1)%parts].due.Store(true)
	t.demand.turn(now)
	out := t.newOutput(now)
	var empty []*entity
	for _, e := range t.all() {
		if !out.add(e) {
			empty = append(empty, e)
		}
	}
	if out.points == 0 {
		return stats, nil
	}
	stats.Points = out.points
	if err := send(ctx, out.finish()); err != nil {
		return stats, err
	}
	stats.Evicted = t.forget(empty, now)
	return stats, nil
}

// all lists the entities in the order of their keys.
func (t *Table) all() []*entity {
	t.mu.RLock()
	defer t.mu.RUnlock()
	all := make([]*entity, 0, len(t.entities))
	for _, e := range t.entities {
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b *entity) int { return cmp.Compare(a.key, b.key) })
	return all
}

// output builds what is sent: stale points are last and each in a metric of its
// own, as those of series.Table are.
type output struct {
	table  *Table
	now    time.Time
	points int

	md      pmetric.Metrics
	metrics pmetric.MetricSlice
	stale   pmetric.MetricSlice
	live    map[*Metric]pmetric.NumberDataPointSlice
	values  []float64
}

func (t *Table) newOutput(now time.Time) *output {
	o := &output{
		table: t, now: now,
		md: pmetric.NewMetrics(), stale: pmetric.NewMetricSlice(),
		live: map[*Metric]pmetric.NumberDataPointSlice{},
	}
	scope := o.md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty()
	scope.Scope().SetName(t.ScopeName)
	o.metrics = scope.Metrics()
	return o
}

// add adds the points of an entity. It reports false if the entity is empty, and its
// points are stale.
func (o *output) add(e *entity) bool {
	o.values = o.values[:0]
	for i := range e.metric.Windows {
		// An estimate takes up to a millisecond, and whoever counts waits for one only.
		e.mu.Lock()
		o.values = append(o.values, e.windows.Estimate(i, o.now))
		e.mu.Unlock()
	}
	empty := o.values[len(o.values)-1] == 0 // the longest one
	for i, window := range e.metric.Windows {
		dp := o.point(e.metric, empty)
		dp.SetTimestamp(pcommon.NewTimestampFromTime(o.now))
		if empty {
			dp.SetFlags(pmetric.DefaultDataPointFlags.WithNoRecordedValue(true))
		} else {
			dp.SetDoubleValue(o.values[i])
		}
		o.putLabels(dp.Attributes(), e, window)
		o.points++
	}
	return !empty
}

func (o *output) point(m *Metric, stale bool) pmetric.NumberDataPoint {
	if stale {
		return newGauge(o.stale, m).AppendEmpty()
	}
	points, known := o.live[m]
	if !known {
		points = newGauge(o.metrics, m)
		o.live[m] = points
	}
	return points.AppendEmpty()
}

func newGauge(metrics pmetric.MetricSlice, m *Metric) pmetric.NumberDataPointSlice {
	metric := metrics.AppendEmpty()
	metric.SetName(m.Name)
	metric.SetUnit(m.Unit)
	metric.SetDescription(m.Help)
	return metric.SetEmptyGauge().DataPoints()
}

func (o *output) putLabels(labels pcommon.Map, e *entity, window time.Duration) {
	labels.EnsureCapacity(len(e.values) + 2)
	series.Identity{Service: e.values[0], Namespace: e.values[1], Environment: e.values[2]}.PutLabels(labels)
	labels.PutStr(telemetry.GatewayInstance, o.table.Instance)
	names := e.metric.Labels
	for i, value := range e.values[identityValues:] {
		labels.PutStr(names[i], value)
	}
	labels.PutStr(names[len(names)-1], WindowName(window))
}

func (o *output) finish() pmetric.Metrics {
	o.stale.MoveAndAppendTo(o.metrics)
	return o.md
}

// WindowName is the label value of a window: 5m, 1h, 24h.
func WindowName(window time.Duration) string {
	if window%time.Hour == 0 {
		return fmt.Sprintf("%dh", window/time.Hour)
	}
	return fmt.Sprintf("%dm", window/time.Minute)
}
