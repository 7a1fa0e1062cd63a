package alerts

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
)

// Number is a number of the services file that an alert depends on.
type Number struct {
	// Key is its path in the entry of a service: thresholds.error_ratio.
	Key string
	// Value is the number as people write it: 5 %, 10m, 100.
	Value string
	// Meaning is a sentence; empty for the numbers of items.
	Meaning string
	// Origin is where the file gives it; Line is 0 where the built-in number holds,
	// and Source then says where that comes from.
	Origin catalog.Origin
	Source string
}

// Where says where the number comes from: a line of the file, or the checklist.
func (n Number) Where(file string) string {
	if n.Origin.Line > 0 {
		return fmt.Sprintf("%s line %d (%s)", file, n.Origin.Line, n.Origin.Level)
	}
	return "built in: " + n.Source
}

// Numbers are those on which the rule depends: what becomes another rule when the
// number becomes another. They are found by trying, so no list of them can be wrong.
func (a Alert) Numbers() []Number {
	if a.made.Each || a.made.Items != nil {
		// The condition is made from what the service or item is.
		return append(a.numbers(a.keys()), a.itemNumbers()...)
	}
	used, found := a.found.Load(a.Name)
	if !found {
		used, _ = a.found.LoadOrStore(a.Name, a.keys())
	}
	return a.numbers(used.([]key))
}

func (a Alert) numbers(keys []key) []Number {
	all := make([]Number, len(keys))
	for i, k := range keys {
		all[i] = k.number(a.Policy)
	}
	return all
}

// keys are the numbers of the policy on which the rule depends.
func (a Alert) keys() []key {
	said := a.says(a.made.Target)
	var all []key
	var find func(among []key)
	find = func(among []key) {
		t := a.made.Target
		for _, k := range among {
			k.change(&t.Policy)
		}
		switch {
		case a.says(t) == said:
		case len(among) == 1:
			all = append(all, among[0])
		default:
			find(among[:len(among)/2])
			find(among[len(among)/2:])
		}
	}
	find(keys)
	return all
}

// says is what a rule says about its numbers.
func (a Alert) says(t rule.Target) string {
	said := a.made.Condition(t) + "\x00" + a.made.Description(t)
	if a.made.Wait != nil {
		said += "\x00" + a.made.Wait(t).String()
	}
	return said
}

// key is a number of a policy.
type key struct {
	catalog.ThresholdKey
	// of is a pointer to it: *float64 or *time.Duration.
	of func(*catalog.Policy) any
}

var keys = policyKeys()

func policyKeys() []key {
	var all []key
	for _, k := range catalog.ThresholdKeys() {
		of := k.Of
		k.Key = "thresholds." + k.Key
		all = append(all, key{k, func(p *catalog.Policy) any { return of(&p.Thresholds) }})
	}
	add := func(name, meaning, source string, of func(*catalog.Policy) any) {
		k := catalog.ThresholdKey{Key: name, Meaning: meaning, Source: source, Min: catalog.MinErrorRatio, Max: catalog.MaxErrorRatio}
		if name == "slo.latency" {
			k.Bounds = catalog.LatencyBounds()
		}
		all = append(all, key{k, of})
	}
	const (
		recovery = `checklist section 6, "Recovery objectives", by tier`
		common   = "not in the checklist: in common use for the tier"
	)
	add("slo.availability", "The share of requests that must not fail, over 30 days.", common, func(p *catalog.Policy) any { return &p.SLO.Availability })
	add("slo.latency", "The time within which slo.latency_ratio of the requests must be answered.", `checklist section 5, "Alerting Rules": p95 above 1 s`, func(p *catalog.Policy) any { return &p.SLO.Latency })
	add("slo.latency_ratio", "The share of requests that must be answered within slo.latency.", `checklist section 5, "Alerting Rules": p95 above 1 s`, func(p *catalog.Policy) any { return &p.SLO.LatencyRatio })
	add("recovery.rpo", "How much data may be lost, as a time.", recovery, func(p *catalog.Policy) any { return &p.Recovery.RPO })
	add("recovery.rto", "How long a restore may take.", recovery, func(p *catalog.Policy) any { return &p.Recovery.RTO })
	return all
}

// change makes the number another that is allowed.
func (k key) change(p *catalog.Policy) {
	switch v := k.of(p).(type) {
	case *float64:
		if *v *= 0.75; *v < k.Min {
			*v = k.Min + (k.Max-k.Min)/7
		}
	case *time.Duration:
		if k.Bounds == nil {
			*v += 61 * time.Second
			return
		}
		if other := k.Bounds[0]; *v != other {
			*v = other
		} else {
			*v = k.Bounds[1]
		}
	}
}

func (k key) number(p catalog.Policy) Number {
	n := Number{Key: k.Key, Meaning: k.Meaning, Source: k.Source, Origin: p.Origins[k.Key]}
	switch v := k.of(&p).(type) {
	case *float64:
		n.Value = rule.Number(*v)
		if k.Min == catalog.MinErrorRatio && k.Max == catalog.MaxErrorRatio {
			n.Value = rule.Percent(*v)
		}
	case *time.Duration:
		n.Value = rule.Short(*v)
	}
	return n
}

// itemNumbers are the numbers of the alert's item: its exported fields that are
// numbers or times, and matter to the rule.
func (a Alert) itemNumbers() []Number {
	said := a.says(a.made.Target)
	item := reflect.ValueOf(a.made.Item)
	if item.Kind() != reflect.Struct {
		return nil
	}
	line := a.Service.Line
	if l := item.FieldByName("Line"); l.IsValid() && l.CanInt() && l.Int() > 0 {
		line = int(l.Int())
	}
	var all []Number
	for i := range item.NumField() {
		other := reflect.New(item.Type()).Elem()
		other.Set(item)
		field := item.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		var value string
		switch v := item.Field(i).Interface().(type) {
		case float64:
			value = rule.Number(v)
			other.Field(i).SetFloat(v*0.75 + 0.01)
		case time.Duration:
			value = rule.Short(v)
			other.Field(i).SetInt(int64(v + 61*time.Second))
		case catalog.Days:
			value = fmt.Sprintf("%dd", v)
			other.Field(i).SetInt(int64(v) + 1)
		default:
			continue
		}
		t := a.made.Target
		if t.Item = other.Interface(); a.says(t) != said {
			all = append(all, Number{
				Key: yamlName(field.Name), Value: value, Source: "the default",
				Origin: catalog.Origin{Level: "service " + a.Service.Name, Line: line},
			})
		}
	}
	return all
}

// yamlName is the key of a field: MaxDepth is max_depth, RPO is rpo.
func yamlName(field string) string {
	var b strings.Builder
	letters := []rune(field)
	for i, c := range letters {
		if unicode.IsUpper(c) && i > 0 && !unicode.IsUpper(letters[i-1]) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}
