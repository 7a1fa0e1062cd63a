package reading

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// realisticSpans are spans as the Java agent sends them, one of each kind.
func realisticSpans() map[string]ptrace.Span {
	server := map[string]any{
		"http.request.method": "GET", "url.scheme": "https", "url.path": "/api/v1/resource-ab/123/items",
		"server.address": "checkout.shop.svc", "server.port": 8080, "client.address": "192.0.2.4",
		"network.protocol.version": "1.1", "network.peer.address": "192.0.2.4", "network.peer.port": 51234,
		"user_agent.original": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
		"thread.name":         "http-nio-8080-exec-3", "http.response.status_code": 200,
	}
	routed := maps.Clone(server)
	routed["http.route"] = "/api/v1/resource-ab/{id}/items"
	return map[string]ptrace.Span{
		"http route":     realisticSpan(ptrace.SpanKindServer, "GET", routed),
		"http templated": realisticSpan(ptrace.SpanKindServer, "GET", server),
		"rpc": realisticSpan(ptrace.SpanKindServer, "shop.Cart/Add", map[string]any{
			"rpc.system": "grpc", "rpc.service": "shop.Cart", "rpc.method": "Add", "rpc.grpc.status_code": 0,
			"server.address": "cart.shop.svc", "server.port": 9090, "network.peer.address": "192.0.2.4",
			"network.peer.port": 51234, "network.type": "ipv4", "thread.id": 31, "thread.name": "grpc-default-executor-3",
		}),
		"message": realisticSpan(ptrace.SpanKindConsumer, "orders process", map[string]any{
			"messaging.system": "kafka", "messaging.destination.name": "orders", "messaging.operation.type": "process",
			"messaging.kafka.offset": 81231, "messaging.destination.partition.id": "3", "messaging.client.id": "consumer-1",
			"messaging.consumer.group.name": "billing", "messaging.message.body.size": 512, "thread.id": 31,
		}),
		"job": realisticSpan(ptrace.SpanKindInternal, "Reports.nightly", map[string]any{
			"job.system": "spring_scheduling", "code.function.name": "com.example.Reports.nightly", "thread.id": 31,
		}),
		"dependency": realisticSpan(ptrace.SpanKindClient, "SELECT shop", map[string]any{
			"db.system.name": "postgresql", "db.namespace": "shop", "db.operation.name": "SELECT",
			"db.query.text": "SELECT * FROM carts WHERE id = ?", "server.address": "db.example.com",
			"server.port": 5432, "thread.id": 31, "thread.name": "http-nio-8080-exec-3",
		}),
		"sampled": func() ptrace.Span {
			span := realisticSpan(ptrace.SpanKindServer, "GET", routed)
			span.TraceState().FromRaw("ot=rv:0123456789abcd;th:c8,vendor=1")
			return span
		}(),
	}
}

func realisticSpan(kind ptrace.SpanKind, name string, attributes map[string]any) ptrace.Span {
	span := ptrace.NewSpan()
	span.SetKind(kind)
	span.SetName(name)
	span.SetTraceID(pcommon.TraceID{1, 2, 3})
	span.SetSpanID(pcommon.SpanID{1, 2})
	span.SetStartTimestamp(testNow - 100_000_000)
	span.SetEndTimestamp(testNow - 1)
	for _, key := range slices.Sorted(maps.Keys(attributes)) {
		switch value := attributes[key].(type) {
		case string:
			span.Attributes().PutStr(key, value)
		case int:
			span.Attributes().PutInt(key, int64(value))
		}
	}
	return span
}

// failedRecord is a log record with an exception.
func failedRecord() plog.LogRecord {
	record := plog.NewLogRecord()
	record.SetSeverityText("ERROR")
	record.SetTraceID(pcommon.TraceID{1})
	record.Attributes().PutStr("exception.type", "java.io.IOException")
	record.Attributes().PutStr("exception.stacktrace", "java.io.IOException: no\n\tat com.example.Carts.add(Carts.java:17)")
	return record
}

