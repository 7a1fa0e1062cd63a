// Package changes tells two sets of rules apart in terms of alerts: which alerts about
// whom are added, removed, or have other numbers. It compares what is judged, not what
// is written: rules that services share are taken apart, and a service that one of the
// files does not declare has the alerts about what is not declared.
package changes

import (
	"cmp"
	"strings"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/internal/rule"
)

// Kind of a change.
type Kind string

// The kinds.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed"
)

// Change is what becomes of one alert about one subject.
type Change struct {
	Alert string `json:"alert"`
	// Service, Namespace and Environment are the identity of a declared service; all
	// are empty where the alert is about what is not declared, or about a fleet.
	Service     string `json:"service,omitempty"`
	Namespace   string `json:"namespace,omitempty"`
	Environment string `json:"environment,omitempty"`
	// Item is the job, queue, data set or the like; Variant tells alerts of one name
	// apart.
	Item    string `json:"item,omitempty"`
	Variant string `json:"variant,omitempty"`
	Kind    Kind   `json:"change"`
	// Fields are those that differ; of an alert that is added or removed, its severity
	// and how long its condition must hold.
	Fields []Field `json:"fields"`

	// who is the subject for people.
	who string
}

// Field is a number or word of an alert. Old is empty for what is added, New for
// what is removed.
type Field struct {
	Name string `json:"name"`
	Old  string `json:"old,omitempty"`
	New  string `json:"new,omitempty"`
}

// Between are the changes from one set of rules to another, sorted by service, alert
// and item; what is not declared comes first.
func Between(before, after *alerts.Rules) ([]Change, error) {
	from, err := take(before)
	if err != nil {
		return nil, err
	}
	to, err := take(after)
	if err != nil {
		return nil, err
	}
	var all []Change
	subjects := keys(from, to)
	for _, k := range subjects {
		old, now := from.find(k), to.find(k)
		c := Change{
			Alert: k.alert, Service: k.service, Namespace: k.namespace, Environment: k.environment, Item: k.item, Variant: k.variant,
		}
		switch {
		case old == nil && now == nil:
			continue
		case old == nil:
			c.Kind = Added
			c.Fields = []Field{{"severity", "", string(now.Severity)}, {"for", "", rule.Short(now.For)}}
		case now == nil:
			c.Kind = Removed
			c.Fields = []Field{{"severity", string(old.Severity), ""}, {"for", rule.Short(old.For), ""}}
		default:
			c.Kind = Changed
			if c.Fields = differ(*old, *now); len(c.Fields) == 0 {
				continue
			}
		}
		c.who = who(k, subjects)
		all = append(all, c)
	}
	return all, nil
}

// String is the line for people:
//
//	payments: HighErrorRate: error_ratio 5 % → 2 %, for 5m → 2m
func (c Change) String() string {
	words := make([]string, len(c.Fields))
	for i, f := range c.Fields {
		switch c.Kind {
		case Added:
			words[i] = f.Name + " " + f.New
		case Removed:
			words[i] = f.Name + " " + f.Old
		default:
			words[i] = f.Name + " " + cmp.Or(f.Old, "none") + " → " + cmp.Or(f.New, "none")
		}
	}
	said := strings.Join(words, ", ")
	if c.Kind != Changed {
		said = string(c.Kind) + ", " + said
	}
	name := c.Alert
	if c.Variant != "" {
		name += " (" + c.Variant + ")"
	}
	return c.who + ": " + name + ": " + said
}
