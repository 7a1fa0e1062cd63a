package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// listed runs the command on some input.
func listed(t *testing.T, input string, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	code := run(t.Context(), append([]string{"routes"}, args...), strings.NewReader(input), &out, &errs)
	require.Equal(t, exitOK, code, errs.String())
	return out.String(), errs.String()
}

func TestRoutesCountsEveryRequestAtTheLimit(t *testing.T) {
	var input strings.Builder
	const words = 26 * 26
	for i := range words {
		fmt.Fprintf(&input, "/%c%c\n", 'a'+i/26, 'a'+i%26)
	}
	for _, limit := range []int{1, 10, words - 1, words, words + 1} {
		out, talk := listed(t, input.String(), "--format", "json", "--limit", fmt.Sprint(limit))
		var rows []routeRow
		require.NoError(t, json.Unmarshal([]byte(out), &rows))
		sum, distinct := int64(0), int64(0)
		for _, row := range rows {
			sum += row.Count
			distinct += row.Distinct
		}
		require.EqualValues(t, words, sum)
		require.EqualValues(t, words, distinct)
		require.LessOrEqual(t, len(rows), limit+1)
		require.Equal(t, limit < words, strings.Contains(talk, "counted as other"), talk)
	}
}

func TestRoutesTellsWhatItDoesNotTellApart(t *testing.T) {
	table := newRouteTable(10, 0)
	table.texts = 100
	for i := range 150 {
		table.add("", []byte("/users/{id}"), fmt.Sprint("/users/", i%120), true)
	}
	var out strings.Builder
	require.NoError(t, table.write(&out, routesText, false))
	require.Contains(t, out.String(), "150    /users/{id}  100+")
	require.Len(t, table.seen, 100)
}

// What a route or a service holds cannot move the cursor of a terminal.
func TestRoutesQuotesWhatIsNoText(t *testing.T) {
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	rs.Resource().Attributes().PutStr("service.name", "shop\x1b[2J")
	span := rs.ScopeSpans().AppendEmpty().Spans().AppendEmpty()
	span.SetKind(ptrace.SpanKindServer)
	span.Attributes().PutStr("http.route", "/users\n/{id}\t"+strings.Repeat("é", 500))
	batch, err := new(ptrace.JSONMarshaler).MarshalTraces(td)
	require.NoError(t, err)
	out, _ := listed(t, string(batch))
	require.Contains(t, out, `"shop\x1b[2J"  "/users\n/{id}\té`)
	require.Equal(t, 2, strings.Count(out, "\n"))
	require.Less(t, len(out), 500, "a label value is bounded")
}

func FuzzRoutes(f *testing.F) {
	f.Add("/users/42\n")
	f.Add(`{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":2,"attributes":[{"key":"http.route","value":{"stringValue":"/a"}}]}]}]}]}`)
	f.Fuzz(func(t *testing.T, input string) {
		var out, errs strings.Builder
		switch run(t.Context(), []string{"routes"}, strings.NewReader(input), &out, &errs) {
		case exitOK:
		case exitUsage:
			require.Empty(t, out.String())
			require.Contains(t, errs.String(), "-:")
		default:
			t.Errorf("unexpected exit code: %s", errs.String())
		}
	})
}
