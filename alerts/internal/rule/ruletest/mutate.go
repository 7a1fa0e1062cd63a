package ruletest

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
)

// mutant is a rule with one defect.
type mutant struct {
	name string
	rule rulefmt.Rule
}

// Mutate plants defects in the first rule of every alert, one at a time, and
// requires that the unit tests of the alert fail: each number of the condition 5 %
// larger and smaller, each comparison turned around, each side of "and", "or" and
// "unless" left out, each matcher inverted, each aggregation another, waiting one
// evaluation more and less, not kept firing, another severity. Equivalent are
// mutants that mean the same, "Alert: mutant" by regular expression with the reason;
// each must be met.
func Mutate(t *testing.T, f rule.Family, c catalog.Catalog, equivalent map[string]string, uses ...rule.Family) {
	t.Helper()
	rules := Make(t, f, c, uses...)
	var recordings []rulefmt.Rule
	for _, r := range rules.Group.Rules {
		if r.Record != "" {
			recordings = append(recordings, r)
		}
	}
	excused := make(map[string]bool)
	for _, name := range alertsOf(rules) {
		all, err := rules.Tests()
		require.NoError(t, err)
		at := slices.IndexFunc(rules.Made, func(m rule.Made) bool { return m.Title() == name })
		pace := paceOf(all, name)
		require.NotZero(t, pace, "%s has no tests", name)
		for _, m := range mutants(t, rules.Made[at].Rule, pace) {
			full := name + ": " + m.name
			if reason := excuse(equivalent, full, excused); reason != "" {
				continue
			}
			t.Run(full, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				group := rules.Group
				group.Rules = []rulefmt.Rule{m.rule}
				for _, other := range rules.Made {
					if other.Name == rules.Made[at].Name && other.Rule.Expr != rules.Made[at].Rule.Expr {
						group.Rules = append(group.Rules, other.Rule)
					}
				}
				group.Rules = append(read(t, recordings, group.Rules), group.Rules...)
				files := []string{"rules.yaml"}
				write(t, dir, "rules.yaml", group)
				for _, used := range loaded(f, uses) {
					files = append(files, used.Name+".yaml")
					write(t, dir, used.Name+".yaml", Make(t, used, c).Group)
				}
				survived := true
				for i, file := range oneByOne(tests(t, rules, files), name) {
					test := fmt.Sprintf("test_%d.yaml", i)
					encode(t, filepath.Join(dir, test), file)
					said, err := Promtool(t, dir, "test", "rules", test)
					if err != nil {
						require.Contains(t, said, "FAILED", said)
						survived = false
						break
					}
				}
				require.False(t, survived, "the unit tests pass in spite of the defect: %s", m.rule.Expr)
			})
		}
	}
	for pattern := range equivalent {
		require.True(t, excused[pattern], "no mutant is called %q", pattern)
	}
}

// read are the recordings that the rules read, and those that these read, in order:
// a window of days that nobody looks at takes longer than all the rest.
func read(t *testing.T, recordings, by []rulefmt.Rule) []rulefmt.Rule {
	names := make(map[string]bool)
	look := func(r rulefmt.Rule) {
		expr, err := query.Parser.ParseExpr(r.Expr)
		require.NoError(t, err)
		for _, selector := range parser.ExtractSelectors(expr) {
			for _, m := range selector {
				if m.Name == model.MetricNameLabel {
					names[m.Value] = true
				}
			}
		}
	}
	for _, r := range by {
		look(r)
	}
	var all []rulefmt.Rule
	for _, r := range slices.Backward(recordings) { // each is after those that it reads
		if names[r.Record] {
			look(r)
			all = append(all, r)
		}
	}
	slices.Reverse(all)
	return all
}

// oneByOne are the tests of an alert in a file each, those with the fewest
// evaluations first: one failure is enough, and most mutants die early.
func oneByOne(files map[time.Duration]*rule.TestFile, alert string) []*rule.TestFile {
	var all []*rule.TestFile
	for _, file := range files {
		for _, test := range file.Tests {
			if strings.HasPrefix(test.Name, alert+",") {
				one := *file
				one.Tests = file.Tests[:0:0]
				one.Tests = append(one.Tests, test)
				all = append(all, &one)
			}
		}
	}
	length := func(f *rule.TestFile) (n int) {
		for _, alert := range f.Tests[0].Alerts {
			n = max(n, int(alert.At/f.EvaluationInterval))
		}
		return n
	}
	slices.SortFunc(all, func(a, b *rule.TestFile) int {
		return cmp.Or(cmp.Compare(length(a), length(b)), cmp.Compare(a.Tests[0].Name, b.Tests[0].Name))
	})
	return all
}

func excuse(equivalent map[string]string, name string, met map[string]bool) string {
	for pattern, reason := range equivalent {
		if regexp.MustCompile("^(?:" + pattern + ")$").MatchString(name) {
			met[pattern] = true
			return reason
		}
	}
	return ""
}

// paceOf is the fastest pace at which the alert is tested.
func paceOf(files map[time.Duration]*rule.TestFile, alert string) (fastest time.Duration) {
	for pace, file := range files {
		for _, test := range file.Tests {
			if strings.HasPrefix(test.Name, alert+",") && (fastest == 0 || pace < fastest) {
				fastest = pace
			}
		}
	}
	return fastest
}

