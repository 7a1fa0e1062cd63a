package dashboards

import (
	"errors"
	"fmt"
	"math"
	"regexp"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	promql "github.com/readygate/readygate/internal/query"
)

// columns is the width of Grafana's grid.
const columns = 24

// Lint reports all that a dashboard of this project lacks: a title, unit,
// description, legend or stable id, a query that does not ask the chosen data
// source, thresholds that do not ascend, panels that overlap or leave the grid,
// and queries, of panels and of variables, that are not valid PromQL over the
// metrics that the gateway derives.
func Lint(d dashboard.Dashboard) error {
	var errs []error
	complain := func(where, format string, args ...any) {
		errs = append(errs, fmt.Errorf("panel %q: "+format, append([]any{where}, args...)...))
	}
	if deref(d.Uid) == "" || deref(d.Title) == "" {
		errs = append(errs, errors.New("the dashboard has no uid or no title"))
	}
	tiles := tiles(d)
	for i, t := range tiles {
		if t.title == "" {
			complain(t.title, "has no title")
		}
		if t.id == 0 {
			complain(t.title, "has no id")
		}
		if t.at.W == 0 || t.at.H == 0 || t.at.X+t.at.W > columns {
			complain(t.title, "is not within the %d columns of the grid", columns)
		}
		for _, other := range tiles[:i] {
			if t.id == other.id {
				complain(t.title, "has the id of %q", other.title)
			}
			if overlap(t.at, other.at) {
				complain(t.title, "overlaps %q", other.title)
			}
		}
	}
	for _, p := range panels(d) {
		for _, fault := range faults(p) {
			complain(deref(p.Title), "%s", fault)
		}
	}
	for _, q := range Queries(d, nil) {
		if err := checkQuery(q.Expr); err != nil {
			complain(q.Panel, "query %s: %w", q.Expr, err)
		}
	}
	return errors.Join(append(errs, variableFaults(d)...)...)
}

// checkQuery holds a query against the metrics that the gateway derives.
func checkQuery(text string) error {
	expr, err := promql.Parser.ParseExpr(text)
	if err != nil {
		return err
	}
	return promql.Contract().Check(expr)
}

// labelValues is Grafana's notation for the values of a label among series.
var labelValues = regexp.MustCompile(`^label_values\((.+), (\w+)\)$`)

// variableFaults are those of the queries that variables take their values from.
func variableFaults(d dashboard.Dashboard) []error {
	var errs []error
	expand := expander(d, nil)
	for _, v := range d.Templating.List {
		if v.Query == nil || v.Type != dashboard.VariableTypeQuery {
			continue
		}
		text := deref(v.Query.String)
		m := labelValues.FindStringSubmatch(text)
		if m == nil {
			errs = append(errs, fmt.Errorf("variable %q: got %s, allowed: label_values(SELECTOR, LABEL)", v.Name, text))
			continue
		}
		if err := checkQuery(fmt.Sprintf("group by (%s) (%s)", m[2], expand(m[1]))); err != nil {
			errs = append(errs, fmt.Errorf("variable %q: %w", v.Name, err))
		}
	}
	return errs
}

// faults of a panel by itself.
func faults(p dashboard.Panel) []string {
	var found []string
	expect := func(ok bool, fault string) {
		if !ok {
			found = append(found, fault)
		}
	}
	expect(deref(p.Description) != "", "has no description")
	expect(p.FieldConfig != nil && deref(p.FieldConfig.Defaults.Unit) != "", "has no unit")
	expect(ascending(p), "has thresholds that do not ascend")
	expect(p.Datasource != nil && deref(p.Datasource.Uid) == *datasource.Uid, "does not ask the chosen data source")
	expect(len(p.Targets) > 0, "asks nothing")
	for _, target := range p.Targets {
		q, ok := target.(prometheus.Dataquery)
		expect(ok, "has a query that is not for Prometheus")
		expect(q.Datasource != nil && deref(q.Datasource.Uid) == *datasource.Uid, "has a query that does not ask the chosen data source")
		expect(deref(q.LegendFormat) != "" || p.Type == "table", "has a query without a legend")
	}
	return found
}

// ascending reports whether each colour of a panel begins above the one before.
// The first, the base colour, begins nowhere. Grafana takes the last step that a
// value reaches, so that a step out of order hides others.
func ascending(p dashboard.Panel) bool {
	if p.FieldConfig == nil || p.FieldConfig.Defaults.Thresholds == nil {
		return true
	}
	below := math.Inf(-1)
	for i, s := range p.FieldConfig.Defaults.Thresholds.Steps {
		if (s.Value == nil) != (i == 0) {
			return false
		}
		if s.Value != nil {
			if *s.Value <= below {
				return false
			}
			below = *s.Value
		}
	}
	return true
}

// tile is the place of a panel or of a row's heading.
type tile struct {
	id    uint32
	title string
	at    dashboard.GridPos
}

func tiles(d dashboard.Dashboard) []tile {
	all := make([]tile, len(d.Panels))
	for i, p := range d.Panels {
		if r := p.RowPanel; r != nil {
			all[i] = tile{r.Id, deref(r.Title), deref(r.GridPos)}
		} else {
			all[i] = tile{deref(p.Panel.Id), deref(p.Panel.Title), deref(p.Panel.GridPos)}
		}
	}
	return all
}

func overlap(a, b dashboard.GridPos) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}
