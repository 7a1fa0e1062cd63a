package dashboards

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/readygate/readygate/internal/catalog"
	promql "github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// Labels to group by.
var (
	identity = strings.Join(telemetry.ServiceIdentity(), ", ")
	version  = identity + ", " + telemetry.Version
	endpoint = identity + ", " + telemetry.Method + ", " + telemetry.Endpoint
)

// selected are the matchers of the gateway's series that the viewer chose. What
// was chosen matches as a regular expression, and "all" is .*, which matches an
// absent label too: telemetry without an environment or a version is not hidden.
var selected = promql.Ours + ", " + matching(telemetry.Service, telemetry.Environment, telemetry.Version)

func matching(variables ...string) string {
	matchers := make([]string, len(variables))
	for i, v := range variables {
		matchers[i] = fmt.Sprintf(`%s=~"$%s"`, v, v)
	}
	return strings.Join(matchers, ", ")
}

// failed matches requests answered with 5xx, as the alerts do.
var failed = telemetry.Status + `=~"5.."`

// sum adds up, by the given labels or altogether.
func sum(by, expr string) string {
	if by == "" {
		return "sum(" + expr + ")"
	}
	return "sum by (" + by + ") (" + expr + ")"
}

// rate of a counter over what the viewer selected; more matchers may narrow it.
func rate(metric string, more ...string) string {
	matchers := strings.Join(append([]string{selected}, more...), ", ")
	return fmt.Sprintf("rate(%s{%s}[$__rate_interval])", metric, matchers)
}

func requestRate(by string) string { return sum(by, rate(telemetry.HTTPRequests.Name)) }

// errorRatio is 0 where nothing failed, and absent where nothing was asked.
func errorRatio(by string) string {
	return fmt.Sprintf("(%s or 0 * %s) / (%s > 0)",
		sum(by, rate(telemetry.HTTPRequests.Name, failed)), requestRate(by), requestRate(by))
}

// quantile is absent, not NaN, where nothing was asked: no comparison holds for NaN.
func quantile(q, by string) string {
	by = strings.TrimPrefix(by+", "+telemetry.Bucket, ", ")
	return fmt.Sprintf("histogram_quantile(%s, %s) >= 0", q, sum(by, rate(telemetry.HTTPRequestDuration.BucketName())))
}

// classRate counts by the duration's own counter: requests have the status, the
// duration has its class.
func classRate() string {
	return sum(telemetry.StatusClass, rate(telemetry.HTTPRequestDuration.CountName()))
}

func bucketIncrease() string {
	return sum(telemetry.Bucket, fmt.Sprintf("increase(%s{%s}[$__rate_interval])", telemetry.HTTPRequestDuration.BucketName(), selected))
}

func failedByEndpoint() string {
	increase := fmt.Sprintf("increase(%s{%s, %s}[$__range])", telemetry.HTTPRequests.Name, selected, failed)
	return fmt.Sprintf("topk(20, %s > 0)", sum(endpoint+", "+telemetry.Status, increase))
}

// thresholdLines draw the thresholds of declared services that differ from the
// default, each where its service has requests; none where nobody differs.
func thresholdLines(c catalog.Catalog, of func(catalog.Thresholds) float64) []query {
	own := make(map[float64][]catalog.Service)
	for _, s := range c.Services {
		if v := of(s.Thresholds); v != of(c.Defaults.Thresholds) {
			own[v] = append(own[v], s)
		}
	}
	var lines []string
	for _, v := range slices.Sorted(maps.Keys(own)) {
		for _, matchers := range catalog.Selectors(own[v]) {
			lines = append(lines, fmt.Sprintf("%s * group by (%s) (%s)", strconv.FormatFloat(v, 'g', -1, 64), identity, declared(matchers)))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return []query{{legend: thresholdLegend + byIdentity, expr: strings.Join(lines, " or ")}}
}

// thresholdLegend begins the legend of a threshold's line.
const thresholdLegend = "threshold "

// declared selects the requests of declared services among those that the viewer
// chose. Grafana replaces what looks like a variable even inside a name, so that
// names spell such characters by their code.
func declared(matchers []*labels.Matcher) string {
	selector := &parser.VectorSelector{Name: telemetry.HTTPRequests.Name, LabelMatchers: matchers}
	text := strings.NewReplacer("$", `\x24`, "[[", `[\x5b`).Replace(selector.String())
	more := promql.Ours + ", " + matching(telemetry.Service, telemetry.Environment)
	return strings.TrimSuffix(text, "}") + ", " + more + "}"
}