// mutants of a rule.
func mutants(t *testing.T, r rulefmt.Rule, pace time.Duration) []mutant {
	var all []mutant
	add := func(name string, change func(*rulefmt.Rule)) {
		changed := r
		change(&changed)
		all = append(all, mutant{name, changed})
	}
	step := model.Duration(pace)
	if r.For >= step {
		add("waits one evaluation less", func(r *rulefmt.Rule) { r.For -= step })
	}
	add("waits one evaluation more", func(r *rulefmt.Rule) { r.For += step })
	if r.KeepFiringFor > 0 {
		add("is not kept firing", func(r *rulefmt.Rule) { r.KeepFiringFor = 0 })
		add("is kept firing for longer", func(r *rulefmt.Rule) { r.KeepFiringFor += 2 * step })
	}
	for _, change := range changes(t, r.Expr) {
		add(change.name, func(r *rulefmt.Rule) { r.Expr = change.expr })
	}
	return all
}

type change struct{ name, expr string }

// changes are the expression with one defect each. The tree is parsed anew for
// each, and the defect planted at the same node.
func changes(t *testing.T, text string) []change {
	var all []change
	for node := 0; ; node++ {
		kinds := plant(t, text, node, "")
		if kinds == nil {
			return all
		}
		for _, kind := range kinds {
			expr := plant(t, text, node, kind)[0]
			if expr != text {
				all = append(all, change{fmt.Sprintf("node %d, %s", node, kind), expr})
			}
		}
	}
}

// plant returns the defects that the node can have; with a kind, the expression
// that has it; nil beyond the last node.
func plant(t *testing.T, text string, at int, kind string) []string {
	root, err := query.Parser.ParseExpr(text)
	require.NoError(t, err)
	var nodes []parser.Node
	parser.Inspect(root, func(node parser.Node, _ []parser.Node) error {
		if node != nil {
			nodes = append(nodes, node)
		}
		return nil
	})
	if at >= len(nodes) {
		return nil
	}
	kinds := []string{}
	switch n := nodes[at].(type) {
	case *parser.NumberLiteral:
		kinds = append(kinds, "number larger", "number smaller")
		grow := map[string]float64{"number larger": 1.05, "number smaller": 0.95}
		switch {
		case kind == "":
		case n.Val == 0 && kind == "number smaller":
			n.Val = -1
		case n.Val == 0:
			n.Val = 1
		default:
			n.Val *= grow[kind]
		}
	case *parser.BinaryExpr:
		turned := map[parser.ItemType]parser.ItemType{parser.GTR: parser.LSS, parser.LSS: parser.GTR, parser.GTE: parser.LTE, parser.LTE: parser.GTE,
			parser.EQLC: parser.NEQ, parser.NEQ: parser.EQLC, parser.ADD: parser.SUB, parser.SUB: parser.ADD, parser.MUL: parser.DIV, parser.DIV: parser.MUL}
		if op, ok := turned[n.Op]; ok {
			kinds = append(kinds, n.Op.String()+" turned around")
			if kind != "" {
				n.Op = op
			}
		}
		if n.Op.IsSetOperator() {
			kinds = append(kinds, "left of "+n.Op.String()+" only")
			if n.Op == parser.LOR {
				kinds = append(kinds, "right of "+n.Op.String()+" only")
			}
			// An expression "unless" or "and" itself is itself, or nothing.
			switch {
			case strings.HasPrefix(kind, "left"):
				return []string{replace(root, n, n.LHS)}
			case strings.HasPrefix(kind, "right"):
				return []string{replace(root, n, n.RHS)}
			}
		}
	case *parser.AggregateExpr:
		other := map[parser.ItemType]parser.ItemType{parser.SUM: parser.MAX, parser.MAX: parser.MIN, parser.MIN: parser.MAX, parser.COUNT: parser.MAX, parser.AVG: parser.SUM}
		if op, ok := other[n.Op]; ok {
			kinds = append(kinds, n.Op.String()+" is "+op.String())
			if kind != "" {
				n.Op = op
			}
		}
	case *parser.VectorSelector:
		for i, m := range n.LabelMatchers {
			if m.Name == model.MetricNameLabel {
				continue
			}
			inverted := "without " + m.String()
			kinds = append(kinds, inverted)
			if kind == inverted {
				n.LabelMatchers = slices.Delete(slices.Clone(n.LabelMatchers), i, i+1)
				break
			}
		}
	}
	if kind == "" {
		return kinds
	}
	return []string{root.Pretty(0)}
}

// replace writes the expression with a part of it in the place of the node.
func replace(root parser.Expr, node *parser.BinaryExpr, by parser.Expr) string {
	if root == parser.Expr(node) {
		return by.Pretty(0)
	}
	parser.Inspect(root, func(n parser.Node, _ []parser.Node) error {
		switch n := n.(type) {
		case *parser.BinaryExpr:
			if n.LHS == parser.Expr(node) {
				n.LHS = by
			}
			if n.RHS == parser.Expr(node) {
				n.RHS = by
			}
		case *parser.ParenExpr:
			if n.Expr == parser.Expr(node) {
				n.Expr = by
			}
		case *parser.AggregateExpr:
			if n.Expr == parser.Expr(node) {
				n.Expr = by
			}
		}
		return nil
	})
	return root.Pretty(0)
}
