package dashboards

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Lines of pools of database connections.
var (
	poolLine = line{alert: "DBConnectionPoolSaturated", of: telemetry.RecordedServicePoolRatio,
		at: func(p catalog.Policy) float64 { return p.Thresholds.PoolRatio }}
	instabilityLine = line{alert: "DBConnectionsUnstable", of: telemetry.RecordedServicePoolUsed,
		at: func(p catalog.Policy) float64 { return p.Thresholds.PoolInstability }}
)

// instability is the standard deviation of used connections in their mean.
func instability(v view) string {
	used := v.declared(telemetry.RecordedServicePoolUsed)
	return fmt.Sprintf("stddev_over_time(%s[30m]) / (avg_over_time(%s[30m]) > 0)", used, used)
}

func poolRow(v view) row {
	var (
		used    = v.declared(telemetry.RecordedServicePoolUsed)
		pending = "sum by (%s) (" + telemetry.DBConnectionsPending.Name + ")"
		before  = "sum by (%s) (" + telemetry.OldDBConnectionsPending.Name + ")"
		opened  = func(m telemetry.Metric) string {
			return "histogram_quantile(0.95, sum by (%s, " + telemetry.Bucket + ") (" + rate(m.BucketName()) + "))"
		}
	)
	return row{id: 3400, title: "Database connections", height: 8, folded: true, panels: []panel{
		{id: 3401, kind: timeSeries, width: 12, title: "Use of pools by instance, top 15", unit: units.PercentUnit, empty: unpooled,
			description: "Connections in use, in those that a pool may open. When all are in use, requests wait for one to be given back.",
			checks:      []string{"PR-073"}, lines: []line{poolLine}, drill: redUID,
			queries: []query{{legend: byPool + " {{" + telemetry.Instance + "}}", expr: top(15, v.declared(telemetry.RecordedServicePoolRatio))}}},
		{id: 3402, kind: timeSeries, width: 12, title: "Connections in use, and allowed", unit: units.Short, empty: unpooled,
			description: "Connections of all instances of a service. Allowed is the sum of what the pools of all environments may open.",
			checks:      []string{"PR-073"},
			queries: []query{
				{legend: "used " + byPool, expr: top(15, used)},
				{legend: "allowed " + pooled, expr: ofPool(v, "sum by (%s) ("+telemetry.RecordedTargetPoolMax+")", telemetry.Pool)},
			}},
		{id: 3403, kind: timeSeries, width: 8, title: "Requests that wait for a connection", unit: units.Short, empty: "No service tells of requests that wait for a connection",
			description: "Above 0, the pool is too small, or connections are held too long.",
			queries:     []query{{legend: pooled, expr: ofPool(v, pending, telemetry.DBPoolName) + " or " + ofPool(v, before, telemetry.OldDBPoolName)}}},
		{id: 3404, kind: timeSeries, width: 8, title: "Time to open a connection, p95", unit: units.Seconds, empty: "No service tells how long it takes to open a connection, or none was opened",
			description: "95 of 100 connections are open within this time. Much more than usual means that the database, or the network to it, is in trouble.",
			queries: []query{{legend: pooled, expr: ofPool(v, opened(telemetry.DBConnectionCreate), telemetry.DBPoolName) + " >= 0 or " +
				ofPool(v, opened(telemetry.OldDBConnectionCreate)+" / 1000", telemetry.OldDBPoolName) + " >= 0"}}},
		{id: 3405, kind: timeSeries, width: 8, title: "Instability of connections in use", unit: units.PercentUnit, empty: unpooled + ", or no connection was in use for 30 minutes",
			description: "Standard deviation of the connections in use, in their mean, over 30 minutes. It counts after a release.",
			checks:      []string{"PR-100"}, lines: []line{instabilityLine},
			queries: []query{{legend: byPool, expr: instability(v)}}},
	}}
}

// pooled is the legend of what tells service, namespace and pool.
const pooled = "{{" + telemetry.Service + "}} {{" + telemetry.ServiceNamespace + "}} {{" + telemetry.Pool + "}}"

// ofPool is an aggregate of series of targets, by the labels that stand for %s, with the
// labels service, service_namespace and pool, as far as the viewer chose the service. The
// service is what job says: service.namespace/service.name, or the name; exported_job,
// where Prometheus has put its own in that place.
func ofPool(v view, aggregate, pool string) string {
	const whose = `"(?:([^/]+)/)?(.+)"`
	labelled := fmt.Sprintf(aggregate, telemetry.Job+", "+pool)
	if pool != telemetry.Pool { // recorded series have the right job
		labelled = fmt.Sprintf(aggregate, telemetry.Job+", "+telemetry.ExportedJob+", "+pool)
	}
	for _, job := range []string{telemetry.Job, telemetry.ExportedJob} {
		if job == telemetry.ExportedJob && pool == telemetry.Pool {
			continue
		}
		labelled = fmt.Sprintf(`label_replace(label_replace(%s, %q, "$2", %q, %s), %q, "$1", %q, %s)`,
			labelled, telemetry.Service, job, whose, telemetry.ServiceNamespace, job, whose)
	}
	if pool != telemetry.Pool {
		labelled = fmt.Sprintf(`label_replace(%s, %q, "$1", %q, "(.+)")`, labelled, telemetry.Pool, pool)
	}
	by := telemetry.Service + ", " + telemetry.ServiceNamespace + ", " + telemetry.Pool
	return fmt.Sprintf("max by (%s) (%s and on (%s, %s) %s)", by, labelled, telemetry.Service, telemetry.ServiceNamespace, v.declared(telemetry.RecordedServicePoolUsed))
}
