package lint

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// promql reads all that any Prometheus does.
var promql = parser.NewParser(parser.Options{EnableExperimentalFunctions: true, ExperimentalDurationExpr: true, EnableExtendedRangeSelectors: true, EnableBinopFillModifiers: true})

// Times that stand for variables: nobody writes them.
const (
	ofRate     = 7919 * time.Millisecond
	ofInterval = 7907 * time.Millisecond
	ofRange    = 7901 * time.Millisecond
	ofViewer   = 7877 * time.Millisecond
)

var windows = map[string]time.Duration{"__rate_interval": ofRate, "__interval": ofInterval, "__range": ofRange}

// reference is Grafana's notation of variables: $name, ${name}, ${name:format}, [[name]].
var reference = regexp.MustCompile(`\$(\w+)|\$\{(\w+)(?:\.[\w.]+)?(?::[^}]*)?\}|\[\[(\w+)(?::\w+)?\]\]`)

// standIns are what a variable may be: a name, or what matches a label; a time; a number.
var standIns = []string{"x", spelled(ofViewer), "1"}

// understand replaces the variables by what makes the query parse, if any combination
// does; of more than five variables, not all are tried. The error is that of the first
// try.
func understand(text string) (parser.Expr, error) {
	const tries = 243
	var names []string
	for _, m := range reference.FindAllStringSubmatch(text, -1) {
		if name := m[1] + m[2] + m[3]; !slices.Contains(names, name) && windows[name] == 0 {
			names = append(names, name)
		}
	}
	var first error
	for n := range tries {
		values, rest := map[string]string{}, n
		for name, w := range windows {
			values[name] = spelled(w)
		}
		for _, name := range names {
			values[name] = standIns[rest%len(standIns)]
			rest /= len(standIns)
		}
		if rest > 0 {
			break
		}
		expr, err := promql.ParseExpr(reference.ReplaceAllStringFunc(text, func(found string) string {
			m := reference.FindStringSubmatch(found)
			return values[m[1]+m[2]+m[3]]
		}))
		if err == nil {
			return expr, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// asWritten puts the variables back into a text about a query.
var asWritten = strings.NewReplacer(spelled(ofRate), "$__rate_interval", spelled(ofInterval), "$__interval", spelled(ofRange), "$__range", spelled(ofViewer), "$...")

func spelled(d time.Duration) string { return model.Duration(d).String() }
