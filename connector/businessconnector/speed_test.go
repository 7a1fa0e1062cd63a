package businessconnector

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

const (
	benchmarkRecords = 512 // as many as SDKs put in a batch

	// tenYAML are ten metrics: eight that the name of an event or span finds, and two
	// that ask every record for an attribute.
	tenYAML = `
presets: [signups, orders, revenue, active_users, feature_usage, queue_depth, jobs]
metrics:
  refunds_asked: {type: counter, from: [spans, logs], where: {reason: {prefix: refund}}}
  upload_size: {type: histogram, from: spans, where: {span.name: upload}, value: bytes, buckets: [1e3, 1e6]}
`
	fiftyYAML = `
presets: [signups, orders, revenue, active_users, feature_usage, queue_depth, jobs]
metrics:
`
)

// Records that match nothing and those of known series cost no allocation, and
// neither do those that are refused or beyond a limit.
func TestRecordsAreCountedWithoutAllocation(t *testing.T) {
	if underRace {
		t.Skip("the race detector makes sync.Pool forget")
	}
	c := newTestBusiness(t, parseConfig(t, tenYAML), consumertest.NewNop())
	limited := newTestBusiness(t, parseConfig(t, "limits: {series: 1, services: 1, label_values: 1, distinct: 1}\n"+tenYAML), consumertest.NewNop())
	for name, test := range map[string]struct {
		consume
		td ptrace.Traces
		ld plog.Logs
	}{
		"nothing":       {c, someSpans("GET /cart", nil), someLogs("", nil)},
		"orders":        {c, someSpans("checkout.complete", order), someLogs("", nil)},
		"refused":       {c, someSpans("checkout.complete", badOrder), someLogs("", nil)},
		"users":         {c, someSpans("GET", user), someLogs("", user)},
		"logs":          {c, someSpans("GET", nil), someLogs("feature_flag.evaluation", flag)},
		"numbers":       {c, someSpans("upload", upload), someLogs("", depth)},
		"beyond limits": {limited, someSpans("checkout.complete", order), someLogs("feature_flag.evaluation", flag)},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWork(test.business)
			once := func() {
				rs, rl := test.td.ResourceSpans().At(0), test.ld.ResourceLogs().At(0)
				w.enter(rs.Resource())
				for _, span := range rs.ScopeSpans().At(0).Spans().All() {
					w.span(span)
				}
				w.leave()
				w.enter(rl.Resource())
				for _, record := range rl.ScopeLogs().At(0).LogRecords().All() {
					w.log(record)
				}
				w.leave()
				w.tally.reset()
			}
			once()
			require.Zero(t, testing.AllocsPerRun(10, once))
		})
	}
}

func order(i int, a pcommon.Map) {
	a.PutStr("plan", []string{"free", "pro"}[i%2])
	a.PutDouble("order.total", 19.99)
	a.PutStr("order.currency", "EUR")
}

func badOrder(_ int, a pcommon.Map) {
	a.PutInt("plan", 7)
	a.PutDouble("order.total", 19.999)
	a.PutStr("order.currency", "eur")
}

func user(i int, a pcommon.Map) {
	if i%2 == 0 {
		a.PutStr("user.id", fmt.Sprint(i))
	} else {
		a.PutInt("user.id", int64(i))
	}
}

func flag(i int, a pcommon.Map) {
	a.PutStr("feature_flag.key", fmt.Sprint("flag-", i%10))
	a.PutBool("feature_flag.result.variant", i%2 == 0)
}

func upload(i int, a pcommon.Map) { a.PutInt("bytes", int64(i)*1000) }

func depth(i int, a pcommon.Map) {
	a.PutStr("queue.name", "mail")
	a.PutStr("queue.depth", fmt.Sprint(i))
}

// BenchmarkSpans counts spans of 13 attributes; ns/span is its figure.
func BenchmarkSpans(b *testing.B) {
	fifty := fiftyYAML
	for i := range 41 {
		fifty += fmt.Sprintf("  step_%d: {type: counter, from: spans, where: {span.name: step.%d}}\n", i, i)
	}
	for _, metrics := range []struct{ name, yaml string }{{"10 metrics", tenYAML}, {"50 metrics", fifty}} {
		for _, spans := range []struct {
			name string
			td   ptrace.Traces
		}{
			{"none matching", someSpans("GET /cart", nil)},
			{"one matching", someSpans("upload", upload)},
			{"a counter and a sum", someSpans("checkout.complete", order)},
			{"a distinct value", someSpans("GET /cart", user)},
		} {
			b.Run(metrics.name+"/"+spans.name, func(b *testing.B) {
				c := newTestBusiness(b, parseConfig(b, metrics.yaml), consumertest.NewNop())
				b.ReportAllocs()
				for b.Loop() {
					_ = c.ConsumeTraces(context.Background(), spans.td)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchmarkRecords), "ns/span")
			})
		}
	}
}

// BenchmarkLogs counts log records of 5 attributes; ns/record is its figure.
func BenchmarkLogs(b *testing.B) {
	for _, logs := range []struct {
		name string
		ld   plog.Logs
	}{
		{"none matching", someLogs("", nil)},
		{"one matching", someLogs("user_signup", nil)},
		{"with labels", someLogs("feature_flag.evaluation", flag)},
	} {
		b.Run(logs.name, func(b *testing.B) {
			c := newTestBusiness(b, parseConfig(b, tenYAML), consumertest.NewNop())
			b.ReportAllocs()
			for b.Loop() {
				_ = c.ConsumeLogs(context.Background(), logs.ld)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchmarkRecords), "ns/record")
		})
	}
}

func putResource(a pcommon.Map) {
	for _, pair := range [][2]string{
		{"service.name", "shop"}, {"service.namespace", "web"}, {"service.version", "1.4.2"},
		{"deployment.environment.name", "production"}, {"host.name", "node-17"}, {"k8s.pod.name", "shop-7c9d8-x2x"},
		{"telemetry.sdk.language", "java"}, {"process.runtime.name", "OpenJDK Runtime Environment"},
	} {
		a.PutStr(pair[0], pair[1])
	}
}

func someSpans(name string, more func(int, pcommon.Map)) ptrace.Traces {
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	putResource(rs.Resource().Attributes())
	spans := rs.ScopeSpans().AppendEmpty().Spans()
	for i := range benchmarkRecords {
		span := spans.AppendEmpty()
		span.SetName(name)
		span.Status().SetCode(ptrace.StatusCodeOk)
		a := span.Attributes()
		for n := range 13 {
			a.PutStr(fmt.Sprintf("attribute.number.%d", n), "some value of it")
		}
		if more != nil {
			more(i, a)
		}
	}
	return td
}

func someLogs(event string, more func(int, pcommon.Map)) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	putResource(rl.Resource().Attributes())
	records := rl.ScopeLogs().AppendEmpty().LogRecords()
	for i := range benchmarkRecords {
		record := records.AppendEmpty()
		record.SetEventName(event)
		record.Body().SetStr("something happened")
		for n := range 5 {
			record.Attributes().PutStr(fmt.Sprintf("attribute.number.%d", n), "some value of it")
		}
		if more != nil {
			more(i, record.Attributes())
		}
	}
	return ld
}
