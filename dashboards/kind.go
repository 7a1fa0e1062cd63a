package dashboards

import (
	"maps"
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/bargauge"
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	heatmapsdk "github.com/grafana/grafana-foundation-sdk/go/heatmap"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	statsdk "github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/statetimeline"
	tablesdk "github.com/grafana/grafana-foundation-sdk/go/table"
	textsdk "github.com/grafana/grafana-foundation-sdk/go/text"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

// kind is a kind of panel: how it is drawn.
type kind func(view, panel) cog.Builder[dashboard.Panel]

// stat shows the last value of instant queries in large letters.
func stat(v view, p panel) cog.Builder[dashboard.Panel] {
	p.lines = p.ofAll(v)
	return statsdk.NewPanelBuilder().
		ColorMode(common.BigValueColorModeValue).
		GraphMode(common.BigValueGraphModeNone). // an instant query has no history
		ReduceOptions(common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"})).
		Thresholds(p.steps(v, p.plain())).
		Targets(p.targets(prometheus.PromQueryFormatTimeSeries))
}

// ofAll are the lines that are the same for all services of the view: a value without
// its service has no colour where services have numbers of their own.
func (p panel) ofAll(v view) []line {
	return slices.DeleteFunc(slices.Clone(p.lines), func(l line) bool { return len(ownLines(v, l)) > 0 })
}

// plain is the colour of values that no line is about: good up to a line, and none where
// nothing says what is good.
func (p panel) plain() string {
	if len(p.lines) == 0 {
		return "text"
	}
	return good
}

// timeSeries draws a line for each series.
func timeSeries(v view, p panel) cog.Builder[dashboard.Panel] { return graph(v, p) }

// stackedSeries draws series on top of each other: parts of a whole.
func stackedSeries(v view, p panel) cog.Builder[dashboard.Panel] {
	return graph(v, p).
		FillOpacity(60).
		Stacking(common.NewStackingConfigBuilder().Mode(common.StackingModeNormal).Group("A"))
}

func graph(v view, p panel) *timeseries.PanelBuilder {
	for _, l := range p.lines {
		p.queries = append(p.queries[:len(p.queries):len(p.queries)], ownLines(v, l)...)
	}
	style := common.GraphThresholdsStyleModeOff
	if len(p.lines) > 0 {
		style = common.GraphThresholdsStyleModeDashed
	}
	builder := timeseries.NewPanelBuilder().
		LineWidth(1).
		FillOpacity(8).
		ShowPoints(common.VisibilityModeNever).
		ColorScheme(byName()).
		Legend(common.NewVizLegendOptionsBuilder().
			ShowLegend(true).
			DisplayMode(common.LegendDisplayModeTable).
			Placement(common.LegendPlacementBottom).
			Calcs([]string{"lastNotNull", "max"})).
		Tooltip(common.NewVizTooltipOptionsBuilder().
			Mode(common.TooltipDisplayModeMulti).
			Sort(common.SortOrderDescending)).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(style)).
		Thresholds(p.steps(v, "transparent"))
	if !p.signed {
		builder.Min(0)
	}
	if roof := p.roof(v); roof > 0 {
		builder.AxisSoftMax(roof)
	}
	colored := p.colored()
	for _, legend := range slices.Sorted(maps.Keys(colored)) {
		look := []dashboard.DynamicConfigValue{{Id: "color", Value: one(colored[legend])}}
		if legend == thresholdLegend {
			look = append(look,
				dashboard.DynamicConfigValue{Id: "custom.lineStyle", Value: map[string]any{"fill": "dash", "dash": []int{10, 10}}},
				dashboard.DynamicConfigValue{Id: "custom.fillOpacity", Value: 0})
		}
		builder.OverrideByRegexp("/^"+legend+"/", look)
	}
	return builder.Targets(p.targets(prometheus.PromQueryFormatTimeSeries))
}

// roof is what the axis shows at least: a graph that is filled by 50 % must not look full
// because the line at 90 % is out of sight.
func (p panel) roof(v view) float64 {
	highest := 0.0
	for _, l := range p.lines {
		highest = max(highest, l.at(v.policy()))
	}
	return 1.1 * highest
}

// byName gives each series a colour by its name: the same in every panel.
func byName() cog.Builder[dashboard.FieldColor] {
	return dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdPaletteClassicByName)
}

