package alerts

import (
	"fmt"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// Names of the rule groups.
const (
	// GroupName is the group of the rules about services.
	GroupName = "readygate-red"
	// GatewayGroupName is the group of the rules about the gateway itself.
	GatewayGroupName = "readygate-gateway"
)

// interval is how often the groups are evaluated: the checklist's.
const interval = 30 * time.Second

// Names of labels and annotations of alerts.
const (
	labelSeverity       = "severity"
	labelChecklist      = "checklist"
	labelTier           = "tier"
	labelTeam           = "team"
	annotationSummary   = "summary"
	annotationDetail    = "description"
	annotationOwner     = "owner"
	annotationRunbook   = "runbook_url"
	annotationDashboard = "dashboard_url"
)

// Options are what the services file does not say. The zero value is valid.
type Options struct {
	// DashboardURL is the address of the dashboard that shows a service, with
	// variables named as the labels service and environment. Empty leaves the
	// annotation dashboard_url out.
	DashboardURL string
}

// Rules are the recording rules and alerts of a catalog.
type Rules struct {
	// Groups is the rule file as Prometheus reads it.
	Groups rulefmt.RuleGroups

	catalog catalog.Catalog
	rules   []scopedRule
	gateway []gatewayRule
}

// scopedRule is one alert made for one scope.
type scopedRule struct {
	alert
	scope
	rule rulefmt.Rule
}

// Generate makes the rules of a catalog. An error is a defect of this package,
// never of the catalog: whatever [catalog.Parse] accepts has rules.
func Generate(c catalog.Catalog, o Options) (*Rules, error) {
	r := &Rules{catalog: c}
	rules := recordings()
	for i := range rules {
		expr, err := query.Parser.ParseExpr(rules[i].Expr)
		if err != nil {
			return nil, fmt.Errorf("rule %s: %w", rules[i].Record, err)
		}
		rules[i].Expr = expr.Pretty(0)
	}
	for _, a := range definitions() {
		for _, s := range scopes(c) {
			rule, err := a.rule(s, o)
			if err != nil {
				return nil, fmt.Errorf("alert %s for %s: %w", a.name, s.name, err)
			}
			r.rules = append(r.rules, scopedRule{a, s, rule})
			rules = append(rules, rule)
		}
	}
	var own []rulefmt.Rule
	for _, a := range gatewayAlerts() {
		rule, err := a.rule(c.Defaults)
		if err != nil {
			return nil, fmt.Errorf("alert %s: %w", a.name, err)
		}
		r.gateway = append(r.gateway, gatewayRule{a, rule})
		own = append(own, rule)
	}
	r.Groups.Groups = []rulefmt.RuleGroup{
		{Name: GroupName, Interval: model.Duration(interval), Rules: rules},
		{Name: GatewayGroupName, Interval: model.Duration(interval), Rules: own},
	}
	return r, check(r.Groups)
}

// check holds every expression against the contract and the series that were
// recorded before it.
func check(groups rulefmt.RuleGroups) error {
	for _, group := range groups.Groups {
		known := query.Contract()
		recorded := recordedSeries()
		for _, rule := range group.Rules {
			expr, err := query.Parser.ParseExpr(rule.Expr)
			if err == nil {
				err = known.Check(expr)
			}
			if err != nil {
				return fmt.Errorf("rule %s%s: %w", rule.Record, rule.Alert, err)
			}
			if rule.Record != "" {
				known[rule.Record] = recorded[rule.Record]
			}
		}
	}
	return nil
}

func (a alert) rule(s scope, o Options) (rulefmt.Rule, error) {
	expr, err := s.restrict(a.condition(s.policy.Thresholds))
	if err != nil {
		return rulefmt.Rule{}, err
	}
	labels := present(map[string]string{
		labelSeverity:  a.severity,
		labelChecklist: a.checklist,
		labelTier:      string(s.policy.Tier),
		labelTeam:      literal(s.policy.Team),
	})
	// The series has these labels already. On the rule they tell it from the
	// other rules of the same alert: promtool takes rules with the same name and
	// labels for duplicates.
	for name, value := range s.identity() {
		labels[name] = literal(value)
	}
	return rulefmt.Rule{
		Alert:         a.name,
		Expr:          expr.Pretty(0),
		For:           model.Duration(a.wait(s.policy.Thresholds)),
		KeepFiringFor: model.Duration(a.keep),
		Labels:        labels,
		Annotations: present(map[string]string{
			annotationSummary:   a.summary,
			annotationDetail:    a.description(s.policy.Thresholds),
			annotationOwner:     literal(s.policy.Owner),
			annotationRunbook:   literal(s.policy.Runbook),
			annotationDashboard: dashboardURL(o.DashboardURL),
		}),
	}, nil
}

// dashboardURL is a template: the dashboard, opened on the service that the
// alert is about. Without an environment the variable keeps its default, all.
func dashboardURL(base string) string {
	if base == "" {
		return ""
	}
	return fmt.Sprintf("%s?var-%s={{ $labels.%s | urlquery }}{{ with $labels.%s }}&var-%s={{ . | urlquery }}{{ end }}",
		literal(base), telemetry.Service, telemetry.Service, telemetry.Environment, telemetry.Environment)
}

// literal is a template that expands to the text, braces and all.
func literal(text string) string {
	return strings.ReplaceAll(text, "{{", `{{ "{{" }}`)
}

// present drops the keys that have nothing to say.
func present(m map[string]string) map[string]string {
	for key, value := range m {
		if value == "" {
			delete(m, key)
		}
	}
	return m
}
