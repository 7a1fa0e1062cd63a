package alerts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/rulefmt"

	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// Recorded series, named level:metric:operations. Alerts read only these: where
// the requests of a service come from is the business of the recording rules.
const (
	// Requests is the rate of requests, in requests per second.
	Requests = "service:http_requests:rate5m"
	// Errors is the rate of requests answered with 5xx; 0 where there are none.
	Errors = "service:http_errors:rate5m"
	// ErrorRatio is Errors in Requests, from 0 to 1; absent without requests.
	ErrorRatio = "service:http_error_ratio:rate5m"
	// ErrorsHourly is the number of requests answered with 5xx in the last hour.
	ErrorsHourly = "service:http_errors:increase1h"
	// ErrorRatioHourly is ErrorsHourly in all requests of that hour.
	ErrorRatioHourly = "service:http_error_ratio:increase1h"
	// Buckets is the rate of requests by upper bound of their duration.
	Buckets = "service_le:http_request_duration_seconds_bucket:rate5m"
	// LatencyP95 is the 95th percentile of the duration, in seconds; absent
	// without requests.
	LatencyP95 = "service:http_request_duration_seconds:p95_5m"
)

// recordedSeries are the labels of the recorded series.
func recordedSeries() query.Series {
	series := query.Series{Buckets: append(telemetry.ServiceIdentity(), telemetry.Bucket)}
	for _, name := range []string{Requests, Errors, ErrorRatio, ErrorsHourly, ErrorRatioHourly, LatencyP95} {
		series[name] = telemetry.ServiceIdentity()
	}
	return series
}

// recordings are the recording rules, each after those that it reads.
func recordings() []rulefmt.Rule {
	var (
		requests  = fmt.Sprintf(`%s{%s}`, telemetry.HTTPRequests.Name, query.Ours)
		failed    = fmt.Sprintf(`%s{%s, %s=~"5.."}`, telemetry.HTTPRequests.Name, query.Ours, telemetry.Status)
		buckets   = fmt.Sprintf(`%s{%s}`, telemetry.HTTPRequestDuration.BucketName(), query.Ours)
		byService = "sum by (" + strings.Join(telemetry.ServiceIdentity(), ", ") + ")"
		byBucket  = "sum by (" + strings.Join(slices.Concat(telemetry.ServiceIdentity(), []string{telemetry.Bucket}), ", ") + ")"
	)
	return []rulefmt.Rule{
		{Record: Requests, Expr: fmt.Sprintf(`%s (rate(%s[5m]))`, byService, requests)},
		// Filled with zeros: a service without errors has a ratio of 0, not none,
		// so that an alert resolves because things are well.
		{Record: Errors, Expr: fmt.Sprintf(`%s (rate(%s[5m])) or 0 * %s`, byService, failed, Requests)},
		// 0/0 would be NaN, which compares false and draws nothing, silently.
		{Record: ErrorRatio, Expr: fmt.Sprintf(`%s / (%s > 0)`, Errors, Requests)},
		{Record: ErrorsHourly, Expr: fmt.Sprintf(`%s (increase(%s[1h]))`, byService, failed)},
		{Record: ErrorRatioHourly, Expr: fmt.Sprintf(`%s / (%s (increase(%s[1h])) > 0)`, ErrorsHourly, byService, requests)},
		// No rule selects a bucket by its label: the same bound may be spelled
		// le="1" by one gateway and le="1.0" by another. histogram_quantile reads
		// bounds as numbers and adds up what is equal.
		{Record: Buckets, Expr: fmt.Sprintf(`%s (rate(%s[5m]))`, byBucket, buckets)},
		// The comparison drops the NaN of an empty histogram.
		{Record: LatencyP95, Expr: fmt.Sprintf(`histogram_quantile(0.95, %s) >= 0`, Buckets)},
	}
}
