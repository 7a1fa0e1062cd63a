package redconnector

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/series"
)

const benchmarkSpans = 512 // as many as SDKs put in a batch

// A span of a known series costs no allocation, wherever its endpoint comes
// from, and neither does one beyond a limit.
func TestKnownSeriesAreCountedWithoutAllocation(t *testing.T) {
	overLimit := testConfig()
	overLimit.Limits = LimitsConfig{Identities: 1, Endpoints: 1, Series: 4}
	for name, test := range map[string]struct {
		cfg *Config
		td  ptrace.Traces
	}{
		"route":         {testConfig(), realisticTraces(true)},
		"templated":     {testConfig(), realisticTraces(false)},
		"beyond limits": {overLimit, realisticTraces(false)},
	} {
		t.Run(name, func(t *testing.T) {
			table := newTable(test.cfg)
			table.record(series.Identity{Service: "first"}, &batch{observations: make([]observation, 1)}, 1, &tally{})
			var b batch
			var counts tally
			rs := test.td.ResourceSpans().At(0)
			require.Zero(t, testing.AllocsPerRun(10, func() {
				b.reset()
				b.addResource(rs, &counts)
				table.record(series.IdentityOf(rs.Resource()), &b, 1, &counts)
			}))
		})
	}
}

// BenchmarkConsumeTraces counts spans of known series; ns/span is its figure.
func BenchmarkConsumeTraces(b *testing.B) {
	for name, td := range map[string]ptrace.Traces{
		"route":     realisticTraces(true),
		"templated": realisticTraces(false),
	} {
		b.Run(name, func(b *testing.B) {
			c := newTestRED(b, testConfig(), consumertest.NewNop())
			b.ReportAllocs()
			for b.Loop() {
				_ = c.ConsumeTraces(context.Background(), td)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchmarkSpans), "ns/span")
		})
	}
}

// BenchmarkConsumeTracesParallel has every goroutine count for the same
// service, which is the worst case for the lock.
func BenchmarkConsumeTracesParallel(b *testing.B) {
	td := realisticTraces(true)
	c := newTestRED(b, testConfig(), consumertest.NewNop())
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			_ = c.ConsumeTraces(context.Background(), td)
		}
	})
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchmarkSpans), "ns/span")
}

// BenchmarkFlush builds the points of a full table.
func BenchmarkFlush(b *testing.B) {
	cfg := testConfig()
	c := newTestRED(b, cfg, consumertest.NewNop())
	for service := range 250 {
		td := realisticTraces(true)
		td.ResourceSpans().At(0).Resource().Attributes().PutStr("service.name", fmt.Sprint("service-", service))
		require.NoError(b, c.ConsumeTraces(b.Context(), td))
	}
	b.ReportAllocs()
	for b.Loop() {
		require.NoError(b, c.flush(context.Background(), false))
	}
	b.ReportMetric(float64(c.table.budget.Used()), "series")
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
