package lint

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// board is what both schemas say of a dashboard.
type board struct {
	root, uid, title  *node
	refresh, timezone *node
	variables         []variable
	known             []string // names of what an import replaces
	panels            []panel
	rows              []*node           // titles of rows and tabs
	elements, layout  *node             // of schema v2
	sources           map[string]string // types of data sources, by variable
	nameless          bool              // schema v2 without its resource has no place for a uid
}

type variable struct {
	at                *node
	name, kind, query string
	all               bool
}

type panel struct {
	at                  *node
	id                  int
	title, kind         string
	titleAt             *node
	description         string
	x, y, width, height int
	place               *node
	// within is what the place counts from: folded rows and rows of schema v2 have
	// coordinates of their own.
	within  string
	folded  bool
	library bool
	fields  *node // the field configuration
	options *node
	source  source
	queries []query
}

type query struct {
	at           *node
	expr, legend string
	exprAt       *node
	instant      bool
	hidden       bool
	source       source
}

// source is a data source as it is referred to.
type source struct {
	at       *node
	kind     string // prometheus; may be empty
	id       string // uid, name or variable
	declared bool
}

// read understands classic JSON, with or without the wrapping of the API, resources that
// hold it, and schema v2, with or without its resource.
func read(root *node) (board, error) {
	if root.fields == nil {
		return board{}, errors.New("got no object, allowed: a dashboard, as classic JSON or in schema v2")
	}
	d, name := root, root.get("uid")
	resource := strings.HasPrefix(root.get("apiVersion").text(), "dashboard.grafana.app/")
	switch {
	case resource:
		d, name = root.get("spec"), root.get("metadata", "name")
	case root.get("dashboard", "panels") != nil, root.get("dashboard", "elements") != nil, root.get("dashboard", "rows") != nil:
		d = root.get("dashboard")
		name = d.get("uid")
	}
	b := board{root: d, uid: name, title: d.get("title")}
	switch {
	case d.get("elements") != nil:
		b.nameless = !resource // what Grafana exports without its resource
		b.readV2(d)
	case d.get("panels") != nil && d.get("panels").isList && (len(d.get("panels").items) > 0 || len(d.get("rows").list()) == 0):
		b.readClassic(d)
	case len(d.get("rows").list()) > 0:
		return board{}, errors.New("got rows with panels, as before Grafana 5, allowed: panels; open and save it in Grafana")
	default:
		return board{}, errors.New("got an object with neither panels nor elements, allowed: a dashboard, as classic JSON or in schema v2")
	}
	return b, nil
}

func (b *board) readClassic(d *node) {
	b.refresh, b.timezone = d.get("refresh"), d.get("timezone")
	b.sources = map[string]string{}
	for _, v := range d.get("templating", "list").list() {
		variable := variable{at: v, name: v.get("name").text(), kind: v.get("type").text(), query: v.get("query").text(), all: v.get("includeAll").is()}
		if variable.kind == "datasource" {
			b.sources[variable.name] = variable.query
		}
		b.variables = append(b.variables, variable)
	}
	// What an import asks for, it replaces.
	for _, input := range d.get("__inputs").list() {
		b.known = append(b.known, input.get("name").text())
	}
	for _, p := range d.get("panels").list() {
		if p.get("type").text() == "row" {
			b.rows = append(b.rows, p.get("title"))
			for _, folded := range p.get("panels").list() {
				b.panels = append(b.panels, classicPanel(folded, p.path, true))
			}
			continue
		}
		b.panels = append(b.panels, classicPanel(p, "", false))
	}
}

func classicPanel(n *node, within string, folded bool) panel {
	at := n.get("gridPos")
	p := panel{
		at: n, id: n.get("id").whole(), title: n.get("title").text(), titleAt: n.get("title"), kind: n.get("type").text(),
		description: n.get("description").text(), place: at, within: within, folded: folded,
		x: at.get("x").whole(), y: at.get("y").whole(), width: at.get("w").whole(), height: at.get("h").whole(),
		library: !n.get("libraryPanel").missing(),
		fields:  n.get("fieldConfig"), options: n.get("options"), source: classicSource(n.get("datasource")),
	}
	for _, t := range n.get("targets").list() {
		q := query{
			at: t, expr: t.get("expr").text(), exprAt: t.get("expr"), legend: t.get("legendFormat").text(),
			instant: t.get("instant").is(), hidden: t.get("hide").is(), source: classicSource(t.get("datasource")),
		}
		if !q.source.declared {
			q.source = p.source
		}
		p.queries = append(p.queries, q)
	}
	return p
}

