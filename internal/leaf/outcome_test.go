package leaf_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/xpdata/entity"

	"github.com/readygate/readygate/internal/leaf"
)

// obeying is a visitor that does what the texts and keys of the data tell it.
func obeying() leaf.Visitor {
	obey := func(_ leaf.Slot, text string) (string, leaf.Outcome) {
		return "new", map[string]leaf.Outcome{
			"replace":        leaf.Replace,
			"drop attribute": leaf.DropAttribute,
			"drop record":    leaf.DropRecord,
		}[text]
	}
	return visitor{text: obey, key: obey, deep: func(leaf.Slot) (string, leaf.Outcome) { return "", leaf.DropAttribute }}
}

func TestOutcomesInABody(t *testing.T) {
	for name, c := range map[string]struct{ body, want any }{
		"a text":                       {"drop attribute", nil},
		"a text in a list":             {[]any{"a", "drop attribute", "b"}, nil},
		"a text in nested lists":       {[]any{"a", []any{"drop attribute"}, "b"}, nil},
		"an entry":                     {map[string]any{"k": "drop attribute", "x": "y"}, map[string]any{"x": "y"}},
		"the only entry":               {map[string]any{"k": "drop attribute"}, map[string]any{}},
		"a list in an entry":           {map[string]any{"k": []any{1, "drop attribute"}, "x": "y"}, map[string]any{"x": "y"}},
		"an entry in a list":           {[]any{map[string]any{"k": "drop attribute", "x": "y"}, "z"}, []any{map[string]any{"x": "y"}, "z"}},
		"a key":                        {map[string]any{"drop attribute": 1, "x": "y"}, map[string]any{"x": "y"}},
		"a key of a nested map":        {map[string]any{"m": map[string]any{"drop attribute": 1}}, map[string]any{"m": map[string]any{}}},
		"keys, one of them renamed":    {map[string]any{"drop attribute": 1, "replace": 2}, map[string]any{"new": int64(2)}},
		"a dropped name is free again": {map[string]any{"new": "drop attribute", "replace": 2}, map[string]any{"new": int64(2)}},
		"what is too deep":             {map[string]any{"m": map[string]any{"l": []any{[]any{"deep"}}}, "x": "y"}, map[string]any{"m": map[string]any{}, "x": "y"}},
		"a replaced text stays":        {map[string]any{"k": []any{"replace"}}, map[string]any{"k": []any{"new"}}},
	} {
		t.Run(name, func(t *testing.T) {
			ld, record := oneRecord()
			require.NoError(t, record.Body().FromRaw(c.body))
			record.Attributes().PutStr("beside", "the body")

			counts := leaf.NewWalker(obeying(), 4).Logs(ld)

			require.Equal(t, leaf.Counts{Changed: 1}, counts)
			require.Equal(t, c.want, record.Body().AsRaw())
			require.Equal(t, []string{"beside=the body"}, keys(record.Attributes()))
		})
	}
}

func TestADroppedRecordIsVisitedNoFurther(t *testing.T) {
	ld, record := oneRecord()
	record.SetEventName("drop record")
	record.Body().SetStr("not visited")
	record.Attributes().PutStr("nor", "this")
	ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().AppendEmpty().SetEventName("kept")

	var visited []string
	v := obeying().(visitor)
	counts := leaf.NewWalker(visitor{text: func(at leaf.Slot, text string) (string, leaf.Outcome) {
		visited = append(visited, text)
		return v.text(at, text)
	}}, depth).Logs(ld)

	require.Equal(t, leaf.Counts{Dropped: 1}, counts)
	require.Equal(t, []string{"drop record", "kept"}, visited)
	require.Equal(t, "kept", ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).EventName())
}

func TestAnEventAndALinkTakeTheirSpanAlong(t *testing.T) {
	for name, plant := range map[string]func(ptrace.Span){
		"event name":      func(s ptrace.Span) { s.Events().AppendEmpty().SetName("drop record") },
		"event attribute": func(s ptrace.Span) { s.Events().AppendEmpty().Attributes().PutStr("k", "drop record") },
		"event key":       func(s ptrace.Span) { s.Events().AppendEmpty().Attributes().PutInt("drop record", 1) },
		"link state":      func(s ptrace.Span) { s.Links().AppendEmpty().TraceState().FromRaw("drop record") },
		"link attribute":  func(s ptrace.Span) { s.Links().AppendEmpty().Attributes().PutStr("k", "drop record") },
	} {
		t.Run(name, func(t *testing.T) {
			td := ptrace.NewTraces()
			spans := td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans()
			spans.AppendEmpty().SetName("first")
			plant(spans.AppendEmpty())
			spans.AppendEmpty().SetName("last")

			require.Equal(t, leaf.Counts{Dropped: 1}, leaf.NewWalker(obeying(), depth).Traces(td))

			require.Equal(t, 2, spans.Len())
			require.Equal(t, "first", spans.At(0).Name())
			require.Equal(t, "last", spans.At(1).Name())
		})
	}
}

