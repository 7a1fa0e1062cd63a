package workload

import (
	"fmt"
	"strconv"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

// Statuses are what requests end with: one of each class, so that as many series
// come of the code as of its class.
func Statuses() []int64 { return []int64{200, 101, 302, 404, 503} }

// pods is how many instances a service of a fleet has. They are one service to
// whoever derives metrics.
const pods = 2

// Fleet is a number of services that serve HTTP, each with as many routes.
type Fleet struct {
	Services, Routes int
}

// Series is how many series come of the requests of a fleet: a counter and a
// histogram for each service, route and status.
func (f Fleet) Series() int { return 2 * f.Services * f.Routes * len(Statuses()) }

// Feed gives batches of spans as the SDKs of a fleet send them: SERVER spans of
// one instance of one service, 13 attributes each. It is for one goroutine. Each
// batch is valid until the next one is asked for.
//
// The spans are few, and are passed on from resource to resource: they stay in
// the caches of the CPU, as they do in a gateway that has just decoded them.
type Feed struct {
	resources []ptrace.Traces
	batches   []ptrace.ScopeSpansSlice
	resource  int
	batch     int
}

// feedBatches is how many different batches a feed has.
const feedBatches = 8

// Feed returns batches of that many spans. With 5 times as many spans as there are
// routes, or more, each batch has all series of its service; All says how many
// batches it takes for all services. Different seeds give different spans of the
// same series, and begin with another service.
func (f Fleet) Feed(spans int, seed uint64) *Feed {
	m := newMaker(seed)
	feed := &Feed{}
	for service := range f.Services {
		for pod := range pods {
			td := ptrace.NewTraces()
			rs := td.ResourceSpans().AppendEmpty()
			m.instance(rs.Resource().Attributes(), service, pod)
			feed.resources = append(feed.resources, td)
		}
	}
	m.Shuffle(len(feed.resources), func(i, j int) {
		feed.resources[i], feed.resources[j] = feed.resources[j], feed.resources[i]
	})
	for range feedBatches {
		batch := ptrace.NewScopeSpansSlice()
		scope := batch.AppendEmpty()
		scope.Scope().SetName("io.opentelemetry.tomcat-10.0")
		f.fill(m, scope.Spans(), spans)
		feed.batches = append(feed.batches, batch)
	}
	feed.lend()
	return feed
}

// All is how many batches of a feed have every service at least once.
func (f *Feed) All() int { return len(f.resources) }

// Next returns the next batch.
func (f *Feed) Next() ptrace.Traces {
	f.scopes().MoveAndAppendTo(f.batches[f.batch])
	f.resource = (f.resource + 1) % len(f.resources)
	f.batch = (f.batch + 1) % len(f.batches)
	f.lend()
	return f.resources[f.resource]
}

// lend moves the batch to the resource whose turn it is.
func (f *Feed) lend() { f.batches[f.batch].MoveAndAppendTo(f.scopes()) }

func (f *Feed) scopes() ptrace.ScopeSpansSlice {
	return f.resources[f.resource].ResourceSpans().At(0).ScopeSpans()
}

// Requests returns one request of each instance of the fleet.
func (f Fleet) Requests(spans int, seed uint64) []ptraceotlp.ExportRequest {
	feed := f.Feed(spans, seed)
	all := make([]ptraceotlp.ExportRequest, feed.All())
	for i := range all {
		td := ptrace.NewTraces()
		feed.Next().CopyTo(td)
		all[i] = ptraceotlp.NewExportRequestFromTraces(td)
	}
	return all
}

// fill appends spans in random order: each route with each status, if that many
// are asked for, and then any route, almost always with success.
func (f Fleet) fill(m *maker, to ptrace.SpanSlice, spans int) {
	type request struct {
		route  int
		status int64
	}
	requests := make([]request, spans)
	statuses := Statuses()
	for i := range requests {
		r := request{m.IntN(f.Routes), statuses[0]}
		if m.IntN(20) == 0 {
			r.status = statuses[m.IntN(len(statuses))]
		}
		if all := f.Routes * len(statuses); spans >= all && i < all {
			r = request{i / len(statuses), statuses[i%len(statuses)]}
		}
		requests[i] = r
	}
	m.Shuffle(spans, func(i, j int) { requests[i], requests[j] = requests[j], requests[i] })
	to.EnsureCapacity(spans)
	for _, r := range requests {
		m.request(to.AppendEmpty(), r.route, r.status)
	}
}

// words make routes.
var words = []string{"orders", "carts", "products", "customers", "payments", "shipments", "invoices", "reviews"}

// Route returns the template of a route of a fleet.
func Route(n int) string {
	return fmt.Sprintf("/api/v%d/%s/{id}/items", 1+n/len(words), words[n%len(words)])
}

// request fills in a span of an HTTP server. Its attributes are in random order,
// as they come out of the maps of SDKs.
func (m *maker) request(to ptrace.Span, route int, status int64) {
	trace, span := m.ids()
	_, parent := m.ids()
	to.SetTraceID(trace)
	to.SetSpanID(span)
	to.SetParentSpanID(parent)
	to.SetKind(ptrace.SpanKindServer)
	to.SetName("GET " + Route(route))
	if status >= 500 {
		to.Status().SetCode(ptrace.StatusCodeError)
	}
	// Just now, or they might count as late; 1 ms to 4 s, most of them short.
	end := time.Now()
	took := time.Duration(float64(time.Millisecond) * (1 + 4000*m.Float64()*m.Float64()*m.Float64()*m.Float64()))
	to.SetStartTimestamp(pcommon.NewTimestampFromTime(end.Add(-took)))
	to.SetEndTimestamp(pcommon.NewTimestampFromTime(end))

	put := []func(pcommon.Map){
		func(a pcommon.Map) { a.PutStr("http.request.method", "GET") },
		func(a pcommon.Map) { a.PutStr("http.route", Route(route)) },
		func(a pcommon.Map) { a.PutInt("http.response.status_code", status) },
		func(a pcommon.Map) { a.PutStr("url.scheme", "https") },
		func(a pcommon.Map) { a.PutStr("url.path", m.path()) },
		func(a pcommon.Map) { a.PutStr("server.address", "www.example.com") },
		func(a pcommon.Map) { a.PutInt("server.port", 8080) },
		func(a pcommon.Map) { a.PutStr("client.address", m.client()) },
		func(a pcommon.Map) { a.PutStr("network.protocol.version", "1.1") },
		func(a pcommon.Map) { a.PutStr("network.peer.address", m.client()) },
		func(a pcommon.Map) { a.PutInt("network.peer.port", int64(1024+m.IntN(60000))) },
		func(a pcommon.Map) { a.PutStr("user_agent.original", m.userAgent()) },
		func(a pcommon.Map) { a.PutStr("thread.name", "http-nio-8080-exec-"+m.number(1, 200)) },
	}
	m.Shuffle(len(put), func(i, j int) { put[i], put[j] = put[j], put[i] })
	to.Attributes().EnsureCapacity(len(put))
	for _, attribute := range put {
		attribute(to.Attributes())
	}
}

// instance fills in the resource of an instance of a service of a fleet.
func (m *maker) instance(to pcommon.Map, service, pod int) {
	name := "service-" + strconv.Itoa(service)
	m.resource(to)
	to.PutStr("service.name", name)
	to.PutStr("service.version", fmt.Sprintf("2.%d.1", service%40))
	to.PutStr("k8s.pod.name", name+"-6d5f7c9b8-"+strconv.Itoa(pod))
}

// Unseen gives the spans of a batch routes that no span had before: seen says how
// many there were, and grows.
func Unseen(td ptrace.Traces, seen *int) {
	for _, rs := range td.ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				*seen++
				span.Attributes().PutStr("http.route", fmt.Sprintf("/api/v1/unseen-%d/{id}/items", *seen))
			}
		}
	}
}