// classicSource reads a reference, which was a name before Grafana 8.3.
func classicSource(n *node) source {
	if n.missing() {
		return source{at: n}
	}
	if name := n.text(); name != "" {
		return source{at: n, id: name, declared: true}
	}
	return source{at: n, kind: n.get("type").text(), id: n.get("uid").text(), declared: true}
}

func (b *board) readV2(d *node) {
	b.refresh, b.timezone = d.get("timeSettings", "autoRefresh"), d.get("timeSettings", "timezone")
	b.sources = map[string]string{}
	for _, v := range d.get("variables").list() {
		spec := v.get("spec")
		variable := variable{at: v, name: spec.get("name").text(), kind: strings.ToLower(strings.TrimSuffix(v.get("kind").text(), "Variable")), all: spec.get("includeAll").is()}
		if variable.kind == "datasource" {
			b.sources[variable.name] = spec.get("pluginId").text()
		}
		b.variables = append(b.variables, variable)
	}
	b.elements, b.layout = d.get("elements"), d.get("layout")
	places := map[string]spot{}
	b.findPlaces(b.layout, false, places)
	// Elements are read in the order of the file.
	for _, name := range inOrder(d.get("elements")) {
		element := d.get("elements", name)
		spec := element.get("spec")
		p := panelV2(spec, element.get("kind").text() == "LibraryPanel")
		if at, placed := places[name]; placed {
			p.place, p.within, p.folded = at.item, at.within, at.folded
			p.x, p.y = at.item.get("x").whole(), at.item.get("y").whole()
			p.width, p.height = at.item.get("width").whole(), at.item.get("height").whole()
		}
		b.panels = append(b.panels, p)
	}
}

func panelV2(spec *node, library bool) panel {
	viz := spec.get("vizConfig")
	p := panel{
		at: spec, id: spec.get("id").whole(), title: spec.get("title").text(), titleAt: spec.get("title"),
		kind: viz.get("group").text(), description: spec.get("description").text(), library: library,
		fields: viz.get("spec", "fieldConfig"), options: viz.get("spec", "options"),
	}
	if p.kind == "" {
		p.kind = viz.get("kind").text() // before v2beta1
	}
	for _, q := range spec.get("data", "spec", "queries").list() {
		asked := q.get("spec", "query")
		expr := asked.get("spec", "expr")
		p.queries = append(p.queries, query{
			at: q, expr: expr.text(), exprAt: expr, legend: asked.get("spec", "legendFormat").text(),
			instant: asked.get("spec", "instant").is(), hidden: q.get("spec", "hidden").is(),
			source: source{at: asked.get("datasource"), kind: asked.get("group").text(), id: asked.get("datasource", "name").text(), declared: !asked.get("datasource").missing()},
		})
	}
	return p
}

// spot is a place in a layout.
type spot struct {
	item   *node
	within string
	folded bool
}

// findPlaces looks through rows and tabs for the places in grids. Other layouts place
// panels by themselves.
func (b *board) findPlaces(layout *node, folded bool, places map[string]spot) {
	spec := layout.get("spec")
	for _, item := range spec.get("items").list() {
		if layout.get("kind").text() == "GridLayout" {
			at := item.get("spec")
			places[at.get("element", "name").text()] = spot{at, layout.path, folded}
		}
	}
	for _, kind := range []string{"rows", "tabs"} {
		for _, part := range spec.get(kind).list() {
			b.rows = append(b.rows, part.get("spec", "title"))
			b.findPlaces(part.get("spec", "layout"), folded || part.get("spec", "collapse").is(), places)
		}
	}
}

// name is how a message calls a panel.
func (p panel) name() string {
	if p.title != "" {
		return fmt.Sprintf("%q", p.title)
	}
	return p.at.path
}

// inOrder are the keys of an object as they stand in the file.
func inOrder(n *node) []string {
	if n == nil {
		return nil
	}
	return slices.SortedFunc(maps.Keys(n.fields), func(a, b string) int { return cmp.Compare(n.fields[a].offset, n.fields[b].offset) })
}
