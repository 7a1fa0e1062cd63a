package lint

import (
	"regexp"
	"slices"
	"strings"
)

// grafanas are the variables that Grafana has itself, in queries for Prometheus and in
// titles (https://grafana.com/docs/grafana/latest/visualizations/dashboards/variables/global-variables/).
var grafanas = []string{
	"__interval", "__interval_ms", "__rate_interval", "__rate_interval_ms", "__range", "__range_s", "__range_ms",
	"__from", "__to", "__timezone", "__dashboard", "__user", "__org", "__name", "__all", "__all_variables",
	"__url", "__url_time_range", "__theme",
}

// group is a named group of a regular expression, which label_replace refers to as it
// would to a variable; ordinal is that of one without a name.
var (
	group   = regexp.MustCompile(`\(\?P?<(\w+)>`)
	ordinal = regexp.MustCompile(`^\d+$`)
)

// unknown judges the variables in a query or a title, each once. What nobody knows,
// Grafana leaves as it is.
func (l *linter) unknown(d board, n *node, panel string) {
	text := n.text()
	known := slices.Concat(grafanas, d.known)
	var declared []string
	for _, v := range d.variables {
		known = append(known, v.name)
		declared = append(declared, "$"+v.name)
	}
	for _, m := range group.FindAllStringSubmatch(text, -1) {
		known = append(known, m[1])
	}
	for _, m := range reference.FindAllStringSubmatch(text, -1) {
		name := m[1] + m[2] + m[3]
		if slices.Contains(known, name) || ordinal.MatchString(name) || strings.HasPrefix(name, "__auto_interval_") {
			continue
		}
		known = append(known, name)
		l.report("variable-unknown", n, panel, "got the variable %s, allowed: %s", m[0], strings.Join(append(declared, "Grafana's own, such as $__rate_interval"), ", "))
	}
}

// elements judges which elements the layout of schema v2 places.
func (l *linter) elements(d board) {
	if d.elements == nil {
		return
	}
	placed := map[string]bool{}
	for _, n := range placements(d.layout) {
		name := n.text()
		placed[name] = true
		if d.elements.get(name) == nil {
			l.report("layout-element", n, "", "got the element %q, allowed: one that elements has", name)
		}
	}
	for _, name := range inOrder(d.elements) {
		if element := d.elements.get(name); !placed[name] {
			l.report("layout-element", element, element.get("spec", "title").text(), "no layout places the element %q", name)
		}
	}
}

// placements are the names of elements that any kind of layout refers to, in the order of
// the file.
func placements(n *node) []*node {
	if n == nil {
		return nil
	}
	var all []*node
	if name := n.get("element", "name"); name.text() != "" {
		all = append(all, name)
	}
	for _, item := range n.items {
		all = append(all, placements(item)...)
	}
	for _, key := range inOrder(n) {
		all = append(all, placements(n.fields[key])...)
	}
	return all
}
