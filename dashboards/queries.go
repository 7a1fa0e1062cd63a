package dashboards

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// JSON is the dashboard as a file: what Grafana imports and provisions.
func JSON(d dashboard.Dashboard) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(d)
	return text.Bytes(), err
}

// Query is one query of a dashboard, with variables replaced.
type Query struct {
	// Panel is the title of the panel that asks.
	Panel string
	// Expr is PromQL.
	Expr string
	// Instant queries are asked for the end of the time range only.
	Instant bool
}

// variable is Grafana's notation: $name, ${name} or ${name:format}.
var variable = regexp.MustCompile(`\$(?:(\w+)|\{(\w+)(?::\w+)?\})`)

// Queries lists every query of a dashboard in the order of its panels. Variables
// take their value from vars, by name without "$"; one that vars does not have
// is what Grafana makes of it when all is chosen. $__rate_interval and
// $__interval are 5m unless vars says otherwise, $__range is 1h. Unknown
// variables stay as they are.
func Queries(d dashboard.Dashboard, vars map[string]string) []Query {
	expand := expander(d, vars)
	var all []Query
	for _, p := range panels(d) {
		for _, target := range p.Targets {
			if q, ok := target.(prometheus.Dataquery); ok {
				all = append(all, Query{Panel: deref(p.Title), Expr: expand(q.Expr), Instant: q.Instant != nil && *q.Instant})
			}
		}
	}
	return all
}

// expander replaces the variables in a text as [Queries] says.
func expander(d dashboard.Dashboard, vars map[string]string) func(string) string {
	values := map[string]string{"__rate_interval": "5m", "__interval": "5m", "__range": "1h"}
	for _, v := range d.Templating.List {
		if v.AllValue != nil {
			values[v.Name] = *v.AllValue
		}
	}
	maps.Copy(values, vars)
	return func(text string) string {
		return variable.ReplaceAllStringFunc(text, func(reference string) string {
			m := variable.FindStringSubmatch(reference)
			if value, ok := values[m[1]+m[2]]; ok {
				return value
			}
			return reference
		})
	}
}

// panels are those that show something: all but the rows, and those in folded rows.
func panels(d dashboard.Dashboard) []dashboard.Panel {
	var all []dashboard.Panel
	for _, p := range d.Panels {
		if p.Panel != nil {
			all = append(all, *p.Panel)
		} else {
			all = append(all, p.RowPanel.Panels...)
		}
	}
	return all
}

// deref is the value, or the zero value where there is none.
func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
