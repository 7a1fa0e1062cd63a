package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// GroupPrefix begins the name of every rule group.
const GroupPrefix = "readygate-"

// Names of labels and annotations of alerts.
const (
	LabelSeverity       = "severity"
	LabelChecklist      = "checklist"
	LabelTier           = "tier"
	LabelTeam           = "team"
	AnnotationSummary   = "summary"
	AnnotationDetail    = "description"
	AnnotationRunbook   = "runbook_url"
	AnnotationDashboard = "dashboard_url"
)

// Rules are the rules of a family for a catalog.
type Rules struct {
	Family Family
	Group  rulefmt.RuleGroup
	// Made are the alerts among the rules of the group.
	Made []Made
	// Known are the series that the expressions of the family may read.
	Known query.Series
}

// Made is one alert made for one target.
type Made struct {
	Alert
	Target
	// Item is the item that the rule is about; nil without one.
	Part *Item
	// Services are the declared services that the rule speaks for, each with at most
	// one environment; empty for the rule about what is not declared, and of a fleet.
	Services []catalog.Service
	// Except are the declared services that the rule does not speak for.
	Except []catalog.Service
	Rule   rulefmt.Rule
}

// Options are what a catalog does not say. The zero value is valid.
type Options struct {
	// DashboardURL is the address of the dashboard that shows what a family of alerts is
	// about, with variables named as the labels of the identity. Nil, or an empty
	// address, leaves the annotation dashboard_url out.
	DashboardURL func(family string) string
}

// Dashboard is the address of the dashboard of a family; empty when there is none.
func (o Options) Dashboard(family string) string {
	if o.DashboardURL == nil {
		return ""
	}
	return o.DashboardURL(family)
}

// maker makes the rules of one family.
type maker struct {
	catalog      catalog.Catalog
	dashboardURL string // of the family
	known        query.Series
}

// Make makes the rules of a family. Recorded has the series that the families it
// uses record. An error is a defect of the family, never of the catalog.
func Make(f Family, c catalog.Catalog, o Options, recorded query.Series) (*Rules, error) {
	m := maker{catalog: c, dashboardURL: o.Dashboard(f.Name), known: Known(f, recorded)}
	r := &Rules{Family: f, Group: rulefmt.RuleGroup{Name: GroupPrefix + f.Name, Interval: model.Duration(f.Interval)}, Known: m.known}
	for _, recording := range recordings(f, c) {
		rule, err := m.record(recording)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", f.Name, recording.Name, err)
		}
		r.Group.Rules = append(r.Group.Rules, rule)
	}
	for _, a := range f.Alerts {
		made, err := m.alert(a)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", f.Name, a.Name, err)
		}
		for _, one := range made {
			r.Group.Rules = append(r.Group.Rules, one.Rule)
		}
		r.Made = append(r.Made, made...)
	}
	return r, nil
}

func recordings(f Family, c catalog.Catalog) []Recording {
	if f.Recordings == nil {
		return nil
	}
	return f.Recordings(c)
}

// Recorded are the series that a family records.
func Recorded(f Family, c catalog.Catalog) query.Series {
	all := make(query.Series)
	for _, r := range recordings(f, c) {
		all[r.Name] = r.Carries
	}
	return all
}

// Known are the series that the expressions of a family may read: the contract,
// what it says it reads, and Prometheus' own series of alerts.
func Known(f Family, recorded query.Series) query.Series {
	known := query.Contract()
	maps.Copy(known, recorded)
	for _, m := range f.Reads {
		for _, name := range m.Series() {
			known[name] = m.Labels
		}
		if m.Kind == telemetry.Histogram && m.Labels != nil {
			known[m.BucketName()] = append(slices.Clone(m.Labels), telemetry.Bucket)
		}
	}
	ofAlerts := append(telemetry.ServiceIdentity(), model.AlertNameLabel, "alertstate",
		LabelSeverity, LabelChecklist, LabelTier, LabelTeam, telemetry.JobName, "item")
	known["ALERTS"] = ofAlerts
	known["ALERTS_FOR_STATE"] = ofAlerts
	return known
}

func (m maker) record(r Recording) (rulefmt.Rule, error) {
	expr, err := query.Parser.ParseExpr(r.Expr)
	if err == nil {
		known := m.known
		if len(r.Reads) > 0 {
			known = maps.Clone(m.known)
			for _, name := range r.Reads {
				known[name] = nil
			}
		}
		err = known.Check(expr)
	}
	if err != nil {
		return rulefmt.Rule{}, err
	}
	m.known[r.Name] = r.Carries
	return rulefmt.Rule{Record: r.Name, Expr: expr.Pretty(0), Labels: r.Labels}, nil
}

