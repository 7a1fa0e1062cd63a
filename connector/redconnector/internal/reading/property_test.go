package reading

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/telemetry"
)

// attributeNames are those that are read, but for sampling rates, and some that are not.
var attributeNames = append(slices.Clone(names[errorType:samplingRate]),
	"exception.type", "exception.message", "exception.stacktrace",
	"", "http", "http.request", "thread.name", "rpc.grpc",
)

var attributeTexts = []string{
	"", " ", "/", "?", "GET", "get", "200", "503", "-1", "-32001", "99999999999999999999", "OK", "not_found", "grpc",
	"jsonrpc", "dubbo", "kafka", "receive", "settle", "process", "timer", "orders/42", "/users/{id}", "https://", "://",
	"https://user@[2001:db8::1]:80/x", "192.0.2.1", "example.com:80", "\x00", "a\xff\xfeb", "{", "[REDACTED:email]",
	"Foo$$Lambda$1", "0x", "$Proxy1", "http", "https", strings.Repeat("/a1b2", 500), strings.Repeat("ä", 300),
}

// randomValue is any type that an attribute can have.
func randomValue(random *rand.Rand, value pcommon.Value) {
	switch random.IntN(10) {
	case 0:
		value.SetInt([]int64{0, 1, -1, 5, 20, 200, 404, 1 << 62, -32602, -1 << 63}[random.IntN(10)])
	case 1:
		value.SetDouble(random.NormFloat64() * 1000)
	case 2:
		value.SetBool(random.IntN(2) == 0)
	case 3:
		value.SetEmptySlice().AppendEmpty().SetStr("GET")
	case 4:
		value.SetEmptyMap().PutStr("http.route", "/")
	case 5:
		value.SetEmptyBytes().FromRaw([]byte{0, 255})
	case 6: // empty
	default:
		value.SetStr(attributeTexts[random.IntN(len(attributeTexts))])
	}
}

func randomAttributes(random *rand.Rand, attributes pcommon.Map) {
	for range random.IntN(15) {
		randomValue(random, attributes.PutEmpty(attributeNames[random.IntN(len(attributeNames))]))
	}
}

// randomSpan has no sampling rate, so that it weighs 1.
func randomSpan(random *rand.Rand) ptrace.Span {
	span := ptrace.NewSpan()
	span.SetName(attributeTexts[random.IntN(len(attributeTexts))])
	span.SetKind(ptrace.SpanKind(random.IntN(8) - 1))
	span.SetStartTimestamp(pcommon.Timestamp(random.Uint64() >> random.IntN(64)))
	span.SetEndTimestamp(span.StartTimestamp() + pcommon.Timestamp(random.Uint64()>>random.IntN(64)))
	span.Status().SetCode(ptrace.StatusCode(random.IntN(4)))
	span.SetTraceID(pcommon.TraceID{byte(random.IntN(3))})
	if random.IntN(2) == 0 {
		span.SetParentSpanID(pcommon.SpanID{1})
	}
	randomAttributes(random, span.Attributes())
	for range random.IntN(3) {
		event := span.Events().AppendEmpty()
		event.SetName("exception")
		randomAttributes(random, event.Attributes())
	}
	return span
}

// histograms are the groups that spans are counted in, by their outcome. Each has
// one that counts a span once, whatever it stands for.
var histograms = map[Outcome]telemetry.Metric{
	CountedHTTP:       telemetry.HTTPRequestDuration,
	CountedRPC:        telemetry.RPCRequestDuration,
	CountedMessage:    telemetry.MessageProcessDuration,
	CountedJob:        telemetry.JobDuration,
	CountedDependency: telemetry.DependencyRequestDuration,
}

func TestEachSpanHasOneOutcomeAndIsCountedAsItSays(t *testing.T) {
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 0))
		b := newBench(Config{MaxAge: 1000, DropLate: seed%2 == 0})
		outcomes := map[Outcome]int{}
		const spans = 2000
		for range spans {
			became, _ := b.span(randomSpan(random))
			outcomes[became]++
		}
		totals := b.totals(t)
		sum := 0
		for became, n := range outcomes {
			require.Less(t, became, Outcomes)
			sum += n
			if became.Counted() {
				require.Equal(t, n, countOf(t, totals, histograms[became].Name), "%v of seed %d", became, seed)
			}
		}
		require.Equal(t, spans, sum)
	}
}

// countOf adds up the counts of a histogram's series.
func countOf(t *testing.T, totals map[string]string, name string) (sum int) {
	t.Helper()
	for series, value := range totals {
		if strings.HasPrefix(series, name+"{") {
			var n int
			_, err := fmt.Sscanf(value, "count=%d", &n)
			require.NoError(t, err)
			sum += n
		}
	}
	return sum
}

// FuzzSpan looks for a panic, and for a label without a value.
func FuzzSpan(f *testing.F) {
	for i := range attributeTexts {
		f.Add(int32(i%8), attributeNames[i], attributeTexts[i], attributeNames[(i*7)%len(attributeNames)], attributeTexts[(i*5)%len(attributeTexts)], int64(i))
	}
	for _, name := range attributeNames {
		f.Add(int32(2), name, "x", "rpc.system", "grpc", int64(14))
	}
	f.Fuzz(func(t *testing.T, kind int32, name1, text1, name2, text2 string, number int64) {
		span := ptrace.NewSpan()
		span.SetKind(ptrace.SpanKind(kind))
		span.SetName(text1)
		span.TraceState().FromRaw(text2)
		span.Attributes().PutStr(name1, text1)
		span.Attributes().PutStr(name2, text2)
		span.Attributes().PutInt(attributeNames[uint64(number)%uint64(len(attributeNames))], number)
		event := span.Events().AppendEmpty()
		event.SetName("exception")
		event.Attributes().PutStr("exception.type", text2)
		b := newBench(Config{})
		b.span(span)
		for series := range b.totals(t) {
			require.NotContains(t, series, `=""`)
		}
	})
}
