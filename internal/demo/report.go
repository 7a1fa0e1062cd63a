package demo

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/readygate/readygate/internal/demo/delivery"
)

// SlowThreshold is the duration beyond which the report calls a request slow:
// the checklist's own threshold for the 95th percentile.
const SlowThreshold = time.Second

// Report says what the shop sent and what became of it.
type Report struct {
	// Seed repeats the run.
	Seed uint64
	// Visits is how many visitors the storefront had.
	Visits int
	// Services are in the order of the calls: storefront, checkout, payments.
	Services []ServiceReport
	// Requests come in the order of Services, those of a service sorted by
	// endpoint, method and status. A gateway that derives request counts must
	// come to these.
	Requests []RequestCount
	// Planted lists what the shop leaked. Whether it arrived is as sure as that
	// all of its service's telemetry was acknowledged.
	Planted []Planted
}

// ServiceReport is the report of one service.
type ServiceReport struct {
	Name   string
	Target delivery.Target
	delivery.Outcome
}

// Request is what requests are counted by.
type Request struct {
	Service, Method string
	// Endpoint is http.route or, where the service tells none, the template
	// that its path has.
	Endpoint string
	Status   int
}

// RequestCount is how many requests were served.
type RequestCount struct {
	Request
	Count int
	// Slow of them took longer than [SlowThreshold].
	Slow int
}

// Acknowledged sums over the services.
func (r Report) Acknowledged() (sum delivery.Counts) {
	for _, s := range r.Services {
		sum.Spans += s.Acknowledged.Spans
		sum.LogRecords += s.Acknowledged.LogRecords
		sum.MetricPoints += s.Acknowledged.MetricPoints
	}
	return sum
}

// Count sums the requests that match. Fields of like that have their zero value
// match anything.
func (r Report) Count(like Request) (sum RequestCount) {
	sum.Request = like
	for _, c := range r.Requests {
		if cmp.Or(like.Service, c.Service) == c.Service && cmp.Or(like.Method, c.Method) == c.Method &&
			cmp.Or(like.Endpoint, c.Endpoint) == c.Endpoint && cmp.Or(like.Status, c.Status) == c.Status {
			sum.Count += c.Count
			sum.Slow += c.Slow
		}
	}
	return sum
}

// tally counts what one service served.
type tally map[Request]RequestCount

func (t tally) add(r Request, took time.Duration) {
	c := t[r]
	c.Request = r
	c.Count++
	if took > SlowThreshold {
		c.Slow++
	}
	t[r] = c
}

// counts lists the tally in the order of the report.
func (t tally) counts() []RequestCount {
	return slices.SortedFunc(maps.Values(t), func(a, b RequestCount) int { return compare(a.Request, b.Request) })
}

// compare orders requests as the report does.
func compare(a, b Request) int {
	return cmp.Or(
		cmp.Compare(a.Service, b.Service),
		cmp.Compare(a.Endpoint, b.Endpoint),
		cmp.Compare(a.Method, b.Method),
		cmp.Compare(a.Status, b.Status),
	)
}
