package businessconnector

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// Nothing that comes makes it panic, and what is shown is never negative by way of a
// sum, nor NaN.
func FuzzWhateverIsInAValue(f *testing.F) {
	f.Add("19.99", int64(5), 1.5, "USD", uint8(0))
	f.Add("NaN", int64(-5), -1e300, "", uint8(3))
	f.Add("1e999", int64(1<<62), 1e-300, "EUR", uint8(6))
	cfg := parseConfig(f, `
metrics:
  paid: {type: sum, from: spans, where: {mark: 1}, value: v, unit_from: c, units: [USD, EUR], refunds: true, by: [v]}
  least: {type: gauge, from: spans, value: v}
  spread: {type: histogram, from: spans, value: v, buckets: [1]}
  different: {type: distinct, from: spans, value: v, by: [v], windows: [1m]}
  told: {type: counter, from: spans, where: {v: {regex: ".*1.*", not: {prefix: "1"}}}, by: [v]}
`)
	f.Fuzz(func(t *testing.T, text string, whole int64, double float64, currency string, kind uint8) {
		next := newRecorder()
		c := newTestBusiness(t, cfg, next)
		td := ptrace.NewTraces()
		span := td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans().AppendEmpty()
		span.Attributes().PutInt("mark", 1)
		span.Attributes().PutStr("c", currency)
		put(span.Attributes(), kind, text, whole, double)
		require.NoError(t, c.ConsumeTraces(context.Background(), td))
		require.NoError(t, c.Shutdown(context.Background()))
		for series, value := range next.totals {
			require.NotContains(t, value, "NaN", series)
			require.False(t, strings.HasPrefix(series, "paid") && strings.HasPrefix(value, "-"), "%s %s", series, value)
		}
	})
}

func put(attributes pcommon.Map, kind uint8, text string, whole int64, double float64) {
	switch kind % 7 {
	case 0:
		attributes.PutStr("v", text)
	case 1:
		attributes.PutInt("v", whole)
	case 2:
		attributes.PutDouble("v", double)
	case 3:
		attributes.PutBool("v", whole > 0)
	case 4:
		attributes.PutEmptyMap("v")
	case 5:
		attributes.PutEmptySlice("v")
	}
}
