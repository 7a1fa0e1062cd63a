package dashboards

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/util/teststorage"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// builtOf is a board as it is written, which passes the lint.
func builtOf(t *testing.T, b board, v view) dashboard.Dashboard {
	t.Helper()
	d, err := b.build(v)
	require.NoError(t, err)
	require.NoError(t, Lint(d, v.catalog))
	return d
}

func TestBoardsOfWorkBusinessAndReleasePassTheLintForEveryView(t *testing.T) {
	for _, path := range []string{"", "../examples/shop/services.yaml", "../alerts/testdata/nasty.yaml"} {
		c := catalog.Default()
		if path != "" {
			c = load(t, path)
		}
		for _, v := range views(c) {
			for _, made := range []func(view) board{work, business, release} {
				builtOf(t, made(v), v)
			}
		}
	}
}

// history is a storage to ask, of what was recorded.
type history struct {
	*teststorage.TestStorage
	t  *testing.T
	at time.Time
}

func recordedBy(t *testing.T, series string, at time.Duration) history {
	t.Helper()
	return history{promqltest.LoadedStorage(t, series), t, time.Unix(0, 0).Add(at)}
}

func (h history) ask(expr string) promql.Vector {
	h.t.Helper()
	engine := promqltest.NewTestEngine(h.t, false, 0, promqltest.DefaultMaxSamplesPerQuery)
	query, err := engine.NewInstantQuery(h.t.Context(), h.TestStorage, nil, expr, h.at)
	require.NoError(h.t, err, expr)
	defer query.Close()
	answer, err := query.Exec(h.t.Context()).Vector()
	require.NoError(h.t, err, expr)
	for _, s := range answer {
		require.False(h.t, math.IsNaN(s.F), expr)
	}
	return answer
}

// ofLine is the query of a line.
var ofLine = regexp.MustCompile(`^[0-9.e+-]+ \* group by `)

// answers requires that every query of the board is answered, and returns the values by
// panel and by what tells the series.
func (h history) answers(d dashboard.Dashboard) map[string]map[string]float64 {
	h.t.Helper()
	all := make(map[string]map[string]float64)
	for _, q := range Queries(d, nil) {
		answer := h.ask(q.Expr)
		if len(answer) == 0 {
			h.t.Errorf("%s: nothing answers %s", q.Panel, q.Expr)
		}
		kind := ""
		if ofLine.MatchString(q.Expr) {
			kind = "line "
		}
		if all[q.Panel] == nil {
			all[q.Panel] = make(map[string]float64)
		}
		for _, s := range answer {
			what := kind
			for _, label := range []string{telemetry.Service, telemetry.JobName, telemetry.Queue, telemetry.DeclaredMetric, "gate"} {
				if value := s.Metric.Get(label); value != "" {
					what += value + " "
				}
			}
			all[q.Panel][strings.TrimSpace(what)] = s.F
		}
	}
	return all
}

// parsed is a catalog of services.
func parsed(t *testing.T, services string) catalog.Catalog {
	t.Helper()
	c, err := catalog.Parse("services.yaml", []byte("version: 1\nservices:\n"+services))
	require.NoError(t, err)
	return c
}

func TestItemsWithOneNumberShareAnExpressionAndOthersDoNot(t *testing.T) {
	c := parsed(t, `
  - {name: a, queues: [{name: mail, depth: depth, max_depth: 5}]}
  - {name: b, queues: [{name: mail, depth: depth, max_depth: 5}, {name: 'x"y', depth: depth, max_depth: 7}]}
`)
	v := view{catalog: c}
	var items []item
	for _, s := range v.services() {
		for _, q := range s.Queues {
			items = append(items, item{s, q.Name, fmt.Sprintf("%g * x{$$}", q.MaxDepth)})
		}
	}
	rest := strings.Trim(v.declared(""), "{}")
	require.Equal(t, `5 * x{service=~"a|b", `+rest+`, queue="mail"} or 7 * x{service="b", `+rest+`, queue="x\"y"}`,
		perItem(v, telemetry.Queue, items))
	require.Empty(t, perItem(v, telemetry.Queue, nil))
}

// holds reports whether the condition of an alert holds for a service.
func (h history) holds(c catalog.Catalog, alert, service string) bool {
	h.t.Helper()
	rules, err := alerts.Generate(c, alerts.Options{})
	require.NoError(h.t, err)
	for _, group := range rules.Groups() {
		for _, r := range group.Rules {
			if r.Alert != alert {
				continue
			}
			for _, s := range h.ask(r.Expr) {
				if name := s.Metric.Get(telemetry.Service); name == service || name == "" && r.Labels[telemetry.Service] == service {
					return true
				}
			}
		}
	}
	return false
}
