// Package business has the alerts about the numbers that the business knows: orders,
// sign-ups, revenue, users. They are held against the same time of former weeks, or
// days. Silence is no good news: a number that there was and that nobody tells of any
// more counts as 0. Whether it is the gateway that is silent, Alertmanager decides by
// the alerts about the gateway.
package business

import (
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Family are the rules about business metrics: "Business Metrics" in section 2 of the
// checklist, and "Business metrics normal" after a release.
func Family() rule.Family {
	return rule.Family{
		Name:       "business",
		Interval:   time.Minute,
		Recordings: recordings,
		Alerts: []rule.Alert{
			orderCompletionsDropped(), signupsDropped(), activeUsersDropped(), featureUsageDropped(), businessMetricDropped(),
			revenueFlatlined(), signupConversionDropped(),
		},
	}
}

func recordings(c catalog.Catalog) []rule.Recording {
	var all []rule.Recording
	for _, entry := range c.Services {
		for _, s := range rule.Split(entry) {
			for _, b := range s.Business {
				all = append(all, number{s, b}.recordings()...)
			}
			if orders, found := first(s, catalog.RoleOrders); found {
				all = append(all, ofOrders(number{s, orders}))
			}
			for _, b := range s.Business {
				switch b.Role {
				case catalog.RoleRevenue:
					all = append(all, ofRevenue(number{s, b})...)
				case catalog.RoleSignups:
					if visits, found := first(s, catalog.RoleVisits); found {
						all = append(all, ofConversion(number{s, b}, number{s, visits})...)
					}
				}
			}
		}
	}
	return all
}

// first is the first counter of the service with the role.
func first(s catalog.Service, role catalog.Role) (catalog.BusinessMetric, bool) {
	for _, b := range s.Business {
		if b.Role == role && !b.Gauge {
			return b, true
		}
	}
	return catalog.BusinessMetric{}, false
}

// items are the business metrics of a service that pass.
func items(pass func(catalog.Service, catalog.BusinessMetric) bool) func(catalog.Service) []rule.Item {
	return func(s catalog.Service) []rule.Item {
		var all []rule.Item
		for _, b := range s.Business {
			if pass(s, b) {
				all = append(all, rule.Item{Name: b.Name, Labels: map[string]string{telemetry.DeclaredMetric: b.Name}, Value: b})
			}
		}
		return all
	}
}
