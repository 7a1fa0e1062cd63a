// Package red has the alerts about the requests of services: rate, errors and
// duration.
package red

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Family are the rules about requests. The checklist spells out HighErrorRate and
// SlowResponseTime (section 5, "Alerting Rules").
func Family() rule.Family {
	return rule.Family{
		Name:       "red",
		Interval:   30 * time.Second,
		Reads:      source.Reads(),
		Recordings: recordings,
		Alerts: []rule.Alert{
			highErrorRate(), lowTrafficErrors(), slowResponseTime(),
			requestRateDropped(), sliInconsistent(), dependencyErrors(),
		},
	}
}

// recordings make the same series of requests from every source.
func recordings(c catalog.Catalog) []rule.Recording {
	var (
		all      []rule.Recording
		identity = telemetry.ServiceIdentity()
		withLe   = append(telemetry.ServiceIdentity(), telemetry.Bucket)
	)
	for _, s := range source.All(c) {
		add := func(name string, carries []string, format string, args ...any) {
			all = append(all, rule.Recording{Name: name, Labels: s.Labels, Carries: carries, Expr: fmt.Sprintf(format, args...)})
		}
		requests, failed := s.Sum(s.Total("rate", "5m")), s.Sum(s.Failed("rate", "5m"))
		add(telemetry.RecordedRequests, identity, "%s", requests)
		// Filled with zeros: a service without errors has a ratio of 0, not none, so that
		// an alert resolves because things are well. The zeros are of the source's own
		// requests: recorded ones have those of all sources.
		add(telemetry.RecordedErrors, identity, "%s or 0 * %s", failed, requests)
		requests, failed = s.Sum(s.Total("increase", "1h")), s.Sum(s.Failed("increase", "1h"))
		add(telemetry.RecordedErrorsHourly, identity, "%s", failed)
		add(telemetry.RecordedErrorRatioHourly, identity, "%s / (%s > 0)", failed, requests)
		// The same bound may be spelled le="1" by one gateway and le="1.0" by another.
		// histogram_quantile reads bounds as numbers and adds up what is equal; who selects
		// a bucket by its label selects both.
		add(telemetry.RecordedBuckets, withLe, "%s", s.Sum(s.Buckets("5m"), telemetry.Bucket))
	}
	all = append(all,
		// 0/0 would be NaN, which compares false and draws nothing, silently.
		rule.Recording{Name: telemetry.RecordedErrorRatio, Carries: identity, Expr: fmt.Sprintf("%s / (%s > 0)", telemetry.RecordedErrors, telemetry.RecordedRequests)},
		// The comparison drops the NaN of an empty histogram.
		rule.Recording{Name: telemetry.RecordedP95, Carries: identity, Expr: fmt.Sprintf("histogram_quantile(0.95, %s) >= 0", telemetry.RecordedBuckets)},
		// The last bucket has all; its bound has one spelling.
		rule.Recording{Name: telemetry.RecordedDurations, Carries: identity, Expr: fmt.Sprintf(`sum without (%s) (%s{%s="+Inf"})`, telemetry.Bucket, telemetry.RecordedBuckets, telemetry.Bucket)},
		usual(),
	)
	return append(all, dependencies()...)
}
