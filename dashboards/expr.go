package dashboards

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Labels to group by.
var (
	identity = strings.Join(telemetry.ServiceIdentity(), ", ")
	version  = identity + ", " + telemetry.Version
	endpoint = identity + ", " + telemetry.Method + ", " + telemetry.Endpoint
)

// failed matches requests answered with 5xx, as the alerts do.
var failed = telemetry.Status + `=~"5.."`

// sum adds up, by the given labels or altogether.
func sum(by, expr string) string {
	if by == "" {
		return "sum(" + expr + ")"
	}
	return "sum by (" + by + ") (" + expr + ")"
}

// rate of a counter, over what the time range of the viewer allows to tell apart.
func rate(selector string) string { return "rate(" + selector + "[$__rate_interval])" }

// ratio is 0 where there is nothing of the part, and absent where there is nothing of
// the whole.
func ratio(by, part, whole string) string {
	return fmt.Sprintf("(%s or 0 * %s) / (%s > 0)", sum(by, part), sum(by, whole), sum(by, whole))
}

// quantile of the rates of buckets. It is absent, not NaN, where nothing was asked:
// no comparison holds for NaN.
func quantile(q, by, buckets string) string {
	by = strings.TrimPrefix(by+", "+telemetry.Bucket, ", ")
	return fmt.Sprintf("histogram_quantile(%s, %s) >= 0", q, sum(by, buckets))
}

// slowest is the largest quantile of the services. There is none over several of them:
// each source of requests has its own bounds, and between those of different ones a
// quantile means nothing.
func slowest(q, buckets string) string { return "max(" + quantile(q, identity, buckets) + ")" }

func failedByEndpoint(v view) string {
	increase := "increase(" + v.counted(telemetry.HTTPRequests.Name, failed) + "[$__range])"
	return fmt.Sprintf("topk(20, %s > 0)", sum(endpoint+", "+telemetry.Status, increase))
}

// ownLines draw the numbers of declared services that differ from the default,
// each where its service is; none where nobody differs, or one service is shown.
func ownLines(v view, l line) []query {
	if l.of == "" || v.service != nil {
		return nil
	}
	own := make(map[float64][]catalog.Service)
	for _, s := range v.catalog.Services {
		if at := l.at(s.Policy); at != l.at(v.catalog.Defaults) {
			own[at] = append(own[at], s)
		}
	}
	var lines []string
	for _, at := range slices.Sorted(maps.Keys(own)) {
		for _, there := range v.scopes(own[at]) {
			lines = append(lines, fmt.Sprintf("%s * group by (%s) (%s{%s})", number(at), identity, l.of, strings.Join(there, ", ")))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return []query{{legend: thresholdLegend + byIdentity, expr: strings.Join(lines, " or ")}}
}

// thresholdLegend begins the legend of a threshold's line.
const thresholdLegend = "threshold "

// number writes a number as PromQL reads it.
func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
