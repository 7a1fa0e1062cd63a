package leaf_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/leaf"
)

func TestASlotKnowsItsSiblings(t *testing.T) {
	ld, record := oneRecord()
	record.SetEventName("plain field")
	require.NoError(t, record.Body().FromRaw([]any{"no map around it"}))
	record.Attributes().PutStr("db.system", "sqlite")
	record.Attributes().PutStr("text", "flat")
	record.Attributes().PutInt("number", 7)
	record.Attributes().PutEmptySlice("list").AppendEmpty().SetStr("in a list")
	nested := record.Attributes().PutEmptyMap("map")
	nested.PutStr("text", "nested")
	nested.PutStr("db.system", "redis")

	siblings := make(map[string]string)
	note := func(at leaf.Slot, text string) (string, leaf.Outcome) {
		system, ok := at.Sibling("db.system")
		siblings[text] = fmt.Sprint(system, " ", ok)
		for _, key := range []string{"number", "list", "map", "absent"} {
			_, ok := at.Sibling(key)
			require.Falsef(t, ok, "%s is no string", key)
		}
		return "", leaf.Keep
	}
	leaf.NewWalker(visitor{text: note, key: note}, depth).Logs(ld)

	for text, want := range map[string]string{
		"plain field":      " false",
		"no map around it": " false",
		"flat":             "sqlite true",
		"in a list":        "sqlite true",
		"nested":           "redis true",
		"map":              "sqlite true", // a key
		"number":           "sqlite true",
	} {
		require.Equal(t, want, siblings[text], text)
	}
}

func TestAPlainSlotHasNoMapAround(t *testing.T) {
	_, ok := leaf.Slot{}.Sibling("any")
	require.False(t, ok)
	require.Equal(t, pcommon.Map{}, leaf.Slot{}.Around)
}

func TestASiblingShowsWhatHasReplacedItUnderItsOldKey(t *testing.T) {
	ld, record := oneRecord()
	for _, key := range []string{"first", "second", "third"} {
		record.Attributes().PutStr(key, key)
	}
	var got []string
	leaf.NewWalker(visitor{
		text: func(at leaf.Slot, text string) (string, leaf.Outcome) {
			if text != "second" {
				return "new " + text, leaf.Replace
			}
			for _, key := range []string{"first", "second", "third"} {
				sibling, _ := at.Sibling(key)
				got = append(got, sibling)
			}
			return "", leaf.DropAttribute
		},
		key: func(at leaf.Slot, key string) (string, leaf.Outcome) {
			dropped, ok := at.Sibling("second")
			require.True(t, ok, "it goes with the end of the map")
			require.Equal(t, "second", dropped)
			return "new " + key, leaf.Replace
		},
	}, depth).Logs(ld)

	require.Equal(t, []string{"new first", "second", "third"}, got)
	require.Equal(t, []string{"new first=new first", "new third=new third"}, keys(record.Attributes()))
}

func TestAnElementKnowsTheStringBeforeIt(t *testing.T) {
	ld, record := oneRecord()
	require.NoError(t, record.Body().FromRaw([]any{
		"--user", "jane", []any{"inner", map[string]any{"key": "in a map", "args": []any{"-p", "x"}}}, "after the list", int64(7), "after the number",
	}))
	record.Attributes().PutStr("text", "attribute")

	before := make(map[string]string)
	note := func(at leaf.Slot, text string) (string, leaf.Outcome) {
		before[text] = at.Before
		return "new", leaf.Replace
	}
	leaf.NewWalker(visitor{text: note, key: note}, depth).Logs(ld)

	require.Equal(t, map[string]string{
		"--user": "", "jane": "--user", "inner": "", "in a map": "", "key": "", "-p": "", "x": "-p", "args": "",
		"after the list": "", "after the number": "", "attribute": "", "text": "",
	}, before)
}

func TestWhatIsNoStringKnowsTheStringBeforeItToo(t *testing.T) {
	ld, record := oneRecord()
	require.NoError(t, record.Body().FromRaw([]any{"--pin", int64(1234), 0.5, "--pin", []any{"deep"}}))
	r := new(numbers)

	leaf.NewWalker(r, 2).Logs(ld)

	require.Equal(t, []string{`1234 after "--pin"`, `0.5 after ""`, `a list after "--pin"`}, r.calls)
}

// numbers notes what stands before that which is no string.
type numbers struct {
	quiet
	calls []string
}

func (n *numbers) note(at leaf.Slot, value any) {
	n.calls = append(n.calls, fmt.Sprintf("%v after %q", value, at.Before))
}

func (n *numbers) Int(at leaf.Slot, value int64) (int64, leaf.Outcome) {
	n.note(at, value)
	return 0, leaf.Keep
}

func (n *numbers) Double(at leaf.Slot, value float64) (float64, leaf.Outcome) {
	n.note(at, value)
	return 0, leaf.Keep
}

func (n *numbers) Deep(at leaf.Slot) (string, leaf.Outcome) {
	n.note(at, "a list")
	return "", leaf.Keep
}
