package dashboards

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"github.com/readygate/readygate/internal/telemetry"
)

// annotations are the marks on a dashboard about services: releases, at the time at
// which a version was first seen; canaries, for as long as one gets requests; and
// the alerts that fire, but for the one that always does.
func annotations(v view) []cog.Builder[dashboard.AnnotationQuery] {
	mark := func(name, color, expr, title string) *dashboard.AnnotationQueryBuilder {
		return dashboard.NewAnnotationQueryBuilder().
			Name(name).
			Datasource(datasource).
			Enable(true).
			IconColor(color).
			Expr(expr).
			TitleFormat(title).
			TextFormat(byIdentity).
			Step("60s")
	}
	return []cog.Builder[dashboard.AnnotationQuery]{
		mark("Releases", calm, "1000 * "+v.recorded(telemetry.VersionFirst, matching(telemetry.Version)),
			"Release {{"+telemetry.Version+"}}").UseValueForTime(true),
		mark("Canaries", caution, v.recorded(telemetry.CanaryShare)+" > 0", "Canary"),
		mark("Alerts", bad, v.declared(alertsMetric, `alertstate="firing"`, `alertname!="Watchdog"`), "{{alertname}}"),
	}
}

// alertsMetric is Prometheus' own series of alerts.
const alertsMetric = "ALERTS"
