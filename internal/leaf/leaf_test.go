package leaf_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/leaf/leaftest"
)

// depth is deeper than anything that leaftest makes.
const depth = 8

func walk(w *leaf.Walker, data any) (changed int) {
	switch data := data.(type) {
	case ptrace.Traces:
		return w.Traces(data)
	case plog.Logs:
		return w.Logs(data)
	default:
		return w.Metrics(data.(pmetric.Metrics))
	}
}

func TestEverySlotOfTheDataModelIsVisitedExactlyOnce(t *testing.T) {
	for _, s := range leaftest.Signals() {
		t.Run(s.Name, func(t *testing.T) {
			data := s.Fill()
			filled := leaftest.Slots(data)

			seen := &recorder{visits: make(map[string]int)}
			require.Zero(t, walk(leaf.NewWalker(seen, depth), data))

			left := make(map[string]bool)
			for _, slot := range leaftest.Slots(data) {
				left[slot.Path] = true
				visit := kind(slot) + " " + slot.String()
				require.Equalf(t, 1, seen.visits[visit], "visits of %s = %q", slot.Path, visit)
				delete(seen.visits, visit)
			}
			require.Empty(t, seen.visits, "visited, but not in the data")

			for _, slot := range filled {
				if !left[slot.Path] {
					require.Contains(t, slot.Path, ".DeprecatedScope", "a slot is gone")
				}
			}
		})
	}
}

func TestAVisitorThatChangesNothingLeavesEveryByte(t *testing.T) {
	for _, s := range leaftest.Signals() {
		t.Run(s.Name, func(t *testing.T) {
			sent, err := s.Encode(s.Fill())
			require.NoError(t, err)
			data, err := s.Decode(sent)
			require.NoError(t, err)
			before, err := s.Encode(data)
			require.NoError(t, err)

			require.Zero(t, walk(leaf.NewWalker(&recorder{visits: make(map[string]int)}, depth), data))

			after, err := s.Encode(data)
			require.NoError(t, err)
			require.Equal(t, before, after)
		})
	}
}

func TestEverySlotTakesItsReplacementAndKeepsItsType(t *testing.T) {
	for _, s := range leaftest.Signals() {
		t.Run(s.Name, func(t *testing.T) {
			data := s.Fill()
			walk(leaf.NewWalker(quiet{}, depth), data) // drops what is hidden
			var want []string
			for _, slot := range leaftest.Slots(data) {
				want = append(want, slot.Path+" = "+replaced(slot))
			}

			require.Positive(t, walk(leaf.NewWalker(replacer{}, depth), data))

			var got []string
			for _, slot := range leaftest.Slots(data) {
				got = append(got, slot.Path+" = "+slot.String())
			}
			require.Equal(t, want, got)
		})
	}
}

func TestWalkingCleanDataAllocatesNothing(t *testing.T) {
	for _, s := range leaftest.Signals() {
		t.Run(s.Name, func(t *testing.T) {
			data := s.Fill()
			walker := leaf.NewWalker(quiet{}, depth)
			require.Zero(t, testing.AllocsPerRun(100, func() { walk(walker, data) }))
		})
	}
}

func FuzzAnythingThatPdataDecodesCanBeWalked(f *testing.F) {
	// Small seeds: those that leaftest fills take the fuzzer too long to vary.
	logs, record := oneRecord()
	record.Body().SetEmptyMap().PutEmptySlice("list").AppendEmpty().SetInt(7)
	record.Attributes().PutEmptyBytes("bytes").FromRaw([]byte{0xff})
	seed, err := new(plog.ProtoMarshaler).MarshalLogs(logs)
	require.NoError(f, err)
	f.Add(seed)

	f.Fuzz(func(_ *testing.T, request []byte) {
		for _, s := range leaftest.Signals() {
			if data, err := s.Decode(request); err == nil {
				walk(leaf.NewWalker(replacer{}, 2), data)
			}
		}
	})
}

// recorder counts visits by kind and value and changes nothing.
type recorder struct{ visits map[string]int }

func (r *recorder) Text(_ leaf.Slot, value string) (string, bool) {
	r.visits["text "+value]++
	return "unused", false
}

func (r *recorder) Key(_ leaf.Slot, key string) (string, bool) {
	r.visits["key "+key]++
	return "unused", false
}

func (r *recorder) Bytes(_ leaf.Slot, value pcommon.ByteSlice) ([]byte, bool) {
	r.visits["bytes "+string(value.AsRaw())]++
	return nil, false
}

func (r *recorder) Int(_ leaf.Slot, value int64) (int64, bool) {
	r.visits[fmt.Sprint("int ", value)]++
	return 0, false
}

func (r *recorder) Double(_ leaf.Slot, value float64) (float64, bool) {
	r.visits[fmt.Sprint("double ", value)]++
	return 0, false
}

func (r *recorder) Deep(leaf.Slot) (string, bool) {
	r.visits["deep"]++
	return "unused", false
}

// kind is how a slot must be visited.
func kind(slot leaftest.Slot) string {
	switch {
	case slot.Bytes != nil:
		return "bytes"
	case slot.Int != nil:
		return "int"
	case slot.Double != nil:
		return "double"
	case strings.HasSuffix(slot.Path, ".Key"), strings.Contains(slot.Path, "Keys["):
		return "key"
	}
	return "text"
}

// quiet neither changes nor remembers anything.
type quiet struct{}

func (quiet) Text(leaf.Slot, string) (string, bool)             { return "", false }
func (quiet) Key(leaf.Slot, string) (string, bool)              { return "", false }
func (quiet) Bytes(leaf.Slot, pcommon.ByteSlice) ([]byte, bool) { return nil, false }
func (quiet) Int(leaf.Slot, int64) (int64, bool)                { return 0, false }
func (quiet) Double(leaf.Slot, float64) (float64, bool)         { return 0, false }
func (quiet) Deep(leaf.Slot) (string, bool)                     { return "", false }

// replacer changes everything; replaced says to what.
type replacer struct{ quiet }

func (replacer) Text(_ leaf.Slot, value string) (string, bool) { return "new " + value, true }
func (replacer) Key(_ leaf.Slot, key string) (string, bool)    { return "new " + key, true }
func (replacer) Int(_ leaf.Slot, value int64) (int64, bool)    { return -value, true }

func (replacer) Double(_ leaf.Slot, value float64) (float64, bool) { return -value, true }

func (replacer) Bytes(_ leaf.Slot, value pcommon.ByteSlice) ([]byte, bool) {
	return append([]byte("new "), value.AsRaw()...), true
}

func replaced(slot leaftest.Slot) string {
	if slot.Int != nil || slot.Double != nil {
		return "-" + slot.String()
	}
	return "new " + slot.String()
}
