package availability

import (
	"testing"

	"github.com/readygate/readygate/alerts/internal/red"
	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

func catalogs() map[string]catalog.Catalog {
	declared := catalog.Default()
	declared.RunbooksURL = "https://runbooks.example.com" // so that every service has a rule that names it
	for _, s := range []catalog.Service{
		{Name: "pushed"},
		{Name: "scraped", Metrics: catalog.Source{ScrapeJob: "scraped"}},
		{Name: `scr"aped`, Namespace: "shop", Environments: []string{"a|b", "c"}, Metrics: catalog.Source{ScrapeJob: `jo"b`}},
		{Name: "both", Environments: []string{"production"}, Metrics: catalog.Source{Profile: catalog.ProfilePrometheus, ScrapeJob: "both"}},
	} {
		s.Policy = catalog.DefaultPolicy("")
		declared.Services = append(declared.Services, s)
	}
	numbers := catalog.Default()
	least := &numbers.Defaults.Thresholds
	least.DownFor, least.AbsentAfter, least.MinRequestRate = 0, 0, catalog.MinGuard
	patient := catalog.Service{Name: "patient", Policy: catalog.DefaultPolicy(""), Metrics: catalog.Source{ScrapeJob: "patient"}}
	most := &patient.Thresholds
	most.DownFor, most.AbsentAfter, most.MinRequestRate = catalog.MaxSilence, catalog.MaxSilence, catalog.MaxGuard
	numbers.Services = []catalog.Service{patient}
	return map[string]catalog.Catalog{"generic": catalog.Default(), "declared": declared, "numbers": numbers}
}

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	for name, c := range catalogs() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ruletest.Check(t, Family(), c, red.Family())
		})
	}
}

func TestEveryDefectOfAnAlertIsCaughtByTheUnitTests(t *testing.T) {
	c := catalog.Default()
	for _, name := range []string{"scraped", "other"} { // each with a rule of its own
		s := catalog.Service{Name: name, Policy: catalog.DefaultPolicy(""), Metrics: catalog.Source{ScrapeJob: name}}
		s.Team = name
		c.Services = append(c.Services, s)
	}
	ruletest.Mutate(t, Family(), c, map[string]string{
		`InstanceDown: node [25], without service="scraped"`: "the other side has the matcher, and on joins the two",
	}, red.Family())
}
