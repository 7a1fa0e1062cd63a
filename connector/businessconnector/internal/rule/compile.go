package rule

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/readygate/readygate/internal/distinct"
	"github.com/readygate/readygate/internal/telemetry"
)

// Limits of a configuration, against mistakes more than against need.
const (
	// MaxMetrics bounds the metrics: each takes a part of every flush.
	MaxMetrics = 120
	// MaxBorn bounds the series of a metric that begin at 0 for each service.
	MaxBorn = 256

	maxBuckets = 100
	maxWindows = 8
)

// SketchPrecision is that of the sketches of distinct metrics: a standard error of 0.41 %.
const SketchPrecision = 16

// Compile checks the metrics, each under the name that it is declared with, and
// makes rules of them, in the order of their names. The error tells everything that
// is wrong, with the key where it is.
func Compile(metrics map[string]Metric) ([]*Rule, error) {
	var all []*Rule
	var errs []error
	slots := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(metrics)) {
		c := compiler{path: "metrics." + name, slots: slots}
		r := c.compile(name, metrics[name])
		r.Number = len(all)
		all = append(all, r)
		errs = append(errs, c.problems...)
	}
	if len(all) > MaxMetrics {
		errs = append(errs, fmt.Errorf("metrics: got %d, allowed: at most %d", len(all), MaxMetrics))
	}
	return all, errors.Join(append(errs, clashes(all)...)...)
}

// compiler checks one metric and collects what is wrong with it.
type compiler struct {
	path     string // of the metric
	problems []error
	slots    map[string]int // of attributes that may be the resource's, from 1
}

func (c *compiler) report(key, message string) {
	path := c.path
	if key != "" {
		path += "." + key
	}
	c.problems = append(c.problems, fmt.Errorf("%s: %s", path, message))
}

func (c *compiler) compile(name string, m Metric) *Rule {
	r := &Rule{Name: name, Type: m.Type}
	c.unknownKeys("", m.Unknown, metricKeys)
	c.name(name)
	c.typed(m)
	from := c.from(m.From, r)
	r.conditions = c.where(m.Where, from)
	r.value = c.value(m, from)
	if len(m.Where) == 0 && m.Value != "" {
		// Nothing else says which records are meant: those that have a value.
		r.conditions = append(r.conditions, condition{field: r.value, tests: []test{{operator: exists}}})
	}
	r.Labels = c.labels(m.By, from)
	c.amount(m, from, r)
	r.Windows, r.Buckets = c.windows(m), c.buckets(m)
	for i, service := range m.Services {
		if service == "" {
			c.report(fmt.Sprintf("services[%d]", i), `got "", allowed: a service.name`)
		}
		if r.services == nil {
			r.services = map[string]struct{}{}
		}
		r.services[service] = struct{}{}
	}
	c.born(r)
	c.describe(m, r)
	return r
}

var metricKeys = []string{
	"type", "from", "where", "value", "unit", "unit_from", "units", "minor_units", "decimals", "refunds", "by", "buckets", "windows", "services", "description",
}

func (c *compiler) unknownKeys(key string, unknown map[string]any, allowed []string) {
	for _, name := range slices.Sorted(maps.Keys(unknown)) {
		c.unknown(strings.TrimPrefix(key+"."+name, "."), name, allowed)
	}
}

// typed reports what the type does not take, or needs and was not given.
func (c *compiler) typed(m Metric) {
	if !slices.Contains(Types(), string(m.Type)) {
		c.notOneOf("type", string(m.Type), Types())
		return
	}
	for _, s := range []struct {
		key    string
		given  bool
		takers []Type
	}{
		{"value", m.Value != "", []Type{Sum, Distinct, Gauge, Histogram}},
		{"unit_from", m.UnitFrom != "", []Type{Sum}},
		{"units", m.Units != nil, []Type{Sum}},
		{"minor_units", m.MinorUnits, []Type{Sum}},
		{"decimals", m.Decimals != nil, []Type{Sum}},
		{"refunds", m.Refunds, []Type{Sum}},
		{"buckets", m.Buckets != nil, []Type{Histogram}},
		{"windows", m.Windows != nil, []Type{Distinct}},
	} {
		if s.given && !slices.Contains(s.takers, m.Type) {
			c.report(s.key, fmt.Sprintf("is not for the type %s", m.Type))
		}
	}
	if m.Value == "" && m.Type != Counter {
		c.report("value", "got nothing, allowed: the field that holds the value")
	}
	if m.Buckets == nil && m.Type == Histogram {
		c.report("buckets", fmt.Sprintf("got none, allowed: 1 to %d upper bounds", maxBuckets))
	}
}