func TestAMetricGoesWithItsNameOrItsLastPoint(t *testing.T) {
	md := pmetric.NewMetrics()
	metrics := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics()
	add := func(name string, attributes ...string) {
		metric := metrics.AppendEmpty()
		metric.SetName(name)
		points := metric.SetEmptyGauge().DataPoints()
		for _, attribute := range attributes {
			points.AppendEmpty().Attributes().PutStr("k", attribute)
		}
	}
	add("no points were sent")
	add("one goes", "drop record")
	add("drop record", "a", "b")
	add("drop attribute", "c")
	add("one of three", "d", "drop record", "replace")

	require.Equal(t, leaf.Counts{Changed: 1, Dropped: 4}, leaf.NewWalker(obeying(), depth).Metrics(md))

	var left []string
	for _, metric := range metrics.All() {
		left = append(left, metric.Name())
	}
	require.Equal(t, []string{"no points were sent", "", "one of three"}, left)
	require.Equal(t, 2, metrics.At(2).Gauge().DataPoints().Len())
	require.Equal(t, []string{"k=new"}, keys(metrics.At(2).Gauge().DataPoints().At(1).Attributes()))
}

func TestOnlyWhatDropsHaveEmptiedGoes(t *testing.T) {
	ld := plog.NewLogs()
	ld.ResourceLogs().AppendEmpty() // sent without scopes
	ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
	emptied := ld.ResourceLogs().AppendEmpty()
	for range 2 {
		emptied.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().SetEventName("drop record")
	}
	half := ld.ResourceLogs().AppendEmpty()
	half.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().SetEventName("drop record")
	half.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().SetEventName("kept")

	require.Equal(t, leaf.Counts{Dropped: 3}, leaf.NewWalker(obeying(), depth).Logs(ld))

	require.Equal(t, 3, ld.ResourceLogs().Len())
	require.Equal(t, 0, ld.ResourceLogs().At(0).ScopeLogs().Len())
	require.Equal(t, 1, ld.ResourceLogs().At(1).ScopeLogs().Len())
	require.Equal(t, 1, ld.ResourceLogs().At(2).ScopeLogs().Len())
}

func TestNoRecordGoesForWhatItsResourceOrScopeHolds(t *testing.T) {
	ld, record := oneRecord()
	record.SetEventName("kept")
	rl := ld.ResourceLogs().At(0)
	rl.SetSchemaUrl("drop record")
	rl.Resource().Attributes().PutStr("k", "drop record")
	rl.Resource().Attributes().PutStr("x", "y")
	scope := rl.ScopeLogs().At(0).Scope()
	scope.SetName("drop record")
	scope.Attributes().PutStr("drop record", "v")

	require.Equal(t, leaf.Counts{}, leaf.NewWalker(obeying(), depth).Logs(ld))

	require.Equal(t, 1, ld.LogRecordCount())
	require.Empty(t, rl.SchemaUrl())
	require.Equal(t, []string{"x=y"}, keys(rl.Resource().Attributes()))
	require.Empty(t, scope.Name())
	require.Empty(t, keys(scope.Attributes()))
}

func TestAnEntityLosesItsReferencesToDroppedAttributes(t *testing.T) {
	ld, _ := oneRecord()
	res := ld.ResourceLogs().At(0).Resource()
	res.Attributes().PutStr("kept", "value")
	res.Attributes().PutStr("lost", "drop attribute")
	res.Attributes().PutStr("replace", "value")
	res.Attributes().PutEmptyMap("map").PutStr("kept", "drop attribute")
	refs := entity.ResourceEntityRefs(res)
	for _, ids := range [][]string{{"kept", "lost", "replace", "absent"}, {"lost"}, nil} {
		ref := refs.AppendEmpty()
		ref.IdKeys().Append(ids...)
		ref.DescriptionKeys().Append("lost", "kept")
	}

	leaf.NewWalker(obeying(), depth).Logs(ld)

	require.Equal(t, 2, refs.Len(), "the entity that was identified by what is lost went too")
	require.Equal(t, []string{"kept", "new", "absent"}, refs.At(0).IdKeys().AsRaw())
	require.Equal(t, []string{"kept"}, refs.At(0).DescriptionKeys().AsRaw())
	require.Equal(t, []string{"kept"}, refs.At(1).DescriptionKeys().AsRaw())
}

func TestAResourceIsShownFirstAndAsSent(t *testing.T) {
	td := ptrace.NewTraces()
	for _, name := range []string{"shop", "replace"} {
		rs := td.ResourceSpans().AppendEmpty()
		rs.Resource().Attributes().PutStr("service.name", name)
		rs.ScopeSpans().AppendEmpty().Spans().AppendEmpty().SetName("span of " + name)
	}
	r := &order{visitor: obeying().(visitor)}

	leaf.NewWalker(r, depth).Traces(td)

	require.Equal(t, []string{
		"resource service.name=shop", "text shop", "text span of shop",
		"resource service.name=replace", "text replace", "text span of replace",
	}, r.calls)
}

// order notes in which order resources and texts are visited.
type order struct {
	visitor
	calls []string
}

func (o *order) Resource(attributes pcommon.Map) {
	o.calls = append(o.calls, "resource "+keys(attributes)[0])
}

func (o *order) Text(at leaf.Slot, text string) (string, leaf.Outcome) {
	o.calls = append(o.calls, "text "+text)
	return o.visitor.Text(at, text)
}
