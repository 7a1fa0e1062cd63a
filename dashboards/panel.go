package dashboards

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// panel is what a panel of this project must say. Its kind adds what the SDK leaves
// out: a visible legend, a tooltip, the data source variable.
type panel struct {
	// id is for ever: a new panel takes a new one, so that links and differences stay
	// small. It is unique over all dashboards of this package.
	id     uint32
	kind   kind
	width  uint32 // of the grid's 24 columns
	title  string // what is seen
	height uint32 // of the row where it is 0
	// description is a sentence or two; build adds the alerts of the lines and the
	// texts of the checks.
	description string
	// checks are lines of the checklist that the panel serves: PR-038.
	checks []string
	unit   string
	// most is the largest value there can be, such as 1 of a ratio that cannot be more;
	// 0 where the axis follows the data.
	most float64
	// signed: values may be below 0, which the axis of a graph else begins at.
	signed bool
	// lines are drawn at values that decide: thresholds of alerts, and others. Above a
	// line is its colour, or, where it is a floor, below.
	lines []line
	// empty is what the panel says when nothing answers: what that means.
	empty string
	// states are texts for values, such as 0 and 1.
	states []state
	// drill is the dashboard that a click leads to, for the service of the series.
	drill string
	// links are further places that a click leads to.
	links   []link
	queries []query
	// text is Markdown, of panels that only say something.
	text string
}

// line is a value that decides.
type line struct {
	// alert is the alert whose threshold this is; empty for none.
	alert string
	at    func(catalog.Policy) float64
	// color of what is beyond; bad where it is empty.
	color string
	// floor: what is below is beyond.
	floor bool
	// of is a recorded series with the identity of services, by which services with a
	// number of their own get a line of their own; empty for no such lines.
	of string
}

// fixed is a line that no services file moves.
func fixed(v float64) func(catalog.Policy) float64 { return func(catalog.Policy) float64 { return v } }

// state is the text and the colour of a value.
type state struct {
	value       float64
	text, color string
}

// link is a place that a click leads to.
type link struct{ title, url string }

// query is one PromQL query with variables.
type query struct {
	expr, legend string
	// instant asks for the last value only.
	instant bool
	// exemplars asks for traces beside the values.
	exemplars bool
}

// build is the finished panel at its place.
func (p panel) build(v view, x, y, height uint32) (dashboard.Panel, error) {
	p.lines = slices.DeleteFunc(slices.Clone(p.lines), func(l line) bool { return slices.Contains(v.policy().Disabled, l.alert) })
	built, err := p.kind(v, p).Build()
	if err != nil {
		return dashboard.Panel{}, fmt.Errorf("%s: %w", p.title, err)
	}
	description := p.described(v, built.Type)
	built.Id = &p.id
	built.Title = &p.title
	built.Description = &description
	built.GridPos = &dashboard.GridPos{X: x, Y: y, W: p.width, H: cmp.Or(p.height, height)}
	if p.text != "" {
		return built, nil
	}
	built.Datasource = &datasource
	if built.FieldConfig == nil {
		built.FieldConfig = dashboard.NewFieldConfigSource()
	}
	defaults := &built.FieldConfig.Defaults
	defaults.Unit, defaults.NoValue = &p.unit, &p.empty
	if p.most > 0 {
		defaults.Max = &p.most
	}
	for _, l := range p.clicks() {
		defaults.Links = append(defaults.Links, dashboard.DashboardLink{
			Title: l.title, Url: &l.url, Type: dashboard.DashboardLinkTypeLink, Tags: []string{},
		})
	}
	if len(p.states) > 0 {
		defaults.Mappings = []dashboard.ValueMapping{p.mapping()}
	}
	return built, nil
}

// described is the description with what the lines and checks are.
func (p panel) described(v view, kind string) string {
	parts := []string{p.description}
	for _, l := range p.lines {
		if l.alert == "" {
			continue
		}
		switch {
		case kind == "timeseries":
			parts = append(parts, "The line is the threshold of "+l.alert+".")
		case len(ownLines(v, l)) == 0:
			parts = append(parts, "The colour changes at the threshold of "+l.alert+".")
		default:
			parts = append(parts, "It has no colour by "+l.alert+", for which services have thresholds of their own.")
		}
	}
	text := strings.Join(parts, " ")
	for _, id := range p.checks {
		text += "\n\n" + id + ": " + checkTitle(id)
	}
	return text
}

// checkTitle is the checklist's text of a check; empty if there is no such check, which
// a test tells.
func checkTitle(id string) string { return checkTitles()[id] }

var checkTitles = sync.OnceValue(func() map[string]string {
	all := make(map[string]string)
	for _, c := range catalog.Checks() {
		all[c.ID] = c.Title
	}
	return all
})

// clicks are the places that a click on a value leads to.
func (p panel) clicks() []link {
	if p.drill == "" {
		return p.links
	}
	field := "${__field.labels." + telemetry.Service + "}"
	if p.tabular() {
		field = "${__data.fields." + telemetry.Service + "}"
	}
	// The name alone: a label that a series does not have would choose what has none.
	url := "/d/" + p.drill + "?${__url_time_range}&${datasource:queryparam}&var-" + telemetry.Service + "=" + field
	return append([]link{{"Open " + titles[p.drill], url}}, p.links...)
}

// floored: what is low is bad.
func (p panel) floored() bool {
	return slices.ContainsFunc(p.lines, func(l line) bool { return l.floor })
}

func (p panel) tabular() bool { return len(p.queries) > 0 && p.queries[0].legend == "" }

func (p panel) mapping() dashboard.ValueMapping {
	options := make(map[string]dashboard.ValueMappingResult)
	for i, s := range p.states {
		index := int32(i)
		options[number(s.value)] = dashboard.ValueMappingResult{Text: &s.text, Color: &s.color, Index: &index}
	}
	return dashboard.ValueMapping{ValueMap: &dashboard.ValueMap{Type: dashboard.MappingTypeValueToText, Options: options}}
}

// targets are the queries.
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

// steps are the colours of values: the base colour, then that of each line. Two lines
// at the same value would hide each other: the first is drawn. A floor's colour
// holds below it, so that the base takes the place of what is above.
func (p panel) steps(v view, base string) *dashboard.ThresholdsConfigBuilder {
	type step struct {
		from  float64
		color string
	}
	var ups []step
	lowest := base
	for _, l := range p.lines {
		color := cmp.Or(l.color, bad)
		at := l.at(v.policy())
		if slices.ContainsFunc(ups, func(s step) bool { return s.from == at }) || math.IsNaN(at) {
			continue
		}
		if l.floor && base != "transparent" {
			lowest, color = color, base
		}
		ups = append(ups, step{at, color})
	}
	slices.SortFunc(ups, func(a, b step) int { return cmp.Compare(a.from, b.from) })
	steps := []dashboard.Threshold{{Color: lowest}}
	for _, s := range ups {
		// What is beyond the worst line stays beyond it.
		if steps[len(steps)-1].Color == bad && s.color == caution {
			continue
		}
		steps = append(steps, dashboard.Threshold{Color: s.color, Value: &s.from})
	}
	return dashboard.NewThresholdsConfigBuilder().Mode(dashboard.ThresholdsModeAbsolute).Steps(steps)
}
