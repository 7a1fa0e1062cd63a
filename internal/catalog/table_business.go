package catalog

import (
	"fmt"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"
)

var businessForm = mapping("business", []field[BusinessMetric]{
	at("name", "Name of the metric, as the gateway's business connector has it.",
		pattern("a name such as order_completions: letters, digits and _, no digit first", "^[a-zA-Z_][a-zA-Z0-9_]*$"), func(b *BusinessMetric) *string { return &b.Name }).must(),
	at("role", "What it means, which decides how it is judged. Default: other.",
		word(RoleOrders, RoleSignups, RoleRevenue, RoleActiveUsers, RoleFeatureUsage, RoleVisits, RoleOther), func(b *BusinessMetric) *Role { return &b.Role }),
	at("metric", "Its series in Prometheus. Default: the name, with `_total` unless it is a gauge, `_count` of a histogram.", metricName(), func(b *BusinessMetric) *string { return &b.Metric }),
	at("gauge", "It is a level and no count. Default: what `derive` says; else true of active users, false of others.", flag(), func(b *BusinessMetric) *bool { return &b.Gauge }),
	at("match", "Labels that select among its series.", labelSet(), func(b *BusinessMetric) *map[string]string { return &b.Match }),
	at("drop", "Share of the same time in former weeks below which there is too little. Default: 0.5.",
		number("a ratio from 0.01 to 0.99 (0.5 is half)", 0.01, 0.99), func(b *BusinessMetric) *float64 { return &b.Drop }),
	at("floor", "How much there must have been to judge by: per hour; of a gauge, its level. Default: 30.",
		number("a number from 0.001 to 1000000000000", 0.001, 1e12), func(b *BusinessMetric) *float64 { return &b.Floor }),
	at("seasonality", "Times that are compared: the same hour one and two weeks ago (weekly), or days (daily). Default: weekly.",
		word("weekly", "daily"), func(b *BusinessMetric) *string { return &b.Seasonality }),
	at("derive", "How the gateway derives it: an entry of `metrics` of its business connector. Default: something else derives it.", deriveForm(), func(b *BusinessMetric) *map[string]any { return &b.Derive }),
}, checked(func(d *decoder, e entry, b *BusinessMetric) {
	derived, _ := b.Derive["type"].(string)
	level := derived == "gauge" || derived == "distinct"
	switch {
	case !e.has("gauge") && derived != "":
		b.Gauge = level
	case !e.has("gauge"):
		b.Gauge = b.Role == RoleActiveUsers
	case derived != "" && b.Gauge != level:
		e.wrong(d, "gauge", strconv.FormatBool(b.Gauge), fmt.Sprintf("%v for what is derived by the type %s", level, derived))
	}
	if !e.has("metric") {
		switch {
		case b.Gauge:
			b.Metric = b.Name
		case derived == "histogram":
			b.Metric = b.Name + "_count"
		default:
			b.Metric = b.Name + "_total"
		}
	}
	if !e.has("role") {
		b.Role = RoleOther
	}
	if !e.has("drop") {
		b.Drop = 0.5
	}
	if !e.has("floor") {
		b.Floor = 30
	}
	if !e.has("seasonality") {
		b.Seasonality = "weekly"
	}
}))

// derivation holds what can be said of a declaration without the connector: the
// shape. The gateway checks the rest when it starts.
type derivation struct {
	kind        string
	value       string
	where, text any
	flag        bool
	from        []string
	buckets     []float64
}

var derivedTypes = []string{"counter", "sum", "distinct", "gauge", "histogram"}

var deriveFields = []field[derivation]{
	at("type", "What is made of what matches.", word(derivedTypes...), func(x *derivation) *string { return &x.kind }).must(),
	at("from", "Where it comes from; one or a list of these.", oneOrMore(word("spans", "events", "logs")), func(x *derivation) *[]string { return &x.from }).must(),
	at("where", "Conditions by field, all of which must hold.", anyMapping("conditions by field, such as {span.name: checkout.complete}"), func(x *derivation) *any { return &x.where }),
	at("value", "Field with the value.", text("the field that holds the value"), func(x *derivation) *string { return &x.value }),
	at("unit", "Currency, or unit of anything else.", text("a currency such as EUR, or a unit"), func(_ *derivation) *string { return new(string) }),
	at("unit_from", "Field with the currency.", text("the field that holds the currency"), func(_ *derivation) *string { return new(string) }),
	at("units", "Currencies that are allowed.", listOf("a list of currencies such as [EUR, USD]", text("a currency such as EUR"), func(s string) string { return s }), func(_ *derivation) *[]string { return new([]string) }),
	at("minor_units", "The value is in cents and the like.", flag(), func(x *derivation) *bool { return &x.flag }),
	at("decimals", "Digits after the point.", number("a number from 0 to 9", 0, 9), func(_ *derivation) *float64 { return new(float64) }),
	at("refunds", "Negative values are a metric of their own.", flag(), func(x *derivation) *bool { return &x.flag }),
	at("by", "Labels: fields, or {label, attribute, values}.", anyList("a list of fields, or of {label, attribute, values}"), func(x *derivation) *any { return &x.text }),
	at("buckets", "Upper bounds, ascending.", listOf("a list of numbers", number("a number from 0", 0, 1e300), nil), func(x *derivation) *[]float64 { return &x.buckets }),
	at("windows", "Rolling windows.", listOf("a list of durations such as [5m, 1h]", text("a duration such as 5m"), nil), func(_ *derivation) *[]string { return new([]string) }),
	at("services", "The only services that are looked at.", listOf("a list of services", text("a service.name"), nil), func(_ *derivation) *[]string { return new([]string) }),
	at("description", "Help text.", text("a sentence"), func(_ *derivation) *string { return new(string) }),
}

