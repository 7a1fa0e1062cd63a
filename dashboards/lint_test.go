package dashboards

import (
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

func TestLintFindsEveryFault(t *testing.T) {
	for fault, plant := range map[string]func(*dashboard.Panel){
		"has no title":                   func(p *dashboard.Panel) { p.Title = nil },
		"has no id":                      func(p *dashboard.Panel) { p.Id = cog.ToPtr(uint32(0)) },
		"has the id of":                  func(p *dashboard.Panel) { p.Id = cog.ToPtr(uint32(100)) },
		"has no description":             func(p *dashboard.Panel) { p.Description = nil },
		"names no line of the checklist": func(p *dashboard.Panel) { p.Description = cog.ToPtr("Errors.") },
		"leads nowhere":                  func(p *dashboard.Panel) { p.FieldConfig.Defaults.Links = nil },
		"says nothing when it is empty":  func(p *dashboard.Panel) { p.FieldConfig.Defaults.NoValue = nil },
		"has no unit":                    func(p *dashboard.Panel) { p.FieldConfig.Defaults.Unit = nil },
		"thresholds that do not ascend": func(p *dashboard.Panel) {
			steps := p.FieldConfig.Defaults.Thresholds.Steps
			steps[1].Value, steps[2].Value = steps[2].Value, steps[1].Value
		},
		"24 columns":   func(p *dashboard.Panel) { p.GridPos.X = 20 },
		"overlaps":     func(p *dashboard.Panel) { p.GridPos.X = 5 },
		"asks nothing": func(p *dashboard.Panel) { p.Targets = nil },
		"does not ask the chosen data source": func(p *dashboard.Panel) {
			p.Datasource = &common.DataSourceRef{Uid: cog.ToPtr("prometheus")}
		},
		"without a legend":            edit(func(q *prometheus.Dataquery) { q.LegendFormat = nil }),
		"has a query that does not":   edit(func(q *prometheus.Dataquery) { q.Datasource = nil }),
		"parse error":                 edit(func(q *prometheus.Dataquery) { q.Expr += "(" }),
		"duration expression: '$'":    edit(func(q *prometheus.Dataquery) { q.Expr = `http_requests_total{gateway_instance!=""}[$__interva1]` }),
		"nothing produces the series": edit(func(q *prometheus.Dataquery) { q.Expr = "http_request_total" }),
		"others export too":           edit(func(q *prometheus.Dataquery) { q.Expr = "http_requests_total" }),
		`no label "code"`:             edit(func(q *prometheus.Dataquery) { q.Expr = `http_requests_total{code="500"}` }),
	} {
		t.Run(fault, func(t *testing.T) {
			red := redOf(t, catalog.Default())
			plant(red.Panels[2].Panel)
			require.ErrorContains(t, Lint(red, catalog.Default()), fault)
		})
	}
}

func TestLintReadsTheQueriesOfVariables(t *testing.T) {
	for text, message := range map[string]string{
		"label_values(service)":                                               `variable "environment": got label_values(service), allowed: label_values(SELECTOR, LABEL)`,
		"label_values(http_requests_total, service)":                          `variable "environment": http_requests_total: got series that others export too, allowed: those with gateway_instance!=""`,
		`label_values(http_requests_total{gateway_instance!=""}, deployment)`: `no series in it has the label "deployment"`,
	} {
		red := redOf(t, catalog.Default())
		red.Templating.List[1].Query.String = &text
		require.ErrorContains(t, Lint(red, catalog.Default()), message)
	}
}

func edit(plant func(*prometheus.Dataquery)) func(*dashboard.Panel) {
	return func(p *dashboard.Panel) {
		q := p.Targets[0].(prometheus.Dataquery)
		plant(&q)
		p.Targets[0] = q
	}
}

func TestQueriesReplaceVariables(t *testing.T) {
	red := redOf(t, catalog.Default())
	require.Equal(t, Query{
		Panel: "Requests by endpoint, top 10",
		Expr:  `topk(10, sum by (service, service_namespace, environment, method, endpoint) (rate(http_requests_total{gateway_instance!="", service=~"a|b", service_namespace=~".*", environment=~".*", version=~".*"}[1m])))`,
	}, Queries(red, map[string]string{"service": "a|b", "__rate_interval": "1m"})[5])
}
