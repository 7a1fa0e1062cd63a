package red

import (
	"testing"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

// catalogs are files of services: of none, of ones that differ in all that a rule may
// depend on, and of one for each profile of metrics.
func catalogs() map[string]catalog.Catalog {
	numbers := func(change func(*catalog.Thresholds)) catalog.Policy {
		p := catalog.DefaultPolicy("")
		change(&p.Thresholds)
		return p
	}
	of := func(services ...catalog.Service) catalog.Catalog {
		c := catalog.Default()
		for _, s := range services {
			if s.Thresholds == (catalog.Thresholds{}) {
				s.Policy = catalog.DefaultPolicy("")
			}
			if s.Metrics.Profile == "" {
				s.Metrics.Profile = catalog.ProfileReadygate
			}
			c.Services = append(c.Services, s)
		}
		return c
	}
	profiles := of(
		catalog.Service{Name: "o.tel", Namespace: "shop", Environments: []string{"production"}, Metrics: catalog.Source{Profile: catalog.ProfileOTelHTTP}},
		catalog.Service{Name: "more-spans", Namespace: "shop", Environments: []string{"a|b", "c"}, Metrics: catalog.Source{Profile: catalog.ProfileSpanMetrics}},
		catalog.Service{Name: "legacy", Environments: []string{"production", "staging"}, Metrics: catalog.Source{Profile: catalog.ProfilePrometheus}},
		catalog.Service{Name: "matched", Metrics: catalog.Source{Profile: catalog.ProfilePrometheus, Match: map[string]string{"app": `m"atched\`, "namespace": "shop"}}},
		catalog.Service{Name: "mesh", Namespace: "shop", Metrics: catalog.Source{Profile: catalog.ProfileIstio}},
	)
	profiles.RunbooksURL = "https://runbooks.example.com" // so that every service has a rule that names it
	return map[string]catalog.Catalog{
		"generic":  catalog.Default(),
		"override": of(catalog.Service{Name: "payments", Environments: []string{"production"}, Policy: numbers(func(n *catalog.Thresholds) { n.ErrorRatio, n.LatencyP95 = 0.02, 2500*time.Millisecond })}),
		"extremes": of(
			catalog.Service{Name: `a"b\{{c}}`, Namespace: ".*", Policy: numbers(func(n *catalog.Thresholds) {
				n.ErrorRatio, n.MinRequestRate, n.LatencyP95 = catalog.MinErrorRatio, catalog.MinGuard, 5*time.Millisecond
				n.ErrorFor, n.LatencyFor = 0, 0
				n.DropRatio, n.DropMinRate, n.DropFor, n.DependencyRatio, n.DependencyFor = catalog.MinErrorRatio, catalog.MinGuard, 0, catalog.MinErrorRatio, 0
			})},
			catalog.Service{Name: "lax", Policy: numbers(func(n *catalog.Thresholds) {
				n.ErrorRatio, n.MinRequestRate, n.LatencyP95 = catalog.MaxErrorRatio, catalog.MaxGuard, 7500*time.Millisecond
				n.ErrorFor, n.LatencyFor = 40*time.Minute, 61*time.Second
				n.DropRatio, n.DropMinRate, n.DropFor, n.DependencyRatio, n.DependencyFor = catalog.MaxErrorRatio, 1e6, 3*time.Hour, catalog.MaxErrorRatio, 31*time.Second
			})},
		),
		"profiles": profiles,
	}
}

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	for name, c := range catalogs() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ruletest.Check(t, Family(), c)
		})
	}
}

func TestEveryDefectOfAnAlertIsCaughtByTheUnitTests(t *testing.T) {
	ruletest.Mutate(t, Family(), catalog.Default(), nil)
}
