package rule

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// A rule speaks for a set of series: for those of some declared services, each
// with at most one environment, or for all that no declared service has a rule
// for. The rules of an alert speak for every series once at most.

// Split returns the service once for each of its environments.
func Split(s catalog.Service) []catalog.Service {
	if len(s.Environments) == 0 {
		return []catalog.Service{s}
	}
	all := make([]catalog.Service, len(s.Environments))
	for i, environment := range s.Environments {
		all[i] = s
		all[i].Environments = []string{environment}
	}
	return all
}

// Declared are the labels of its identity that the file gives a service with at most
// one environment.
func Declared(s catalog.Service) map[string]string {
	all := make(map[string]string)
	for _, m := range s.Selector() {
		all[m.Name] = m.Value
	}
	return all
}

// With is a copy of the labels with more of them, as name, value, ...
func With(labels map[string]string, pairs ...string) map[string]string {
	all := make(map[string]string, len(labels)+len(pairs)/2)
	maps.Copy(all, labels)
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	return all
}

// Display names a service, with at most one environment, in texts and tests.
func Display(s catalog.Service) string {
	name := s.Name
	if s.Namespace != "" {
		name = s.Namespace + "/" + name
	}
	if len(s.Environments) > 0 {
		name += " in " + s.Environments[0]
	}
	return name
}

// AnyService is the folder of the pages about what is not declared.
const AnyService = "any"

// PagePath is where the page of an alert is, below the folder of the runbooks, as
// a path of files and of URLs: shop/checkout@production/HighErrorRate.md. Without a
// service it is the page for what is not declared. Different services have different
// paths, and none leads out of the folder.
func PagePath(s *catalog.Service, alert string) string {
	if s == nil {
		return AnyService + "/" + alert + ".md"
	}
	return folder(*s, segment(s.Name)) + "/" + alert + ".md"
}

func folder(s catalog.Service, name string) string {
	if s.Namespace != "" {
		name = segment(s.Namespace) + "/" + name
	}
	if len(s.Environments) > 0 {
		name += "@" + segment(s.Environments[0])
	}
	return name
}

// segment writes a name as a segment of a path that means the same in files and
// URLs: what is not plain becomes ~ and its bytes in hexadecimal digits, never a
// percent sign, which servers undo. The first letter of what names something else
// is treated so, too.
func segment(name string) string {
	var b strings.Builder
	taken := name == AnyService || name == "." || name == ".." || strings.HasSuffix(name, ".md")
	for i, c := range []byte(name) {
		switch {
		case taken && i == 0:
			fmt.Fprintf(&b, "~%02X", c)
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-', c == '.':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "~%02X", c)
		}
	}
	if path := b.String(); len(path) <= maxSegment {
		return path
	}
	return fmt.Sprintf("%s~%x", b.String()[:maxSegment/2], sha256.Sum256([]byte(name)))[:maxSegment]
}

// maxSegment is how long a segment may be, in bytes: two of them, for a name and an
// environment, fit into the 255 bytes that file systems allow.
const maxSegment = 120

// plain reports whether a name means itself in a path.
func plain(name string) bool { return segment(name) == name }

// narrow adds the matchers to every selector of series that have the label of a
// service. Names reach the expression as matchers in its syntax tree, never as
// text.
func narrow(expr parser.Expr, known query.Series, matchers []*labels.Matcher) {
	parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
		if selector, ok := node.(*parser.VectorSelector); ok && slices.Contains(known[selector.Name], telemetry.Service) {
			for _, m := range matchers {
				if slices.Contains(known[selector.Name], m.Name) {
					selector.LabelMatchers = append(selector.LabelMatchers, m)
				}
			}
		}
		return nil
	})
}

// except drops the series of the services.
func except(expr parser.Expr, presence string, services []catalog.Service) parser.Expr {
	if len(services) == 0 {
		return expr
	}
	var excluded parser.Expr
	selectors := catalog.Selectors(services)
	for _, matchers := range selectors {
		name := labels.MustNewMatcher(labels.MatchEqual, model.MetricNameLabel, presence)
		declared := &parser.VectorSelector{Name: presence, LabelMatchers: slices.Concat([]*labels.Matcher{name}, matchers)}
		if excluded == nil {
			excluded = declared
		} else {
			excluded = &parser.BinaryExpr{Op: parser.LOR, LHS: excluded, RHS: declared,
				VectorMatching: &parser.VectorMatching{Card: parser.CardManyToMany}}
		}
	}
	if len(selectors) > 1 {
		excluded = &parser.ParenExpr{Expr: excluded}
	}
	if b, ok := expr.(*parser.BinaryExpr); ok && b.Op == parser.LOR {
		expr = &parser.ParenExpr{Expr: expr} // unless binds closer
	}
	return &parser.BinaryExpr{Op: parser.LUNLESS, LHS: expr, RHS: excluded, VectorMatching: &parser.VectorMatching{
		Card: parser.CardManyToMany, On: true, MatchingLabels: telemetry.ServiceIdentity(),
	}}
}
