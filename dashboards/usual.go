package dashboards

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// compared are what there is of a role, what there usually is, and the line below which
// there is too little: the alert's, where there usually is enough to judge by.
func compared(v view, series string, role catalog.Role, usual string) []query {
	mean := ofRole(v, telemetry.RecordedBusinessBaseline, role, usual)
	all := []query{
		// What nobody tells any more counts as 0, as the alerts have it.
		{legend: byMetric, expr: fmt.Sprintf("%s or 0 * %s", ofRole(v, series, role, usual), mean)},
		{legend: "usual " + byMetric, expr: mean},
	}
	return append(all, itemLines(v, telemetry.DeclaredMetric, byMetric, drops(v, "%s * "+telemetry.RecordedBusinessBaseline+"{$$}", role))...)
}

// drops are the lines of metrics: what a format makes of the share below which there is
// too little, where the usual is at least the floor. Visits and revenue have none.
func drops(v view, format string, roles ...catalog.Role) []item {
	var all []item
	for _, s := range v.services() {
		for _, b := range s.Business {
			if b.Role != catalog.RoleVisits && b.Role != catalog.RoleRevenue && (len(roles) == 0 || slices.Contains(roles, b.Role)) {
				all = append(all, item{s, b.Name, fmt.Sprintf(format+" and %s{$$} >= %s", number(b.Drop), telemetry.RecordedBusinessBaseline, number(b.Floor))})
			}
		}
	}
	return all
}

// currency is the unit of revenue: that of the only currency that is declared.
func currency(v view) string {
	var all []string
	for _, b := range metricsOf(v, catalog.RoleRevenue) {
		found := []any{b.Match[telemetry.Currency], b.Derive["unit"]}
		if more, ok := b.Derive["units"].([]any); ok && b.Match[telemetry.Currency] == "" {
			found = append(found, more...)
		}
		for _, c := range found {
			if code, ok := c.(string); ok && code != "" {
				all = append(all, code)
			}
		}
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) != 1 {
		return units.Short
	}
	if slices.Contains([]string{units.Dollars, units.Euro, units.Pounds, units.Yen, units.SwissFranc}, "currency"+all[0]) {
		return "currency" + all[0]
	}
	return "currency:" + strings.NewReplacer("$", "", "[[", "").Replace(all[0])
}

// seasons are the times before with which metrics of a role are compared.
func seasons(v view, role catalog.Role) [][2]string {
	week, today := [2]string{"1w", "a week before"}, [2]string{"1d", "a day before"}
	var all [][2]string
	for _, season := range [][2]string{week, today} {
		if slices.ContainsFunc(metricsOf(v, role), func(b catalog.BusinessMetric) bool { return (b.Seasonality == "daily") == (season == today) }) {
			all = append(all, season)
		}
	}
	if len(all) == 0 {
		return [][2]string{week}
	}
	return all
}
