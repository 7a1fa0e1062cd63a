package dashboards

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/units"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/internal/catalog"
)

// item is a part of a declared service that has a number of its own: a queue, a job, a
// stage.
type item struct {
	service catalog.Service
	// name is the value of the label by which series tell the item.
	name string
	// expr is PromQL, in which $$ stands for the matchers of the item's series.
	expr string
}

// perItem joins the expressions of items, one for those that differ in nothing but
// their service. The label tells items of a service apart; empty where nothing does. It
// is nothing where there are no items.
func perItem(v view, label string, items []item) string {
	type kind struct{ name, expr string }
	of := make(map[kind][]catalog.Service)
	var order []kind
	for _, i := range items {
		k := kind{i.name, i.expr}
		if of[k] == nil {
			order = append(order, k)
		}
		of[k] = append(of[k], i.service)
	}
	var all []string
	for _, k := range order {
		var own []string
		if label != "" {
			own = spelled([]*labels.Matcher{labels.MustNewMatcher(labels.MatchEqual, label, k.name)})
		}
		for _, scope := range v.scopes(of[k]) {
			all = append(all, strings.ReplaceAll(k.expr, "$$", strings.Join(append(scope, own...), ", ")))
		}
	}
	return strings.Join(all, " or ")
}

// itemLines draw the numbers of items. The legend is that of their series.
func itemLines(v view, label, legend string, items []item) []query {
	if len(items) == 0 {
		return nil
	}
	return []query{{legend: thresholdLegend + legend, expr: perItem(v, label, items)}}
}

// scopes are matchers of the identity that match where one of the services is, and what
// the viewer chose, as [view.declared] has it.
func (v view) scopes(services []catalog.Service) [][]string {
	chosen := strings.TrimSuffix(strings.TrimPrefix(v.declared(""), "{"), "}")
	if v.service != nil {
		return [][]string{{chosen}}
	}
	var all [][]string
	for _, matchers := range catalog.Selectors(services) {
		all = append(all, append(spelled(matchers), chosen))
	}
	return all
}

// alertsFiring is a panel with the number of alerts that fire, where the series is there
// that they are about.
func alertsFiring(v view, id, width uint32, title, series, empty string, alerts ...string) panel {
	made := slices.DeleteFunc(slices.Clone(alerts), func(name string) bool { return slices.Contains(v.policy().Disabled, name) })
	expr := fmt.Sprintf("count(%s) or 0 * count(%s)", v.declared(alertsMetric, named(made...), firing), v.declared(series))
	if len(made) == 0 { // nobody looks, so silence says nothing
		expr, empty = "count("+v.declared(alertsMetric, named(alerts...), firing)+")", "Disabled in the services file"
	}
	return panel{
		id: id, kind: stat, width: width, title: title, unit: units.Short, empty: empty,
		description: "Alerts that fire now: " + strings.Join(alerts, ", ") + ".",
		lines:       []line{{at: fixed(1)}}, states: []state{{0, "None", good}},
		queries: []query{{legend: "firing", instant: true, expr: expr}},
	}
}
