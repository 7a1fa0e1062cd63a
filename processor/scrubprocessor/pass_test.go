package scrubprocessor

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/readygate/readygate/internal/detect"
)

func TestASensitiveKeyTakesEveryTypeOfValueAndKeepsTheType(t *testing.T) {
	ld, record := oneRecord()
	password := "pass" + "word"
	outer := record.Attributes().PutEmptyMap(password)
	outer.PutStr("string", "Tr0ub4dor")
	outer.PutInt("int", 314159)
	outer.PutDouble("double", 2.71828)
	outer.PutBool("bool", true)
	outer.PutEmptyBytes("bytes").FromRaw([]byte("Tr0ub4dor"))
	outer.PutEmptySlice("slice").AppendEmpty().SetStr("Tr0ub4dor")
	outer.PutEmptyMap("map").PutStr("inner", "Tr0ub4dor")

	ld = process(t, defaults(), ld).(plog.Logs)

	const marker = "[REDACTED:secret_assignment]"
	v, _ := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Attributes().Get(password)
	require.Equal(t, map[string]any{
		"string": marker,
		"int":    int64(0),
		"double": float64(0),
		"bool":   true,
		"bytes":  []byte(marker),
		"slice":  []any{marker},
		"map":    map[string]any{"inner": marker},
	}, v.Map().AsRaw())
}

func TestNumbersThatAreNoTextStay(t *testing.T) {
	ld, record := oneRecord()
	want := []float64{0, math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.SmallestNonzeroFloat64}
	for _, f := range want {
		record.Body().SetEmptySlice().AppendEmpty().SetDouble(f)
		got := process(t, defaults(), ld).(plog.Logs)
		require.Equal(t, f, got.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Body().Slice().At(0).Double())
	}
}

func TestAValueThatCannotBeScannedIsReplacedAsAWhole(t *testing.T) {
	long := strings.Repeat("a", minValueBytes+1)
	deep := func(v pcommon.Value) { v.SetEmptySlice().AppendEmpty().SetEmptyMap().PutStr("k", "v") }

	for name, c := range map[string]struct {
		set    func(pcommon.Value)
		get    func(pcommon.Value) string
		reason detect.Reason
	}{
		"long string": {func(v pcommon.Value) { v.SetStr(long) }, pcommon.Value.Str, detect.TooLarge},
		"long bytes": {
			func(v pcommon.Value) { v.SetEmptyBytes().FromRaw([]byte(long)) },
			func(v pcommon.Value) string { return string(v.Bytes().AsRaw()) },
			detect.TooLarge,
		},
		"long key": {func(v pcommon.Value) { v.SetEmptyMap().PutBool(long, true) }, onlyKey, detect.TooLarge},
		"value under a long key": {
			func(v pcommon.Value) { v.SetEmptyMap().PutStr(long, "short") },
			func(v pcommon.Value) string { return onlyValue(v).Str() },
			detect.TooLarge,
		},
		"deep":         {deep, func(v pcommon.Value) string { return v.Slice().At(0).Str() }, detect.TooDeep},
		"panic":        {func(v pcommon.Value) { v.SetStr("poison") }, pcommon.Value.Str, detect.Panicked},
		"panic in key": {func(v pcommon.Value) { v.SetEmptyMap().PutBool("poison"+"@example.com", true) }, onlyKey, detect.Panicked},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := defaults()
			cfg.MaxValueBytes, cfg.MaxDepth = minValueBytes, 2
			s, _ := logScrubber(t, cfg, panicking)
			ld, record := oneRecord()
			record.SetSeverityText("neighbour")
			c.set(record.Body())

			scrubLogs(t, s, ld)

			require.Equal(t, detect.Unscannable(c.reason), c.get(record.Body()))
			require.Equal(t, "neighbour", record.SeverityText(), "the rest of the record stays")
		})
	}
}

func onlyKey(v pcommon.Value) (key string) {
	for key = range v.Map().All() {
	}
	return key
}

func onlyValue(v pcommon.Value) (value pcommon.Value) {
	for _, value = range v.Map().All() {
	}
	return value
}

func TestAPanicIsLoggedOncePerBatchWithoutTheValue(t *testing.T) {
	core, logged := observer.New(zap.DebugLevel)
	s, _ := logScrubber(t, defaults(), panicking)
	s.logger = zap.New(core)
	ld, record := oneRecord()
	for range 3 {
		record.Body().SetEmptySlice().AppendEmpty().SetStr("poison")
		record.Attributes().PutStr("some.key", "poison")
	}

	scrubLogs(t, s, ld)

	require.Equal(t, 1, logged.Len())
	entry := logged.All()[0]
	require.Equal(t, int64(2), entry.ContextMap()["values"])
	require.Contains(t, entry.ContextMap()["stack"], "scrubprocessor.panicking")
	for _, secret := range []string{"poison", "some.key"} {
		require.NotContains(t, entry.Message, secret)
		require.NotContains(t, entry.ContextMap()["stack"], secret)
	}
}

func TestAValueThatNeverComesCleanIsReplaced(t *testing.T) {
	restless := func(_ *detect.Scanner, dst []detect.Finding, _ detect.Value, _ *detect.Rules) (string, []detect.Finding, detect.Reason) {
		return detect.Unscannable(detect.Unstable), dst, detect.Unstable
	}
	s, _ := logScrubber(t, defaults(), restless)
	ld, record := oneRecord()
	record.Body().SetStr("anything")

	scrubLogs(t, s, ld)

	require.Equal(t, detect.Unscannable(detect.Unstable), record.Body().Str())
}
