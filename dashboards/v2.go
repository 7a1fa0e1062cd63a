package dashboards

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/dashboardv2"
	"github.com/grafana/grafana-foundation-sdk/go/resource"
)

// V2APIVersion is the version of the resource that [V2] writes. It is the stable one,
// which Grafana serves from 13.0 on; v2beta1 of Grafana 12 needs a feature toggle,
// spells transformations in another way, and 13 reads the stable one instead. Grafana
// 10 to 12 load the classic JSON, which 13 loads, too.
const V2APIVersion = "dashboard.grafana.app/v2"

// V2 is the same dashboard in Grafana's schema v2: a resource in the manner of
// Kubernetes, named by the uid, which Grafana 13 takes from files, from its API below
// /apis/dashboard.grafana.app/v2, from Git, and from Terraform. Panels, queries,
// variables, annotations, links and rows say what the classic JSON says; ids of rows
// are lost, for which v2 has no place. Output is deterministic to the byte.
//
// What has no counterpart or what the dashboards of this package have not is an error
// that names it: repeated and library panels, snapshots, and variables of other types
// than query and datasource. All are reported at once.
func V2(d dashboard.Dashboard) ([]byte, error) {
	if deref(d.Uid) == "" {
		return nil, errors.New("schema v2: the dashboard has no uid, which names the resource")
	}
	spec, err := specV2(d)
	if err == nil {
		err = spec.Validate()
	}
	if err != nil {
		return nil, fmt.Errorf("schema v2: dashboard %s: %w", *d.Uid, err)
	}
	return encode(resource.Manifest{
		ApiVersion: V2APIVersion,
		Kind:       "Dashboard",
		Metadata:   resource.Metadata{Name: *d.Uid},
		Spec:       spec,
	})
}

func specV2(d dashboard.Dashboard) (dashboardv2.Dashboard, error) {
	var errs []error
	keep := func(err error) { errs = append(errs, err) }
	spec := *dashboardv2.NewDashboard()
	spec.Title = deref(d.Title)
	spec.Description = d.Description
	spec.Editable = d.Editable
	spec.LiveNow = d.LiveNow
	spec.Preload = deref(d.Preload)
	spec.Tags = append(spec.Tags, d.Tags...)
	spec.CursorSync = cursorsV2[deref(d.GraphTooltip)]
	spec.TimeSettings = timeV2(d)
	if d.Snapshot != nil {
		keep(errors.New("is a snapshot, which schema v2 does not have"))
	}
	for _, l := range d.Links {
		link, err := recast[dashboardv2.DashboardLink](l)
		keep(err)
		spec.Links = append(spec.Links, link)
	}
	for _, a := range d.Annotations.List {
		annotation, err := annotationV2(a)
		keep(err)
		spec.Annotations = append(spec.Annotations, annotation)
	}
	for _, v := range d.Templating.List {
		variable, err := variableV2(v)
		keep(err)
		spec.Variables = append(spec.Variables, variable)
	}
	for _, p := range panels(d) {
		panel, err := panelV2(p)
		if err != nil {
			keep(fmt.Errorf("panel %q: %w", deref(p.Title), err))
		}
		spec.Elements[elementV2(p)] = dashboardv2.Element{PanelKind: &panel}
	}
	rows, err := rowsV2(d)
	keep(err)
	spec.Layout.RowsLayoutKind = rows
	return spec, errors.Join(errs...)
}

var cursorsV2 = map[dashboard.DashboardCursorSync]dashboardv2.DashboardCursorSync{
	dashboard.DashboardCursorSyncOff:       dashboardv2.DashboardCursorSyncOff,
	dashboard.DashboardCursorSyncCrosshair: dashboardv2.DashboardCursorSyncCrosshair,
	dashboard.DashboardCursorSyncTooltip:   dashboardv2.DashboardCursorSyncTooltip,
}

func timeV2(d dashboard.Dashboard) dashboardv2.TimeSettingsSpec {
	t := *dashboardv2.NewTimeSettingsSpec()
	if deref(d.Timezone) != "" {
		t.Timezone = d.Timezone
	}
	if d.Time != nil {
		t.From, t.To = d.Time.From, d.Time.To
	}
	t.AutoRefresh = deref(d.Refresh)
	t.FiscalYearStartMonth = int64(deref(d.FiscalYearStartMonth))
	if deref(d.WeekStart) != "" {
		day := dashboardv2.TimeSettingsSpecWeekStart(*d.WeekStart)
		t.WeekStart = &day
	}
	if picker := d.Timepicker; picker != nil {
		t.HideTimepicker = deref(picker.Hidden)
		t.NowDelay = picker.NowDelay
		if picker.RefreshIntervals != nil {
			t.AutoRefreshIntervals = picker.RefreshIntervals
		}
		for _, r := range picker.QuickRanges {
			t.QuickRanges = append(t.QuickRanges, dashboardv2.TimeRangeOption{Display: r.Display, From: r.From, To: r.To})
		}
	}
	return t
}

// rowsV2 is the layout. Places of panels count from the top of their row.
func rowsV2(d dashboard.Dashboard) (*dashboardv2.RowsLayoutKind, error) {
	var (
		rows = dashboardv2.NewRowsLayoutKind()
		grid *dashboardv2.GridLayoutKind
		top  uint32
		errs []error
	)
	begin := func(spec dashboardv2.RowsLayoutRowSpec, below uint32) {
		grid, top = dashboardv2.NewGridLayoutKind(), below
		grid.Spec.Items = []dashboardv2.GridLayoutItemKind{}
		spec.Layout.GridLayoutKind = grid
		row := *dashboardv2.NewRowsLayoutRowKind()
		row.Spec = spec
		rows.Spec.Rows = append(rows.Spec.Rows, row)
	}
	place := func(p dashboard.Panel) {
		at := deref(p.GridPos)
		item := *dashboardv2.NewGridLayoutItemKind()
		item.Spec.X, item.Spec.Y = int64(at.X), int64(at.Y)-int64(top)
		item.Spec.Width, item.Spec.Height = int64(at.W), int64(at.H)
		item.Spec.Element = *dashboardv2.NewElementReference()
		item.Spec.Element.Name = elementV2(p)
		grid.Spec.Items = append(grid.Spec.Items, item)
	}
	for _, p := range d.Panels {
		if p.Panel != nil {
			if grid == nil {
				untitled := true
				begin(dashboardv2.RowsLayoutRowSpec{HideHeader: &untitled}, 0)
			}
			place(*p.Panel)
			continue
		}
		r := p.RowPanel
		if r.Repeat != nil {
			errs = append(errs, fmt.Errorf("row %q: is repeated, allowed: rows that are not", deref(r.Title)))
		}
		at := deref(r.GridPos)
		begin(dashboardv2.RowsLayoutRowSpec{Title: r.Title, Collapse: &r.Collapsed}, at.Y+at.H)
		for _, folded := range r.Panels {
			place(folded)
		}
	}
	return rows, errors.Join(errs...)
}

// elementV2 is the name of a panel among the elements. It is Grafana's own.
func elementV2(p dashboard.Panel) string { return fmt.Sprintf("panel-%d", deref(p.Id)) }

// recast takes the fields of one of the SDK's types over into another that writes them
// alike.
func recast[T any](from any) (T, error) {
	var to T
	text, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(text, &to)
	}
	return to, err
}

// encode writes JSON as the files have it.
func encode(v any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(v)
	return text.Bytes(), err
}
