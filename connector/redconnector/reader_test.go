package redconnector

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/internal/telemetry"
)

// reader adds up as Prometheus does: increases from sample to sample of cumulative
// series, where a reset is known by its start, and the first sample of a series
// counts nothing and therefore has to be 0. It adds delta points as they are.
// Until accept it refuses at random.
type reader struct {
	t      *testing.T
	random *rand.Rand
	accept atomic.Bool
	last   map[string]sample

	counted expected
	seconds float64
	lives   int // of histograms
}

type sample struct {
	start, time pcommon.Timestamp
	value, sum  float64
}

var _ consumer.Metrics = (*reader)(nil)

func newReader(t *testing.T, seed uint64) *reader {
	return &reader{
		t: t, random: rand.New(rand.NewPCG(seed, 1)), last: map[string]sample{}, counted: expected{},
	}
}

func (*reader) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (r *reader) ConsumeMetrics(_ context.Context, md pmetric.Metrics) error {
	if !r.accept.Load() && r.random.IntN(3) == 0 {
		return errRefused
	}
	for _, metric := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		switch metric.Type() {
		case pmetric.MetricTypeSum:
			for _, p := range metric.Sum().DataPoints().All() {
				value := p.DoubleValue()
				if p.ValueType() == pmetric.NumberDataPointValueTypeInt {
					value = float64(p.IntValue())
				}
				now := sample{p.StartTimestamp(), p.Timestamp(), value, 0}
				r.read(metric, metric.Sum().AggregationTemporality(), p.Attributes(), p.Flags(), now)
			}
		case pmetric.MetricTypeHistogram:
			for _, p := range metric.Histogram().DataPoints().All() {
				inBuckets := uint64(0)
				for _, n := range p.BucketCounts().All() {
					inBuckets += n
				}
				r.checkCount(inBuckets, p.Count())
				now := sample{p.StartTimestamp(), p.Timestamp(), float64(p.Count()), p.Sum()}
				r.read(metric, metric.Histogram().AggregationTemporality(), p.Attributes(), p.Flags(), now)
			}
		case pmetric.MetricTypeExponentialHistogram:
			for _, p := range metric.ExponentialHistogram().DataPoints().All() {
				inBuckets := p.ZeroCount()
				for _, n := range p.Positive().BucketCounts().All() {
					inBuckets += n
				}
				r.checkCount(inBuckets, p.Count())
				now := sample{p.StartTimestamp(), p.Timestamp(), float64(p.Count()), p.Sum()}
				r.read(metric, metric.ExponentialHistogram().AggregationTemporality(), p.Attributes(), p.Flags(), now)
			}
		}
	}
	return nil
}

func (r *reader) checkCount(inBuckets, count uint64) {
	if inBuckets != count {
		r.t.Errorf("%d in buckets of %d", inBuckets, count)
	}
}

func (r *reader) read(
	metric pmetric.Metric, temporality pmetric.AggregationTemporality,
	attributes pcommon.Map, flags pmetric.DataPointFlags, now sample,
) {
	if temporality == pmetric.AggregationTemporalityCumulative {
		now.value, now.sum = r.increase(metric, metric.Name()+labels(attributes), flags, now)
	}
	r.counted.add(telemetry.Metric{Name: metric.Name()}, hasFailed(attributes), now.value)
	r.seconds += now.sum
}

func (r *reader) increase(
	metric pmetric.Metric, series string, flags pmetric.DataPointFlags, now sample,
) (value, sum float64) {
	last, known := r.last[series]
	switch {
	case flags.NoRecordedValue():
		delete(r.last, series)
		return 0, 0
	case now.start > now.time, known && now.time <= last.time:
		r.t.Errorf("%s: times do not increase: %v, then %v", series, last, now)
	case (!known || now.start != last.start) && now.value != 0:
		r.t.Errorf("%s: begins at %v, not at 0", series, now.value)
	case known && now.start == last.start && (now.value < last.value || now.sum < last.sum):
		r.t.Errorf("%s: falls without a reset: %v, then %v", series, last, now)
	}
	r.last[series] = now
	if now.start != last.start {
		if metric.Type() != pmetric.MetricTypeSum {
			r.lives++
		}
		return now.value, now.sum
	}
	return now.value - last.value, now.sum - last.sum
}

// hasFailed is what the labels say, beyond limits too.
func hasFailed(attributes pcommon.Map) bool {
	for name, value := range attributes.All() {
		switch name {
		case telemetry.StatusClass:
			return value.Str() == telemetry.ErrorStatus
		case telemetry.Outcome:
			return value.Str() == telemetry.Failure
		case telemetry.Severity:
			return value.Str() == "error"
		case telemetry.Status:
			if _, isRPC := attributes.Get(telemetry.System); isRPC {
				return value.Str() != "OK"
			}
			return value.Str()[0] == '5'
		}
	}
	return false
}
