package workload

import (
	"fmt"
	"net/http"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// Logs returns requests with the given number of records each: logfmt, JSON,
// access logs and lines of a JVM in turn, of about 330 bytes, with about ten
// attributes.
func Logs(requests, records int, seed uint64) []plogotlp.ExportRequest {
	m := newMaker(seed)
	all := make([]plogotlp.ExportRequest, requests)
	for i := range all {
		ld := plog.NewLogs()
		rl := ld.ResourceLogs().AppendEmpty()
		m.resource(rl.Resource().Attributes())
		sl := rl.ScopeLogs().AppendEmpty()
		sl.Scope().SetName("com.example.shop.logging")
		for range records {
			m.log(sl.LogRecords().AppendEmpty())
		}
		all[i] = plogotlp.NewExportRequestFromLogs(ld)
	}
	return all
}

func (m *maker) log(to plog.LogRecord) {
	secret, found := m.finding()
	trace, span := m.ids()
	to.SetTraceID(trace)
	to.SetSpanID(span)
	to.SetTimestamp(pcommon.NewTimestampFromTime(m.now()))
	to.SetSeverityNumber(plog.SeverityNumberInfo)
	to.SetSeverityText(m.pick("INFO", "INFO", "WARN", "ERROR"))

	line := m.line(trace.String(), span.String())
	attributes := to.Attributes()
	attributes.PutStr("log.iostream", "stdout")
	attributes.PutStr("log.file.path", "/var/log/pods/shop_"+m.hex(8)+"/app/0.log")
	attributes.PutStr("code.function.name", m.pick("placeOrder", "reserveStock", "renderPage"))
	attributes.PutStr("code.file.path", m.pick("OrderController.java", "StockClient.java"))
	attributes.PutInt("code.line.number", int64(m.IntN(900)))
	attributes.PutStr("thread.name", "http-nio-8080-exec-"+m.number(1, 200))
	attributes.PutInt("thread.id", int64(m.IntN(400)))
	attributes.PutStr("http.route", m.pick("/api/v1/orders/{id}", "/products/{id}"))
	attributes.PutDouble("duration_ms", float64(m.IntN(100000))/100)
	attributes.PutStr("shop.order_id", "ord-"+m.hex(12))
	switch {
	case !found:
	case secret.Key != "":
		attributes.PutStr(secret.Key, secret.Text)
	default:
		line += " detail: " + secret.Text
	}
	to.Body().SetStr(line)
}

// line returns the text of a record.
func (m *maker) line(trace, span string) string {
	at := m.now()
	status := m.pick("200", "200", "201", "404", "503")
	switch m.IntN(4) {
	case 0:
		return fmt.Sprintf("ts=%s level=info caller=%s.go:%s msg=\"request handled\" method=POST path=%s status=%s duration=%sms bytes=%s trace_id=%s span_id=%s order=ord-%s items=%s total=%s.90 currency=EUR region=eu-west-1 cache=miss",
			at.Format(time.RFC3339Nano), m.pick("orders/handler", "carts/service"), m.number(10, 900), m.path(), status, m.number(1, 900), m.number(200, 90000), trace, span, m.hex(12), m.number(1, 9), m.number(5, 400))
	case 1:
		return fmt.Sprintf(`{"@timestamp":"%s","level":"INFO","logger":"com.example.shop.%s","message":"order %s: %s items reserved","trace_id":"%s","span_id":"%s","context":{"order":"ord-%s","warehouse":"FRA-%s","attempt":%s,"cached":false},"duration_ms":%s,"host":"node-%s.example.com"}`,
			at.Format(time.RFC3339Nano), m.pick("orders.OrderService", "stock.Reservation"), m.hex(12), m.number(1, 20), trace, span, m.hex(12), m.number(1, 9), m.number(1, 4), m.number(1, 900), m.number(1, 40))
	case 2:
		return fmt.Sprintf(`%s - - [%s] "GET %s?sort=price&page=%s&size=20 HTTP/1.1" %s %s "https://www.example.com/products?category=%s" "%s" rt=0.%s uct=0.001 uht=0.%s urt=0.%s upstream=192.0.2.%s:8080 request_id=%s`,
			m.client(), at.Format("02/Jan/2006:15:04:05 -0700"), m.path(), m.number(1, 60), status, m.number(200, 90000), m.pick("garden", "kitchen", "books"), m.userAgent(), m.number(100, 999), m.number(100, 999), m.number(100, 999), m.number(1, 255), m.hex(16))
	default:
		return fmt.Sprintf("%s WARN [http-nio-8080-exec-%s] com.example.shop.stock.StockClient - call to stock failed after %s ms: %s %s\n\tat com.example.shop.stock.StockClient.reserve(StockClient.java:%s)\n\tat com.example.shop.orders.OrderService.place(OrderService.java:%s)",
			at.Format("2006-01-02 15:04:05,000"), m.number(1, 200), m.number(100, 3000), m.pick("java.net.SocketTimeoutException: Read timed out", "java.io.IOException: stream was reset"), http.StatusText(http.StatusGatewayTimeout), m.number(10, 900), m.number(10, 900))
	}
}
