package dashboards

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	heatmapsdk "github.com/grafana/grafana-foundation-sdk/go/heatmap"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	statsdk "github.com/grafana/grafana-foundation-sdk/go/stat"
	tablesdk "github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

// panel is what a panel of this project must say. Its kind adds what the SDK
// leaves out: a visible legend, a tooltip, the data source variable.
type panel struct {
	id                       uint32
	kind                     func(panel) cog.Builder[dashboard.Panel]
	width                    uint32 // of the grid's 24 columns
	title, description, unit string
	// thresholds ascend, as Lint demands; below the first the panel is green, and a graph draws a
	// line at each.
	thresholds []step
	queries    []query
}

// step is a colour and the value from which it holds, in the panel's unit.
type step struct {
	color string
	from  float64
}

// query is one PromQL query with variables.
type query struct {
	expr, legend string
	// instant asks for the last value only.
	instant bool
	// exemplars asks for traces beside the values.
	exemplars bool
}

func stat(p panel) cog.Builder[dashboard.Panel] {
	return statsdk.NewPanelBuilder().
		ColorMode(common.BigValueColorModeValue).
		GraphMode(common.BigValueGraphModeNone). // an instant query has no history
		ReduceOptions(common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"})).
		Thresholds(p.steps("green")).
		Targets(p.targets(prometheus.PromQueryFormatTimeSeries))
}

func timeSeries(p panel) cog.Builder[dashboard.Panel] { return graph(p) }

func stackedSeries(p panel) cog.Builder[dashboard.Panel] {
	return graph(p).
		FillOpacity(60).
		Stacking(common.NewStackingConfigBuilder().Mode(common.StackingModeNormal).Group("A"))
}

func graph(p panel) *timeseries.PanelBuilder {
	style := common.GraphThresholdsStyleModeOff
	if len(p.thresholds) > 0 {
		style = common.GraphThresholdsStyleModeDashed
	}
	return timeseries.NewPanelBuilder().
		Min(0).
		LineWidth(1).
		FillOpacity(8).
		ShowPoints(common.VisibilityModeNever).
		Legend(common.NewVizLegendOptionsBuilder().
			ShowLegend(true).
			DisplayMode(common.LegendDisplayModeTable).
			Placement(common.LegendPlacementBottom).
			Calcs([]string{"lastNotNull", "max"})).
		Tooltip(common.NewVizTooltipOptionsBuilder().
			Mode(common.TooltipDisplayModeMulti).
			Sort(common.SortOrderDescending)).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(style)).
		Thresholds(p.steps("transparent")).
		OverrideByRegexp("/^"+thresholdLegend+"/", []dashboard.DynamicConfigValue{
			{Id: "color", Value: map[string]string{"mode": "fixed", "fixedColor": "red"}},
			{Id: "custom.lineStyle", Value: map[string]any{"fill": "dash", "dash": []int{10, 10}}},
			{Id: "custom.fillOpacity", Value: 0},
		}).
		Targets(p.targets(prometheus.PromQueryFormatTimeSeries))
}

func heatMap(p panel) cog.Builder[dashboard.Panel] {
	return heatmapsdk.NewPanelBuilder().
		Color(heatmapsdk.NewHeatmapColorOptionsBuilder().
			Mode(heatmapsdk.HeatmapColorModeScheme).
			Scheme("Oranges").
			Scale(heatmapsdk.HeatmapColorScaleExponential).
			Exponent(0.5).
			Steps(64)).
		YAxis(heatmapsdk.NewYAxisConfigBuilder().Unit(p.unit)).
		Tooltip(heatmapsdk.NewHeatmapTooltipBuilder().Mode(common.TooltipDisplayModeSingle)).
		ShowLegend().
		Targets(p.targets(prometheus.PromQueryFormatHeatmap))
}

// table shows the labels of instant queries as columns.
func table(p panel) cog.Builder[dashboard.Panel] {
	return tablesdk.NewPanelBuilder().
		ShowHeader(true).
		CellHeight(common.TableCellHeightSm).
		// Without calculations the schema takes the footer's null for an error.
		Footer(common.NewTableFooterOptionsBuilder().Reducer([]string{})).
		SortBy([]cog.Builder[common.TableSortByFieldState]{
			common.NewTableSortByFieldStateBuilder().DisplayName("Value").Desc(true),
		}).
		WithTransformation(dashboard.DataTransformerConfig{
			Id: "organize", Options: map[string]any{"excludeByName": map[string]bool{"Time": true}},
		}).
		Targets(p.targets(prometheus.PromQueryFormatTable))
}

// build is the finished panel at its place.
func (p panel) build(x, y, height uint32) (dashboard.Panel, error) {
	built, err := p.kind(p).Build()
	if err != nil {
		return dashboard.Panel{}, err
	}
	built.Id = &p.id
	built.Title = &p.title
	built.Description = &p.description
	built.Datasource = &datasource
	built.GridPos = &dashboard.GridPos{X: x, Y: y, W: p.width, H: height}
	if built.FieldConfig == nil {
		built.FieldConfig = dashboard.NewFieldConfigSource()
	}
	built.FieldConfig.Defaults.Unit = &p.unit
	return built, nil
}

func (p panel) targets(format prometheus.PromQueryFormat) []cog.Builder[variants.Dataquery] {
	targets := make([]cog.Builder[variants.Dataquery], len(p.queries))
	for i, q := range p.queries {
		target := prometheus.NewDataqueryBuilder().
			Datasource(datasource).
			RefId(string(rune('A' + i))).
			Expr(q.expr).
			LegendFormat(q.legend).
			EditorMode(prometheus.QueryEditorModeCode).
			Exemplar(q.exemplars).
			Format(format)
		if q.instant {
			target.Instant()
		} else {
			target.Range()
		}
		targets[i] = target
	}
	return targets
}

// steps are the panel's thresholds above a base colour.
func (p panel) steps(base string) cog.Builder[dashboard.ThresholdsConfig] {
	steps := []dashboard.Threshold{{Color: base}}
	for _, s := range p.thresholds {
		steps = append(steps, dashboard.Threshold{Color: s.color, Value: &s.from})
	}
	return dashboard.NewThresholdsConfigBuilder().Mode(dashboard.ThresholdsModeAbsolute).Steps(steps)
}

// row is a titled row of panels of one height.
type row struct {
	id     uint32
	title  string
	height uint32
	panels []panel
}

// layOut places rows below each other and their panels from left to right.
func layOut(rows []row) ([]dashboard.PanelOrRowPanel, error) {
	var all []dashboard.PanelOrRowPanel
	y := uint32(0)
	for _, r := range rows {
		heading := dashboard.NewRowPanel()
		heading.Id = r.id
		heading.Title = &r.title
		heading.GridPos = &dashboard.GridPos{Y: y, W: columns, H: 1}
		all = append(all, dashboard.PanelOrRowPanel{RowPanel: heading})
		y++
		x := uint32(0)
		for _, p := range r.panels {
			built, err := p.build(x, y, r.height)
			if err != nil {
				return nil, err
			}
			all = append(all, dashboard.PanelOrRowPanel{Panel: &built})
			x += p.width
		}
		y += r.height
	}
	return all, nil
}
