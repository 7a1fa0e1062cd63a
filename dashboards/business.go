package dashboards

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func business(v view) board {
	return board{
		uid: businessUID, title: titles[businessUID], from: "now-24h",
		description: "Orders, revenue, users: is the business as usual, and if it is not, is it the business or its telemetry?",
		filters:     v.serviceFilters(true), annotated: true,
		rows: businessRows(v),
	}
}

// businessRows have the ids 4000 to 4399. A service without business metrics has none.
func businessRows(v view) []row {
	if v.service != nil && len(v.service.Business) == 0 {
		return nil
	}
	all := []row{
		{id: 4000, title: "Now", height: 4, panels: businessNow(v)},
		{id: 4100, title: "Orders and revenue", height: 8, panels: money(v)},
		{id: 4200, title: "Users", height: 8, panels: users(v)},
		{id: 4300, title: "All numbers", height: 8, panels: numbers(v)},
	}
	return slices.DeleteFunc(all, func(r row) bool { return len(r.panels) == 0 })
}

// byMetric is the legend of numbers of the business.
const byMetric = byIdentity + " {{" + telemetry.DeclaredMetric + "}} {{" + telemetry.Currency + "}} {{" + telemetry.Window + "}}"

// untold says that a role has nothing to show.
func untold(role catalog.Role) string {
	return "No metric with the role " + string(role) + " is declared"
}

// metricsOf are the business metrics of the view with one of the roles; of all, without.
func metricsOf(v view, roles ...catalog.Role) []catalog.BusinessMetric {
	var all []catalog.BusinessMetric
	for _, s := range v.services() {
		for _, b := range s.Business {
			if len(roles) == 0 || slices.Contains(roles, b.Role) {
				all = append(all, b)
			}
		}
	}
	return all
}

// has reports whether the view shows a role: the view of all services shows each.
func has(v view, role catalog.Role) bool { return v.service == nil || len(metricsOf(v, role)) > 0 }

// ofRole selects a recorded series of the metrics with a role, by their names; usual is
// the name that the checklist has, for where none is declared.
func ofRole(v view, series string, role catalog.Role, usual string) string {
	var names []string
	for _, b := range metricsOf(v, role) {
		names = append(names, b.Name)
	}
	slices.Sort(names)
	if len(names) == 0 {
		names = []string{usual}
	}
	return v.declared(series, fmt.Sprintf("%s=~%q", telemetry.DeclaredMetric, strings.Join(slices.Compact(names), "|")))
}

// telemetryAlerts fire when numbers are missing because nobody tells them.
var telemetryAlerts = []string{"GatewayAbsent", "GatewayDroppingTelemetry", "GatewayDerivationFailing"}

