// Package release has the alerts about releases: canaries that are worse than what
// is stable, and services that suffer since their last release. Canaries are known by
// the gateway's series alone: a service whose requests are counted elsewhere has no
// alerts about them.
package release

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// Family are the rules about releases. It uses the family red for what is judged
// whatever its version.
func Family() rule.Family {
	return rule.Family{
		Name:       "release",
		Interval:   time.Minute,
		Uses:       []string{"red"},
		Apart:      true,
		Recordings: func(catalog.Catalog) []rule.Recording { return append(canaryRecordings(), releaseRecordings()...) },
		Alerts: []rule.Alert{
			canaryErrorRegression(), canaryLatencyRegression(), canaryInsufficientTraffic(), canaryStageOverdue(),
			postDeployErrorRateHigh(), criticalAlertDuringRollout(),
		},
	}
}

// span is the window over which canaries are judged: 5 % of little traffic is not
// much in less.
const span = 15 * time.Minute

// canaryRecordings are each after those that they read.
func canaryRecordings() []rule.Recording {
	var (
		all    []rule.Recording
		by     = rule.Identity()
		record = func(name string, carries []string, format string, args ...any) {
			all = append(all, rule.Recording{Name: name, Expr: fmt.Sprintf(format, args...), Carries: carries})
		}
		identity = telemetry.ServiceIdentity()
		sides    = append(telemetry.ServiceIdentity(), telemetry.Canary)
		bySide   = rule.Identity(telemetry.Canary)
		// The two have different labels, so that or leaves nothing out.
		both = func(function, http, rpc, httpMatch, rpcMatch string) string {
			one := func(name, match string) string {
				return fmt.Sprintf(`%s(%s{%s, %s!=""%s}[%s])`, function, name, query.Ours, telemetry.Canary, match, rule.Short(span))
			}
			return one(http, httpMatch) + " or " + one(rpc, rpcMatch)
		}
		requests = both("increase", telemetry.HTTPRequests.Name, telemetry.RPCRequests.Name, "", "")
		failed   = both("increase", telemetry.HTTPRequests.Name, telemetry.RPCRequests.Name,
			fmt.Sprintf(`, %s=~"5.."`, telemetry.Status), fmt.Sprintf(`, %s=~%q`, telemetry.Status, telemetry.RPCServerErrors))
		buckets = both("rate", telemetry.HTTPRequestDuration.BucketName(), telemetry.RPCRequestDuration.BucketName(), "", "")
		last    = both("rate", telemetry.HTTPRequestDuration.BucketName(), telemetry.RPCRequestDuration.BucketName(),
			fmt.Sprintf(`, %s="+Inf"`, telemetry.Bucket), fmt.Sprintf(`, %s="+Inf"`, telemetry.Bucket))
		canary = fmt.Sprintf("%s=%q", telemetry.Canary, telemetry.CanaryRelease)
		stable = fmt.Sprintf("%s=%q", telemetry.Canary, telemetry.StableRelease)
		// compare puts an operator between what is canary and what is stable.
		compare = func(series, operator string) string {
			return fmt.Sprintf("%s{%s} %s ignoring (%s) %s{%s}", series, canary, operator, telemetry.Canary, series, stable)
		}
	)
	record(telemetry.CanaryLastSeen, sides, `max by (%s) (%s{%s, %s!=""})`, bySide, telemetry.VersionLastSeen.Name, query.Ours, telemetry.Canary)
	// Filled with zeros: a canary that is out and gets no requests has 0, not none.
	record(telemetry.CanaryRequests, sides, "sum by (%s) (%s) or 0 * %s", bySide, requests, telemetry.CanaryLastSeen)
	record(telemetry.CanaryErrors, sides, "sum by (%s) (%s) or 0 * %s", bySide, failed, telemetry.CanaryRequests)
	record(telemetry.CanaryErrorRatio, sides, "%s / (%s > 0)", telemetry.CanaryErrors, telemetry.CanaryRequests)
	// The comparison drops the NaN of an empty histogram.
	record(telemetry.CanaryP95, sides, "histogram_quantile(0.95, sum by (%s) (%s)) >= 0", rule.Identity(telemetry.Canary, telemetry.Bucket), buckets)

	record(telemetry.CanaryFewest, identity, "min by (%s) (%s)", by, telemetry.CanaryRequests)
	record(telemetry.CanaryShare, identity, "sum by (%s) (%s{%s}) / (sum by (%s) (%s) > 0)", by, telemetry.CanaryRequests, canary, by, telemetry.CanaryRequests)
	record(telemetry.CanaryErrorDelta, identity, "%s", compare(telemetry.CanaryErrorRatio, "-"))
	record(telemetry.CanaryErrorPooled, identity, "sum by (%s) (%s) / (sum by (%s) (%s) > 0)", by, telemetry.CanaryErrors, by, telemetry.CanaryRequests)
	record(telemetry.CanaryErrorZ, identity, "%s / (sqrt(%s * (1 - %s) * sum by (%s) (1 / (%s > 0))) > 0)", telemetry.CanaryErrorDelta,
		telemetry.CanaryErrorPooled, telemetry.CanaryErrorPooled, by, telemetry.CanaryRequests)
	record(telemetry.CanarySlowdown, identity, "%s", fmt.Sprintf("%s{%s} / ignoring (%s) (%s{%s} > 0)",
		telemetry.CanaryP95, canary, telemetry.Canary, telemetry.CanaryP95, stable))
	return append(all, slowerRecordings(buckets, last)...)
}

// settled is how long the gateway must have known a version for another to be a
// release: a new gateway hears of every version for the first time.
const settled = 15 * time.Minute

// releaseRecordings find the newest version. A gateway that restarts without its
// counts hears of all versions anew, and so the earliest time of a day is what counts,
// also of gateways that are gone. The subquery begins every 5 minutes; what is newer
// is read as it is. A return to a version that was heard of within the day is no
// release, and neither is one whose version has no label.
func releaseRecordings() []rule.Recording {
	first := fmt.Sprintf("%s{%s}", telemetry.VersionFirstSeen.Name, query.Ours)
	newest := fmt.Sprintf("max by (%s) (%s)", rule.Identity(), telemetry.VersionFirst)
	return []rule.Recording{
		{
			Name: telemetry.VersionFirst, Carries: append(telemetry.ServiceIdentity(), telemetry.Version),
			Expr: fmt.Sprintf("min by (%s) (min_over_time(%s[1d:5m]) or %s)", rule.Identity(telemetry.Version), first, first),
		},
		{
			Name: telemetry.ReleaseLast, Carries: telemetry.ServiceIdentity(),
			Expr: fmt.Sprintf("%s and %s - min by (%s) (%s) > %s", newest, newest, rule.Identity(), telemetry.VersionFirst, rule.Seconds(settled)),
		},
	}
}
