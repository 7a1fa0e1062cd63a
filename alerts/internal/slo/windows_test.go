package slo

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/alerts/internal/red"
	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// A month of traffic that changes every hour, and is told as a rate every hour. What
// the windows hold is what plain addition of the same numbers gives.
func TestEveryWindowHoldsItsRequestsAndNoOthers(t *testing.T) {
	const hours, windows = 31 * 24, 300
	random := rand.New(rand.NewPCG(9, 10))
	requests, failed, slow := make([]int, hours+1), make([]int, hours+1), make([]int, hours+1)
	for i := range requests {
		requests[i] = 1 + random.IntN(1000)
		failed[i], slow[i] = random.IntN(requests[i]), random.IntN(requests[i])
	}
	sum := func(of []int, window int) (total float64) {
		for _, n := range of[hours-window+1:] {
			total += float64(n)
		}
		return total
	}
	type sample struct {
		Labels string  `yaml:"labels"`
		Value  float64 `yaml:"value"`
	}
	type query struct {
		Expr    string   `yaml:"expr"`
		At      string   `yaml:"eval_time"`
		Samples []sample `yaml:"exp_samples"`
	}
	var queries []query
	expect := func(series, more string, v float64) {
		queries = append(queries, query{
			Expr: fmt.Sprintf("round(%s, 1e-6)", series), At: fmt.Sprintf("%dh", hours),
			Samples: []sample{{fmt.Sprintf(`{service="shop"%s}`, more), float64(int(v*1e6+0.5)) / 1e6}},
		})
	}
	const within = `, within="1s"`
	for ratio, window := range map[string]int{
		telemetry.SLOErrorRatio2h: 2, telemetry.SLOErrorRatio6h: 6, telemetry.SLOErrorRatio1d: 24, telemetry.SLOErrorRatio3d: 72, telemetry.SLOErrorRatio30d: 720,
	} {
		expect(ratio, "", sum(failed, window)/sum(requests, window))
	}
	for number, window := range map[string]int{
		telemetry.SLOErrorsHourly: 1, telemetry.SLOErrors6h: 6, telemetry.SLOErrors1d: 24, telemetry.SLOErrors3d: 72, telemetry.SLOErrors30d: 720,
	} {
		expect(number, "", windows*sum(failed, window))
	}
	for ratio, window := range map[string]int{
		telemetry.SLOSlowRatio1h: 1, telemetry.SLOSlowRatio2h: 2, telemetry.SLOSlowRatio6h: 6, telemetry.SLOSlowRatio1d: 24, telemetry.SLOSlowRatio3d: 72,
	} {
		expect(ratio, within, sum(slow, window)/sum(requests, window))
	}
	for number, window := range map[string]int{
		telemetry.SLOSlow1h: 1, telemetry.SLOSlow6h: 6, telemetry.SLOSlow1d: 24, telemetry.SLOSlow3d: 72,
	} {
		expect(number, within, windows*sum(slow, window))
	}
	expect(telemetry.SLORequestsHourly, "", windows*sum(requests, 1))
	expect(telemetry.SLOTimedHourly, "", windows*sum(requests, 1))

	type series struct{ Series, Values string }
	told := func(name string, values func(i int) int) series {
		var text strings.Builder
		for i := range requests {
			fmt.Fprintf(&text, "%d ", values(i))
		}
		return series{name, text.String()}
	}
	all := func(i int) int { return requests[i] }
	fast := func(i int) int { return requests[i] - slow[i] }
	test := map[string]any{
		"rule_files": []string{"slo.yaml"}, "evaluation_interval": "1h",
		"tests": []any{map[string]any{
			"interval": "1h", "promql_expr_test": queries,
			"input_series": []series{
				told(telemetry.RecordedRequests+`{service="shop"}`, all),
				told(telemetry.RecordedErrors+`{service="shop"}`, func(i int) int { return failed[i] }),
				told(telemetry.RecordedDurations+`{service="shop"}`, all),
				told(telemetry.RecordedBuckets+`{service="shop", le="0.75"}`, func(int) int { return 0 }),
				told(telemetry.RecordedBuckets+`{service="shop", le="1"}`, func(i int) int { return fast(i) / 2 }),
				told(telemetry.RecordedBuckets+`{service="shop", le="1.0"}`, func(i int) int { return fast(i) - fast(i)/2 }),
				told(telemetry.RecordedBuckets+`{service="shop", le="+Inf"}`, all),
			},
		}},
	}
	dir := t.TempDir()
	record(t, dir, Family(), catalog.Default(), red.Family())
	save(t, filepath.Join(dir, "tests.yaml"), test)
	said, err := ruletest.Promtool(t, dir, "test", "rules", "tests.yaml")
	require.NoError(t, err, said)
}

// What the trials give as recorded is what the family red records, from every source.
func TestRequestsWeighTheSameWhoeverCountsThem(t *testing.T) {
	c := catalog.Default()
	mesh := catalog.Service{Name: "mesh", Policy: catalog.DefaultPolicy(""), Metrics: catalog.Source{Profile: catalog.ProfileIstio}}
	c.Services = []catalog.Service{mesh}
	dir := t.TempDir()
	record(t, dir, red.Family(), c)
	record(t, dir, Family(), c, red.Family())
	test, err := os.ReadFile("testdata/sources.yaml")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tests.yaml"), test, 0o644))
	said, err := ruletest.Promtool(t, dir, "test", "rules", "tests.yaml")
	require.NoError(t, err, said)
}

// record writes the recording rules of a family.
func record(t *testing.T, dir string, f rule.Family, c catalog.Catalog, uses ...rule.Family) {
	t.Helper()
	group := ruletest.Make(t, f, c, uses...).Group
	group.Rules = slices.DeleteFunc(group.Rules, func(r rulefmt.Rule) bool { return r.Record == "" })
	save(t, filepath.Join(dir, f.Name+".yaml"), rulefmt.RuleGroups{Groups: []rulefmt.RuleGroup{group}})
}

func save(t *testing.T, path string, v any) {
	t.Helper()
	var text strings.Builder
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	require.NoError(t, encoder.Encode(v))
	require.NoError(t, os.WriteFile(path, []byte(text.String()), 0o644))
}
