package dashboards

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/units"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/internal/catalog"
	promql "github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// features are the ten that are used most: by the labels of a metric that the gateway
// derives; of other metrics, which are recorded without their labels, altogether.
func features(v view) panel {
	var (
		told   = []string{"feature", "variant"} // of the connector's preset
		detail []item
		whole  = len(metricsOf(v, catalog.RoleFeatureUsage)) == 0
	)
	for _, s := range v.services() {
		for _, b := range s.Business {
			switch {
			case b.Role != catalog.RoleFeatureUsage:
				continue
			case b.Gauge || b.Derive == nil && b.Metric != b.Name+"_total":
				whole = true
				continue
			}
			told = append(told, labelsOf(b)...)
			match := []string{promql.Ours, "$$"}
			for _, name := range slices.Sorted(maps.Keys(b.Match)) {
				match = append(match, spelled([]*labels.Matcher{labels.MustNewMatcher(labels.MatchEqual, name, b.Match[name])})...)
			}
			detail = append(detail, item{s, "", fmt.Sprintf("sum without (%s) (increase(%s{%s}[1h]))", strings.Join([]string{
				telemetry.GatewayInstance, telemetry.Version, telemetry.Canary, telemetry.Job, telemetry.Instance,
			}, ", "), b.Metric, strings.Join(match, ", "))})
		}
	}
	p := panel{
		id: 4303, kind: bars, width: 12, title: "Usage of features in an hour, top 10", unit: units.Short, empty: untold(catalog.RoleFeatureUsage),
		description: "How often features were used in the last hour. One that nobody uses any more was broken, hidden, or replaced.",
		checks:      []string{"PR-102"},
	}
	if len(detail) > 0 {
		legend := byIdentity
		slices.Sort(told)
		for _, label := range slices.Compact(told) {
			legend += " {{" + label + "}}"
		}
		p.queries = append(p.queries, query{legend: legend, instant: true, expr: top(10, perItem(v, "", detail))})
	}
	if whole {
		p.queries = append(p.queries, query{legend: byMetric, instant: true,
			expr: top(10, ofRole(v, telemetry.RecordedBusinessIncrease, catalog.RoleFeatureUsage, "feature_usage"))})
	}
	return p
}

// labelsOf are the labels that the services file gives a metric.
func labelsOf(b catalog.BusinessMetric) []string {
	by, _ := b.Derive["by"].([]any)
	var all []string
	for _, one := range by {
		name, _ := one.(string)
		if object, ok := one.(map[string]any); ok {
			if name, ok = object["label"].(string); !ok {
				name, _ = object["attribute"].(string)
			}
		}
		if name != "" {
			all = append(all, strings.Map(labelSign, name))
		}
	}
	return all
}

// labelSign is what the gateway makes of a sign of an attribute's name in a label's.
func labelSign(r rune) rune {
	if r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
		return r
	}
	return '_'
}
