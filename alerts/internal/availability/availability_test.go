package availability

import (
	"testing"
	"time"

	"github.com/readygate/readygate/alerts/internal/red"
	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

func catalogs() map[string]catalog.Catalog {
	declared := catalog.Default()
	add := func(s catalog.Service, change func(*catalog.Thresholds)) {
		s.Policy = catalog.DefaultPolicy("")
		if change != nil {
			change(&s.Thresholds)
		}
		declared.Services = append(declared.Services, s)
	}
	add(catalog.Service{Name: "pushed"}, func(n *catalog.Thresholds) { n.DownFor = time.Minute })
	add(catalog.Service{Name: "scraped", Metrics: catalog.Source{ScrapeJob: "scraped"}}, nil)
	add(catalog.Service{Name: `scr"aped`, Namespace: "shop", Environments: []string{"a|b", "c"}, Metrics: catalog.Source{ScrapeJob: `jo"b`}}, nil)
	add(catalog.Service{Name: "both", Environments: []string{"production"}, Metrics: catalog.Source{Profile: catalog.ProfilePrometheus, ScrapeJob: "both"}}, nil)
	declared.RunbooksURL = "https://runbooks.example.com" // so that every service has a rule that names it
	return map[string]catalog.Catalog{"generic": catalog.Default(), "declared": declared}
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