var derivationForm = mapping("derive", deriveFields, checked(func(d *decoder, e entry, x *derivation) {
	if x.kind != "counter" && slices.Contains(derivedTypes, x.kind) && !e.has("value") {
		e.wrong(d, "value", "nothing", "the field that holds the value, which the type "+x.kind+" needs")
	}
	if x.kind == "histogram" && !e.has("buckets") {
		e.wrong(d, "buckets", "nothing", "a list of upper bounds, which the type histogram needs")
	}
	if x.kind == "counter" && e.has("value") {
		e.wrong(d, "value", "a field for the type counter", "no value: a counter counts what matches")
	}
}))

// deriveForm checks the shape and keeps what the file has.
func deriveForm() form[map[string]any] {
	return form[map[string]any]{
		allowed: derivationForm.allowed, schema: derivationForm.schema, rows: derivationForm.rows,
		read: func(d *decoder, n *node, path string, to *map[string]any) {
			before := len(d.problems)
			if derivationForm.read(d, n, path, new(derivation)); len(d.problems) == before {
				v, _ := d.plainValue(n, path)
				*to, _ = v.(map[string]any)
			}
		},
	}
}

// oneOrMore is one, or a list of these.
func oneOrMore(one form[string]) form[[]string] {
	several := listOf("a list of "+one.allowed, one, func(s string) string { return s })
	return form[[]string]{
		allowed: one.allowed + ", or a list of these",
		read: func(d *decoder, n *node, path string, to *[]string) {
			if n.Kind == yaml.SequenceNode {
				if several.read(d, n, path, to); len(*to) == 0 {
					d.fail(n, path, "an empty list", several.allowed)
				}
				return
			}
			var only string
			one.read(d, n, path, &only)
			*to = []string{only}
		},
		schema: func(defs schema) schema { return schema{"oneOf": []any{one.schema(defs), several.schema(defs)}} },
	}
}

// anyMapping is a mapping whose insides are not known here.
func anyMapping(allowed string) form[any] { return inside(allowed, yaml.MappingNode, "object") }

// anyList is a list whose insides are not known here.
func anyList(allowed string) form[any] { return inside(allowed, yaml.SequenceNode, "array") }

func inside(allowed string, kind yaml.Kind, kindOfSchema string) form[any] {
	return form[any]{
		allowed: allowed, schema: func(schema) schema { return schema{"type": kindOfSchema} },
		read: func(d *decoder, n *node, path string, to *any) {
			if d.kind(n, path, kind, allowed) {
				*to, _ = d.plainValue(n, path)
			}
		},
	}
}

// plainValue is what a part of the file holds: mappings, lists, text, numbers, true
// and false. Dates are text, as the connector's own reader has them.
func (d *decoder) plainValue(n *node, path string) (v any, ok bool) {
	if !d.plain(n, path) {
		return nil, false
	}
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			if !d.kind(key, path, yaml.ScalarNode, "a word") {
				continue
			}
			if _, twice := m[key.Value]; twice {
				d.fail(key, join(path, key.Value), "the key again", "each key once")
			}
			m[key.Value], _ = d.plainValue(n.Content[i+1], join(path, key.Value))
		}
		return m, true
	case yaml.SequenceNode:
		l := make([]any, len(n.Content))
		for i, item := range n.Content {
			l[i], _ = d.plainValue(item, fmt.Sprintf("%s[%d]", path, i))
		}
		return l, true
	}
	switch n.ShortTag() {
	case "!!null":
		d.fail(n, path, "nothing", "a value")
		return nil, false
	case "!!bool", "!!int", "!!float":
		if err := n.Decode(&v); err != nil {
			d.fail(n, path, given(n), "a value")
		}
		return v, true
	}
	return n.Value, true
}
