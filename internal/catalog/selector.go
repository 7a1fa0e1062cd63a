package catalog

import (
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/internal/telemetry"
)

// Selector returns the label matchers of the series that the entry governs;
// they match exactly where [Service.Governs] is true. Values are data: a quote,
// a backslash or a regular expression in a name matches itself.
func (s Service) Selector() []*labels.Matcher {
	return selector([]string{s.Name}, s.Namespace, s.Environments)
}

// Selectors returns label matchers such that a series is governed by one of the
// services exactly when one of the selectors matches it. Services that differ
// in nothing but their name share a selector, so that a query over hundreds of
// services stays short.
func Selectors(services []Service) [][]*labels.Matcher {
	type scope struct{ namespace, environments string }
	names := make(map[scope][]string)
	var order []Service // the first service of each scope
	of := func(s Service) scope { return scope{s.Namespace, strings.Join(s.Environments, "\n")} }
	for _, s := range services {
		if names[of(s)] == nil {
			order = append(order, s)
		}
		names[of(s)] = append(names[of(s)], s.Name)
	}
	selectors := make([][]*labels.Matcher, len(order))
	for i, s := range order {
		selectors[i] = selector(names[of(s)], s.Namespace, s.Environments)
	}
	return selectors
}

func selector(names []string, namespace string, environments []string) []*labels.Matcher {
	matchers := []*labels.Matcher{anyOf(telemetry.Service, names)}
	if namespace != "" {
		matchers = append(matchers, anyOf(telemetry.ServiceNamespace, []string{namespace}))
	}
	if len(environments) > 0 {
		matchers = append(matchers, anyOf(telemetry.Environment, environments))
	}
	return slices.Clip(matchers)
}

// anyOf cannot panic: a list of quoted alternatives is a valid expression.
func anyOf(label string, values []string) *labels.Matcher {
	if len(values) == 1 {
		return labels.MustNewMatcher(labels.MatchEqual, label, values[0])
	}
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = regexp.QuoteMeta(v)
	}
	return labels.MustNewMatcher(labels.MatchRegexp, label, strings.Join(quoted, "|"))
}
