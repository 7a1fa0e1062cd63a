package leaf_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/leaf/leaftest"
)

var (
	entryPath  = regexp.MustCompile(`^.*(Attributes|Metadata|KvlistValue\.Values)\[\d+\]`)
	recordPath = regexp.MustCompile(`^.*\.(Spans|LogRecords|Metrics|Profiles)\[\d+\]`)
	bodyPath   = regexp.MustCompile(`^.*\.Body\.Value`)
	entityPath = regexp.MustCompile(`^.*\.EntityRefs\[\d+\]`)
	tablePath  = regexp.MustCompile(`^Dictionary\.AttributeTable\[\d+\]`)
)

// goes returns the paths of what goes with the slot at path.
func goes(path string, outcome leaf.Outcome) []string {
	if record := recordPath.FindString(path); record != "" && outcome == leaf.DropRecord {
		return []string{record}
	}
	if strings.Contains(path, ".IdKeys[") {
		return []string{entityPath.FindString(path)} // leaftest gives an entity one key
	}
	for _, around := range []*regexp.Regexp{entryPath, bodyPath} {
		if found := around.FindString(path); found != "" {
			return []string{found}
		}
	}
	if entry := tablePath.FindString(path); entry != "" {
		all := []string{entry + ".Value", entry + ".KeyStrindex", entry + ".UnitStrindex"}
		if strings.HasSuffix(entry, "[1]") { // to which leaftest refers everywhere
			profile := "ResourceProfiles[0].ScopeProfiles[0].Profiles[0]"
			all = append(all, profile+".AttributeIndices", profile+".Samples[0].AttributeIndices",
				"Dictionary.MappingTable[0].AttributeIndices", "Dictionary.LocationTable[0].AttributeIndices")
		}
		return all
	}
	return []string{path}
}

func TestADropTakesExactlyWhatItMust(t *testing.T) {
	for _, s := range leaftest.AllSignals() {
		t.Run(s.Name, func(t *testing.T) {
			filled := s.Fill()
			addNeighbour(filled)
			walk(leaf.NewWalker(quiet{}, depth), filled) // drops what is hidden

			for _, slot := range leaftest.Slots(filled) {
				if slot.String() == "" {
					continue // the neighbour's: nothing to visit
				}
				for _, outcome := range []leaf.Outcome{leaf.DropAttribute, leaf.DropRecord} {
					got, want := copyOf(filled), copyOf(filled)
					for _, path := range goes(slot.Path, outcome) {
						remove(want, path)
					}

					counts := walk(leaf.NewWalker(dropper{kind(slot) + " " + slot.String(), outcome}, depth), got)

					requireSame(t, s, want, got, slot.Path)
					require.Equal(t, countsOf(slot.Path, outcome), counts, slot.Path)
				}
			}
		})
	}
}

// remove takes out of data what stands at path. A string of a dictionary keeps
// its index.
func remove(data any, path string) {
	if !strings.HasPrefix(path, "Dictionary.StringTable[") {
		leaftest.Remove(data, path)
		return
	}
	for _, slot := range leaftest.Slots(data) {
		if slot.Path == path {
			*slot.Text = ""
		}
	}
}

// addNeighbour adds a record next to the only one in its scope, which would take
// the scope along. There is more than one metric.
func addNeighbour(data any) {
	switch data := data.(type) {
	case ptrace.Traces:
		data.ResourceSpans().At(0).ScopeSpans().At(0).Spans().AppendEmpty().SetName("neighbour")
	case plog.Logs:
		data.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().AppendEmpty().SetEventName("neighbour")
	case pprofile.Profiles:
		data.ResourceProfiles().At(0).ScopeProfiles().At(0).Profiles().AppendEmpty().SetOriginalPayloadFormat("neighbour")
	}
}

// countsOf returns what a drop of the slot at path counts. leaftest gives a
// metric one data point.
func countsOf(path string, outcome leaf.Outcome) leaf.Counts {
	switch {
	case !recordPath.MatchString(path):
		return leaf.Counts{}
	case outcome == leaf.DropRecord:
		return leaf.Counts{Dropped: 1}
	case strings.Contains(path, ".Metrics[") && !strings.Contains(path, ".DataPoints["):
		return leaf.Counts{} // its points share it
	}
	return leaf.Counts{Changed: 1}
}

func requireSame(t *testing.T, s leaftest.Signal, want, got any, message string) {
	t.Helper()
	wantBytes, err := s.Encode(want)
	require.NoError(t, err)
	gotBytes, err := s.Encode(got)
	require.NoError(t, err)
	if string(wantBytes) != string(gotBytes) {
		require.Equal(t, leaftest.Values(want), leaftest.Values(got), message)
		require.Fail(t, "only numbers differ", message)
	}
}

// dropper decides on the one slot whose kind and value are given.
type dropper struct {
	visit   string
	outcome leaf.Outcome
}

func (d dropper) decide(visit string) leaf.Outcome {
	if visit == d.visit {
		return d.outcome
	}
	return leaf.Keep
}

func (dropper) Resource(pcommon.Map) {}

func (d dropper) Text(_ leaf.Slot, s string) (string, leaf.Outcome) {
	return "unused", d.decide("text " + s)
}

func (d dropper) Key(_ leaf.Slot, s string) (string, leaf.Outcome) {
	return "unused", d.decide("key " + s)
}

func (d dropper) Bytes(_ leaf.Slot, b pcommon.ByteSlice) ([]byte, leaf.Outcome) {
	return nil, d.decide("bytes " + string(b.AsRaw()))
}

func (d dropper) Int(_ leaf.Slot, n int64) (int64, leaf.Outcome) {
	return 7, d.decide("int " + strconv.FormatInt(n, 10))
}

func (d dropper) Double(_ leaf.Slot, f float64) (float64, leaf.Outcome) {
	return 7, d.decide("double " + strconv.FormatFloat(f, 'f', -1, 64))
}

func (d dropper) Deep(leaf.Slot) (string, leaf.Outcome) { return "unused", d.decide("deep") }
