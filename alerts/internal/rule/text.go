package rule

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/readygate/readygate/internal/telemetry"
)

// Where is an alert template for the service that an alert is about.
const Where = "{{ with $labels.service_namespace }}{{ . }}/{{ end }}{{ $labels.service }}{{ with $labels.environment }} in {{ . }}{{ end }}"

// Identity is the labels of a service, as in by (service, ...).
func Identity(more ...string) string {
	return strings.Join(append(slices.Clone(telemetry.ServiceIdentity()), more...), ", ")
}

// Number writes a number as PromQL reads it.
func Number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// Seconds writes a duration as a number of seconds.
func Seconds(d time.Duration) string { return Number(d.Seconds()) }

// Percent writes a ratio for people.
func Percent(ratio float64) string { return strconv.FormatFloat(100*ratio, 'g', 4, 64) + " %" }

// Short writes a duration as people and PromQL do: 5m, 1h30m, 3d.
func Short(d time.Duration) string { return model.Duration(d).String() }

// Literal is an alert template that expands to the text, braces and all.
func Literal(text string) string {
	return strings.ReplaceAll(text, "{{", `{{ "{{" }}`)
}

// Select writes a selector. Names and values of labels are data: quotes,
// backslashes and braces in them mean themselves.
func Select(metric string, match map[string]string) string {
	matchers := []*labels.Matcher{labels.MustNewMatcher(labels.MatchEqual, model.MetricNameLabel, metric)}
	for _, name := range slices.Sorted(maps.Keys(match)) {
		matchers = append(matchers, labels.MustNewMatcher(labels.MatchEqual, name, match[name]))
	}
	return (&parser.VectorSelector{Name: metric, LabelMatchers: matchers}).String()
}

// present drops the keys that have nothing to say.
func present(m map[string]string) map[string]string {
	maps.DeleteFunc(m, func(_, value string) bool { return value == "" })
	return m
}
