package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/prometheus/otlptranslator"

	"github.com/readygate/readygate/internal/telemetry"
)

// isName reports whether s is a name of a metric or label in Prometheus, without
// the colon, which is for recording rules.
func isName(s string) bool {
	if s == "" || '0' <= s[0] && s[0] <= '9' {
		return false
	}
	return strings.Map(nameRune, s) == s
}

// nameRune is a letter, digit or _, and _ for anything else.
func nameRune(r rune) rune {
	if '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
		return r
	}
	return '_'
}

// Names of metrics that Prometheus makes, of each scrape and each alert, and its
// exporters of resources and scopes; and what the names begin with of more about
// scrapes, and of the gateway's own metrics.
var (
	reservedMetrics  = []string{"up", "target_info", "otel_scope_info", "ALERTS", "ALERTS_FOR_STATE"}
	reservedPrefixes = []string{"scrape_", "otelcol_"}
)

func isReserved(name string) bool {
	return slices.Contains(reservedMetrics, name) ||
		slices.ContainsFunc(reservedPrefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// name checks the name that a metric is declared with.
func (c *compiler) name(name string) {
	switch {
	case !isName(name) || strings.HasPrefix(name, "__"):
		c.report("", "got this name, allowed: letters, digits and _, neither a digit nor __ first")
	case strings.HasSuffix(name, "_total"):
		c.report("", "got the suffix _total, which counters and sums are given and others must not have")
	case isReserved(name):
		c.report("", fmt.Sprintf("got this name, which is of Prometheus or the gateway, allowed: any but %s, %s*",
			strings.Join(reservedMetrics, ", "), strings.Join(reservedPrefixes, "*, ")))
	}
}

// clashes reports names that two metrics would export: of the rules, of the red
// connector, and of Prometheus. Exporters either keep names as they are or put units
// into them, and on a page two metrics of one name would be one: each is checked.
func clashes(all []*Rule) []error {
	var errs []error
	told := clashesAs(all, func(m telemetry.Metric) string { return m.Name })
	for _, c := range told {
		errs = append(errs, fmt.Errorf("metrics.%s: would export %s, which is of %s", c.rule, c.name, c.owner))
	}
	for _, c := range clashesAs(all, nameWithUnit) {
		said := func(other clash) bool { return other.rule == c.rule && other.owner == c.owner }
		if !slices.ContainsFunc(told, said) {
			told = append(told, c)
			errs = append(errs, fmt.Errorf("metrics.%s: would export %s, as exporters put the unit into the name, which is of %s", c.rule, c.name, c.owner))
		}
	}
	return errs
}

// clash is a name of a rule's that is another's already.
type clash struct{ rule, name, owner string }

func clashesAs(all []*Rule, rename func(telemetry.Metric) string) []clash {
	owners := map[string]string{}
	for _, m := range telemetry.Metrics() {
		for _, name := range seriesOf(m, rename) {
			owners[name] = "the red connector"
		}
	}
	var found []clash
	for _, r := range all {
		names := seriesOf(r.Metric, rename)
		if r.Refunds.Name != "" {
			names = append(names, seriesOf(r.Refunds, rename)...)
		}
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			owner, taken := owners[name]
			if isReserved(name) && !isReserved(r.Name) { // else it was told already
				owner, taken = "Prometheus or the gateway", true
			}
			if taken {
				found = append(found, clash{r.Name, name, owner})
			}
			owners[name] = "metrics." + r.Name
		}
	}
	return found
}

// seriesOf are the names of the series of a metric, and its own: a histogram has several.
func seriesOf(m telemetry.Metric, rename func(telemetry.Metric) string) []string {
	m.Name = rename(m)
	return append(m.Series(), m.Name)
}

// nameWithUnit is what the prometheus exporter makes of the name, unless it is told
// not to (add_metric_suffixes).
func nameWithUnit(m telemetry.Metric) string {
	types := map[telemetry.Kind]otlptranslator.MetricType{
		telemetry.Counter:   otlptranslator.MetricTypeMonotonicCounter,
		telemetry.Gauge:     otlptranslator.MetricTypeGauge,
		telemetry.Histogram: otlptranslator.MetricTypeHistogram,
	}
	namer := otlptranslator.MetricNamer{WithMetricSuffixes: true}
	name, err := namer.Build(otlptranslator.Metric{Name: m.Name, Unit: m.Unit, Type: types[m.Kind]})
	if err != nil {
		return m.Name // there is nothing but _ in it
	}
	return name
}