// one is one colour, as an override has it.
func one(color string) map[string]string {
	return map[string]string{"mode": "fixed", "fixedColor": color}
}

// heatMap draws the buckets of a histogram.
func heatMap(_ view, p panel) cog.Builder[dashboard.Panel] {
	return heatmapsdk.NewPanelBuilder().
		// One hue from dark to light is read without telling colours apart.
		Color(heatmapsdk.NewHeatmapColorOptionsBuilder().
			Mode(heatmapsdk.HeatmapColorModeScheme).
			Scheme("Blues").
			Scale(heatmapsdk.HeatmapColorScaleExponential).
			Exponent(0.5).
			Steps(64)).
		YAxis(heatmapsdk.NewYAxisConfigBuilder().Unit(p.unit)).
		Tooltip(heatmapsdk.NewHeatmapTooltipBuilder().Mode(common.TooltipDisplayModeSingle)).
		ShowLegend().
		Targets(p.targets(prometheus.PromQueryFormatHeatmap))
}

// table shows the labels of instant queries as columns, the worst first.
func table(v view, p panel) cog.Builder[dashboard.Panel] {
	return tablesdk.NewPanelBuilder().
		ShowHeader(true).
		CellHeight(common.TableCellHeightSm).
		// Without calculations the schema takes the footer's null for an error.
		Footer(common.NewTableFooterOptionsBuilder().Reducer([]string{})).
		SortBy([]cog.Builder[common.TableSortByFieldState]{
			common.NewTableSortByFieldStateBuilder().DisplayName("Value").Desc(!p.floored()),
		}).
		Thresholds(p.steps(v, "text")).
		OverrideByName("Value", []dashboard.DynamicConfigValue{
			{Id: "custom.cellOptions", Value: map[string]string{"type": "color-text"}},
		}).
		WithTransformation(dashboard.DataTransformerConfig{
			Id: "organize", Options: map[string]any{"excludeByName": map[string]bool{"Time": true, "__name__": true}},
		}).
		Targets(p.targets(prometheus.PromQueryFormatTable))
}

// timeline draws which state things were in: the colours of panel.states, or of its
// lines.
func timeline(v view, p panel) cog.Builder[dashboard.Panel] {
	return statetimeline.NewPanelBuilder().
		ShowValue(common.VisibilityModeAuto). // colour alone tells nothing
		RowHeight(0.8).
		MergeValues(true).
		LineWidth(0).
		FillOpacity(80).
		ColorScheme(dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdThresholds)).
		Legend(common.NewVizLegendOptionsBuilder().
			ShowLegend(true).
			DisplayMode(common.LegendDisplayModeList).
			Placement(common.LegendPlacementBottom)).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeSingle)).
		Thresholds(p.steps(v, p.plain())).
		Targets(p.targets(prometheus.PromQueryFormatTimeSeries))
}

// bars compare the last values of instant queries.
func bars(v view, p panel) cog.Builder[dashboard.Panel] {
	p.lines = p.ofAll(v)
	return bargauge.NewPanelBuilder().
		Min(0).
		DisplayMode(common.BarGaugeDisplayModeBasic).
		Orientation(common.VizOrientationHorizontal).
		ValueMode(common.BarGaugeValueModeColor).
		ShowUnfilled(true).
		ReduceOptions(common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"})).
		Thresholds(p.steps(v, p.plain())).
		Targets(p.targets(prometheus.PromQueryFormatTimeSeries))
}

// note is a text in Markdown.
func note(_ view, p panel) cog.Builder[dashboard.Panel] {
	return textsdk.NewPanelBuilder().Mode(textsdk.TextModeMarkdown).Content(p.text)
}
