package workload

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLogsHaveTheSizeAndTheAttributesThatTheyAreSaidToHave(t *testing.T) {
	request := Logs(1, 2000, 7)[0]

	records := request.Logs().ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
	require.Equal(t, 2000, records.Len())
	size, attributes := 0, 0
	for _, r := range records.All() {
		size += len(r.Body().Str())
		attributes += r.Attributes().Len()
	}
	require.InDelta(t, 330, size/records.Len(), 15)
	require.InDelta(t, 10, attributes/records.Len(), 1)
}

func TestSpansHaveTheAttributesAndEventsThatTheyAreSaidToHave(t *testing.T) {
	request := Spans(1, 2000, 7)[0]

	spans := request.Traces().ResourceSpans().At(0).ScopeSpans().At(0).Spans()
	require.Equal(t, 2000, spans.Len())
	attributes, events := 0, 0
	for _, s := range spans.All() {
		attributes += s.Attributes().Len()
		events += s.Events().Len()
		require.LessOrEqual(t, s.Events().Len(), 2)
	}
	require.InDelta(t, 15, attributes/spans.Len(), 1)
	require.InDelta(t, 1, float64(events)/float64(spans.Len()), 0.1)
}

func TestEveryTwentiethRecordHasAFinding(t *testing.T) {
	m := newMaker(7)
	for range 2000 {
		m.finding()
	}
	require.Equal(t, 2000/FindingEvery, m.found)
}

func TestTheSameSeedGivesTheSameRequests(t *testing.T) {
	for _, seed := range []uint64{1, 2} {
		once, err := Logs(2, 50, seed)[1].MarshalProto()
		require.NoError(t, err)
		twice, err := Logs(2, 50, seed)[1].MarshalProto()
		require.NoError(t, err)
		require.Equal(t, once, twice)
	}
}
