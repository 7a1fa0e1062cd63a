// Package workload makes requests of realistic logs and spans: what the
// services of a shop send, in the formats that they are found in, with something
// to redact in every twentieth record. The same seed gives the same requests.
package workload

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/bench/rivals/canary"
)

// FindingEvery is how many records there are for each one with a finding.
const FindingEvery = 20

// start is the time of the first record.
var start = time.Date(2026, time.March, 2, 9, 30, 0, 0, time.UTC)

// maker makes records of one request after the other.
type maker struct {
	*rand.Rand
	canaries []canary.Canary
	made     int // records
	found    int // of them with a finding
}

func newMaker(seed uint64) *maker {
	return &maker{Rand: rand.New(rand.NewPCG(seed, 1)), canaries: canary.All()}
}

// now returns the time of the current record.
func (m *maker) now() time.Time { return start.Add(time.Duration(m.made) * 1237 * time.Microsecond) }

// finding returns the canary for the current record, if it is to have one.
func (m *maker) finding() (canary.Canary, bool) {
	m.made++
	if m.made%FindingEvery != 0 {
		return canary.Canary{}, false
	}
	m.found++
	return m.canaries[m.found%len(m.canaries)], true
}

func (m *maker) pick(words ...string) string { return words[m.IntN(len(words))] }

// hex returns n random hexadecimal digits; n is at most 16.
func (m *maker) hex(n int) string { return fmt.Sprintf("%016x", m.Uint64())[:n] }

// number returns a random number in decimal, from low up to below high.
func (m *maker) number(low, high int) string { return strconv.Itoa(low + m.IntN(high-low)) }

// client returns an address out of the ranges for documentation.
func (m *maker) client() string {
	return m.pick("192.0.2.", "198.51.100.", "203.0.113.") + m.number(1, 255)
}

func (m *maker) path() string {
	return m.pick("/api/v1/orders/", "/api/v1/carts/", "/products/", "/api/v2/stock/") + m.number(10, 9999)
}

func (m *maker) userAgent() string {
	return m.pick(
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
		"okhttp/4.12.0",
		"kube-probe/1.33",
	)
}

// resource fills in who sends a request.
func (m *maker) resource(to pcommon.Map) {
	service := m.pick("checkout", "cart", "catalog", "stock")
	to.PutStr("service.name", service)
	to.PutStr("service.namespace", "shop")
	to.PutStr("service.version", "2."+m.number(0, 40)+".1")
	to.PutStr("service.instance.id", m.hex(8)+"-"+m.hex(4)+"-4"+m.hex(3)+"-a"+m.hex(3)+"-"+m.hex(12))
	to.PutStr("deployment.environment.name", "production")
	to.PutStr("k8s.namespace.name", "shop")
	to.PutStr("k8s.pod.name", service+"-6d5f7c9b8-"+m.hex(5))
	to.PutStr("host.name", "node-"+m.number(1, 40)+".example.com")
	to.PutStr("telemetry.sdk.language", "java")
	to.PutStr("telemetry.sdk.name", "opentelemetry")
	to.PutStr("telemetry.sdk.version", "1.52.0")
}

// ids returns random ids of a trace and of a span in it.
func (m *maker) ids() (trace pcommon.TraceID, span pcommon.SpanID) {
	for i := range trace {
		trace[i] = byte(m.UintN(256))
	}
	for i := range span {
		span[i] = byte(m.UintN(256))
	}
	return trace, span
}
