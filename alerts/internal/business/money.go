package business

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// manyOrders are so many in 10 minutes that one without revenue is a fault, and not
// a customer with a voucher.
const manyOrders = 10

// revenueFlatlined looks at 10 minutes already, so it waits for one only: the time in
// the catalogue would be twice that. It looks at each currency by itself, for one
// may be charged by a provider of its own; the orders do not tell theirs, so a
// currency must have had revenue all the time, an hour long, the last time.
func revenueFlatlined() rule.Alert {
	return rule.Alert{
		Name: "RevenueFlatlined", Severity: catalog.Page, Checklist: "PR-102",
		Items: items(func(s catalog.Service, b catalog.BusinessMetric) bool {
			_, found := first(s, catalog.RoleOrders)
			return found && b.Role == catalog.RoleRevenue && !b.Gauge
		}),
		Presence: telemetry.RecordedRevenue,
		Condition: func(rule.Target) string {
			return fmt.Sprintf("%s == 0 and %s > 0 and on (%s) %s > %d", telemetry.RecordedRevenue, telemetry.RecordedRevenueLeast,
				rule.Identity(), telemetry.RecordedOrders, manyOrders)
		},
		Wait:    rule.Always(time.Minute),
		Keep:    10 * time.Minute,
		Summary: rule.Where + " has no {{ $labels.metric }}{{ with $labels.currency }} in {{ . }}{{ end }}, and goes on taking orders",
		Description: func(t rule.Target) string {
			b := t.Item.(catalog.BusinessMetric)
			last := "week"
			if b.Seasonality == "daily" {
				last = "day"
			}
			return fmt.Sprintf("In the last 10 minutes {{ $labels.metric }}{{ with $labels.currency }} in {{ . }}{{ end }} of "+rule.Where+
				" did not grow, while more than %d orders were completed. A %s ago there was some in every 10 minutes of the hour. The alert fires after 1m more.", manyOrders, last)
		},
		Guide: rule.Guide{
			Meaning: "Orders are completed, and no money comes with them.",
			Impact:  "Customers get for nothing what they should pay for, or were promised what nobody charged. Either costs money by the minute.",
			Release: true,
			Look: []rule.Look{
				{Question: "Which currencies stopped, and when?", Query: `service_metric:revenue:increase10m{$selector}`},
				{Question: "How many orders come?", Query: `service:orders:increase10m{$selector}`},
				{Question: "Does the payment provider answer?", Query: `sum by (peer, outcome) (rate(dependency_requests_total{$selector}[5m]))`},
				{Question: "Which exceptions are thrown?", Query: `topk(10, sum by (exception_type) (rate(exceptions_total{$selector}[5m])))`},
			},
			Act: []string{
				"Look at one order of the last minutes, by hand: was it charged? If it was, the number is wrong, and not the business.",
				"If nothing is charged, stop taking orders: switch the checkout off, or to another provider.",
				"If prices became 0, look for a release, a change of the price list, a voucher without limit.",
			},
		},
		Trial: revenueTrial,
	}
}

func signupConversionDropped() rule.Alert {
	return rule.Alert{
		Name: "SignupConversionDropped", Severity: catalog.Digest, Checklist: "PR-102",
		Items: items(func(s catalog.Service, b catalog.BusinessMetric) bool {
			_, found := first(s, catalog.RoleVisits)
			return found && b.Role == catalog.RoleSignups && !b.Gauge
		}),
		Presence: telemetry.RecordedConversionRatio,
		Condition: func(t rule.Target) string {
			b := t.Item.(catalog.BusinessMetric)
			return fmt.Sprintf("%s < %s and on (%s) %s >= %s", telemetry.RecordedConversionRatio, rule.Number(b.Drop),
				rule.Identity(telemetry.DeclaredMetric), telemetry.RecordedBusinessBaseline, rule.Number(b.Floor))
		},
		Wait:    rule.Always(time.Hour),
		Keep:    30 * time.Minute,
		Summary: "Of the visitors of " + rule.Where + ", only {{ $value | humanizePercentage }} of the usual share sign up",
		Description: func(t rule.Target) string {
			b := t.Item.(catalog.BusinessMetric)
			return fmt.Sprintf("{{ $labels.metric }} in visits, over the last hour, is {{ $value | humanizePercentage }} of its mean at the same time in the last two %s."+
				" The alert fires below %s, where there are usually at least %s sign-ups an hour, for 1h.", seasons(b), rule.Percent(b.Drop), rule.Number(b.Floor))
		},
		Guide: rule.Guide{
			Meaning: "As many people come as before, and fewer of them sign up.",
			Impact:  "Something on the way from the visit to the account is broken, slow, or worse than it was.",
			Release: true,
			Look: []rule.Look{
				{Question: "How did the share go?", Query: `service_metric:conversion:ratio1h{$selector}`},
				{Question: "Do requests of the sign-up fail, or take long?", Query: `sum by (endpoint, status) (rate(http_requests_total{$selector}[5m]))`},
			},
			Act: []string{
				"Sign up yourself, on a telephone too.",
				"If a campaign brought other people than usual, more visits are no fault.",
				"If a release changed the form, compare before and after it.",
			},
		},
		Trial: conversionTrial,
	}
}
