package leaf_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"

	"github.com/readygate/readygate/internal/leaf"
)

// visitor is a visitor made of functions; those that are nil change nothing.
type visitor struct {
	quiet
	text func(leaf.Slot, string) (string, leaf.Outcome)
	key  func(leaf.Slot, string) (string, leaf.Outcome)
	deep func(leaf.Slot) (string, leaf.Outcome)
}

func (v visitor) Text(at leaf.Slot, value string) (string, leaf.Outcome) {
	if v.text == nil {
		return v.quiet.Text(at, value)
	}
	return v.text(at, value)
}

func (v visitor) Key(at leaf.Slot, key string) (string, leaf.Outcome) {
	if v.key == nil {
		return v.quiet.Key(at, key)
	}
	return v.key(at, key)
}

func (v visitor) Deep(at leaf.Slot) (string, leaf.Outcome) {
	if v.deep == nil {
		return v.quiet.Deep(at)
	}
	return v.deep(at)
}

func replaceIf(found bool) leaf.Outcome {
	if found {
		return leaf.Replace
	}
	return leaf.Keep
}

// oneRecord returns logs with one record, and that record.
func oneRecord() (plog.Logs, plog.LogRecord) {
	ld := plog.NewLogs()
	return ld, ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
}

func keys(m pcommon.Map) []string {
	var keys []string
	for key, value := range m.All() {
		keys = append(keys, key+"="+value.AsString())
	}
	return keys
}

func TestASlotKnowsItsPlaceAndTheKeysAroundIt(t *testing.T) {
	ld, record := oneRecord()
	record.SetSeverityText("plain")
	outer := record.Attributes().PutEmptyMap("outer")
	outer.PutEmptySlice("list").AppendEmpty().SetEmptyMap().PutStr("inner", "nested")
	record.Attributes().PutStr("sibling", "flat")
	record.Body().SetEmptyMap().PutStr("field", "body")

	var got []string
	note := func(what string) func(leaf.Slot, string) (string, leaf.Outcome) {
		return func(at leaf.Slot, value string) (string, leaf.Outcome) {
			got = append(got, fmt.Sprintf("%s %s %s %q", at.Place, strings.Join(at.Keys, "/"), what, value))
			return "", leaf.Keep
		}
	}
	leaf.NewWalker(visitor{text: note("text"), key: note("key")}, depth).Logs(ld)

	require.Equal(t, []string{
		`severity_text  text "plain"`,
		`log_body field text "body"`,
		`log_body_key  key "field"`,
		`log_attribute outer/list/inner text "nested"`,
		`log_attribute_key outer/list key "inner"`,
		`log_attribute_key outer key "list"`,
		`log_attribute_key  key "outer"`,
		`log_attribute sibling text "flat"`,
		`log_attribute_key  key "sibling"`,
	}, got)
}

func TestRenamedKeysKeepTheirOrderAndNothingIsLost(t *testing.T) {
	ld, record := oneRecord()
	for i, key := range []string{"secret a", "x", "secret b", "x #2", "y", "secret c"} {
		record.Attributes().PutInt(key, int64(i))
	}

	counts := leaf.NewWalker(visitor{key: func(_ leaf.Slot, key string) (string, leaf.Outcome) {
		return "x", replaceIf(strings.HasPrefix(key, "secret"))
	}}, depth).Logs(ld)

	require.Equal(t, leaf.Counts{Changed: 1}, counts)
	require.Equal(t, []string{"x #3=0", "x=1", "x #4=2", "x #2=3", "y=4", "x #5=5"}, keys(record.Attributes()))
}

func TestAKeyCanBeReplacedByAnEmptyOne(t *testing.T) {
	ld, record := oneRecord()
	record.Attributes().PutStr("secret", "value")
	leaf.NewWalker(visitor{key: func(leaf.Slot, string) (string, leaf.Outcome) { return "", leaf.Replace }}, depth).Logs(ld)
	require.Equal(t, []string{"=value"}, keys(record.Attributes()))
}

