package lint

import (
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

// Bars of a dashboard.
const (
	columns    = 24
	mostPanels = 25
	fastest    = 10 * time.Second
)

// header judges what a dashboard says of itself.
func (l *linter) header(d board) {
	if d.title.text() == "" {
		l.report("title", orElse(d.title, d.root), "", "the dashboard has no title")
	}
	if d.uid.text() == "" && !d.nameless {
		l.report("uid", orElse(d.uid, d.root), "", "the dashboard has no uid, so that each Grafana gives it another")
	}
	if every, err := model.ParseDuration(d.refresh.text()); err == nil && every > 0 && time.Duration(every) < fastest {
		l.report("refresh", d.refresh, "", "got a refresh every %s, allowed: every %s or less often", every, fastest)
	}
	if zone := d.timezone.text(); zone != "" && zone != "browser" {
		l.report("timezone", d.timezone, "", "got the time zone %q, allowed: none, or browser", zone)
	}
	for _, v := range d.variables {
		if (v.kind == "query" || v.kind == "custom") && !v.all {
			l.report("variable-all", v.at, "", "the variable %q offers no All", v.name)
		}
	}
}

// layout judges ids and places.
func (l *linter) layout(d board) {
	shown := 0
	ids := map[int]panel{}
	for i, p := range d.panels {
		if !p.folded {
			shown++
		}
		if other, twice := ids[p.id]; twice && p.id != 0 {
			l.report("panel-id", p.at.get("id"), p.title, "has the id %d of the panel %s", p.id, other.name())
		}
		ids[p.id] = p
		if p.place == nil {
			continue // Grafana places it
		}
		if p.width <= 0 || p.height <= 0 || p.x < 0 || p.y < 0 || p.x+p.width > columns {
			l.report("grid", p.place, p.title, "got x %d and a width of %d, y %d and a height of %d, allowed: within %d columns", p.x, p.width, p.y, p.height, columns)
			continue
		}
		for _, other := range d.panels[:i] {
			if other.place != nil && p.over(other) {
				l.report("overlap", p.place, p.title, "lies over the panel %s", other.name())
			}
		}
	}
	if shown > mostPanels {
		l.report("too-many-panels", d.root, "", "got %d panels outside of folded rows, allowed: %d", shown, mostPanels)
	}
}

func (p panel) over(o panel) bool {
	return p.within == o.within && p.x < o.x+o.width && o.x < p.x+p.width && p.y < o.y+o.height && o.y < p.y+p.height
}

func orElse(n, other *node) *node {
	if n == nil {
		return other
	}
	return n
}

// without are kinds of panels that show no numbers of queries.
var without = map[string]bool{
	"text": true, "row": true, "news": true, "dashlist": true, "alertlist": true, "annolist": true,
	"logs": true, "traces": true, "nodeGraph": true, "flamegraph": true, "welcome": true, "gettingstarted": true,
}

// graphs are kinds of panels that tell series apart by a legend.
var graphs = map[string]bool{"timeseries": true, "graph": true, "barchart": true, "piechart": true, "trend": true, "xychart": true, "histogram": true}

// panel judges what a panel says beside its queries.
func (l *linter) panel(p panel) {
	if p.title == "" && p.kind != "text" {
		l.report("title", orElse(p.titleAt, p.at), "", "the panel has no title")
	}
	if p.library || p.kind == "text" {
		return
	}
	if p.description == "" {
		l.report("description", p.at, p.title, "has no description")
	}
	defaults := p.fields.get("defaults")
	if !without[p.kind] && len(p.queries) > 0 && p.kind != "table" && defaults.get("unit").text() == "" && !p.oldUnit() && !p.overridden("unit") {
		l.report("unit", p.at, p.title, "has no unit")
	}
	legend := p.options.get("legend")
	if graphs[p.kind] && (legend.get("showLegend").not() || legend.get("displayMode").text() == "hidden" || p.at.get("legend", "show").not()) {
		l.report("legend", orElse(legend, p.at), p.title, "hides its legend")
	}
	l.thresholds(p, defaults.get("thresholds"))
	for _, o := range p.fields.get("overrides").list() {
		for _, property := range o.get("properties").list() {
			if property.get("id").text() == "thresholds" {
				l.thresholds(p, property.get("value"))
			}
		}
	}
	reported := map[string]bool{}
	for _, q := range p.queries {
		if fault := q.source.fault(); fault != "" && !reported[fault] {
			reported[fault] = true
			l.report("datasource", orElse(q.source.at, q.at), p.title, "%s", fault)
		}
	}
}

// oldUnit reports whether a graph of before Grafana 8 has a unit at its axis.
func (p panel) oldUnit() bool {
	for _, axis := range p.at.get("yaxes").list() {
		if axis.get("format").text() != "" {
			return true
		}
	}
	return p.at.get("format").text() != ""
}

// overridden reports whether every field may have a property by an override.
func (p panel) overridden(id string) bool {
	for _, o := range p.fields.get("overrides").list() {
		for _, property := range o.get("properties").list() {
			if property.get("id").text() == id {
				return true
			}
		}
	}
	return false
}

func (l *linter) thresholds(p panel, thresholds *node) {
	for i, step := range thresholds.get("steps").list() {
		value, has := step.get("value").number()
		if i == 0 || !has {
			continue
		}
		before, had := thresholds.get("steps").items[i-1].get("value").number()
		if had && value <= before {
			l.report("thresholds", step, p.title, "got the threshold %s after %s, allowed: ascending ones", number(value), number(before))
		}
	}
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// builtIn are data sources that every Grafana has.
var builtIn = map[string]bool{"grafana": true, "-- Grafana --": true, "-- Mixed --": true, "-- Dashboard --": true, "__expr__": true, "-100": true}

func (s source) fault() string {
	switch {
	case !s.declared:
		return "asks the default data source, allowed: a variable of the type datasource"
	case strings.Contains(s.id, "$"), builtIn[s.id], s.kind == "__expr__", s.kind == "grafana", strings.HasPrefix(s.id, "[["):
		return ""
	case s.id == "":
		return "asks the default data source of the type " + s.kind + ", allowed: a variable of the type datasource"
	}
	return "asks the data source " + strconv.Quote(s.id) + ", allowed: a variable of the type datasource"
}
