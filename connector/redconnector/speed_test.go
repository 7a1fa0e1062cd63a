package redconnector

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

const benchmarkSpans = 512 // as many as SDKs put in a batch

// A span of a known series costs no allocation, wherever its endpoint comes from,
// with exemplars and with a weight, and neither does one beyond a limit.
func TestSpansOfKnownSeriesAreCountedWithoutAllocation(t *testing.T) {
	if underRace {
		t.Skip("sync.Pool forgets under the race detector")
	}
	beyondLimits := testConfig()
	beyondLimits.Limits = LimitsConfig{Services: 1, LabelValues: 1, Series: 4}
	exponential := testConfig()
	exponential.Histogram.Type = Exponential
	for name, test := range map[string]struct {
		cfg *Config
		td  ptrace.Traces
	}{
		"route":         {testConfig(), realisticTraces(true)},
		"templated":     {testConfig(), realisticTraces(false)},
		"exponential":   {exponential, realisticTraces(true)},
		"weighted":      {testConfig(), weighted(realisticTraces(true))},
		"all kinds":     {testConfig(), allKinds(realisticTraces(true))},
		"beyond limits": {beyondLimits, realisticTraces(false)},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGateway(t, test.cfg, consumertest.NewNop())
			allocations := func(spans int) float64 {
				td := ptrace.NewTraces()
				test.td.CopyTo(td)
				kept := 0
				td.ResourceSpans().At(0).ScopeSpans().At(0).Spans().RemoveIf(func(ptrace.Span) bool {
					kept++
					return kept > spans
				})
				return testing.AllocsPerRun(10, func() { _ = g.traces.ConsumeTraces(context.Background(), td) })
			}
			g.consume(t, test.td) // admits
			// A batch costs a few allocations in the metrics SDK; a span must not.
			require.LessOrEqual(t, allocations(benchmarkSpans)-allocations(64), 0.0)
			require.NoError(t, g.shutdown(t.Context()))
		})
	}
}

// weighted has a sampling rate that is a fraction in each span.
func weighted(td ptrace.Traces) ptrace.Traces {
	for _, span := range td.ResourceSpans().At(0).ScopeSpans().At(0).Spans().All() {
		span.TraceState().FromRaw("ot=th:5")
	}
	return td
}

// allKinds turns the spans into all that are told apart, with exceptions.
func allKinds(td ptrace.Traces) ptrace.Traces {
	for i, span := range td.ResourceSpans().At(0).ScopeSpans().At(0).Spans().All() {
		a := span.Attributes()
		switch i % 5 {
		case 0:
			a.PutStr("rpc.system.name", "grpc")
			a.PutStr("rpc.method", "shop.Cart/Add")
		case 1:
			span.SetKind(ptrace.SpanKindConsumer)
			a.PutStr("messaging.system", "kafka")
			a.PutStr("messaging.destination.name", "orders-8842")
		case 2:
			span.SetKind(ptrace.SpanKindInternal)
			span.SetName("nightly 2024-05-17")
		case 3:
			span.SetKind(ptrace.SpanKindClient)
		}
		event := span.Events().AppendEmpty()
		event.SetName("exception")
		event.Attributes().PutStr("exception.type", "java.lang.NullPointerException")
	}
	return td
}

// BenchmarkConsumeTraces counts spans of known series; ns/span is its figure.
func BenchmarkConsumeTraces(b *testing.B) {
	for name, td := range map[string]ptrace.Traces{
		"route":     realisticTraces(true),
		"templated": realisticTraces(false),
	} {
		b.Run(name, func(b *testing.B) {
			c := newGateway(b, testConfig(), consumertest.NewNop())
			b.ReportAllocs()
			for b.Loop() {
				_ = c.traces.ConsumeTraces(context.Background(), td)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchmarkSpans), "ns/span")
		})
	}
}

