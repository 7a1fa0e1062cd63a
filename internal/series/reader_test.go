package series

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/internal/telemetry"
)

// testGroup has an open and a closed label, a counter that tells a detail, a
// histogram and a gauge.
func testGroup() *Group {
	return &Group{
		Name:   "request",
		Labels: []Label{{Name: "path", Open: true}, {Name: "class"}},
		Metrics: []Metric{
			{Metric: telemetry.Metric{Name: "requests_total"}, Aggregation: Events, Omit: "class", Detail: "code"},
			{Metric: telemetry.Metric{Name: "seconds"}, Aggregation: Distribution},
			{Metric: telemetry.Metric{Name: "last"}, Aggregation: LastTime, Omit: "class"},
		},
		Detail: func(d uint16) string { return fmt.Sprint(d) },
		Coarse: func(d uint16) uint16 {
			if d >= 100 {
				return d / 100
			}
			return d
		},
	}
}

func testTable(change func(*Config)) *Table {
	cfg := Config{
		Groups: []*Group{testGroup()}, Instance: "gw", ScopeName: "test",
		Limits: Limits{Series: 100_000, Services: 100, LabelValues: 100},
		Bounds: []float64{0.1, 1}, Exemplars: true,
	}
	if change != nil {
		change(&cfg)
	}
	return NewTable(cfg)
}

// see observes one request.
func see(t *Table, id Identity, path string, code uint16) {
	o := t.Acquire(id)
	defer o.Release()
	var k Key
	k.Start(o, t.Groups[0])
	k.Add(path)
	k.Add(fmt.Sprint(code / 100))
	now := pcommon.NewTimestampFromTime(time.Now())
	t.Observe(&k, &Observation{Events: One, Weight: One, Value: 0.5, Detail: code, Time: now, TraceID: pcommon.TraceID{1}}, now)
}

func shop(version string) Identity { return Identity{Service: "shop", Version: version} }

// sums adds up what a flush sends, by metric; stale points count as nothing.
type sums map[string]float64

func (s sums) send(_ context.Context, md pmetric.Metrics) error {
	for _, m := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		switch m.Type() {
		case pmetric.MetricTypeSum:
			for _, p := range m.Sum().DataPoints().All() {
				s[m.Name()] += p.DoubleValue() + float64(p.IntValue())
				s.labels(m.Name(), p.Attributes())
			}
		case pmetric.MetricTypeHistogram:
			for _, p := range m.Histogram().DataPoints().All() {
				s[m.Name()] += float64(p.Count())
				s.labels(m.Name(), p.Attributes())
			}
		}
	}
	return nil
}

// labels counts the series of each label value.
func (s sums) labels(metric string, labels pcommon.Map) {
	for name, value := range labels.All() {
		s[metric+"{"+name+"="+value.Str()+"}"]++
	}
}

// flushed returns what the second of two flushes sends: values, and no zeros.
func flushed(t *testing.T, table *Table) sums {
	t.Helper()
	_, err := table.Flush(t.Context(), Interval, sums{}.send)
	require.NoError(t, err)
	s := sums{}
	_, err = table.Flush(t.Context(), Interval, s.send)
	require.NoError(t, err)
	return s
}

var errRefused = errors.New("refused")

// reader adds up as Prometheus does: increases from sample to sample, a reset known
// by its start, and nothing for a first sample, which therefore has to be 0.
type reader struct {
	t     *testing.T
	delta bool
	// mayBegin: series may begin at any value.
	mayBegin bool
	random   *rand.Rand
	last     map[string]sample
	sum      map[string]float64
}

type sample struct {
	start, time pcommon.Timestamp
	value       float64
}

func newReader(t *testing.T, delta bool, random *rand.Rand) *reader {
	return &reader{t: t, delta: delta, random: random, last: map[string]sample{}, sum: map[string]float64{}}
}

func (r *reader) maybe(ctx context.Context, md pmetric.Metrics) error {
	if r.random.IntN(3) == 0 {
		return errRefused
	}
	return r.take(ctx, md)
}

func (r *reader) take(_ context.Context, md pmetric.Metrics) error {
	for _, m := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		switch m.Type() {
		case pmetric.MetricTypeSum:
			for _, p := range m.Sum().DataPoints().All() {
				r.add(m.Name(), p.Attributes(), p.Flags(),
					sample{p.StartTimestamp(), p.Timestamp(), p.DoubleValue() + float64(p.IntValue())})
			}
		case pmetric.MetricTypeHistogram:
			for _, p := range m.Histogram().DataPoints().All() {
				r.add(m.Name(), p.Attributes(), p.Flags(), sample{p.StartTimestamp(), p.Timestamp(), float64(p.Count())})
			}
		}
	}
	return nil
}

func (r *reader) add(metric string, labels pcommon.Map, flags pmetric.DataPointFlags, now sample) {
	key := metric + fmt.Sprint(labels.AsRaw())
	if r.delta {
		if now.start > now.time {
			r.t.Errorf("%s: starts after its end: %v", key, now)
		}
		r.sum[metric] += now.value
		return
	}
	last, known := r.last[key]
	switch {
	case flags.NoRecordedValue():
		delete(r.last, key)
		return
	case now.start > now.time, known && now.time <= last.time:
		r.t.Errorf("%s: times do not increase: %v, then %v", key, last, now)
	case (!known || now.start != last.start) && now.value != 0 && !r.mayBegin:
		r.t.Errorf("%s: begins at %v, not at 0", key, now.value)
	case now.start != last.start:
		last.value = 0 // the stale point before it was refused
	case now.value < last.value:
		r.t.Errorf("%s: falls from %v to %v", key, last.value, now.value)
	}
	r.last[key] = now
	r.sum[metric] += now.value - last.value
}
