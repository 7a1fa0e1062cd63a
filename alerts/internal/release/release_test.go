package release

import (
	"testing"
	"time"

	"github.com/readygate/readygate/alerts/internal/red"
	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	ruletest.Check(t, Family(), catalog.Default(), red.Family())
}

// The extremes of what a services file may ask for, and what is between.
func TestTheRulesOfDeclaredServicesPassTheirUnitTests(t *testing.T) {
	c := staged()
	add := func(name string, change func(*catalog.Thresholds)) {
		s := catalog.Service{Name: name, Namespace: "shop", Environments: []string{"production", "staging"}, Policy: catalog.DefaultPolicy(catalog.Important)}
		change(&s.Thresholds)
		c.Services = append(c.Services, s)
	}
	add("strict", func(n *catalog.Thresholds) {
		n.CanaryMinRequests, n.CanaryZ, n.CanaryDelta, n.CanarySlowdown = 10, 1, catalog.MinErrorRatio, 1.01
		n.ReleaseErrorRatio, n.ReleaseWatch, n.MinRequestRate = catalog.MinErrorRatio, 20*time.Minute, catalog.MinGuard
	})
	add("lenient", func(n *catalog.Thresholds) {
		n.CanaryMinRequests, n.CanaryZ, n.CanaryDelta, n.CanarySlowdown = 1e6, 10, 0.9, 100
		n.ReleaseErrorRatio, n.ReleaseWatch, n.MinRequestRate = 0.9, 5*time.Hour, catalog.MaxGuard
	})
	ruletest.Check(t, Family(), c, red.Family())
}

func TestEveryDefectIsCaughtByTheUnitTests(t *testing.T) {
	ruletest.Mutate(t, Family(), staged(), map[string]string{
		`CanaryStageOverdue: node \d+, without service="checkout"`: "both sides of and are narrowed to the service, and and matches by it",
	}, red.Family())
}

func TestDefectsOfRecordedSeriesAreCaught(t *testing.T) {
	const slow = "CanaryLatencyRegression"
	ruletest.Plant(t, Family(), catalog.Default(), map[string]ruletest.Defect{
		"bounds are told apart by their spelling":          {Alert: slow, From: "(.+?)([.]0)?", To: "(.+)"},
		"only the bound below stable's percentile matters": {Alert: slow, From: "<= 0.05", To: "<= -1"},
		"only the bound above stable's percentile matters": {Alert: slow, From: "> 0.05", To: "> 1"},
		"a variance is taken for a deviation":              {Alert: slow, From: "sqrt(", To: "abs("},
		"both shares weigh the same":                       {Alert: slow, From: "service:canary_requests_slower:pooled15m * (1", To: "0.5 * service:canary_requests_slower:pooled15m * (1"},
		"a share of nothing is a number":                   {Alert: slow, From: ">\n                  0\n", To: ">=\n                  0\n"},
	}, red.Family())
}

// staged has a service with a rollout in stages, the first of which is short.
func staged() catalog.Catalog {
	c := catalog.Default()
	c.Services = []catalog.Service{{
		Name: "checkout", Policy: catalog.DefaultPolicy(catalog.Critical),
		Rollout: &catalog.Rollout{Strategy: "canary", Stages: []catalog.Stage{
			{Percent: 5, Watch: 20 * time.Minute}, {Percent: 25, Watch: time.Hour}, {Percent: 99.5, Watch: 2 * time.Hour}, {Percent: 100, Watch: 2 * time.Hour},
		}},
	}}
	return c
}