func (c *compiler) from(given []string, r *Rule) []Source {
	if len(given) == 0 {
		c.report("from", "got nothing, allowed: "+strings.Join(Sources(), ", "))
	}
	var from []Source
	for i, word := range given {
		s := slices.Index(Sources(), word)
		if s < 0 {
			c.notOneOf(fmt.Sprintf("from[%d]", i), word, Sources())
			continue
		}
		r.from[s] = true
		from = append(from, Source(s))
	}
	return from
}

func (c *compiler) value(m Metric, from []Source) Field {
	if m.Value == "" {
		return Field{}
	}
	field, err := c.field(m.Value, from)
	if err != nil {
		c.report("value", err.Error())
	} else if field.names() != nil {
		c.report("value", fmt.Sprintf("got %q, which has no values but names, allowed: an attribute, body", m.Value))
	}
	return field
}

func (c *compiler) windows(m Metric) []time.Duration {
	if m.Type != Distinct {
		return nil
	}
	if m.Windows == nil {
		return DefaultWindows()
	}
	if len(m.Windows) > maxWindows {
		c.report("windows", fmt.Sprintf("got %d, allowed: at most %d", len(m.Windows), maxWindows))
	}
	if _, err := distinct.NewWindows(SketchPrecision, m.Windows...); err != nil {
		for line := range strings.Lines(err.Error()) {
			c.report("windows", "got "+strings.TrimSpace(line))
		}
	}
	return m.Windows
}

func (c *compiler) buckets(m Metric) []float64 {
	if len(m.Buckets) > maxBuckets || m.Buckets != nil && len(m.Buckets) == 0 {
		c.report("buckets", fmt.Sprintf("got %d bounds, allowed: 1 to %d", len(m.Buckets), maxBuckets))
	}
	previous := math.Inf(-1)
	for i, bound := range m.Buckets {
		// Written so that NaN fails too.
		if !(bound > previous) || bound < 0 || math.IsInf(bound, 1) {
			c.report(fmt.Sprintf("buckets[%d]", i), fmt.Sprintf("got %v, allowed: 0 or more, and more than the bound before", bound))
		}
		previous = bound
	}
	return m.Buckets
}

// born bounds the series that begin at 0 as soon as one of the services is known.
func (c *compiler) born(r *Rule) {
	if n := r.combinations(); r.IsBorn() && n > MaxBorn {
		c.report("by", fmt.Sprintf("got %d combinations of values and units that begin at 0 for each of the services, allowed: at most %d", n, MaxBorn))
	}
}

// describe names what the rule exports.
func (c *compiler) describe(m Metric, r *Rule) {
	kinds := map[Type]telemetry.Kind{
		Counter: telemetry.Counter, Sum: telemetry.Counter, Histogram: telemetry.Histogram,
		Gauge: telemetry.Gauge, Distinct: telemetry.Gauge,
	}
	r.Metric = telemetry.Metric{Name: r.Name, Kind: kinds[m.Type], Unit: m.Unit, Help: m.Description}
	if r.IsMoney() {
		r.Metric.Unit = "{currency}" // which one is a label's to tell
	}
	for _, l := range r.Labels {
		r.Metric.Labels = append(r.Metric.Labels, l.Name)
	}
	switch {
	case m.Type == Distinct:
		r.Metric.Labels = append(r.Metric.Labels, Window)
	case r.IsMoney():
		r.Metric.Labels = append(r.Metric.Labels, Currency)
	}
	if r.Metric.Help == "" {
		r.Metric.Help = m.help()
	}
	if m.Refunds {
		r.Refunds = r.Metric
		r.Refunds.Name += "_refunds_total"
		r.Refunds.Help = strings.TrimSuffix(r.Metric.Help, ".") + ", what was negative, as positive amounts."
	}
	if m.Type == Counter || m.Type == Sum {
		r.Metric.Name += "_total"
	}
}

// MetricKeys lists the keys of a declaration.
func MetricKeys() []string { return slices.Clone(metricKeys) }
