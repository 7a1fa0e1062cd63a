package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/prometheus/promql/parser"
)

// query judges a query, if it is for Prometheus.
func (l *linter) query(d board, p panel, q query) {
	if strings.TrimSpace(q.expr) == "" || !d.isPrometheus(p, q.source) {
		return
	}
	l.unknown(d, q.exprAt, p.title)
	expr, err := understand(q.expr)
	if err != nil {
		l.report("promql", q.exprAt, p.title, "%s", asWritten.Replace(err.Error()))
		return
	}
	say := func(rule, format string, args ...any) {
		l.report(rule, q.exprAt, p.title, "%s", asWritten.Replace(fmt.Sprintf(format, args...)))
	}
	if q.legend == "" && graphs[p.kind] && many(expr) {
		l.report("legend-name", q.at, p.title, "has no legendFormat, and its query may have many series")
	}
	parser.Inspect(expr, func(n parser.Node, above []parser.Node) error {
		switch n := n.(type) {
		case *parser.Call:
			checkRate(n, q.instant || p.kind == "table", say)
		case *parser.VectorSelector:
			if name := n.Name; isCounter(name) && shownRaw(above) {
				say("raw-counter", "shows the counter %s without rate or increase", name)
			}
		case *parser.BinaryExpr:
			if n.Op == parser.DIV && !hidden(above) && mayBeZero(n.RHS) {
				say("ratio", "divides by %s, which can be 0, allowed: (%s > 0)", n.RHS, bare(n.RHS))
			}
		}
		return nil
	})
}

// isPrometheus says whom a query asks, as far as the dashboard tells.
func (d board) isPrometheus(p panel, s source) bool {
	kind := s.kind
	if m := reference.FindStringSubmatch(s.id); kind == "" && m != nil {
		kind = d.sources[m[1]+m[2]+m[3]]
	}
	switch kind {
	case "prometheus", "grafana-amazonprometheus-datasource", "grafana-azureprometheus-datasource":
		return true
	case "":
		return p.kind != "logs" && !strings.Contains(strings.ToLower(s.id), "loki")
	}
	return false
}

// checkRate judges functions of counters.
func checkRate(call *parser.Call, instant bool, say func(rule, format string, args ...any)) {
	if !slices.Contains([]string{"rate", "irate", "increase"}, call.Func.Name) || len(call.Args) != 1 {
		return
	}
	over, is := call.Args[0].(*parser.MatrixSelector)
	if !is {
		return
	}
	own := slices.Contains([]time.Duration{ofRate, ofRange, ofViewer}, over.Range)
	if call.Func.Name != "increase" && !instant && !own && over.RangeExpr == nil {
		asked := spelled(over.Range)
		if over.Range == ofInterval {
			asked = "$__interval"
		}
		say("rate-window", "got %s over %s, allowed: $__rate_interval", call.Func.Name, asked)
	}
	if selector, is := over.VectorSelector.(*parser.VectorSelector); is && isGauge(selector.Name) {
		say("rate-of-gauge", "got %s of %s, which by its name is no counter", call.Func.Name, selector.Name)
	}
}

func isCounter(name string) bool {
	return !strings.Contains(name, ":") && (strings.HasSuffix(name, "_total") || strings.HasSuffix(name, "_bucket"))
}

// gauge is what names of gauges look like. Bytes alone say nothing: OpenTelemetry's
// counters of bytes have no _total everywhere.
var gauge = regexp.MustCompile(`(_ratio|_percent|_celsius|_info|_timestamp_seconds|_current|_usage|_utilization|` +
	`_(memory|heap|rss|set|size|free|used|avail|available|limit)_bytes|memory\w*_bytes)$`)

// isGauge follows Prometheus' conventions: counters end in _total, and parts of histograms
// and summaries in _count, _sum and _bucket. Recorded series have names of their own.
func isGauge(name string) bool { return !strings.Contains(name, ":") && gauge.MatchString(name) }

// shownRaw reports whether nothing above a selector makes the value of a counter
// meaningful.
func shownRaw(above []parser.Node) bool {
	for _, n := range above {
		switch n := n.(type) {
		case *parser.MatrixSelector, *parser.SubqueryExpr:
			return false
		case *parser.Call:
			if slices.Contains([]string{"absent", "timestamp", "label_replace", "label_join"}, n.Func.Name) {
				return false
			}
		case *parser.AggregateExpr:
			if n.Op == parser.COUNT || n.Op == parser.GROUP {
				return false
			}
		case *parser.BinaryExpr:
			if n.Op.IsSetOperator() || n.Op.IsComparisonOperator() || n.Op == parser.SUB {
				return false
			}
		}
	}
	return true
}

// hidden reports whether what is above leaves NaN out: a comparison holds for none.
func hidden(above []parser.Node) bool {
	for _, n := range above {
		if b, is := n.(*parser.BinaryExpr); is && b.Op.IsComparisonOperator() && !b.ReturnBool {
			return true
		}
	}
	return false
}

// mayBeZero reports whether a divisor is a rate that nothing guards.
func mayBeZero(divisor parser.Expr) bool {
	switch n := unwrap(divisor).(type) {
	case *parser.BinaryExpr:
		if n.Op.IsComparisonOperator() && !n.ReturnBool {
			return false
		}
	case *parser.Call:
		if n.Func.Name == "clamp_min" {
			return false
		}
	}
	rates, guarded := false, false
	parser.Inspect(divisor, func(n parser.Node, _ []parser.Node) error {
		switch n := n.(type) {
		case *parser.Call:
			rates = rates || slices.Contains([]string{"rate", "irate", "increase"}, n.Func.Name)
			guarded = guarded || n.Func.Name == "clamp_min"
		case *parser.BinaryExpr:
			guarded = guarded || (n.Op.IsComparisonOperator() && !n.ReturnBool)
		}
		return nil
	})
	return rates && !guarded
}

// many reports whether a query can have more than one series.
func many(expr parser.Expr) bool {
	switch n := unwrap(expr).(type) {
	case *parser.AggregateExpr:
		if n.Op == parser.TOPK || n.Op == parser.BOTTOMK || n.Op == parser.COUNT_VALUES {
			return true
		}
		return n.Without || len(n.Grouping) > 0
	case *parser.BinaryExpr:
		return many(n.LHS) && many(n.RHS) || n.Op.IsSetOperator() && (many(n.LHS) || many(n.RHS)) || isScalar(n.LHS) && many(n.RHS) || isScalar(n.RHS) && many(n.LHS)
	case *parser.Call:
		for _, a := range n.Args {
			if !isScalar(a) && many(a) {
				return true
			}
		}
		return false
	}
	return !isScalar(expr)
}

func isScalar(e parser.Expr) bool {
	return e.Type() == parser.ValueTypeScalar || e.Type() == parser.ValueTypeString
}

func unwrap(e parser.Expr) parser.Expr {
	for {
		p, is := e.(*parser.ParenExpr)
		if !is {
			return e
		}
		e = p.Expr
	}
}

func bare(e parser.Expr) string { return unwrap(e).String() }
