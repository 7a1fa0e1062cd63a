package businessconnector

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

const revenueYAML = `
metrics:
  revenue: {type: sum, from: spans, where: {span.name: checkout.complete, status: ok}, value: order.total, unit_from: order.currency, units: [USD, EUR, JPY]}
`

// Ten million payments, in random order and batches, as integers, doubles and text, of
// three currencies: the sums are exact to the minor unit.
func TestRevenueIsExactToTheMinorUnitOverTenMillionPayments(t *testing.T) {
	const batches, size = 100, 1000
	rounds := 100
	if underRace || testing.Short() {
		rounds = 2
	}
	next := newRecorder()
	c := newTestBusiness(t, parseConfig(t, revenueYAML), next)
	random := rand.New(rand.NewPCG(1, 2))
	var all [batches]ptrace.Traces
	var sums [batches]map[string]int64
	for i := range all {
		all[i], sums[i] = payments(random, size)
	}
	want := map[string]int64{}
	for range rounds {
		for _, i := range random.Perm(batches) {
			require.NoError(t, c.ConsumeTraces(t.Context(), all[i]))
			for currency, units := range sums[i] {
				want[currency] += units
			}
		}
	}
	require.NoError(t, c.Shutdown(t.Context()))
	for currency, units := range want {
		digits := map[string]int{"USD": 2, "EUR": 2, "JPY": 0}[currency]
		exact, err := strconv.ParseFloat(decimal(units, digits), 64)
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(exact), next.totals[fmt.Sprintf(`revenue_total{currency=%q,gateway_instance="gw-0",service="shop"}`, currency)])
	}
}

// payments are spans, and what they add up to in minor units.
func payments(random *rand.Rand, n int) (ptrace.Traces, map[string]int64) {
	sums := map[string]int64{}
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	rs.Resource().Attributes().PutStr("service.name", "shop")
	spans := rs.ScopeSpans().AppendEmpty().Spans()
	for range n {
		currency := []string{"USD", "EUR", "JPY"}[random.IntN(3)]
		digits := 2
		if currency == "JPY" {
			digits = 0
		}
		units := random.Int64N([]int64{100, 10_000, 100_000_000}[random.IntN(3)])
		span := spans.AppendEmpty()
		span.SetName("checkout.complete")
		span.Status().SetCode(ptrace.StatusCodeOk)
		span.Attributes().PutStr("order.currency", currency)
		switch random.IntN(3) {
		case 0:
			span.Attributes().PutStr("order.total", decimal(units, digits))
		case 1:
			f, _ := strconv.ParseFloat(decimal(units, digits), 64)
			span.Attributes().PutDouble("order.total", f)
		default:
			if digits == 2 {
				units -= units % 100
			}
			whole := units
			if digits == 2 {
				whole /= 100
			}
			span.Attributes().PutInt("order.total", whole)
		}
		sums[currency] += units
	}
	return td, sums
}

func decimal(units int64, digits int) string {
	if digits == 0 {
		return strconv.FormatInt(units, 10)
	}
	return fmt.Sprintf("%d.%02d", units/100, units%100)
}

// What matched is what the series add up to, whatever the limits, with several
// goroutines and a consumer that refuses at random.
func TestTheSumOverSeriesIsWhatMatched(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			cfg := parseConfig(t, fmt.Sprintf(`
limits: {series: %d, services: %d, label_values: %d, distinct: %d}
metrics:
  events: {type: counter, from: logs, where: {event.name: e}, by: [a, {attribute: b, values: [x, y]}]}
  items: {type: sum, from: logs, where: {event.name: e}, value: n, by: [a]}
  sizes: {type: histogram, from: logs, where: {event.name: e}, value: n, by: [b], buckets: [2, 5]}
  users: {type: distinct, from: logs, where: {event.name: e}, value: a, by: [b], windows: [5m]}
`, 1+random.IntN(20), 1+random.IntN(4), 1+random.IntN(4), 1+random.IntN(6)))
			next := &unreliable{random: rand.New(rand.NewPCG(seed, 2)), recorder: newRecorder()}
			c := newTestBusiness(t, cfg, next)
			var wanted [4]wanted
			var group sync.WaitGroup
			for i := range wanted {
				group.Go(func() {
					own := rand.New(rand.NewPCG(seed, uint64(10+i)))
					for range 20 {
						_ = c.ConsumeLogs(context.Background(), randomLogs(own, &wanted[i]))
					}
				})
			}
			for range 10 {
				_ = c.runner.Flush(context.Background())
			}
			group.Wait()
			next.refuseNothing = true
			require.NoError(t, c.Shutdown(context.Background()))

			var events, items uint64
			for i := range wanted {
				events += wanted[i].events
				items += wanted[i].items
			}
			require.Equal(t, float64(events), next.total("events_total"))
			require.Equal(t, float64(items), next.total("items_total"))
			require.Equal(t, float64(events), next.total("sizes"))
			require.LessOrEqual(t, c.rolling.Stats().Entities, cfg.Limits.Distinct+1)
		})
	}
}

type wanted struct{ events, items uint64 }

func randomLogs(random *rand.Rand, w *wanted) plog.Logs {
	ld := plog.NewLogs()
	for range 1 + random.IntN(3) {
		rl := ld.ResourceLogs().AppendEmpty()
		rl.Resource().Attributes().PutStr("service.name", []string{"s1", "s2", "s3", "s4", "other"}[random.IntN(5)])
		records := rl.ScopeLogs().AppendEmpty().LogRecords()
		for range random.IntN(20) {
			record := records.AppendEmpty()
			if random.IntN(4) == 0 {
				continue
			}
			record.SetEventName("e")
			record.Attributes().PutStr("a", []string{"1", "2", "3", "4", "5", "other", ""}[random.IntN(7)])
			record.Attributes().PutStr("b", []string{"x", "y", "z"}[random.IntN(3)])
			n := random.IntN(10)
			record.Attributes().PutInt("n", int64(n))
			w.events++
			w.items += uint64(n)
		}
	}
	return ld
}

// unreliable refuses a third of what it is sent.
type unreliable struct {
	*recorder
	random        *rand.Rand
	refuseNothing bool
	counted       map[string]float64 // last value of every series
}

func (u *unreliable) ConsumeMetrics(_ context.Context, md pmetric.Metrics) error {
	if !u.refuseNothing && u.random.IntN(3) == 0 {
		return errRefused
	}
	if u.counted == nil {
		u.counted = map[string]float64{}
	}
	for _, metric := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		switch metric.Type() {
		case pmetric.MetricTypeSum:
			for _, p := range metric.Sum().DataPoints().All() {
				u.counted[metric.Name()+" "+labels(p.Attributes())] = float64(p.IntValue()) + p.DoubleValue()
			}
		case pmetric.MetricTypeHistogram:
			for _, p := range metric.Histogram().DataPoints().All() {
				u.counted[metric.Name()+" "+labels(p.Attributes())] = float64(p.Count())
			}
		}
	}
	return nil
}

func (u *unreliable) total(name string) (sum float64) {
	for series, value := range u.counted {
		if len(series) > len(name) && series[:len(name)+1] == name+" " {
			sum += value
		}
	}
	return sum
}

var _ consumer.Metrics = (*unreliable)(nil)
