package rule

import (
	"fmt"
	"maps"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// rule writes the rule of a draft. One of a service's own has all labels of its
// identity, which tell it from the others; one that is shared has those that its
// services have in common.
func (m maker) rule(d Made, own bool) (Made, error) {
	expr, err := query.Parser.ParseExpr(d.Condition(d.Target))
	if err != nil {
		return Made{}, err
	}
	fixed := make(map[string]string)
	if len(d.Services) > 0 {
		matchers := catalog.Selectors(d.Services)[0] // one, because namespace and environment are common
		if d.Part != nil {
			matchers = append(matchers, equal(d.Part.Labels)...)
		}
		narrow(expr, m.known, matchers)
		for _, matcher := range matchers {
			if matcher.Type == labels.MatchEqual && (own || matcher.Name != telemetry.Service) {
				fixed[matcher.Name] = Literal(matcher.Value)
			}
		}
	} else if !d.Fleet {
		expr = except(expr, d.Presence, d.Except)
	}
	if err := m.known.Check(expr); err != nil {
		return Made{}, err
	}
	maps.Copy(fixed, d.Labels)
	maps.Copy(fixed, present(map[string]string{
		LabelSeverity:  string(d.Severity),
		LabelChecklist: d.Checklist,
		LabelTier:      string(d.Policy.Tier),
		LabelTeam:      Literal(d.Policy.Team),
	}))
	d.Rule = rulefmt.Rule{
		Alert:         d.Name,
		Expr:          expr.Pretty(0),
		For:           model.Duration(wait(d.Alert, d.Target)),
		KeepFiringFor: model.Duration(d.Keep),
		Labels:        fixed,
		Annotations: present(map[string]string{
			AnnotationSummary:   d.Summary,
			AnnotationDetail:    d.Description(d.Target),
			AnnotationRunbook:   m.runbook(d, own),
			AnnotationDashboard: m.dashboard(d),
		}),
	}
	return d, parseable(d.Rule)
}

// parseable reports an expression that its own notation does not say again.
func parseable(r rulefmt.Rule) error {
	expr, err := query.Parser.ParseExpr(r.Expr)
	if err != nil {
		return err
	}
	if again := expr.Pretty(0); again != r.Expr {
		return fmt.Errorf("written as %s, read as %s", r.Expr, again)
	}
	return nil
}

func equal(match map[string]string) []*labels.Matcher {
	var all []*labels.Matcher
	labels.FromMap(match).Range(func(l labels.Label) {
		all = append(all, labels.MustNewMatcher(labels.MatchEqual, l.Name, l.Value))
	})
	return all
}

// runbook is a template: the generated page where pages are served, else the page
// that the service names itself.
func (m maker) runbook(d Made, own bool) string {
	base := m.catalog.RunbooksURL
	switch {
	case base == "":
		return Literal(d.Policy.Runbook)
	case len(d.Services) == 0:
		return Literal(base) + "/" + PagePath(nil, d.Name)
	case own:
		return Literal(base + "/" + PagePath(&d.Services[0], d.Name))
	}
	return Literal(base) + "/" + folder(d.Services[0], "{{ $labels."+telemetry.Service+" }}") + "/" + d.Name + ".md"
}

// dashboard is a template: the dashboard of the family, opened on the service that the
// alert is about. Without a namespace or an environment the variable keeps its default,
// all.
func (m maker) dashboard(d Made) string {
	if m.dashboardURL == "" || d.Fleet {
		return Literal(m.dashboardURL)
	}
	url := fmt.Sprintf("%s?var-%s={{ $labels.%s | urlquery }}", Literal(m.dashboardURL), telemetry.Service, telemetry.Service)
	for _, label := range []string{telemetry.ServiceNamespace, telemetry.Environment} {
		url += fmt.Sprintf("{{ with $labels.%s }}&var-%s={{ . | urlquery }}{{ end }}", label, label)
	}
	return url
}
