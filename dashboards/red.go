package dashboards

import (
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// normalErrorRatio is the checklist's bar after a deployment: "Error rate normal
// (<1%)". The dashboard is orange from there, and vermilion from the alert's threshold.
const normalErrorRatio = 0.01

func red(v view) board {
	return board{
		uid: redUID, title: titles[redUID], from: "now-1h",
		description: "Rate, errors and duration of requests: is it the service, one endpoint, or one release?",
		filters:     v.serviceFilters(true), annotated: true,
		rows: redRows(v),
	}
}

// Lines of requests.
var (
	errorLine = line{alert: "HighErrorRate", of: telemetry.RecordedRequests,
		at: func(p catalog.Policy) float64 { return p.Thresholds.ErrorRatio }}
	normalLine  = line{at: fixed(normalErrorRatio), color: caution}
	latencyLine = line{alert: "SlowResponseTime", of: telemetry.RecordedRequests,
		at: func(p catalog.Policy) float64 { return p.Thresholds.LatencyP95.Seconds() }}
	unasked = "No requests"
)

// redRows have the ids 100 to 599.
func redRows(v view) []row {
	var (
		requests = v.recorded(telemetry.RecordedRequests)
		buckets  = v.recorded(telemetry.RecordedBuckets)
	)
	return []row{
		{id: 100, title: "Now", height: 4, panels: []panel{
			{id: 101, kind: stat, width: 6, title: "Requests", unit: units.RequestsPerSecond, empty: unasked,
				description: "Requests per second of everything selected.",
				queries:     []query{{legend: "requests", expr: sum("", requests), instant: true}}},
			{id: 102, kind: stat, width: 6, title: "Errors, worst service", unit: units.PercentUnit, empty: unasked, most: 1,
				description: "Share of requests that failed over the last 5 minutes, of the service with most. Orange from 1 %, the checklist's bar after a deployment.",
				checks:      []string{"PR-093"},
				lines:       []line{errorLine, normalLine},
				queries:     []query{{legend: "errors", expr: "max(" + v.recorded(telemetry.RecordedErrorRatio) + ")", instant: true}}},
			{id: 103, kind: stat, width: 6, title: "Duration, p95, slowest service", unit: units.Seconds, empty: unasked,
				description: "95 of 100 requests take at most this long, of the slowest service.",
				checks:      []string{"PR-094"},
				lines:       []line{latencyLine},
				queries:     []query{{legend: "p95", expr: slowest("0.95", buckets), instant: true}}},
			{id: 104, kind: stat, width: 6, title: "Duration, p50, slowest service", unit: units.Seconds, empty: unasked,
				description: "Half of the requests take at most this long, of the slowest service.",
				checks:      []string{"PR-094"},
				queries:     []query{{legend: "p50", expr: slowest("0.5", buckets), instant: true}}},
		}},
		{id: 200, title: "Rate", height: 8, panels: []panel{
			{id: 201, kind: timeSeries, width: 8, title: "Requests by service", unit: units.RequestsPerSecond, empty: unasked,
				description: "Requests per second of each service, namespace and environment.",
				drill:       redUID,
				queries:     []query{{legend: byIdentity, expr: requests}}},
			{id: 202, kind: timeSeries, width: 8, title: "Requests by endpoint, top 10", unit: units.RequestsPerSecond,
				empty:       "No requests over HTTP that the gateway counts",
				description: "The ten endpoints with the most requests per second, over HTTP.",
				queries:     []query{{legend: byEndpoint, expr: "topk(10, " + sum(endpoint, rate(v.counted(telemetry.HTTPRequests.Name))) + ")"}}},
			{id: 203, kind: stackedSeries, width: 8, title: "Requests by status class", unit: units.RequestsPerSecond,
				empty:       "No requests over HTTP that the gateway counts",
				description: "Requests per second by the first digit of the answer's status code.",
				queries:     []query{{legend: "{{" + telemetry.StatusClass + "}}", expr: sum(telemetry.StatusClass, rate(v.counted(telemetry.HTTPRequestDuration.CountName())))}}},
		}},
		{id: 300, title: "Errors", height: 8, panels: []panel{
			{id: 301, kind: timeSeries, width: 14, title: "Share of errors by service", unit: units.PercentUnit, empty: unasked,
				description: "Share of requests that failed. Services with a threshold of their own have a line of their own.",
				lines:       []line{errorLine}, drill: redUID, links: []link{logsOf, tracesOf},
				queries: []query{{legend: byIdentity, expr: v.recorded(telemetry.RecordedErrorRatio)}}},
			{id: 302, kind: table, width: 10, title: "Failed requests by endpoint", unit: units.Short, empty: "Nothing failed",
				description: "Requests answered with 5xx in the selected time range, the 20 endpoints with the most.",
				queries:     []query{{expr: failedByEndpoint(v), instant: true}}},
		}},
		{id: 400, title: "Duration", height: 8, panels: []panel{
			{id: 401, kind: timeSeries, width: 12, title: "Duration of the slowest service, p50, p95 and p99", unit: units.Seconds, empty: unasked,
				description: "Percentiles, each of the service that is slowest by it. The line is for p95; services with a threshold of their own have a line of their own.",
				lines:       []line{latencyLine},
				queries: []query{
					{legend: "p50", expr: slowest("0.5", buckets)},
					{legend: "p95", expr: slowest("0.95", buckets)},
					{legend: "p99", expr: slowest("0.99", buckets)},
				}},
			{id: 402, kind: heatMap, width: 12, title: "Requests by duration", unit: units.Seconds,
				empty:       "No requests over HTTP that the gateway counts",
				description: "Requests per second by how long they took, over HTTP, as the gateway counts them: histograms of others have other bounds.",
				queries:     []query{{legend: "{{le}}", expr: sum(telemetry.Bucket, rate(v.counted(telemetry.HTTPRequestDuration.BucketName())))}}},
		}},
		{id: 500, title: "Version split", height: 8, panels: []panel{
			{id: 501, kind: timeSeries, width: 12, title: "Share of errors by version", unit: units.PercentUnit,
				empty:       "No requests over HTTP that the gateway counts",
				description: "Share of requests answered with 5xx, by release: is it the new one?",
				queries: []query{{legend: byVersion, expr: ratio(version,
					rate(v.counted(telemetry.HTTPRequests.Name, failed)), rate(v.counted(telemetry.HTTPRequests.Name)))}}},
			{id: 502, kind: timeSeries, width: 12, title: "Duration, p95, by version", unit: units.Seconds,
				empty:       "No requests over HTTP that the gateway counts",
				description: "95th percentile of the duration, by release: is it the new one? Dots are single requests; a click on one leads to its trace, if the data source knows where traces are.",
				queries: []query{{legend: byVersion, exemplars: true,
					expr: quantile("0.95", version, rate(v.counted(telemetry.HTTPRequestDuration.BucketName())))}}},
		}},
	}
}

// Legends of series by identity, endpoint and release. Grafana prints nothing
// for a label that is absent. So the service comes first and blanks join the
// parts: a slash between namespace and service would stand alone.
const (
	byIdentity = "{{" + telemetry.Service + "}} {{" + telemetry.ServiceNamespace + "}} {{" + telemetry.Environment + "}}"
	byEndpoint = byIdentity + " {{" + telemetry.Method + "}} {{" + telemetry.Endpoint + "}}"
	byVersion  = byIdentity + " {{" + telemetry.Version + "}}"
)
