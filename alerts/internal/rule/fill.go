package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// The hole of a query, and what it is while the query is parsed.
const (
	hole   = "$selector"
	filler = "__selector__"
)

// AnyName stands for the name of a service that is not declared, in queries that
// people complete themselves.
const AnyName = "SERVICE"

// Queries fills in queries. It is not safe for concurrent use.
type Queries struct {
	known  query.Series
	parsed map[string]*parsedQuery
}

// parsedQuery is a query, parsed once.
type parsedQuery struct {
	expr parser.Expr
	// holes are the selectors to fill, and what they select beside that.
	holes []*parser.VectorSelector
	fixed [][]*labels.Matcher
	// checked are the labels with which the query was held against what is known.
	checked map[string]bool
}

// NewQueries is for queries over the series.
func NewQueries(known query.Series) *Queries {
	return &Queries{known: known, parsed: make(map[string]*parsedQuery)}
}

// Fill puts what selects the series of the alert's subject into every selector of
// the query that has $selector: its matchers, as far as the series have the labels,
// and of the gateway's series only the gateway's. What people wrote in the services
// file reaches the query as matchers in its syntax tree. An error is a defect of the
// query.
func (q *Queries) Fill(text string, r Made) (string, error) {
	return q.fill(text, matchers(r))
}

// FillFor is Fill for a service.
func (q *Queries) FillFor(text string, s catalog.Service) (string, error) {
	return q.fill(text, s.Selector())
}

// matchers select the series of an alert's subject.
func matchers(r Made) []*labels.Matcher {
	if r.Fleet {
		return nil
	}
	if len(r.Services) == 0 {
		return equal(map[string]string{telemetry.Service: AnyName})
	}
	all := r.Services[0].Selector()
	if r.Part != nil {
		all = append(all, equal(r.Part.Labels)...)
	}
	return all
}

func (q *Queries) fill(text string, with []*labels.Matcher) (string, error) {
	t, err := q.parse(text)
	if err != nil {
		return "", fmt.Errorf("%s: %w", text, err)
	}
	for i, s := range t.holes {
		s.LabelMatchers = q.matched(s.Name, t.fixed[i], with)
	}
	// What is known depends on the labels, not on their values.
	var names strings.Builder
	for _, m := range with {
		names.WriteString(m.Name + " ")
	}
	if !t.checked[names.String()] {
		if err := q.known.Check(t.expr); err != nil {
			return "", err
		}
		t.checked[names.String()] = true
	}
	return t.expr.String(), nil
}

// parse reads a query, each once.
func (q *Queries) parse(text string) (*parsedQuery, error) {
	if t, found := q.parsed[text]; found {
		return t, nil
	}
	expr, err := query.Parser.ParseExpr(strings.ReplaceAll(text, hole, filler+`=""`))
	if err != nil {
		return nil, err
	}
	t := &parsedQuery{expr: expr, checked: make(map[string]bool)}
	parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
		if s, ok := node.(*parser.VectorSelector); ok && slices.ContainsFunc(s.LabelMatchers, isFiller) {
			t.holes, t.fixed = append(t.holes, s), append(t.fixed, s.LabelMatchers)
		}
		return nil
	})
	q.parsed[text] = t
	return t, nil
}

// matched are the matchers of a series with the hole filled.
func (q *Queries) matched(name string, fixed, with []*labels.Matcher) []*labels.Matcher {
	all := make([]*labels.Matcher, 0, len(fixed)+len(with))
	carries := q.known[name]
	for _, m := range fixed {
		if !isFiller(m) {
			all = append(all, m)
			continue
		}
		for _, w := range with {
			if slices.Contains(carries, w.Name) {
				all = append(all, w)
			}
		}
		if slices.Contains(carries, telemetry.GatewayInstance) {
			all = append(all, ours)
		}
	}
	return all
}

// ours is [query.Ours].
var ours = labels.MustNewMatcher(labels.MatchNotEqual, telemetry.GatewayInstance, "")

func isFiller(m *labels.Matcher) bool { return m.Name == filler }
