package business

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// which is an alert template for what a number is about.
const which = "{{ $labels.metric }} of " + rule.Where + "{{ with $labels.currency }} in {{ . }}{{ end }}{{ with $labels.window }} over {{ . }}{{ end }}"

func orderCompletionsDropped() rule.Alert {
	return dropped("OrderCompletionsDropped", catalog.RoleOrders, catalog.Ticket, 15*time.Minute, rule.Guide{
		Meaning: "Fewer orders are completed than at the same time before.",
		Impact:  "Customers cannot buy, or do not want to: the business loses money while this lasts.",
		Act: []string{
			"Walk through the checkout yourself. If it fails, follow the step that fails: its service has the errors, or the payment provider.",
		},
	})
}

func signupsDropped() rule.Alert {
	return dropped("SignupsDropped", catalog.RoleSignups, catalog.Ticket, 30*time.Minute, rule.Guide{
		Meaning: "Fewer people sign up than at the same time before.",
		Impact:  "New users cannot get in, or do not come.",
		Act: []string{
			"Sign up yourself, by mail and by each identity provider. See that the mail arrives.",
		},
	})
}

func activeUsersDropped() rule.Alert {
	return dropped("ActiveUsersDropped", catalog.RoleActiveUsers, catalog.Ticket, 30*time.Minute, rule.Guide{
		Meaning: "Fewer users are active than at the same time before.",
		Impact:  "Users cannot log in, cannot reach the service, or went away.",
		Act: []string{
			"Log in yourself, from outside. See whether one country, network or version of the app is missing.",
		},
	})
}

func featureUsageDropped() rule.Alert {
	return dropped("FeatureUsageDropped", catalog.RoleFeatureUsage, catalog.Digest, 30*time.Minute, rule.Guide{
		Meaning: "A feature is used less than at the same time before.",
		Impact:  "Some users miss something, or found a better way.",
		Act: []string{
			"See whether a flag was turned, and for whom.",
		},
	})
}

func businessMetricDropped() rule.Alert {
	return dropped("BusinessMetricDropped", catalog.RoleOther, catalog.Ticket, 15*time.Minute, rule.Guide{
		Meaning: "A number that the business watches is lower than at the same time before.",
		Impact:  "It depends on the number. Its description, and the owner of the service, know.",
	})
}

// dropped is an alert about a number that is far below what it usually is.
func dropped(name string, role catalog.Role, severity catalog.Severity, wait time.Duration, guide rule.Guide) rule.Alert {
	guide.Release = true
	guide.Look = []rule.Look{
		{Question: "How much is there now?", Query: `service_metric:business_baseline:ratio{$selector} * service_metric:business_baseline:mean{$selector}`},
		{Question: "And usually?", Query: `service_metric:business_baseline:mean{$selector}`},
		{Question: "Did requests drop, too? If not, people come, and something on their way is broken.", Query: `sum(rate(http_requests_total{$selector}[5m])) / sum(rate(http_requests_total{$selector}[5m] offset 1w))`},
		{Question: "Do requests fail?", Query: `sum by (endpoint, status) (rate(http_requests_total{$selector, status=~"5.."}[5m]))`},
	}
	guide.Act = append(guide.Act,
		"If everything is down at once, look whether the gateway still gets telemetry: what nobody tells counts as 0.",
		"If last week was unusual (a sale, a holiday, an outage), or this one is, silence the alert for the day, and say why.",
		"If the event was renamed in a release, the number is wrong and the business is well: mend the declaration of the metric.")
	return rule.Alert{
		Name: name, Severity: severity, Checklist: "PR-102",
		Items:    items(func(_ catalog.Service, b catalog.BusinessMetric) bool { return b.Role == role }),
		Presence: telemetry.RecordedBusinessRatio,
		Condition: func(t rule.Target) string {
			b := t.Item.(catalog.BusinessMetric)
			return fmt.Sprintf("%s < %s and %s >= %s", telemetry.RecordedBusinessRatio, rule.Number(b.Drop), telemetry.RecordedBusinessBaseline, rule.Number(b.Floor))
		},
		Wait:    rule.Always(wait),
		Keep:    wait,
		Summary: which + " is at {{ $value | humanizePercentage }} of the usual",
		Description: func(t rule.Target) string {
			b := t.Item.(catalog.BusinessMetric)
			what, per := "What came in the last hour", " an hour"
			if b.Gauge {
				what, per = "The level now", ""
			}
			return fmt.Sprintf("%s of "+which+" is {{ $value | humanizePercentage }} of the mean at the same time in the last two %s."+
				" The alert fires below %s, where the mean is at least %s%s, for %s.",
				what, seasons(b),
				rule.Percent(b.Drop), rule.Number(b.Floor), per, rule.Short(wait))
		},
		Guide: guide,
		Trial: func(t rule.Target, id map[string]string) rule.Trial { return dropTrial(t, id) },
	}
}

// seasons is what is compared, in words.
func seasons(b catalog.BusinessMetric) string {
	if b.Seasonality == "daily" {
		return "days"
	}
	return "weeks"
}