func businessNow(v view) []panel {
	below := alertsFiring(v, 4001, 4, "Below the usual", telemetry.RecordedBusinessRatio, "No business metric is declared, or none is old enough to be compared", businessAlerts...)
	below.checks = []string{"PR-102"}
	all := []panel{
		below,
		{id: 4002, kind: stat, width: 4, title: "Telemetry", unit: units.Short, empty: "No gateway is heard of: trust no number",
			description: "If it is not healthy, a number that drops may be one that is not told: " + strings.Join(telemetryAlerts, ", ") + ", or ServiceTelemetryAbsent of what is selected, fires.",
			lines:       []line{{at: fixed(1), floor: true}},
			states:      []state{{0, "In trouble", bad}, {1, "Healthy", good}},
			queries: []query{{legend: "telemetry", instant: true, expr: fmt.Sprintf("(count(%s{%s, %s} or %s) or 0 * count(%s)) == bool 0",
				alertsMetric, named(telemetryAlerts...), firing, v.declared(alertsMetric, named("ServiceTelemetryAbsent"), firing), telemetry.RecordedGateways)}}},
	}
	if has(v, catalog.RoleOrders) {
		all = append(all, panel{id: 4003, kind: stat, width: 4, title: "Orders per minute", unit: units.Short, empty: untold(catalog.RoleOrders),
			description: "Orders of the last 10 minutes, per minute.",
			queries:     []query{{legend: "orders", expr: sum("", v.declared(telemetry.RecordedOrders)) + " / 10", instant: true}}})
	}
	if has(v, catalog.RoleRevenue) {
		all = append(all, panel{id: 4004, kind: stat, width: 4, title: "Revenue per minute", unit: currency(v), empty: untold(catalog.RoleRevenue),
			description: "Revenue of the last 10 minutes, per minute, by currency.",
			queries:     []query{{legend: "revenue {{" + telemetry.Currency + "}}", expr: sum(telemetry.Currency, v.declared(telemetry.RecordedRevenue)) + " / 10", instant: true}}})
	}
	if has(v, catalog.RoleActiveUsers) {
		all = append(all, panel{id: 4005, kind: stat, width: 4, title: "Active users", unit: units.Short, empty: untold(catalog.RoleActiveUsers),
			description: "Users who were active in a window that ends now.",
			queries:     []query{{legend: byMetric, expr: top(4, ofRole(v, telemetry.RecordedBusinessLevel, catalog.RoleActiveUsers, "active_users")), instant: true}}})
	}
	if has(v, catalog.RoleSignups) {
		all = append(all, panel{id: 4006, kind: stat, width: 4, title: "Sign-ups in an hour", unit: units.Short, empty: untold(catalog.RoleSignups),
			description: "Sign-ups of the last hour.",
			queries:     []query{{legend: "sign-ups", expr: sum("", ofRole(v, telemetry.RecordedBusinessIncrease, catalog.RoleSignups, "user_signups")), instant: true}}})
	}
	return all
}

func money(v view) []panel {
	var all []panel
	if has(v, catalog.RoleOrders) {
		all = append(all, panel{id: 4101, kind: timeSeries, width: 12, title: "Orders in an hour, and usually", unit: units.Short, empty: untold(catalog.RoleOrders),
			description: "Orders of the last hour, and the mean of the same hour in the last two weeks, or days. Below the line OrderCompletionsDropped fires.",
			checks:      []string{"PR-102"}, drill: redUID,
			queries: compared(v, telemetry.RecordedBusinessIncrease, catalog.RoleOrders, "order_completions")})
	}
	if has(v, catalog.RoleRevenue) {
		by := strings.Join([]string{identity, telemetry.DeclaredMetric, telemetry.Currency}, ", ")
		revenue := v.declared(telemetry.RecordedRevenue)
		queries := []query{{legend: byMetric, expr: sum(by, revenue) + " / 10"}}
		for _, season := range seasons(v, catalog.RoleRevenue) {
			queries = append(queries, query{legend: season[1] + " " + byMetric, expr: sum(by, revenue+" offset "+season[0]) + " / 10"})
		}
		all = append(all, panel{id: 4102, kind: timeSeries, width: 12, title: "Revenue per minute, and before", unit: currency(v), empty: untold(catalog.RoleRevenue),
			description: "Revenue of 10 minutes, per minute, and the same a week, or a day, before. At 0, while orders go on and there was revenue before, RevenueFlatlined fires.",
			checks:      []string{"PR-102"}, drill: redUID,
			queries: queries})
	}
	return all
}

