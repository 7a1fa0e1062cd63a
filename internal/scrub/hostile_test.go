package scrub_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
	"github.com/readygate/readygate/internal/scrub"
)

// hostile takes one batch through a walker with the gateway's limits and tells how
// long that took.
func hostile(t *testing.T, maxValueBytes int, fill func(plog.LogRecord)) (plog.LogRecord, time.Duration) {
	t.Helper()
	ld := records("shop")
	fill(record(ld, 0))
	_, took := batch(t, maxValueBytes, ld)
	return record(ld, 0), took
}

// batch is hostile for logs.
func batch(t *testing.T, maxValueBytes int, ld plog.Logs) (*policy.Set, time.Duration) {
	t.Helper()
	f, err := policy.Parse("policy.yaml", []byte("preset: default"), leaf.PlaceNames())
	require.NoError(t, err)
	set, err := f.Compile(policy.Options{Places: leaf.PlaceNames(), MaxTime: time.Minute})
	require.NoError(t, err)
	walker := scrub.NewWalker(scrub.Options{Policies: set, Enforce: true, MaxValueBytes: maxValueBytes, MaxDepth: 32, Scan: (*detect.Scanner).Scrub}, &log{})
	start := time.Now()
	walker.Logs(ld)
	return set, time.Since(start)
}

func TestAHugeLineIsReplacedOrScrubbedInBoundedTime(t *testing.T) {
	line := strings.Repeat(`{"level":"info","user":"jane@example.com","n":1234567890} `, 10<<20/57)
	got, took := hostile(t, 1<<20, func(r plog.LogRecord) { r.Body().SetStr(line) })
	require.Equal(t, detect.Unscannable(detect.TooLarge), got.Body().Str())
	t.Logf("%d bytes over the limit: %s", len(line), took)
	require.Less(t, took, 5*time.Second)

	got, took = hostile(t, 64<<20, func(r plog.LogRecord) { r.Body().SetStr(line) })
	require.NotContains(t, got.Body().Str(), "jane@")
	t.Logf("%d bytes with a finding in every 57: %s", len(line), took)
	require.Less(t, took, 50*time.Second)
}

func TestDepthIsBounded(t *testing.T) {
	got, took := hostile(t, 1<<20, func(r plog.LogRecord) {
		m := r.Body().SetEmptyMap()
		for range 10_000 {
			m = m.PutEmptyMap("k")
		}
		m.PutStr("user", "jane@example.com")
	})
	require.NotContains(t, fmt.Sprint(got.Body().AsRaw()), "jane@")
	t.Logf("10,000 levels: %s", took)
	require.Less(t, took, 5*time.Second)
}

// What a client may send in place of plain text and digits.
func TestOddTextIsScrubbed(t *testing.T) {
	card := "4" + strings.Repeat("1", 15)
	var wide, arabic strings.Builder
	for _, d := range card {
		wide.WriteRune(d - '0' + '\uff10')
		arabic.WriteRune(d - '0' + '\u0660')
	}
	for name, text := range map[string]string{
		"invalid UTF-8":   "\xff\xfe jane@example.com \xc3",
		"NUL":             "\x00jane@example.com\x00",
		"BOM":             "\ufeffjane@example.com",
		"full width":      "card " + wide.String(),
		"Arabic digits":   "card " + arabic.String(),
		"no-break spaces": "card " + card[:4] + "\u00a0" + card[4:8] + "\u00a0" + card[8:12] + "\u00a0" + card[12:],
	} {
		got, _ := hostile(t, 1<<20, func(r plog.LogRecord) { r.Body().SetStr(text) })
		require.Contains(t, got.Body().Str(), "[REDACTED:", name)
		require.NotContains(t, got.Body().Str(), "jane@", name)
		require.NotContains(t, got.Body().Str(), card[:4], name)
	}
}

func TestManyKeysTakeBoundedMemory(t *testing.T) {
	const perRecord, size = 500, 400 // 200,000 keys
	ld := records("shop")
	scope := ld.ResourceLogs().At(0).ScopeLogs().At(0)
	for i := range size {
		attributes := scope.LogRecords().AppendEmpty().Attributes()
		for j := range perRecord {
			attributes.PutInt(fmt.Sprintf("key.%d.of.many", i*perRecord+j), 1)
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)

	set, took := batch(t, 1<<20, ld)

	runtime.GC()
	runtime.ReadMemStats(&after)
	require.Equal(t, size+1, scope.LogRecords().Len())
	require.LessOrEqual(t, set.Default().Scanner.KnownKeys(), 4096)
	grown := int64(after.HeapAlloc) - int64(before.HeapAlloc)
	t.Logf("%d keys: %s, heap %+d KiB, the policy included", size*perRecord, took, grown>>10)
	require.Less(t, grown, int64(16<<20))
}
