package e2e

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/rules"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/stretchr/testify/require"
)

// sample is one line of a metrics page.
type sample struct {
	labels labels.Labels
	value  float64
}

// scrape reads a metrics page with Prometheus' own parser.
func scrape(t *testing.T, url string) []sample {
	t.Helper()
	p, err := textparse.New([]byte(get(t, url)), "text/plain", labels.NewSymbolTable(), textparse.ParserOptions{})
	require.NoError(t, err)
	var samples []sample
	for {
		entry, err := p.Next()
		if errors.Is(err, io.EOF) {
			return samples
		}
		require.NoError(t, err)
		if entry != textparse.EntrySeries {
			continue
		}
		var s sample
		p.Labels(&s.labels)
		_, _, s.value = p.Series()
		samples = append(samples, s)
	}
}

// engine is Prometheus without its clock: its database, its query engine and its
// rule groups, at times that the test names.
type engine struct {
	db     *tsdb.DB
	promql *promql.Engine
	groups map[string]*rules.Group
}

func newEngine(t *testing.T, ruleFile string) *engine {
	t.Helper()
	silent := slog.New(slog.DiscardHandler)
	options := tsdb.DefaultOptions()
	db, err := tsdb.Open(t.TempDir(), silent, nil, options, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	e := &engine{db: db, promql: promql.NewEngine(promql.EngineOpts{
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
	groups, errs := manager.LoadGroups(30*time.Second, labels.EmptyLabels(), "", nil, false, ruleFile)
	require.Empty(t, errs)
	e.groups = groups
	for _, g := range groups {
		for _, r := range g.AlertingRules() {
			r.SetRestored(true) // a fresh start: there is no earlier state to wait for
		}
	}
	return e
}

// ingest stores a metrics page as Prometheus would after a scrape at the time.
func (e *engine) ingest(t *testing.T, url string, at time.Time) {
	t.Helper()
	appender := e.db.Appender(t.Context())
	for _, s := range scrape(t, url) {
		b := labels.NewBuilder(s.labels)
		b.Set("job", "readygate")
		b.Set("instance", "gateway:9464")
		_, err := appender.Append(0, b.Labels(), at.UnixMilli(), s.value)
		require.NoError(t, err)
	}
	require.NoError(t, appender.Commit())
}

// evaluate runs all rule groups at the time.
func (e *engine) evaluate(t *testing.T, at time.Time) {
	t.Helper()
	for _, g := range e.groups {
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
