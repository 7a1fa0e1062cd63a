package dashboards

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// board is a dashboard before it is written.
type board struct {
	uid, title, description string
	// filters are the labels by whose values the viewer selects.
	filters []filter
	// annotated: the board shows releases and alerts of services as marks.
	annotated bool
	// from is the beginning of the time range, such as now-1h.
	from string
	rows []row
}

// row is a titled row of panels of one height.
type row struct {
	id     uint32
	title  string
	height uint32
	// folded: the panels are hidden until the viewer unfolds the row, and are not asked
	// for before.
	folded bool
	panels []panel
}

// tag marks the dashboards of this project, by which they link to each other and are
// known as ours when they are pushed.
const tag = "readygate"

func (b board) build(v view) (dashboard.Dashboard, error) {
	builder := dashboard.NewDashboardBuilder(b.title).
		Uid(b.uid).
		Description(b.description).
		Tags([]string{tag, generatedTag}).
		Tooltip(dashboard.DashboardCursorSyncCrosshair).
		Time(b.from, "now").
		Refresh("30s").
		Readonly().
		Links(b.links(v)).
		WithVariable(dashboard.NewDatasourceVariableBuilder("datasource").Label("Data source").Type("prometheus"))
	for i, f := range b.filters {
		builder.WithVariable(f.variable(v, b.filters[:i]))
	}
	if b.annotated {
		for _, source := range [][2]string{{logsSource, "loki"}, {tracesSource, "tempo"}} {
			builder.WithVariable(dashboard.NewDatasourceVariableBuilder(source[0]).Type(source[1]).Hide(dashboard.VariableHideHideVariable))
		}
		builder.Annotations(annotations(v))
	}
	d, err := builder.Build()
	if err != nil {
		return dashboard.Dashboard{}, fmt.Errorf("%s: %w", b.title, err)
	}
	if d.Panels, err = layOut(v, b.rows); err != nil {
		return dashboard.Dashboard{}, fmt.Errorf("%s: %w", b.title, err)
	}
	return d, nil
}

// links are those in the head of the board: to its siblings, the checklist's text, and
// what the services file knows about the service.
func (b board) links(v view) []cog.Builder[dashboard.DashboardLink] {
	all := []cog.Builder[dashboard.DashboardLink]{
		dashboard.NewDashboardLinkBuilder("Readygate").
			Type(dashboard.DashboardLinkTypeDashboards).
			Tags([]string{tag}).
			AsDropdown(true).
			IncludeVars(true).
			KeepTime(true),
	}
	add := func(title, url string) {
		if url != "" {
			all = append(all, dashboard.NewDashboardLinkBuilder(title).Type(dashboard.DashboardLinkTypeLink).
				Icon("external link").Url(escaped(url)).TargetBlank(true))
		}
	}
	if v.catalog.RunbooksURL != "" {
		add("Runbooks", v.catalog.RunbooksURL)
	}
	if v.service != nil {
		add("Runbook", v.service.Runbook)
		for _, l := range v.service.Links {
			add(l.Title, l.URL)
		}
	}
	return all
}

// escaped is a URL in which Grafana finds no variables.
func escaped(url string) string {
	return strings.NewReplacer("$", "%24", "[[", "%5B%5B").Replace(url)
}

// layOut places rows below each other and their panels from left to right, and
// below each other where a row is full.
func layOut(v view, rows []row) ([]dashboard.PanelOrRowPanel, error) {
	var all []dashboard.PanelOrRowPanel
	y := uint32(0)
	for _, r := range rows {
		heading := dashboard.NewRowPanel()
		heading.Id = r.id
		heading.Title = &r.title
		heading.Collapsed = r.folded
		heading.GridPos = &dashboard.GridPos{Y: y, W: columns, H: 1}
		all = append(all, dashboard.PanelOrRowPanel{RowPanel: heading})
		y++
		x, top, tallest := uint32(0), y, uint32(0)
		for _, p := range r.panels {
			if x+p.width > columns {
				x, top, tallest = 0, top+tallest, 0
			}
			built, err := p.purposeful(r.id).build(v, x, top, r.height)
			if err != nil {
				return nil, err
			}
			if r.folded {
				heading.Panels = append(heading.Panels, built)
			} else {
				all = append(all, dashboard.PanelOrRowPanel{Panel: &built})
			}
			x += p.width
			tallest = max(tallest, built.GridPos.H)
		}
		if !r.folded {
			y = top + tallest
		}
	}
	return all, nil
}
