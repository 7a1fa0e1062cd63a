package workload

import (
	"net/http"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

// Spans returns requests with the given number of spans each: HTTP servers and
// database clients in turn, with about 15 attributes by the semantic
// conventions, and none to two events.
func Spans(requests, spans int, seed uint64) []ptraceotlp.ExportRequest {
	m := newMaker(seed)
	all := make([]ptraceotlp.ExportRequest, requests)
	for i := range all {
		td := ptrace.NewTraces()
		rs := td.ResourceSpans().AppendEmpty()
		m.resource(rs.Resource().Attributes())
		ss := rs.ScopeSpans().AppendEmpty()
		ss.Scope().SetName("io.opentelemetry.tomcat-10.0")
		ss.Scope().SetVersion("2.20.0-alpha")
		for range spans {
			m.span(ss.Spans().AppendEmpty())
		}
		all[i] = ptraceotlp.NewExportRequestFromTraces(td)
	}
	return all
}

func (m *maker) span(to ptrace.Span) {
	secret, found := m.finding()
	trace, id := m.ids()
	to.SetTraceID(trace)
	to.SetSpanID(id)
	_, parent := m.ids()
	to.SetParentSpanID(parent)
	to.SetStartTimestamp(pcommon.NewTimestampFromTime(m.now()))
	to.SetEndTimestamp(pcommon.NewTimestampFromTime(m.now().Add(time.Duration(m.IntN(900)) * time.Millisecond)))
	if m.IntN(2) == 0 {
		m.server(to)
	} else {
		m.query(to)
	}
	for range m.IntN(3) {
		m.event(to.Events().AppendEmpty())
	}
	switch {
	case !found:
	case secret.Key != "":
		to.Attributes().PutStr(secret.Key, secret.Text)
	default:
		to.Attributes().PutStr("shop.note", "given by the client: "+secret.Text)
	}
}

// server fills in a span of an HTTP server.
func (m *maker) server(to ptrace.Span) {
	to.SetKind(ptrace.SpanKindServer)
	to.SetName("GET /api/v1/orders/{id}")
	a := to.Attributes()
	a.PutStr("http.request.method", http.MethodGet)
	a.PutInt("http.response.status_code", 200)
	a.PutStr("http.route", "/api/v1/orders/{id}")
	a.PutStr("url.scheme", "https")
	a.PutStr("url.path", m.path())
	a.PutStr("url.query", "expand=items&page="+m.number(1, 60))
	a.PutStr("server.address", "www.example.com")
	a.PutInt("server.port", 443)
	a.PutStr("client.address", m.client())
	a.PutStr("user_agent.original", m.userAgent())
	a.PutStr("network.protocol.version", "1.1")
	a.PutStr("network.peer.address", m.client())
	a.PutInt("network.peer.port", int64(1024+m.IntN(60000)))
	a.PutInt("http.response.body.size", int64(m.IntN(90000)))
	a.PutStr("thread.name", "http-nio-8080-exec-"+m.number(1, 200))
}

// query fills in a span of a database client.
func (m *maker) query(to ptrace.Span) {
	to.SetKind(ptrace.SpanKindClient)
	to.SetName("SELECT shop.orders")
	a := to.Attributes()
	a.PutStr("db.system.name", "postgresql")
	a.PutStr("db.namespace", "shop")
	a.PutStr("db.collection.name", "orders")
	a.PutStr("db.operation.name", "SELECT")
	a.PutStr("db.query.text", "SELECT o.id, o.state, o.total, i.sku, i.amount FROM orders o JOIN items i ON i.order_id = o.id WHERE o.id = $1 AND o.state <> $2 ORDER BY i.position LIMIT $3")
	a.PutStr("db.query.summary", "SELECT orders items")
	a.PutInt("db.response.returned_rows", int64(m.IntN(40)))
	a.PutStr("server.address", "db-"+m.number(1, 4)+".example.com")
	a.PutInt("server.port", 5432)
	a.PutStr("network.peer.address", m.client())
	a.PutInt("network.peer.port", 5432)
	a.PutStr("network.transport", "tcp")
	a.PutStr("thread.name", "http-nio-8080-exec-"+m.number(1, 200))
	a.PutInt("thread.id", int64(m.IntN(400)))
	a.PutStr("code.function.name", "com.example.shop.orders.OrderRepository.find")
}

// event fills in what happened in a span.
func (m *maker) event(to ptrace.SpanEvent) {
	to.SetTimestamp(pcommon.NewTimestampFromTime(m.now()))
	if m.IntN(3) > 0 {
		to.SetName("cache.lookup")
		to.Attributes().PutStr("cache.key", "order:"+m.number(10, 9999))
		to.Attributes().PutBool("cache.hit", false)
		return
	}
	to.SetName("exception")
	a := to.Attributes()
	a.PutStr("exception.type", "java.net.SocketTimeoutException")
	a.PutStr("exception.message", "Read timed out after "+m.number(100, 3000)+" ms")
	a.PutStr("exception.stacktrace", "java.net.SocketTimeoutException: Read timed out\n\tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278)\n\tat com.example.shop.stock.StockClient.reserve(StockClient.java:"+m.number(10, 900)+")\n\tat com.example.shop.orders.OrderService.place(OrderService.java:"+m.number(10, 900)+")\n\tat java.base/java.lang.Thread.run(Thread.java:1583)")
}