// alert makes the rules of an alert: one for a fleet; else first the one for what
// is not declared, then those that services share because they inherit all that
// matters from their tier, then those of services and items of their own.
func (m maker) alert(a Alert) ([]Made, error) {
	if a.Fleet {
		if slices.Contains(m.catalog.Defaults.Disabled, a.Name) {
			return nil, nil
		}
		one, err := m.rule(Made{Alert: a, Target: Target{Policy: m.catalog.Defaults}}, true)
		return []Made{one}, err
	}
	if a.Items != nil {
		return m.items(a)
	}
	drafts := m.drafts(a)
	all := make([]Made, 0, len(drafts))
	taken := make(map[string]bool)
	var add func(d Made, own bool) error
	add = func(d Made, own bool) error {
		one, err := m.rule(d, own)
		if err != nil {
			return err
		}
		// promtool takes rules with the same name and labels for duplicates.
		key := labels.FromMap(one.Rule.Labels).String()
		if taken[key] && !own {
			for _, s := range d.Services {
				if err := add(Made{Alert: a, Target: Target{Policy: s.Policy, Service: &s}, Services: []catalog.Service{s}}, true); err != nil {
					return err
				}
			}
			return nil
		}
		taken[key] = true
		all = append(all, one)
		return nil
	}
	for _, d := range drafts {
		if err := add(d, d.Service != nil); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// drafts are the rules of an alert about services, before they are written.
func (m maker) drafts(a Alert) []Made {
	generic := Made{Alert: a, Target: Target{Policy: m.catalog.Defaults}}
	fold := !a.Declared && !a.Each && !slices.Contains(m.catalog.Defaults.Disabled, a.Name)
	var shared, own []Made
	undeclared := m.body(a, m.catalog.Defaults)
	at := make(map[string]int) // of shared, by what the services have in common
	for _, entry := range m.catalog.Services {
		if a.Applies != nil && !a.Applies(entry) {
			continue
		}
		for _, s := range Split(entry) {
			body := m.body(a, s.Policy)
			switch {
			case slices.Contains(s.Disabled, a.Name):
				generic.Except = append(generic.Except, s)
				continue
			case fold && plain(s.Name) && body == undeclared && m.catalog.RunbooksURL == "":
				continue // the rule for what is not declared says the same
			}
			generic.Except = append(generic.Except, s)
			if a.Each || !plain(s.Name) || body != m.body(a, m.inherited(s)) {
				own = append(own, Made{Alert: a, Target: Target{Policy: s.Policy, Service: &s}, Services: []catalog.Service{s}})
				continue
			}
			key := strings.Join(append([]string{body, s.Namespace}, s.Environments...), "\x00")
			i, found := at[key]
			if !found {
				i = len(shared)
				at[key] = i
				shared = append(shared, Made{Alert: a, Target: Target{Policy: s.Policy}})
			}
			shared[i].Services = append(shared[i].Services, s)
		}
	}
	all := slices.Concat(shared, own)
	if !a.Declared && !slices.Contains(m.catalog.Defaults.Disabled, a.Name) {
		all = slices.Concat([]Made{generic}, all)
	}
	return all
}

// inherited is the policy of a service that says nothing but its tier and team.
func (m maker) inherited(s catalog.Service) catalog.Policy {
	p := m.catalog.Defaults
	if s.Tier != "" {
		p = m.catalog.Tiers[s.Tier]
	}
	p.Team = s.Team
	if m.catalog.RunbooksURL == "" {
		p.Runbook = s.Runbook
	}
	return p
}

// body is all that a rule about services with this policy says, but for whom. Rules
// with equal bodies can be one.
func (m maker) body(a Alert, p catalog.Policy) string {
	t := Target{Policy: p}
	if a.Each {
		return ""
	}
	said := []string{a.Condition(t), wait(a, t).String(), a.Description(t), string(p.Tier), p.Team}
	if m.catalog.RunbooksURL == "" {
		said = append(said, p.Runbook)
	}
	return strings.Join(said, "\x00")
}

func (m maker) items(a Alert) ([]Made, error) {
	var all []Made
	for _, entry := range m.catalog.Services {
		if slices.Contains(entry.Disabled, a.Name) || (a.Applies != nil && !a.Applies(entry)) {
			continue
		}
		for _, s := range Split(entry) {
			for _, item := range a.Items(s) {
				one, err := m.rule(Made{
					Alert: a, Target: Target{Policy: s.Policy, Service: &s, Item: item.Value},
					Part: &item, Services: []catalog.Service{s},
				}, true)
				if err != nil {
					return nil, err
				}
				all = append(all, one)
			}
		}
	}
	return all, nil
}

func wait(a Alert, t Target) time.Duration {
	if a.Wait == nil {
		return 0
	}
	return a.Wait(t)
}
