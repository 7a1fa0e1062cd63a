// Package query parses PromQL and holds it against the contract: an expression
// that reads a metric or a label that nothing produces is an error when rules
// and dashboards are generated, not an empty panel in the night.
package query

import (
	"errors"
	"fmt"
	"slices"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/readygate/readygate/internal/telemetry"
)

// Parser is stable PromQL, without experimental functions: what every
// Prometheus 3 reads.
var Parser = parser.NewParser(parser.Options{})

// Ours is the matcher that every selector of a derived series needs. Others
// export series of the same names, and Prometheus may give them the label
// service, as its operator does; only the gateway says which gateway counted. The
// gateway's own series need none: their names are its own.
const Ours = telemetry.GatewayInstance + `!=""`

// Theirs is the matcher of the opposite: series of the same names that others
// export, with labels that nobody here knows.
const Theirs = telemetry.GatewayInstance + `=""`

// Series are the labels that a series can carry, by its name; nil for any.
type Series map[string][]string

// Contract returns the series of every derived metric, and of the gateway's own
// that rules read, in a new map.
func Contract() Series {
	known := make(Series)
	for _, m := range telemetry.Metrics() {
		own := slices.Concat(telemetry.CommonLabels(), m.Labels)
		for _, name := range m.Series() {
			known[name] = own
		}
		if m.Kind == telemetry.Histogram {
			known[m.BucketName()] = append(slices.Clone(own), telemetry.Bucket)
		}
	}
	for _, m := range telemetry.OwnMetrics() {
		own := slices.Concat(telemetry.ScrapeLabels(), m.Labels)
		for _, name := range m.Series() {
			known[name] = own
		}
		if m.Kind == telemetry.Histogram {
			known[m.BucketName()] = append(slices.Clone(own), telemetry.Bucket)
		}
	}
	return known
}

// Check reports every series that the expression reads and known does not have,
// every label that it selects, groups or matches by and none of its series
// carries, and every selector of the gateway's series that others' match too.
func (known Series) Check(expr parser.Expr) error {
	var series, grouping []error
	parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
		switch n := node.(type) {
		case *parser.VectorSelector:
			series = append(series, known.checkSelector(n))
		case *parser.AggregateExpr:
			grouping = append(grouping, known.checkLabels(n, n.Grouping))
		case *parser.BinaryExpr:
			if m := n.VectorMatching; m != nil {
				grouping = append(grouping, known.checkLabels(n, slices.Concat(m.MatchingLabels, m.Include)))
			}
		}
		return nil
	})
	// The labels of an unknown series are unknown too.
	if err := errors.Join(series...); err != nil {
		return err
	}
	return errors.Join(grouping...)
}

func (known Series) checkSelector(s *parser.VectorSelector) error {
	carries, ok := known[s.Name]
	switch {
	case !ok:
		return fmt.Errorf("%s: nothing produces the series %q", s, s.Name)
	case carries == nil || slices.ContainsFunc(s.LabelMatchers, onlyTheirs):
		return nil
	}
	for _, m := range s.LabelMatchers {
		if m.Name != model.MetricNameLabel && !slices.Contains(carries, m.Name) {
			return fmt.Errorf("%s: the series has no label %q", s, m.Name)
		}
	}
	if slices.Contains(carries, telemetry.GatewayInstance) && !slices.ContainsFunc(s.LabelMatchers, onlyOurs) {
		return fmt.Errorf("%s: got series that others export too, allowed: those with %s", s, Ours)
	}
	return nil
}

// onlyOurs reports whether the matcher passes no series but the gateway's.
func onlyOurs(m *labels.Matcher) bool {
	return m.Name == telemetry.GatewayInstance && !m.Matches("")
}

// onlyTheirs reports whether the matcher says that others export the series. One
// that passes the gateway's as well does not.
func onlyTheirs(m *labels.Matcher) bool {
	return m.Name == telemetry.GatewayInstance && m.Type == labels.MatchEqual && m.Value == ""
}

func (known Series) checkLabels(e parser.Expr, wanted []string) error {
	carried := made(e)
	for _, selector := range parser.ExtractSelectors(e) {
		if slices.ContainsFunc(selector, onlyTheirs) {
			return nil
		}
		for _, m := range selector {
			if m.Name != model.MetricNameLabel {
				continue
			}
			if known[m.Value] == nil {
				return nil
			}
			carried = append(carried, known[m.Value]...)
		}
	}
	for _, label := range wanted {
		if !slices.Contains(carried, label) {
			return fmt.Errorf("%s: no series in it has the label %q", e, label)
		}
	}
	return nil
}

// made are the labels that an expression makes itself.
func made(e parser.Expr) []string {
	var all []string
	parser.Inspect(e, func(node parser.Node, _ []parser.Node) error {
		if call, ok := node.(*parser.Call); ok && (call.Func.Name == "label_replace" || call.Func.Name == "label_join") {
			if name, ok := call.Args[1].(*parser.StringLiteral); ok {
				all = append(all, name.Val)
			}
		}
		return nil
	})
	return all
}