func TestReadingDoesNotAllocate(t *testing.T) {
	for name, span := range realisticSpans() {
		t.Run(name, func(t *testing.T) {
			b := newBench(Config{MaxAge: 1})
			require.Zero(t, testing.AllocsPerRun(100, func() {
				b.reader.Span(b.owner, span, testNow, &b.key, &b.o)
			}))
		})
	}
	t.Run("record", func(t *testing.T) {
		b, record := newBench(Config{}), failedRecord()
		require.Zero(t, testing.AllocsPerRun(100, func() {
			b.reader.Record(b.owner, record, &b.key, &b.o)
			b.reader.Exception(b.owner, record, testNow, &b.key, &b.o)
			b.reader.Version(b.owner, testNow, &b.key, &b.o)
		}))
	})
	t.Run("event", func(t *testing.T) {
		b, span := newBench(Config{}), realisticSpans()["job"]
		span.Events().AppendEmpty().SetName("exception")
		failedRecord().Attributes().CopyTo(span.Events().At(0).Attributes())
		require.Zero(t, testing.AllocsPerRun(100, func() {
			b.reader.Event(b.owner, span, span.Events().At(0), testNow, &b.key, &b.o)
		}))
	})
}

// BenchmarkSpan reads one span; a request with a route has 13 attributes.
func BenchmarkSpan(b *testing.B) {
	spans := realisticSpans()
	for _, name := range slices.Sorted(maps.Keys(spans)) {
		b.Run(name, func(b *testing.B) {
			rig, span := newBench(Config{MaxAge: 1}), spans[name]
			b.ReportAllocs()
			for b.Loop() {
				rig.reader.Span(rig.owner, span, testNow, &rig.key, &rig.o)
			}
		})
	}
}

// BenchmarkException reads a log record and its exception, which was told of before.
func BenchmarkException(b *testing.B) {
	rig, record := newBench(Config{}), failedRecord()
	b.ReportAllocs()
	for b.Loop() {
		rig.reader.Record(rig.owner, record, &rig.key, &rig.o)
		rig.reader.Exception(rig.owner, record, testNow, &rig.key, &rig.o)
	}
}

// BenchmarkFleet reads more spans than the caches next to a CPU hold, with their
// attributes in random order, as the maps of SDKs give them: so it costs what it
// costs in a gateway. ns/span is its figure.
func BenchmarkFleet(b *testing.B) {
	const spans = 8 * 512
	b.Run("server", func(b *testing.B) { benchmarkFleet(b, spans, "http route") })
	b.Run("mixed", func(b *testing.B) {
		benchmarkFleet(b, spans, slices.Sorted(maps.Keys(realisticSpans()))...)
	})
}

func benchmarkFleet(b *testing.B, n int, names ...string) {
	random := rand.New(rand.NewPCG(1, 0))
	td := ptrace.NewTraces()
	spans := td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans()
	kinds := realisticSpans()
	for i := range n {
		kind, span := kinds[names[i%len(names)]], spans.AppendEmpty()
		kind.CopyTo(span)
		attributes := slices.Sorted(maps.Keys(kind.Attributes().AsRaw()))
		random.Shuffle(len(attributes), func(i, j int) { attributes[i], attributes[j] = attributes[j], attributes[i] })
		span.Attributes().Clear()
		for _, name := range attributes {
			value, _ := kind.Attributes().Get(name)
			value.CopyTo(span.Attributes().PutEmpty(name))
		}
	}
	// Decoded, each span has texts of its own.
	data, err := new(ptrace.ProtoMarshaler).MarshalTraces(td)
	require.NoError(b, err)
	td, err = new(ptrace.ProtoUnmarshaler).UnmarshalTraces(data)
	require.NoError(b, err)
	spans = td.ResourceSpans().At(0).ScopeSpans().At(0).Spans()
	rig := newBench(Config{MaxAge: 1})
	b.ReportAllocs()
	for b.Loop() {
		for _, span := range spans.All() {
			rig.reader.Span(rig.owner, span, testNow, &rig.key, &rig.o)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/span")
}
