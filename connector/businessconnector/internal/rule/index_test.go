package rule

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// The index finds exactly the rules whose conditions all hold, in whatever way it
// finds them.
func TestTheIndexFindsWhatAskingEveryRuleFinds(t *testing.T) {
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 1))
		metrics := map[string]Metric{}
		for i := range 1 + random.IntN(30) {
			metrics[fmt.Sprint("m", i)] = randomMetric(random)
		}
		rules, err := Compile(metrics)
		require.NoError(t, err)
		index := NewIndex(rules)
		var record Record
		resource := pcommon.NewMap()
		for range 200 {
			if random.IntN(10) == 0 {
				resource = pcommon.NewMap()
				put(random, resource)
			}
			record.SetResource(resource)
			randomRecord(random, &record)
			want := map[string]bool{}
			for _, r := range rules {
				if r.from[record.source] && all(r.conditions, &record) {
					want[r.Name] = true
				}
			}
			got := map[string]bool{}
			for _, r := range index.Match(&record, nil) {
				require.False(t, got[r.Name], "%s matches twice", r.Name)
				got[r.Name] = true
			}
			require.Equal(t, want, got)
		}
	}
}

func all(conditions []condition, r *Record) bool {
	for i := range conditions {
		if !conditions[i].holds(r) {
			return false
		}
	}
	return true
}

func randomMetric(random *rand.Rand) Metric {
	m := Metric{Type: Counter, From: [][]string{{"spans"}, {"events"}, {"logs"}, {"spans", "logs"}}[random.IntN(4)], Where: map[string]any{}}
	fields := map[string][]string{
		"spans": {"span.name", "a", "b", "resource.a"}, "events": {"span.name", "event.name", "a", "span.a"}, "logs": {"event.name", "body", "a", "attributes.b"},
	}[m.From[0]]
	if len(m.From) == 2 {
		fields = []string{"a", "b"}
	}
	for range random.IntN(4) {
		value := []any{"x", "y", 1, true, 0.5}[random.IntN(5)]
		m.Where[fields[random.IntN(len(fields))]] = []any{
			value, map[string]any{"in": []any{value, "z"}}, map[string]any{"not": value}, map[string]any{"exists": random.IntN(2) == 0},
			map[string]any{"prefix": "x"}, map[string]any{"regex": "x|1"}, map[string]any{"in": []any{"x", 1}, "not": "x"},
		}[random.IntN(7)]
	}
	return m
}

func randomRecord(random *rand.Rand, r *Record) {
	name := []string{"", "x", "y", "z", "1"}[random.IntN(5)]
	if random.IntN(2) == 0 {
		record := plog.NewLogRecord()
		record.SetEventName(name)
		put(random, record.Attributes())
		r.SetLog(record)
		return
	}
	span := ptrace.NewSpan()
	span.SetName(name)
	put(random, span.Attributes())
	r.SetSpan(span)
	if random.IntN(2) == 0 {
		event := span.Events().AppendEmpty()
		event.SetName([]string{"", "x", "y"}[random.IntN(3)])
		put(random, event.Attributes())
		r.SetEvent(event)
	}
}

func put(random *rand.Rand, attributes pcommon.Map) {
	for _, name := range []string{"a", "b", "event.name"} {
		switch random.IntN(8) {
		case 0:
			attributes.PutStr(name, "x")
		case 1:
			attributes.PutStr(name, "xyz")
		case 2:
			attributes.PutInt(name, 1)
		case 3:
			attributes.PutBool(name, true)
		case 4:
			attributes.PutDouble(name, 0.5)
		case 5:
			attributes.PutEmptySlice(name)
		}
	}
}
