package rule

import (
	"fmt"
	"net/url"
	"slices"

	"github.com/prometheus/prometheus/promql/parser"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// Each are the alerts told apart: one for each declared service that a rule speaks
// for, with at most one environment, also where services share a rule, or leave
// themselves to the rule for what is not declared because it says the same. The rule
// for what is not declared, and that of a fleet, stay as they are. In the order of
// the file, then of the catalog.
func (r *Rules) Each(c catalog.Catalog) ([]Made, error) {
	var all []Made
	for _, made := range r.Made {
		if len(made.Services) == 1 {
			all = append(all, made)
			continue
		}
		services := made.Services
		if len(services) == 0 {
			all = append(all, made)
			services = made.unspoken(c)
		}
		if len(services) == 0 {
			continue
		}
		expr, err := query.Parser.ParseExpr(made.Condition(made.Target))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", made.Name, err)
		}
		selectors := parser.ExtractSelectors(expr) // as they are before a service is written into them
		for _, s := range services {
			at := 0
			parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
				if v, ok := node.(*parser.VectorSelector); ok {
					v.LabelMatchers = slices.Clip(selectors[at])
					at++
				}
				return nil
			})
			narrow(expr, r.Known, s.Selector())
			one := made
			one.Policy, one.Services, one.Except = s.Policy, []catalog.Service{s}, nil
			one.Rule.Expr = expr.Pretty(0)
			all = append(all, one)
		}
	}
	return all, nil
}

// unspoken are the declared services that the rule for what is not declared speaks
// for.
func (r Made) unspoken(c catalog.Catalog) []catalog.Service {
	if r.Fleet {
		return nil
	}
	var all []catalog.Service
	for _, entry := range c.Services {
		if r.Applies != nil && !r.Applies(entry) {
			continue
		}
		for _, s := range Split(entry) {
			if !r.Excepted(s.Name, s.Namespace, slices.Concat(s.Environments, []string{""})[0]) {
				all = append(all, s)
			}
		}
	}
	return all
}

// Page is the path of the page about the alert, as its link has it.
func (r Made) Page() string {
	if len(r.Services) == 0 {
		return PagePath(nil, r.Name)
	}
	return PagePath(&r.Services[0], r.Name)
}

// Dashboard is the page at base that shows the alert's subject; empty without a base.
func (r Made) Dashboard(base string) string {
	if base == "" || len(r.Services) == 0 {
		return base
	}
	s := r.Services[0]
	link := base + "?var-" + telemetry.Service + "=" + url.QueryEscape(s.Name)
	if s.Namespace != "" {
		link += "&var-" + telemetry.ServiceNamespace + "=" + url.QueryEscape(s.Namespace)
	}
	if len(s.Environments) > 0 {
		link += "&var-" + telemetry.Environment + "=" + url.QueryEscape(s.Environments[0])
	}
	return link
}