func users(v view) []panel {
	var all []panel
	if has(v, catalog.RoleSignups) {
		all = append(all, panel{id: 4201, kind: timeSeries, width: 8, title: "Sign-ups in an hour, and usually", unit: units.Short, empty: untold(catalog.RoleSignups),
			description: "Sign-ups of the last hour, and the mean of the same hour in the last two weeks, or days. Below the line SignupsDropped fires.",
			checks:      []string{"PR-102"}, drill: redUID,
			queries: compared(v, telemetry.RecordedBusinessIncrease, catalog.RoleSignups, "user_signups")})
	}
	if has(v, catalog.RoleActiveUsers) {
		all = append(all, panel{id: 4202, kind: timeSeries, width: 8, title: "Active users, and usually", unit: units.Short, empty: untold(catalog.RoleActiveUsers),
			description: "Users who were active in a window, and the mean at the same time in the last two weeks, or days. Below the line ActiveUsersDropped fires.",
			checks:      []string{"PR-102"}, drill: redUID,
			queries: compared(v, telemetry.RecordedBusinessLevel, catalog.RoleActiveUsers, "active_users")})
	}
	if has(v, catalog.RoleSignups) && has(v, catalog.RoleVisits) {
		all = append(all, panel{id: 4203, kind: timeSeries, width: 8, title: "Sign-ups in visits, and usually", unit: units.PercentUnit,
			empty:       "No service declares metrics with both roles, signups and visits",
			description: "Share of the visits of an hour that end in a sign-up. Below the line SignupConversionDropped fires: people come, and something on their way is broken.",
			checks:      []string{"PR-102"}, drill: redUID,
			queries: append([]query{
				{legend: byMetric, expr: v.declared(telemetry.RecordedConversion)},
				{legend: "usual " + byMetric, expr: v.declared(telemetry.RecordedConversionBaseline)},
			}, itemLines(v, telemetry.DeclaredMetric, byMetric, conversions(v))...)})
	}
	return all
}

// conversions are the lines of the sign-ups of services that count visits, too.
func conversions(v view) []item {
	var all []item
	for _, s := range v.services() {
		visits := slices.ContainsFunc(s.Business, func(b catalog.BusinessMetric) bool { return b.Role == catalog.RoleVisits && !b.Gauge })
		for _, b := range s.Business {
			if visits && b.Role == catalog.RoleSignups && !b.Gauge {
				all = append(all, item{s, b.Name, fmt.Sprintf("%s * %s{$$} and on (%s, %s) %s{$$} >= %s", number(b.Drop), telemetry.RecordedConversionBaseline,
					identity, telemetry.DeclaredMetric, telemetry.RecordedBusinessBaseline, number(b.Floor))})
			}
		}
	}
	return all
}

func numbers(v view) []panel {
	all := []panel{
		{id: 4301, kind: timeSeries, width: 12, title: "Every number in its usual", unit: units.PercentUnit, empty: "No business metric is declared, or none is old enough to be compared",
			description: "What there is now, in the mean at the same time in the last two weeks, or days. A line is the share below which the alert of a number fires. If all drop at once, look at the telemetry first.",
			checks:      []string{"PR-102"}, drill: redUID,
			queries: append([]query{{legend: byMetric, expr: v.declared(telemetry.RecordedBusinessRatio)}},
				itemLines(v, telemetry.DeclaredMetric, byMetric, drops(v, "%s + 0 * "+telemetry.RecordedBusinessRatio+"{$$}"))...)},
		{id: 4302, kind: timeSeries, width: 12, title: "Requests, and usually", unit: units.RequestsPerSecond, empty: unasked,
			description: "If requests drop as orders do, people do not come. If they do not, people come and something on their way is broken. Usual is the lesser of a day and of a week ago.",
			drill:       redUID,
			queries: []query{
				{legend: "requests", expr: sum("", v.recorded(telemetry.RecordedRequests))},
				{legend: "usual", expr: sum("", v.recorded(telemetry.RecordedUsualRequests))},
			}},
	}
	if has(v, catalog.RoleFeatureUsage) {
		all = append(all, features(v))
	}
	return append(all, panel{id: 4304, kind: timeSeries, width: 12, title: "Every count, in an hour", unit: units.Short, empty: "No business metric is declared",
		description: "Counts of the last hour, the 20 largest.",
		queries:     []query{{legend: byMetric, expr: top(20, v.declared(telemetry.RecordedBusinessIncrease))}}})
}
