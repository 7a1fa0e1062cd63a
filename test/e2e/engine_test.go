package e2e

import (
	"context"
	"log/slog"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/rules"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/stretchr/testify/require"
)

// engine is Prometheus without its clock: its database, its query engine and its
// rule groups, at times that the test names.
type engine struct {
	db     *tsdb.DB
	promql *promql.Engine
	groups []*rules.Group
	// scraped is what targets showed last.
	scraped map[target]*scraped
	// evaluated is when groups ran last.
	evaluated map[*rules.Group]time.Time
}

// generated are the rule files that readyctl wrote into a folder.
func generated(t *testing.T, out string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(out, "rules", "*.yaml"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func newEngine(t *testing.T, ruleFiles ...string) *engine {
	t.Helper()
	silent := slog.New(slog.DiscardHandler)
	options := tsdb.DefaultOptions()
	// No test is longer than this: everything stays in memory, and nothing is compacted.
	options.MinBlockDuration = (30 * 24 * time.Hour).Milliseconds()
	options.RetentionDuration = options.MinBlockDuration
	options.WALSegmentSize = -1
	db, err := tsdb.Open(t.TempDir(), silent, nil, options, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	e := &engine{db: db, scraped: make(map[target]*scraped), evaluated: make(map[*rules.Group]time.Time), promql: promql.NewEngine(promql.EngineOpts{
		Logger: silent, MaxSamples: 10e6, Timeout: time.Minute, LookbackDelta: 5 * time.Minute,
		Parser: parser.NewParser(parser.Options{}),
	})}
	manager := rules.NewManager(&rules.ManagerOptions{
		ExternalURL: &url.URL{},
		QueryFunc:   rules.EngineQueryFunc(e.promql, db),
		NotifyFunc:  func(context.Context, string, ...*rules.Alert) {},
		Context:     t.Context(), Appendable: db, Queryable: db, Logger: silent,
		Parser: parser.NewParser(parser.Options{}),
	})
	groups, errs := manager.LoadGroups(30*time.Second, labels.EmptyLabels(), "", nil, false, ruleFiles...)
	require.Empty(t, errs)
	// In the order of the files: of groups that read each other, none is then late by
	// chance.
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		g := groups[name]
		e.groups = append(e.groups, g)
		for _, r := range g.AlertingRules() {
			r.SetRestored(true) // a fresh start: there is no earlier state to wait for
		}
	}
	return e
}

// evaluate runs the rule groups that are due at the time: all of them the first time,
// and then each after its interval.
func (e *engine) evaluate(t *testing.T, at time.Time) {
	t.Helper()
	for _, g := range e.groups {
		if last, ran := e.evaluated[g]; ran && at.Sub(last) < g.Interval() {
			continue
		}
		e.evaluated[g] = at
		g.Eval(t.Context(), at)
		for _, r := range g.Rules() {
			require.NoError(t, r.LastError(), "rule %s", r.Name())
		}
	}
}

// query runs an instant query.
func (e *engine) query(t *testing.T, expr string, at time.Time) promql.Vector {
	t.Helper()
	q, err := e.promql.NewInstantQuery(t.Context(), e.db, nil, expr, at)
	require.NoError(t, err, expr)
	defer q.Close()
	result := q.Exec(t.Context())
	require.NoError(t, result.Err, expr)
	if scalar, ok := result.Value.(promql.Scalar); ok {
		return promql.Vector{{T: scalar.T, F: scalar.V}}
	}
	vector, err := result.Vector()
	require.NoError(t, err, expr)
	return append(promql.Vector(nil), vector...)
}

// firing returns the services for which an alert fires, sorted, by alert.
func (e *engine) firing(t *testing.T, at time.Time) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, s := range e.query(t, `ALERTS{alertstate="firing"}`, at) {
		name := s.Metric.Get("alertname")
		found[name] = append(found[name], s.Metric.Get("service"))
		slices.Sort(found[name])
	}
	return found
}
