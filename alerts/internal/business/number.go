package business

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// number is a business metric of a service with at most one environment.
type number struct {
	service catalog.Service
	catalog.BusinessMetric
}

// derived reports whether the gateway derives it: the file says how, or calls the
// series as the gateway does. Such series tell the identity of their service.
func (n number) derived() bool {
	return n.Derive != nil || slices.Contains([]string{n.Name, n.Name + "_total", n.Name + "_count"}, n.Metric)
}

// labels are those of the recorded series that are declared.
func (n number) labels() map[string]string {
	return rule.With(rule.Declared(n.service), telemetry.DeclaredMetric, n.Name)
}

// selector selects the series of the metric.
func (n number) selector() string {
	if !n.derived() {
		return rule.Select(n.Metric, n.Match)
	}
	match := rule.With(n.Match)
	for name, value := range rule.Declared(n.service) {
		match[name] = value
	}
	return strings.TrimSuffix(rule.Select(n.Metric, match), "}") + ", " + query.Ours + "}"
}

// by are the labels to add up by: those of the identity where the metric tells it.
func (n number) by(more string) string {
	if n.derived() {
		return rule.Identity(more)
	}
	return more
}

// recorded selects a recorded series of the metric.
func (n number) recorded(series string) string { return rule.Select(series, n.labels()) }

func (n number) record(name, expr string, reads ...string) rule.Recording {
	return rule.Recording{
		Name: name, Expr: expr, Labels: n.labels(), Reads: reads,
		Carries: append(telemetry.ServiceIdentity(), telemetry.DeclaredMetric, telemetry.Currency, telemetry.Window),
	}
}

// increase is how much there was, for each currency.
func (n number) increase(window string) string {
	return fmt.Sprintf("sum by (%s) (increase(%s[%s]))", n.by(telemetry.Currency), n.selector(), window)
}

// recordings are what there is now, what there usually is, and their ratio.
func (n number) recordings() []rule.Recording {
	now := n.record(telemetry.RecordedBusinessIncrease, n.increase("1h"), n.Metric)
	if n.Gauge {
		over := "sum" // replicas of a service, each with a part
		if n.derived() {
			over = "max" // gateways, each with what came its way
		}
		now = n.record(telemetry.RecordedBusinessLevel, fmt.Sprintf("%s by (%s) (%s)", over, n.by(telemetry.Window), n.selector()), n.Metric)
	}
	return append([]rule.Recording{now}, n.compared(now.Name, telemetry.RecordedBusinessBaseline, telemetry.RecordedBusinessRatio, true)...)
}

// compared are the usual of a recorded series, and the series in it: 0, if it may be,
// where there is a usual and nothing now.
func (n number) compared(name, usual, ratio string, zero bool) []rule.Recording {
	now, mean := n.recorded(name), n.recorded(usual)
	once, twice := rule.Short(n.season()), rule.Short(2*n.season())
	said := now
	if zero {
		said = fmt.Sprintf("(%s or 0 * %s)", now, mean)
	}
	return []rule.Recording{
		n.record(usual, fmt.Sprintf("(%s offset %s + %s offset %s) / 2 or %s offset %s or %s offset %s", now, once, now, twice, now, once, now, twice)),
		n.record(ratio, fmt.Sprintf("%s / (%s > 0)", said, mean)),
	}
}

// season is the time after which it is the same time again.
func (n number) season() time.Duration {
	if n.Seasonality == "daily" {
		return 24 * time.Hour
	}
	return 7 * 24 * time.Hour
}

// ofOrders records the orders of the last minutes.
func ofOrders(orders number) rule.Recording {
	by := ""
	if orders.derived() {
		by = rule.Identity()
	}
	return rule.Recording{
		Name: telemetry.RecordedOrders, Labels: rule.Declared(orders.service), Carries: telemetry.ServiceIdentity(), Reads: []string{orders.Metric},
		Expr: fmt.Sprintf("sum by (%s) (increase(%s[10m]))", by, orders.selector()),
	}
}

// ofRevenue records the revenue of the last minutes, and the least that it was at
// this time before: where that is 0, a time without revenue is nothing unusual.
func ofRevenue(revenue number) []rule.Recording {
	now, least := revenue.recorded(telemetry.RecordedRevenue), revenue.recorded(telemetry.RecordedRevenueLeast)
	return []rule.Recording{
		revenue.record(telemetry.RecordedRevenueLeast, fmt.Sprintf("min_over_time(%s[1h] offset %s)", now, rule.Short(revenue.season())), telemetry.RecordedRevenue),
		revenue.record(telemetry.RecordedRevenue, fmt.Sprintf("%s or on (%s) 0 * %s", revenue.increase("10m"), revenue.by(telemetry.Currency), least), revenue.Metric),
	}
}

// ofConversion records sign-ups in visits.
func ofConversion(signups, visits number) []rule.Recording {
	hour := func(n number) string {
		return fmt.Sprintf("sum by (%s) (%s)", rule.Identity(), n.recorded(telemetry.RecordedBusinessIncrease))
	}
	return append([]rule.Recording{
		signups.record(telemetry.RecordedConversion, fmt.Sprintf("(%s or 0 * %s) / (%s > 0)", hour(signups), hour(visits), hour(visits))),
	}, signups.compared(telemetry.RecordedConversion, telemetry.RecordedConversionBaseline, telemetry.RecordedConversionRatio, false)...)
}
