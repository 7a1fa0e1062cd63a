package alerts

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
)

// Guide is what a person who is paged reads about an alert.
type Guide = rule.Guide

// Look is a question, and the query that answers it.
type Look = rule.Look

// AnyName stands for the name of a service in the queries of alerts about what the
// services file does not declare.
const AnyName = rule.AnyName

// Alert is one alert about one subject: a declared service with at most one
// environment, an item of it, all that is not declared, or the fleet of machines and
// gateways. Where services share a rule, each has an Alert of its own.
type Alert struct {
	// Family is the name of the rule file, without .yaml.
	Family   string
	Name     string
	Severity catalog.Severity
	// Checklist is the check that the alert serves, as in PR-038.
	Checklist string
	// Service has at most one environment; nil where the alert is about what is not
	// declared, or about a fleet.
	Service *catalog.Service
	Fleet   bool
	// Item is the job, queue, data set or the like that the alert is about; usually
	// empty.
	Item string
	// Variant tells the alert from others of the same name about the same subject:
	// window 1h; usually empty.
	Variant string
	// Policy has the numbers.
	Policy catalog.Policy
	// Expr is the condition, in PromQL, about the subject alone; of an alert about what
	// is not declared, without the part that leaves out what is. For, KeepFiringFor are
	// how long it must hold, and how long the alert goes on after it.
	Expr               string
	For, KeepFiringFor time.Duration
	// Guide has the queries as they are for every subject; [Rules.Look] fills them in.
	Guide Guide
	// Page is the path of the runbook's page, for files and URLs.
	Page string
	// Dashboard is a URL; empty when it is not known where dashboards are.
	Dashboard string

	made rule.Made
	// found are the keys of numbers, by the name of an alert.
	found *sync.Map
}

// Alerts are all alerts, each service apart, in the order of the rule files.
func (r *Rules) Alerts() ([]Alert, error) {
	var all []Alert
	found := new(sync.Map)
	for _, f := range r.families {
		each, err := f.Each(r.catalog)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Family.Name, err)
		}
		for _, made := range each {
			a := Alert{
				Family: f.Family.Name, Name: made.Name, Severity: made.Severity, Checklist: made.Checklist,
				Fleet: made.Fleet, Policy: made.Policy,
				Expr: made.Rule.Expr, For: time.Duration(made.Rule.For), KeepFiringFor: time.Duration(made.Rule.KeepFiringFor),
				Guide: made.Guide, Page: made.Page(), Dashboard: made.Dashboard(r.options.Dashboard(f.Family.Name)), made: made, found: found,
			}
			for _, name := range slices.Sorted(maps.Keys(made.Labels)) {
				a.Variant = strings.TrimSpace(a.Variant + " " + name + " " + made.Labels[name])
			}
			switch {
			case len(made.Services) > 0:
				a.Service = &made.Services[0]
			case len(made.Except) > 0:
				expr, err := query.Parser.ParseExpr(a.Condition(a.Policy))
				if err != nil {
					return nil, fmt.Errorf("%s: %s: %w", f.Family.Name, a.Name, err)
				}
				a.Expr = expr.Pretty(0)
			}
			if made.Part != nil {
				a.Item = made.Part.Name
			}
			all = append(all, a)
		}
	}
	return all, nil
}

// Condition is PromQL that holds when the alert fires, for every service that has
// the numbers of the policy. Two alerts of one name that differ in nothing but what
// they are about, and in numbers of their policies, have equal conditions for equal
// policies.
func (a Alert) Condition(p catalog.Policy) string {
	t := a.made.Target
	t.Policy = p
	return a.made.Condition(t)
}

// Excepts reports whether the alert, which is about what is not declared, leaves out
// a service with this identity: it has an alert of its own, or none.
func (a Alert) Excepts(name, namespace, environment string) bool {
	return a.made.Excepted(name, namespace, environment)
}

// Queries fills in queries for subjects of alerts. It is not safe for concurrent use.
type Queries struct{ filled *rule.Queries }

// Queries are about all series that the rules may read or record.
func (r *Rules) Queries() Queries {
	known := make(query.Series)
	for _, f := range r.families {
		maps.Copy(known, f.Known)
	}
	return Queries{rule.NewQueries(known)}
}

// Fill replaces each $selector in a query by what selects the series of the alert's
// subject. An error is a defect of the query.
func (q Queries) Fill(text string, a Alert) (string, error) {
	filled, err := q.filled.Fill(text, a.made)
	if err != nil {
		return "", fmt.Errorf("%s: %w", a.Name, err)
	}
	return filled, nil
}

// FillFor is Fill for a service with at most one environment.
func (q Queries) FillFor(text string, s catalog.Service) (string, error) {
	return q.filled.FillFor(text, s)
}
