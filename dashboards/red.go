package dashboards

import (
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// REDUID is the uid of the dashboard "RED per service". Links depend on it.
const REDUID = "readygate-red"

// REDURL is the address of the dashboard on a Grafana, or nothing when the
// Grafana is unknown. Its variables are named as the labels service,
// environment and version.
func REDURL(grafana string) string {
	if grafana == "" {
		return ""
	}
	return grafana + "/d/" + REDUID
}

// normalErrorRatio is the checklist's bar after a deployment: "Error rate normal
// (<1%)". The dashboard turns yellow there, and red at the alert's threshold.
const normalErrorRatio = 0.01

// RED is the dashboard "RED per service". An error is a defect of this package,
// never of the catalog.
func RED(c catalog.Catalog) (dashboard.Dashboard, error) {
	builder := dashboard.NewDashboardBuilder("RED per service").
		Uid(REDUID).
		Description("Rate, errors and duration of HTTP requests, as the gateway counted them. Lines are the thresholds of the alerts.").
		Tags([]string{"readygate", "generated"}).
		Tooltip(dashboard.DashboardCursorSyncCrosshair).
		Time("now-1h", "now").
		Refresh("30s").
		Readonly()
	for _, v := range redVariables() {
		builder.WithVariable(v)
	}
	d, err := builder.Build()
	if err != nil {
		return dashboard.Dashboard{}, err
	}
	if d.Panels, err = layOut(redRows(c)); err != nil {
		return dashboard.Dashboard{}, err
	}
	return d, Lint(d)
}

// redRows are the rows of the dashboard. Ids are for ever: a new panel takes a
// new one.
func redRows(c catalog.Catalog) []row {
	t := c.Defaults.Thresholds
	errorLines := thresholdLines(c, func(t catalog.Thresholds) float64 { return t.ErrorRatio })
	// Where the alert's threshold is the stricter, there is nothing between green
	// and red.
	errorSteps := []step{{"red", t.ErrorRatio}}
	if normalErrorRatio < t.ErrorRatio {
		errorSteps = append([]step{{"yellow", normalErrorRatio}}, errorSteps...)
	}
	latencyLines := thresholdLines(c, func(t catalog.Thresholds) float64 { return t.LatencyP95.Seconds() })
	return []row{
		{id: 100, title: "Now", height: 4, panels: []panel{
			{id: 101, kind: stat, width: 6, title: "Requests", unit: units.RequestsPerSecond,
				description: "Requests per second of everything selected.",
				queries:     []query{{legend: "requests", expr: requestRate(""), instant: true}}},
			{id: 102, kind: stat, width: 6, title: "Errors", unit: units.PercentUnit,
				description: "Share of requests answered with 5xx. Yellow from 1 %, the checklist's bar after a deployment, if that is below the alert's threshold; red from there.",
				thresholds:  errorSteps,
				queries:     []query{{legend: "errors", expr: errorRatio(""), instant: true}}},
			{id: 103, kind: stat, width: 6, title: "Duration, p95", unit: units.Seconds,
				description: "95 of 100 requests take at most this long. Red from the alert's threshold.",
				thresholds:  []step{{"red", t.LatencyP95.Seconds()}},
				queries:     []query{{legend: "p95", expr: quantile("0.95", ""), instant: true}}},
			{id: 104, kind: stat, width: 6, title: "Duration, p50", unit: units.Seconds,
				description: "Half of the requests take at most this long.",
				queries:     []query{{legend: "p50", expr: quantile("0.5", ""), instant: true}}},
		}},
		{id: 200, title: "Rate", height: 8, panels: []panel{
			{id: 201, kind: timeSeries, width: 8, title: "Requests by service", unit: units.RequestsPerSecond,
				description: "Requests per second of each service, namespace and environment.",
				queries:     []query{{legend: byIdentity, expr: requestRate(identity)}}},
			{id: 202, kind: timeSeries, width: 8, title: "Requests by endpoint, top 10", unit: units.RequestsPerSecond,
				description: "The ten endpoints with the most requests per second.",
				queries:     []query{{legend: byEndpoint, expr: "topk(10, " + requestRate(endpoint) + ")"}}},
			{id: 203, kind: stackedSeries, width: 8, title: "Requests by status class", unit: units.RequestsPerSecond,
				description: "Requests per second by the first digit of the answer's status code.",
				queries:     []query{{legend: "{{status_class}}", expr: classRate()}}},
		}},
		{id: 300, title: "Errors", height: 8, panels: []panel{
			{id: 301, kind: timeSeries, width: 14, title: "Share of errors by service", unit: units.PercentUnit,
				description: "Share of requests answered with 5xx. The line is the threshold of HighErrorRate; services with a threshold of their own have a line of their own.",
				thresholds:  []step{{"red", t.ErrorRatio}},
				queries:     append([]query{{legend: byIdentity, expr: errorRatio(identity)}}, errorLines...)},
			{id: 302, kind: table, width: 10, title: "5xx by endpoint", unit: units.Short,
				description: "Requests answered with 5xx in the selected time range, the 20 endpoints with the most.",
				queries:     []query{{expr: failedByEndpoint(), instant: true}}},
		}},
		{id: 400, title: "Duration", height: 8, panels: []panel{
			{id: 401, kind: timeSeries, width: 12, title: "Duration, p50, p95 and p99", unit: units.Seconds,
				description: "Percentiles of everything selected. The line is the threshold of SlowResponseTime for p95; services with a threshold of their own have a line of their own.",
				thresholds:  []step{{"red", t.LatencyP95.Seconds()}},
				queries: append([]query{
					{legend: "p50", expr: quantile("0.5", ""), exemplars: true},
					{legend: "p95", expr: quantile("0.95", ""), exemplars: true},
					{legend: "p99", expr: quantile("0.99", ""), exemplars: true},
				}, latencyLines...)},
			{id: 402, kind: heatMap, width: 12, title: "Requests by duration", unit: units.Seconds,
				description: "How many requests took how long, by bucket.",
				queries:     []query{{legend: "{{le}}", expr: bucketIncrease()}}},
		}},
		{id: 500, title: "Version split", height: 8, panels: []panel{
			{id: 501, kind: timeSeries, width: 12, title: "Share of errors by version", unit: units.PercentUnit,
				description: "Share of requests answered with 5xx, by release: is it the new one?",
				queries:     []query{{legend: byVersion, expr: errorRatio(version)}}},
			{id: 502, kind: timeSeries, width: 12, title: "Duration, p95, by version", unit: units.Seconds,
				description: "95th percentile of the duration, by release: is it the new one?",
				queries:     []query{{legend: byVersion, expr: quantile("0.95", version)}}},
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
