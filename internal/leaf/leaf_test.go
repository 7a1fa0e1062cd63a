package leaf_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/leaf/leaftest"
)

// depth is deeper than anything that leaftest makes.
const depth = 8

func walk(w *leaf.Walker, data any) leaf.Counts {
	switch data := data.(type) {
	case ptrace.Traces:
		return w.Traces(data)
	case plog.Logs:
		return w.Logs(data)
	case pmetric.Metrics:
		return w.Metrics(data)
	default:
		return w.Profiles(data.(pprofile.Profiles))
	}
}

func copyOf(data any) any {
	switch data := data.(type) {
	case ptrace.Traces:
		work := ptrace.NewTraces()
		data.CopyTo(work)
		return work
	case plog.Logs:
		work := plog.NewLogs()
		data.CopyTo(work)
		return work
	case pmetric.Metrics:
		work := pmetric.NewMetrics()
		data.CopyTo(work)
		return work
	default:
		work := pprofile.NewProfiles()
		data.(pprofile.Profiles).CopyTo(work)
		return work
	}
}

func TestEverySlotOfTheDataModelIsVisitedExactlyOnce(t *testing.T) {
	for _, s := range leaftest.AllSignals() {
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
	for _, s := range leaftest.AllSignals() {
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
	for _, s := range leaftest.AllSignals() {
		t.Run(s.Name, func(t *testing.T) {
			data := s.Fill()
			walk(leaf.NewWalker(quiet{}, depth), data) // drops what is hidden
			var want []string
			for _, slot := range leaftest.Slots(data) {
				want = append(want, slot.Path+" = "+replaced(slot))
			}

			require.Positive(t, walk(leaf.NewWalker(replacer{}, depth), data).Changed)

			var got []string
			for _, slot := range leaftest.Slots(data) {
				got = append(got, slot.Path+" = "+slot.String())
			}
			require.Equal(t, want, got)
		})
	}
}

func TestWalkingCleanDataAllocatesNothing(t *testing.T) {
	for _, s := range leaftest.AllSignals() {
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

	f.Fuzz(func(t *testing.T, request []byte) {
		for _, s := range leaftest.AllSignals() {
			if data, err := s.Decode(request); err == nil {
				walk(leaf.NewWalker(replacer{}, 2), data)
				walk(leaf.NewWalker(fickle{}, 3), data)
				walk(leaf.NewWalker(quiet{}, depth), data)
				_, err := s.Encode(data)
				require.NoError(t, err)
			}
		}
	})
}
