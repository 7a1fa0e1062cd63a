package dashboards

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"github.com/readygate/readygate/internal/catalog"
	promql "github.com/readygate/readygate/internal/query"
)

// columns is the width of Grafana's grid.
const columns = 24

// Lint reports all that a dashboard of this project lacks: a title, unit,
// description, legend or stable id, a query that does not ask the chosen data
// source, thresholds that do not ascend, a panel that says nothing when it is empty,
// names no line of the checklist or leads nowhere,
// panels that overlap or leave the grid, and queries, of panels, variables and
// annotations, that are not valid PromQL over metrics that something produces: the
// gateway's, and those that the rules of the catalog record and read.
func Lint(d dashboard.Dashboard, c catalog.Catalog) error { return lint(d, produced(c)) }

func lint(d dashboard.Dashboard, known promql.Series) error {
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
			if overlap(t, other) {
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
		if err := checkQuery(q.Expr, known); err != nil {
			complain(q.Panel, "query %s: %w", q.Expr, err)
		}
	}
	expand := expander(d, nil)
	for _, a := range d.Annotations.List {
		if err := checkQuery(expand(deref(a.Expr)), known); err != nil {
			errs = append(errs, fmt.Errorf("annotation %q: %w", a.Name, err))
		}
	}
	return errors.Join(append(errs, variableFaults(d, known)...)...)
}

// checkQuery holds a query against what something produces.
func checkQuery(text string, known promql.Series) error {
	expr, err := promql.Parser.ParseExpr(text)
	if err != nil {
		return err
	}
	return known.Check(expr)
}

// anyOf is a selector of one of several series, which only variables have.
var anyOf = regexp.MustCompile(`^\{__name__=~"([^"]+)"(.*)\}$`)

// each are the selectors of single series that one of several stands for.
func each(selector string) []string {
	m := anyOf.FindStringSubmatch(selector)
	if m == nil {
		return []string{selector}
	}
	var all []string
	for name := range strings.SplitSeq(m[1], "|") {
		all = append(all, name+"{"+strings.TrimPrefix(m[2], ", ")+"}")
	}
	return all
}

// labelValues is Grafana's notation for the values of a label among series.
var labelValues = regexp.MustCompile(`^label_values\((.+), (\w+)\)$`)

// variableFaults are those of the queries that variables take their values from.
func variableFaults(d dashboard.Dashboard, known promql.Series) []error {
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
		for _, selector := range each(expand(m[1])) {
			if err := checkQuery(fmt.Sprintf("group by (%s) (%s)", m[2], selector), known); err != nil {
				errs = append(errs, fmt.Errorf("variable %q: %w", v.Name, err))
			}
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
	if p.Type == "text" {
		return found
	}
	expect(p.FieldConfig != nil && deref(p.FieldConfig.Defaults.NoValue) != "", "says nothing when it is empty")
	expect(strings.Contains(deref(p.Description), "\n\nPR-"), "names no line of the checklist")
	expect(p.FieldConfig != nil && len(p.FieldConfig.Defaults.Links) > 0, "leads nowhere")
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
	// within is the id of the folded row that hides the panel; 0 where none does.
	within uint32
}

// tiles of a dashboard. Panels of a folded row are where they will be, over what stands
// below the row until it is unfolded.
func tiles(d dashboard.Dashboard) []tile {
	var all []tile
	for _, p := range d.Panels {
		if p.RowPanel == nil {
			all = append(all, tile{deref(p.Panel.Id), deref(p.Panel.Title), deref(p.Panel.GridPos), 0})
			continue
		}
		r := p.RowPanel
		all = append(all, tile{r.Id, deref(r.Title), deref(r.GridPos), 0})
		for _, folded := range r.Panels {
			all = append(all, tile{deref(folded.Id), deref(folded.Title), deref(folded.GridPos), r.Id})
		}
	}
	return all
}

func overlap(a, b tile) bool {
	return a.within == b.within && a.at.X < b.at.X+b.at.W && b.at.X < a.at.X+a.at.W && a.at.Y < b.at.Y+b.at.H && b.at.Y < a.at.Y+a.at.H
}
