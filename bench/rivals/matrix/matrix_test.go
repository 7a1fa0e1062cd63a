package matrix

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/internal/golden"
)

func TestScrubRemovesEveryCanaryFromEverySlotAndTheTableIsFresh(t *testing.T) {
	contenders, err := contender.All()
	require.NoError(t, err)
	table, err := New(context.Background(), contenders)
	require.NoError(t, err)

	require.Equal(t, "scrub", table.Contenders[0])
	require.Equal(t, table.Planted, table.Reached[0])
	require.Zero(t, table.Rewritten[0])
	for _, r := range table.Rows {
		require.Equal(t, r.Fit, r.Reached[0], "%s, %s", r.Place, r.Kind)
		if r.Place == "span, attributes" && r.Kind == "text" {
			for i, reached := range r.Reached {
				require.Equal(t, r.Fit, reached, "%s knows not all canaries: the comparison would not be fair", table.Contenders[i])
			}
		}
	}
	golden.File(t, "../matrix.md", []byte(table.Markdown()))
}

func TestRowsAreNamedByWhereAndWhat(t *testing.T) {
	for _, c := range []struct{ signal, path, place, kind string }{
		{"traces", "ResourceSpans[0].Resource.Attributes[2].Key", "resource, attributes", "key"},
		{"traces", "ResourceSpans[0].ScopeSpans[0].SchemaUrl", "scope, schema url", "text"},
		{"traces", "ResourceSpans[0].SchemaUrl", "resource, schema url", "text"},
		{"traces", "ResourceSpans[0].ScopeSpans[0].Spans[1].Links[0].TraceState", "span, links, trace state", "text"},
		{"logs", "ResourceLogs[0].ScopeLogs[0].LogRecords[6].Body.Value.KvlistValue.Values[1].Key", "log record, body", "nested key"},
		{"metrics", "ResourceMetrics[0].ScopeMetrics[0].Metrics[0].Data.Sum.DataPoints[0].Attributes[1].Value.Value.IntValue", "metric, data points, attributes", "integer"},
	} {
		place, kind := row(c.signal, shape(c.path))
		require.Equal(t, c.place, place, c.path)
		require.Equal(t, c.kind, kind, c.path)
	}
}
