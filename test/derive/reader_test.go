package derive

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// reader is a backend that is pushed to: it knows a series by its labels and its start,
// and what it counted is the last value of each, or the sum of all deltas. It is what
// left the gateways, whatever is scraped.
type reader struct {
	t      *testing.T
	mu     sync.Mutex
	values map[string]tally // by series and start
}

func newReader(t *testing.T) *reader {
	return &reader{t: t, values: map[string]tally{}}
}

// total adds up all series.
func (r *reader) total() tally {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := tally{}
	for _, v := range r.values {
		all.add(v)
	}
	return all
}

func (r *reader) read(md pmetric.Metrics) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, rm := range md.ResourceMetrics().All() {
		for _, sm := range rm.ScopeMetrics().All() {
			for _, m := range sm.Metrics().All() {
				r.readMetric(m)
			}
		}
	}
}

func (r *reader) readMetric(m pmetric.Metric) {
	switch m.Type() {
	case pmetric.MetricTypeSum:
		for _, p := range m.Sum().DataPoints().All() {
			n := float64(p.IntValue())
			if p.ValueType() == pmetric.NumberDataPointValueTypeDouble {
				n = p.DoubleValue()
			}
			r.point(m.Name(), p, m.Sum().AggregationTemporality(), func(k key) tally {
				return tally{k: n}
			})
		}
	case pmetric.MetricTypeHistogram:
		for _, p := range m.Histogram().DataPoints().All() {
			r.point(m.Name(), p, m.Histogram().AggregationTemporality(), func(k key) tally {
				return histogram(m.Name(), k, p)
			})
		}
	default:
	}
}

func histogram(name string, k key, p pmetric.HistogramDataPoint) tally {
	values := tally{
		{name + "_count", k.service, k.class}: float64(p.Count()),
		{name + "_sum", k.service, k.class}:   p.Sum(),
	}
	var n uint64
	for i, count := range p.BucketCounts().All() {
		n += count
		bound := "+Inf"
		if i < p.ExplicitBounds().Len() {
			bound = fmt.Sprint(p.ExplicitBounds().At(i))
		}
		values[key{name + "_bucket", k.service, bound}] = float64(n)
	}
	return values
}

type point interface {
	Attributes() pcommon.Map
	Flags() pmetric.DataPointFlags
	StartTimestamp() pcommon.Timestamp
}

func (r *reader) point(name string, p point, temporality pmetric.AggregationTemporality, values func(key) tally) {
	if p.Flags().NoRecordedValue() {
		return
	}
	raw := p.Attributes().AsRaw()
	series := name
	for _, label := range slices.Sorted(maps.Keys(raw)) {
		series += fmt.Sprintf(",%s=%q", label, raw[label])
	}
	k := keyOf(name, func(label string) string {
		v, _ := p.Attributes().Get(label)
		return v.Str()
	})
	v := values(k)
	if temporality == pmetric.AggregationTemporalityDelta {
		if r.values[series] == nil {
			r.values[series] = tally{}
		}
		r.values[series].add(v)
		return
	}
	series += fmt.Sprint(" since ", p.StartTimestamp())
	for k, n := range r.values[series] {
		if v[k] < n {
			r.t.Errorf("%s: %v became %v", series, n, v[k])
		}
	}
	r.values[series] = v
}
