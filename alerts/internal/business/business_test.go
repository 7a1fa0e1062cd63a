package business

import (
	"slices"
	"testing"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

// declared is a catalog with every role, derived by the gateway and not.
func declared() catalog.Catalog {
	c := catalog.Default()
	metric := func(name string, role catalog.Role, metric string) catalog.BusinessMetric {
		return catalog.BusinessMetric{Name: name, Role: role, Metric: metric, Drop: 0.5, Floor: 30, Seasonality: "weekly"}
	}
	users := metric("active_users", catalog.RoleActiveUsers, "active_users")
	users.Gauge, users.Match = true, map[string]string{"window": "1h"}
	feature := metric("feature_usage", catalog.RoleFeatureUsage, "feature_usage_total")
	feature.Seasonality, feature.Drop, feature.Floor = "daily", 0.3, 0.001
	level := metric("sessions", catalog.RoleOther, "app_sessions")
	level.Gauge, level.Match = true, map[string]string{"app": `sh"op`}
	orders := metric("bookings", catalog.RoleOrders, "legacy_bookings_total")
	orders.Seasonality = "daily"
	takings := metric("takings", catalog.RoleRevenue, "legacy_takings_total")
	takings.Seasonality, takings.Match = "daily", map[string]string{"currency": "JPY"}
	c.Services = []catalog.Service{
		{
			Name: "shop", Namespace: "web", Environments: []string{"production", "staging"}, Policy: catalog.DefaultPolicy(catalog.Critical),
			Business: []catalog.BusinessMetric{
				metric("order_completions", catalog.RoleOrders, "order_completions_total"),
				metric("user_signups", catalog.RoleSignups, "user_signups_total"),
				metric("visits", catalog.RoleVisits, "visits_total"),
				metric("revenue", catalog.RoleRevenue, "revenue_total"),
				users, feature,
				metric("refunds", catalog.RoleOther, "refunds_total"),
			},
		},
		{
			Name: "legacy \"booking\"", Policy: catalog.DefaultPolicy(""),
			Business: []catalog.BusinessMetric{orders, takings, level},
		},
	}
	return c
}

// small is a catalog of one service with numbers of some roles.
func small(roles ...catalog.Role) catalog.Catalog {
	c := declared()
	shop := c.Services[0]
	shop.Environments, shop.Business = shop.Environments[:1], nil
	for _, b := range c.Services[0].Business {
		if slices.Contains(roles, b.Role) {
			b.Seasonality = "daily" // weeks take longer
			shop.Business = append(shop.Business, b)
		}
	}
	c.Services = []catalog.Service{shop}
	return c
}

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	ruletest.Check(t, Family(), catalog.Default())
	ruletest.Check(t, Family(), declared())
}

func TestEveryDefectIsCaughtByTheUnitTests(t *testing.T) {
	roles := map[string][]catalog.Role{
		"OrderCompletionsDropped": {catalog.RoleOrders},
		"SignupsDropped":          {catalog.RoleSignups},
		"ActiveUsersDropped":      {catalog.RoleActiveUsers},
		"FeatureUsageDropped":     {catalog.RoleFeatureUsage},
		"BusinessMetricDropped":   {catalog.RoleOther},
		"RevenueFlatlined":        {catalog.RoleRevenue, catalog.RoleOrders},
		"SignupConversionDropped": {catalog.RoleSignups, catalog.RoleVisits},
	}
	for _, alert := range Family().Alerts {
		t.Run(alert.Name, func(t *testing.T) {
			f := Family()
			f.Alerts = []rule.Alert{alert}
			ruletest.Mutate(t, f, small(roles[alert.Name]...), map[string]string{
				`.+: node \d+, without .*`: "each side of its and has the labels of the other",
			})
		})
	}
}