func TestARecordIsCountedOnceHoweverMuchOfItChanges(t *testing.T) {
	td := ptrace.NewTraces()
	scope := td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty()
	scope.Scope().SetName("secret, but no record")
	scope.Spans().AppendEmpty().SetName("clean")
	span := scope.Spans().AppendEmpty()
	span.SetName("secret")
	span.Events().AppendEmpty().Attributes().PutStr("key", "secret")

	counts := leaf.NewWalker(visitor{text: func(_ leaf.Slot, value string) (string, leaf.Outcome) {
		return "gone", replaceIf(strings.HasPrefix(value, "secret"))
	}}, depth).Traces(td)

	require.Equal(t, leaf.Counts{Changed: 1}, counts)
}

func TestWhatIsNestedTooDeepIsOneValue(t *testing.T) {
	const limit = 3
	for name, nest := range map[string]func(pcommon.Value) pcommon.Value{
		"maps":   func(v pcommon.Value) pcommon.Value { return v.SetEmptyMap().PutEmpty("key") },
		"arrays": func(v pcommon.Value) pcommon.Value { return v.SetEmptySlice().AppendEmpty() },
	} {
		t.Run(name, func(t *testing.T) {
			ld, record := oneRecord()
			v := record.Body() // at depth 1
			for range 100_000 {
				v = nest(v)
			}
			v.SetStr("secret")

			var places []string
			leaf.NewWalker(visitor{
				text: func(leaf.Slot, string) (string, leaf.Outcome) { t.Error("walked too deep"); return "", leaf.Keep },
				deep: func(at leaf.Slot) (string, leaf.Outcome) {
					places = append(places, at.Place.String())
					return "too deep", leaf.Replace
				},
			}, limit).Logs(ld)

			require.Equal(t, []string{"log_body"}, places)
			v = record.Body()
			for range limit - 1 {
				if v.Type() == pcommon.ValueTypeMap {
					v, _ = v.Map().Get("key")
				} else {
					v = v.Slice().At(0)
				}
			}
			require.Equal(t, "too deep", v.Str())
		})
	}
}

func TestAValueAtTheLimitIsVisited(t *testing.T) {
	ld, record := oneRecord()
	record.Body().SetEmptySlice().AppendEmpty().SetEmptySlice().AppendEmpty().SetStr("at depth 3")
	var got string
	leaf.NewWalker(visitor{text: func(_ leaf.Slot, value string) (string, leaf.Outcome) {
		got = value
		return "", leaf.Keep
	}}, 3).Logs(ld)
	require.Equal(t, "at depth 3", got)
}

func TestScopesThatPdataKeepsButDoesNotShowAreDropped(t *testing.T) {
	request := ptraceotlp.NewExportRequest()
	require.NoError(t, request.UnmarshalJSON([]byte(`{"resourceSpans":[{
		"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
		"scopeSpans": [{"spans": [{"name": "seen"}]}],
		"deprecatedScopeSpans": [{"spans": [{"name": "hidden"}]}],
		"schemaUrl": "https://example.com/schema"
	}]}`)))
	before, err := request.MarshalProto()
	require.NoError(t, err)
	require.Contains(t, string(before), "hidden", "pdata has learnt to drop them: hidden.go can go")

	leaf.NewWalker(quiet{}, depth).Traces(request.Traces())

	after, err := request.MarshalProto()
	require.NoError(t, err)
	require.NotContains(t, string(after), "hidden")
	for _, kept := range []string{"shop", "seen", "https://example.com/schema"} {
		require.Contains(t, string(after), kept)
	}
}

func TestEveryPlaceHasAName(t *testing.T) {
	seen := make(map[string]bool)
	for place := leaf.Place(0); place.String() != "unknown"; place++ {
		require.NotEmptyf(t, place.String(), "place %d", place)
		require.Falsef(t, seen[place.String()], "two places are %s", place)
		seen[place.String()] = true
	}
	require.True(t, seen["profile_payload_format"], "the last place")
}