// BenchmarkConsumeTracesParallel has every goroutine count for the same
// service, which is the worst case for the lock.
func BenchmarkConsumeTracesParallel(b *testing.B) {
	td := realisticTraces(true)
	c := newGateway(b, testConfig(), consumertest.NewNop())
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			_ = c.traces.ConsumeTraces(context.Background(), td)
		}
	})
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchmarkSpans), "ns/span")
}

// BenchmarkFlush builds the points of a full table. It tells what a series takes in
// memory, and what it takes besides while flushes use their copies again.
func BenchmarkFlush(b *testing.B) {
	for _, kind := range []HistogramType{Explicit, Exponential} {
		b.Run(string(kind), func(b *testing.B) { benchmarkFlush(b, kind) })
	}
}

func benchmarkFlush(b *testing.B, kind HistogramType) {
	cfg := testConfig()
	cfg.Histogram.Type = kind
	c := newGateway(b, cfg, consumertest.NewNop())
	before := heap()
	for service := range 250 {
		td := realisticTraces(true)
		td.ResourceSpans().At(0).Resource().Attributes().PutStr("service.name", fmt.Sprint("service-", service))
		require.NoError(b, c.traces.ConsumeTraces(b.Context(), td))
	}
	filled, series := heap(), float64(c.red().table.Stats().Series)
	b.ReportAllocs()
	for b.Loop() {
		require.NoError(b, c.red().Flush(context.Background()))
	}
	b.ReportMetric(series, "series")
	b.ReportMetric((filled-before)/series, "B/series")
	b.ReportMetric((heap()-filled)/series, "flush-B/series")
	runtime.KeepAlive(c)
}

// heap is how many bytes are in use.
func heap() float64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}

// realisticTraces is a batch as the Java agent sends it: 512 SERVER spans of
// one service, with 13 attributes each, on 40 endpoints with 4 outcomes.
func realisticTraces(route bool) ptrace.Traces {
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	resource := rs.Resource().Attributes()
	for name, value := range map[string]string{
		"service.name": "checkout", "service.namespace": "shop", "service.version": "1.4.2",
		"deployment.environment.name": "production", "host.name": "node-17", "k8s.pod.name": "checkout-7c9d8-x2x",
		"telemetry.sdk.language": "java", "process.runtime.name": "OpenJDK Runtime Environment",
	} {
		resource.PutStr(name, value)
	}
	spans := rs.ScopeSpans().AppendEmpty().Spans()
	spans.EnsureCapacity(benchmarkSpans)
	for i := range benchmarkSpans {
		span := spans.AppendEmpty()
		span.SetKind(ptrace.SpanKindServer)
		span.SetTraceID(pcommon.TraceID{byte(i), byte(i >> 8), 1})
		span.SetSpanID(pcommon.SpanID{byte(i), byte(i >> 8), 1})
		span.SetName("GET")
		span.SetStartTimestamp(1_700_000_000_000_000_000)
		span.SetEndTimestamp(span.StartTimestamp() + pcommon.Timestamp(1_000_000*(i+1)))
		a := span.Attributes()
		a.PutStr("http.request.method", "GET")
		a.PutStr("url.scheme", "https")
		a.PutStr("url.path", fmt.Sprintf("/api/v1/resource-%c%c/%d/items", 'a'+i%8, 'a'+i%5, i))
		a.PutStr("server.address", "checkout.shop.svc")
		a.PutInt("server.port", 8080)
		a.PutStr("client.address", "10.2.3.4")
		a.PutStr("network.protocol.version", "1.1")
		a.PutStr("network.peer.address", "10.2.3.4")
		a.PutInt("network.peer.port", 51234)
		a.PutStr("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
		a.PutStr("thread.name", "http-nio-8080-exec-3")
		a.PutInt("http.response.status_code", []int64{200, 200, 404, 503}[i%4])
		if route {
			a.PutStr("http.route", fmt.Sprintf("/api/v1/resource-%c%c/{id}/items", 'a'+i%8, 'a'+i%5))
		}
	}
	return td
}
