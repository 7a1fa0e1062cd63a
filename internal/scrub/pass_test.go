package scrub_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
	"github.com/readygate/readygate/internal/scrub"
)

// log notes what a pass reports.
type log struct {
	lines []string
	bytes int
}

func (l *log) Scanned(bytes int) { l.bytes += bytes }
func (l *log) Found(at leaf.Place, f detect.Finding) {
	l.lines = append(l.lines, fmt.Sprint(at, " ", f.Detector.Name, " ", f.Action))
}
func (l *log) Unscannable(at leaf.Place, reason detect.Reason) {
	l.lines = append(l.lines, fmt.Sprint(at, " ", reason))
}
func (l *log) Panicked() { l.lines = append(l.lines, "panic") }

// walk takes logs through a pass with a policy.
func walk(t *testing.T, text string, ld plog.Logs, change func(*scrub.Options)) (*log, leaf.Counts) {
	t.Helper()
	f, err := policy.Parse("policy.yaml", []byte(text), leaf.PlaceNames())
	require.NoError(t, err)
	set, err := f.Compile(policy.Options{Places: leaf.PlaceNames()})
	require.NoError(t, err)
	o := scrub.Options{Policies: set, Enforce: true, MaxValueBytes: 1 << 10, MaxDepth: 4, Scan: (*detect.Scanner).Scrub}
	if change != nil {
		change(&o)
	}
	l := &log{}
	return l, scrub.NewWalker(o, l).Logs(ld)
}

// records returns logs of services, each with one record that holds an address.
func records(services ...string) plog.Logs {
	ld := plog.NewLogs()
	for _, name := range services {
		rl := ld.ResourceLogs().AppendEmpty()
		rl.Resource().Attributes().PutStr("service.name", name)
		record := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
		record.Body().SetStr("to jane@example.com")
		record.Attributes().PutStr("user.email", "jane@example.com")
	}
	return ld
}

func record(ld plog.Logs, i int) plog.LogRecord {
	return ld.ResourceLogs().At(i).ScopeLogs().At(0).LogRecords().At(0)
}

func TestEachResourceHasItsPolicyAndEachPlaceItsAction(t *testing.T) {
	ld := records("mail", "shop", "other")
	l, counts := walk(t, `
detectors: {email: {places: {log_attribute: drop_attribute}}}
policies:
  - {name: mail, match: {service.name: [mail]}, detectors: {email: {action: tag, places: {log_attribute: tag}}}}
  - {name: shop, match: {service.name: [shop]}, detectors: {email: {action: drop_record}}}
`, ld, nil)

	require.Equal(t, leaf.Counts{Changed: 1, Dropped: 1}, counts)
	require.Equal(t, 2, ld.ResourceLogs().Len())
	require.Equal(t, "to jane@example.com", record(ld, 0).Body().Str())
	require.Equal(t, 1, record(ld, 0).Attributes().Len())
	require.Equal(t, "to [REDACTED:email]", record(ld, 1).Body().Str())
	require.Zero(t, record(ld, 1).Attributes().Len())
	require.Equal(t, []string{
		"log_body email tag", "log_attribute email tag",
		"log_body email drop_record",
		"log_body email mask", "log_attribute email drop_attribute",
	}, l.lines)
}

func TestWhatIsNotEnforcedIsReportedAsItWouldBe(t *testing.T) {
	ld := records("shop")
	l, counts := walk(t, "detectors: {email: {action: drop_record}}", ld, func(o *scrub.Options) { o.Enforce = false })

	require.Zero(t, counts)
	require.Equal(t, "to jane@example.com", record(ld, 0).Body().Str())
	require.Equal(t, []string{"log_body email drop_record", "log_attribute email drop_record"}, l.lines)
	require.Positive(t, l.bytes)
}

func TestWhatCannotBeScannedIsReportedWithItsPlace(t *testing.T) {
	ld := records("shop")
	l, _ := walk(t, "preset: default", ld, func(o *scrub.Options) {
		o.Scan = func(*detect.Scanner, []detect.Finding, detect.Value, *detect.Rules) (string, []detect.Finding, detect.Reason) {
			panic("a defect")
		}
	})
	require.Equal(t, detect.Unscannable(detect.Panicked), record(ld, 0).Body().Str())
	require.Contains(t, l.lines, "panic")
	require.Contains(t, l.lines, "log_body "+string(detect.Panicked))
}

// Whether a key is changed is for its policy to say, not for the default.
func TestKeysAreScrubbedByTheRulesOfTheirPolicy(t *testing.T) {
	key := "charge.4" + "222222222222" // 13 digits without context are possible
	for text, want := range map[string]string{
		"preset: default": key,
		"detectors: {payment_card: {confidence: possible}}": "charge.[REDACTED:payment_card:2222]",
		"preset: strict": "charge.[REDACTED:payment_card]",
	} {
		ld := records("shop")
		record(ld, 0).Attributes().PutInt(key, 1)
		walk(t, text, ld, nil)
		_, ok := record(ld, 0).Attributes().Get(want)
		require.True(t, ok, "%s: %v", text, record(ld, 0).Attributes().AsRaw())
	}
}
