package e2e

import (
	"time"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

const fast = 40 * time.Millisecond

// happen adds what every service of testdata/faults.yaml sends in a step. Those that
// Prometheus scrapes are in pages.
func (w *traffic) happen() {
	for _, service := range []string{"caller", "pool", "backlog", "failing-job", "late-job", "busy", "restarting", "backup", "certificate", "funnel"} {
		w.from(service, "1.0.0").requests(usual, 200, fast)
	}

	backlog := w.from("backlog", "1.0.0")
	backlog.messages(usual-1, false)
	backlog.messages(1, true)

	errors := w.from("errors", "1.0.0")
	errors.exceptions(1)
	errors.requests(or(w.step, usual, usual-5), 200, fast)
	errors.requests(or(w.step, 0, 5), 503, fast)
	slow := w.from("slow", "1.0.0")
	slow.requests(or(w.step, usual, usual-3), 200, fast)
	slow.requests(or(w.step, 0, 3), 200, 3*time.Second)
	if w.phase != broken {
		w.from("gone", "1.0.0").requests(usual, 200, fast)
	}
	w.from("fewer", "1.0.0").requests(or(w.step, usual, 2), 200, fast)
	quiet := w.from("quiet", "1.0.0")
	quiet.requests(1, 200, fast)
	quiet.requests(1, or(w.step, 200, []int{500, 200, 200, 200}[w.at.Unix()/30%4]), fast)

	caller := w.from("caller", "1.0.0")
	caller.calls(or(w.step, usual, 3), "ledger", false)
	caller.calls(or(w.step, 0, usual-3), "ledger", true)
	w.connections(or(w.step, 3, 10), 10)

	failing := w.from("failing-job", "1.0.0")
	failing.runs(1, "import", w.phase == broken && w.at.Unix()/30%2 == 0)
	if w.phase != broken {
		w.from("late-job", "1.0.0").runs(1, "report", false)
	}

	w.orders("orders", or(w.step, 1, 0), 20)
	w.orders("revenue", 1, float64(or(w.step, 20, 0)))
	signups := w.from("signups", "1.0.0")
	signups.requests(usual, 200, fast)
	signups.happens(or(w.step, 1, 0), "signup", "user_signups_total", func(ptrace.Span) {})

	// A canary is bad in 1 of 15 requests; the one of steady is good, and becomes the
	// release.
	w.from("canary", "1.0.0").requests(usual, 200, fast)
	if w.phase == broken {
		bad := w.canaryOf("canary", "1.1.0")
		bad.requests(usual-1, 200, fast)
		bad.requests(1, 500, fast)
	}
	switch w.phase {
	case history:
		w.from("steady", "1.0.0").requests(usual, 200, fast)
	case healthy:
		w.from("steady", "1.0.0").requests(usual, 200, fast)
		w.canaryOf("steady", "1.1.0").requests(usual, 200, fast)
	default:
		w.from("steady", "1.1.0").requests(usual, 200, fast)
	}

	w.log(w.phase == broken)
}

// orders are requests, of which n complete an order.
func (w *traffic) orders(service string, n int, total float64) {
	s := w.from(service, "1.0.0")
	s.requests(usual, 200, fast)
	s.happens(n, "checkout.complete", "order_completions_total", func(s ptrace.Span) {
		s.Attributes().PutDouble("order.total", total)
	})
	if service == "revenue" {
		w.counted["revenue_total"] += float64(n*w.weight()) * total
	}
}

// connections is what the service called pool tells of its connections.
func (w *traffic) connections(used, most int) {
	rm := w.points.ResourceMetrics().AppendEmpty()
	identify(rm.Resource(), "pool")
	metrics := rm.ScopeMetrics().AppendEmpty().Metrics()
	level := func(name, unit string, v int, state string) {
		m := metrics.AppendEmpty()
		m.SetName(name)
		m.SetUnit(unit)
		sum := m.SetEmptySum()
		sum.SetAggregationTemporality(2)
		point := sum.DataPoints().AppendEmpty()
		point.SetTimestamp(w.end)
		point.SetIntValue(int64(v))
		point.Attributes().PutStr("db.client.connection.pool.name", "items")
		if state != "" {
			point.Attributes().PutStr("db.client.connection.state", state)
		}
	}
	level("db.client.connection.count", "{connection}", used, "used")
	level("db.client.connection.count", "{connection}", most-used, "idle")
	level("db.client.connection.max", "{connection}", most, "")
	level("db.client.connection.pending_requests", "{request}", max(0, used-most/2), "")
	opened := metrics.AppendEmpty()
	opened.SetName("db.client.connection.create_time")
	opened.SetUnit("s")
	histogram := opened.SetEmptyHistogram()
	histogram.SetAggregationTemporality(2)
	point := histogram.DataPoints().AppendEmpty()
	point.SetTimestamp(w.end)
	point.Attributes().PutStr("db.client.connection.pool.name", "items")
	many := uint64(w.at.Unix() / 30) // so many by now
	point.ExplicitBounds().FromRaw([]float64{0.01, 0.1, 1})
	point.BucketCounts().FromRaw([]uint64{many, many, 0, 0})
	point.SetCount(2 * many)
	point.SetSum(0.05 * float64(many))
}

// log is a record with an address in it. A careless one makes faultConfig put one
// together behind scrub.
func (w *traffic) log(careless bool) {
	rl := w.records.ResourceLogs().AppendEmpty()
	identify(rl.Resource(), "steady")
	record := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	record.SetSeverityNumber(plog.SeverityNumberInfo)
	record.Body().SetStr("order 17 confirmed to john.doe@mail.example.com")
	record.Attributes().PutBool("careless", careless)
	w.counted["log_records_total"]++
}
