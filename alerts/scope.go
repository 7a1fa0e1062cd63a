package alerts

import (
	"slices"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
)

// scope is the set of series that one rule speaks for: those of one declared
// service in one environment, or all that no declared service governs. The
// scopes of a catalog cover every series once.
type scope struct {
	// name tells the scopes apart in the names of unit tests.
	name   string
	policy catalog.Policy
	// service is the declared service, with at most one environment; nil in the
	// generic scope.
	service *catalog.Service
	// declared are the services that the generic scope excludes.
	declared []catalog.Service
}

// scopes of a catalog, the generic one first.
func scopes(c catalog.Catalog) []scope {
	all := []scope{{name: "any service", policy: c.Defaults, declared: c.Services}}
	for _, s := range c.Services {
		name := s.Name
		if s.Namespace != "" {
			name = s.Namespace + "/" + name
		}
		if len(s.Environments) == 0 {
			all = append(all, scope{name: name, policy: s.Policy, service: &s})
		}
		for _, environment := range s.Environments {
			one := s
			one.Environments = []string{environment}
			all = append(all, scope{name: name + " in " + environment, policy: s.Policy, service: &one})
		}
	}
	return all
}

// identity are the labels that every series of the scope has with the same
// value: all that the scope's selector demands, none in the generic scope.
func (s scope) identity() map[string]string {
	fixed := make(map[string]string)
	if s.service != nil {
		for _, m := range s.service.Selector() {
			fixed[m.Name] = m.Value
		}
	}
	return fixed
}

// restrict parses a condition over recorded series and narrows it to the scope.
// Names of services reach the expression as matchers in its syntax tree, never
// as text.
func (s scope) restrict(condition string) (parser.Expr, error) {
	expr, err := query.Parser.ParseExpr(condition)
	if err != nil {
		return nil, err
	}
	if s.service == nil {
		return except(expr, catalog.Selectors(s.declared)), nil
	}
	parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
		if selector, ok := node.(*parser.VectorSelector); ok {
			selector.LabelMatchers = append(selector.LabelMatchers, s.service.Selector()...)
		}
		return nil
	})
	return expr, nil
}

// except drops the series that one of the selectors matches. A service that has
// requests has the series Requests, with the labels that all recorded series of
// the service have.
func except(expr parser.Expr, selectors [][]*labels.Matcher) parser.Expr {
	if len(selectors) == 0 {
		return expr
	}
	var excluded parser.Expr
	for _, matchers := range selectors {
		name := labels.MustNewMatcher(labels.MatchEqual, model.MetricNameLabel, Requests)
		declared := &parser.VectorSelector{Name: Requests, LabelMatchers: slices.Concat([]*labels.Matcher{name}, matchers)}
		if excluded == nil {
			excluded = declared
		} else {
			excluded = setOperation(excluded, parser.LOR, declared)
		}
	}
	if len(selectors) > 1 {
		excluded = &parser.ParenExpr{Expr: excluded}
	}
	return setOperation(expr, parser.LUNLESS, excluded)
}

func setOperation(left parser.Expr, op parser.ItemType, right parser.Expr) parser.Expr {
	return &parser.BinaryExpr{
		Op: op, LHS: left, RHS: right,
		VectorMatching: &parser.VectorMatching{Card: parser.CardManyToMany},
	}
}
