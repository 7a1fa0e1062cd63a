package redconnector

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// TestSumOverSeriesIsTheSpansThatCameIn runs random spans through random
// limits, from many goroutines, with flushes between them, a consumer that
// often refuses, and series that expire and come back. Whatever happens, what a
// reader adds up from the accepted points is what came in.
func TestSumOverSeriesIsTheSpansThatCameIn(t *testing.T) {
	for seed := range uint64(40) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { checkSums(t, seed) })
		})
	}
}

func checkSums(t *testing.T, seed uint64) {
	const goroutines, batches = 4, 60
	random := rand.New(rand.NewPCG(seed, 0))
	cfg := testConfig()
	cfg.MetricsFlushInterval = time.Second
	cfg.SeriesExpiration = time.Duration(random.IntN(4)) * time.Second
	cfg.Limits = LimitsConfig{Identities: 1 + random.IntN(6), Endpoints: 1 + random.IntN(10), Series: 1 + random.IntN(200)}

	reader := &adder{t: t, random: rand.New(rand.NewPCG(seed, 1)), last: map[string]sample{}}
	c := newTestRED(t, cfg, reader)
	require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))

	var wg sync.WaitGroup
	var mu sync.Mutex
	var requests, failures uint64
	for g := range uint64(goroutines) {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(seed, 2+g))
			for range batches {
				td, n, failed := randomTraces(random)
				if c.ConsumeTraces(t.Context(), td) != nil {
					t.Error("ConsumeTraces failed")
				}
				mu.Lock()
				requests, failures = requests+n, failures+failed
				mu.Unlock()
				<-time.After(time.Duration(random.IntN(400)) * time.Millisecond)
			}
		})
	}
	wg.Wait()
	reader.accept.Store(true)
	require.NoError(t, c.Shutdown(context.Background()))

	require.Equal(t, requests, reader.requests, "sum of http_requests_total")
	require.Equal(t, failures, reader.failures, `sum of http_requests_total{status=~"5.."}`)
	require.Equal(t, requests, reader.durations, "sum of http_request_duration_seconds_count")
	checkBooks(t, c.table)
}

// checkBooks compares what the table accounts for with what it has.
func checkBooks(t *testing.T, table *table) {
	t.Helper()
	total := 0
	for _, s := range table.all() {
		endpoints := map[string]int{}
		for k := range s.requests {
			endpoints[k.endpoint]++
		}
		for k := range s.durations {
			endpoints[k.endpoint]++
		}
		total += len(s.requests) + len(s.durations)
		delete(endpoints, "other")
		require.Equal(t, endpoints, s.endpoints)
		require.LessOrEqual(t, len(endpoints), table.limits.Endpoints)
	}
	require.EqualValues(t, total, table.budget.Used())
	require.LessOrEqual(t, table.occupied[exact], table.limits.Identities)
	require.LessOrEqual(t, table.occupied[services], table.limits.Identities)
	require.LessOrEqual(t, table.occupied[anything], 1)
	require.Equal(t, len(table.sources), table.occupied[exact]+table.occupied[services]+table.occupied[anything])
}

// adder is a reader as Prometheus is one: it adds up increases from sample to
// sample, knows a reset by its start, and counts nothing for the first sample
// of a series, which therefore has to be 0.
type adder struct {
	t      *testing.T
	random *rand.Rand
	accept atomic.Bool // from now on everything
	last   map[string]sample

	requests, failures, durations uint64
}

type sample struct {
	start, time pcommon.Timestamp
	value       uint64
}

func (*adder) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (a *adder) ConsumeMetrics(_ context.Context, md pmetric.Metrics) error {
	if !a.accept.Load() && a.random.IntN(3) == 0 {
		return errRefused
	}
	for _, metric := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		if metric.Type() == pmetric.MetricTypeSum {
			for _, p := range metric.Sum().DataPoints().All() {
				now := sample{p.StartTimestamp(), p.Timestamp(), uint64(p.IntValue())}
				n := a.increase(metric.Name()+labels(p.Attributes()), now, p.Flags())
				a.requests += n
				if status, _ := p.Attributes().Get("status"); status.Str()[0] == '5' {
					a.failures += n
				}
			}
			continue
		}
		for _, p := range metric.Histogram().DataPoints().All() {
			var inBuckets uint64
			for _, n := range p.BucketCounts().All() {
				inBuckets += n
			}
			if inBuckets != p.Count() {
				a.t.Errorf("%d in buckets of %d", inBuckets, p.Count())
			}
			now := sample{p.StartTimestamp(), p.Timestamp(), p.Count()}
			a.durations += a.increase(metric.Name()+labels(p.Attributes()), now, p.Flags())
		}
	}
	return nil
}

func (a *adder) increase(series string, now sample, flags pmetric.DataPointFlags) uint64 {
	last, known := a.last[series]
	switch {
	case flags.NoRecordedValue():
		delete(a.last, series)
		return 0
	case now.start > now.time, known && now.time <= last.time:
		a.t.Errorf("%s: times do not increase: %v, then %v", series, last, now)
	case (!known || now.start != last.start) && now.value != 0:
		a.t.Errorf("%s: begins at %d, not at 0", series, now.value)
	}
	a.last[series] = now
	if now.start != last.start {
		return now.value
	}
	return now.value - last.value
}

// randomTraces returns spans, how many of them are HTTP requests, and how many
// of these failed with a 5xx.
func randomTraces(random *rand.Rand) (td ptrace.Traces, requests, failures uint64) {
	pick := func(values ...string) string { return values[random.IntN(len(values))] }
	td = ptrace.NewTraces()
	for range 1 + random.IntN(3) {
		rs := td.ResourceSpans().AppendEmpty()
		resource := rs.Resource().Attributes()
		resource.PutStr("service.name", pick("a", "b", "c", "d", "other", ""))
		resource.PutStr("service.version", pick("1", "2", "3", "other", ""))
		spans := rs.ScopeSpans().AppendEmpty().Spans()
		for range random.IntN(30) {
			span := spans.AppendEmpty()
			if random.IntN(8) == 0 {
				span.SetKind(ptrace.SpanKindClient)
				continue
			}
			span.SetKind(ptrace.SpanKindServer)
			if random.IntN(8) == 0 {
				continue
			}
			requests++
			start := pcommon.NewTimestampFromTime(time.Now())
			span.SetStartTimestamp(start)
			span.SetEndTimestamp(start + pcommon.Timestamp(random.Uint64N(uint64(20*time.Second))))
			attributes := span.Attributes()
			attributes.PutStr("http.request.method", pick("GET", "POST", "put", "BREW"))
			attributes.PutStr("url.path", pick("/other", "/", "/x/"+pick("a", "b", "c", "1", "2")+"/"+pick("d", "e", "f", "g")))
			code := []int64{0, 200, 201, 204, 301, 400, 404, 500, 502, 503}[random.IntN(10)]
			attributes.PutInt("http.response.status_code", code)
			if code == 0 && random.IntN(2) == 0 {
				span.Status().SetCode(ptrace.StatusCodeError)
				code = 500
			}
			if code >= 500 {
				failures++
			}
		}
	}
	return td, requests, failures
}
