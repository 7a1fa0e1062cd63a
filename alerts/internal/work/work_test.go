package work

import (
	"testing"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	ruletest.Check(t, Family(), catalog.Default())
	ruletest.Check(t, Family(), declaredCatalog())
}

func TestEveryDefectIsCaughtByTheUnitTests(t *testing.T) {
	c := catalog.Default()
	c.Services = declaredCatalog().Services[:1]
	c.Services[0].Policy = catalog.DefaultPolicy("")
	const joined = "what it selects is joined with what selects by the same labels"
	ruletest.Mutate(t, Family(), c, map[string]string{
		"QueueBacklogGrowing: node (4|9), without .*":                                           joined,
		"QueueBacklogGrowing: node (14|16), without (service|service_namespace|environment)=.*": joined,
		"BackgroundJobNotRunning: node 13, without (service|job_name)=.*":                       joined,
	})
}

func TestDefectsOfRecordedSeriesAreCaught(t *testing.T) {
	plant := func(alert string, defects map[string]ruletest.Defect) {
		for name, d := range defects {
			d.Alert = alert
			defects[name] = d
		}
		ruletest.Plant(t, Family(), declaredCatalog(), defects)
	}
	plant("QueueBacklogGrowing", map[string]ruletest.Defect{
		"replicas of an exporter are added up":      {From: "max(\n            sum by (job, exported_job, instance, exported_instance)", To: "max(\n            sum by ()"},
		"one partition stands for all":              {From: "sum by (job, exported_job, instance, exported_instance)", To: "max by (job, exported_job, instance, exported_instance)"},
		"queues are mixed":                          {From: `,queue="shipping"}`, To: "}"},
		"the queue of another environment is meant": {From: `environment=~"staging|"`, To: `environment=~"production|"`},
	})
	plant("BackgroundJobFailing", map[string]ruletest.Defect{
		"gateways are not added up":      {From: "sum by (service, service_namespace, environment, job_name)", To: "max by (service, service_namespace, environment, job_name)"},
		"what others export counts":      {From: `{gateway_instance!="",outcome="failure"}`, To: `{outcome="failure"}`},
		"a share of nothing is a number": {From: "(service_job:runs:increase15m > 0)", To: "service_job:runs:increase15m"},
		"a counter that restarts counts": {From: "increase(", To: "delta("},
		"a short window":                 {From: "[15m]", To: "[5m]"},
		"few runs are forgotten":         {From: "[6h]", To: "[5m]"},
	})
	plant("BackgroundJobNotRunning", map[string]ruletest.Defect{
		"the gateway that knows least is asked": {From: "max by (service, service_namespace, environment, job_name)", To: "min by (service, service_namespace, environment, job_name)"},
		"a lost gateway's success is forgotten": {From: "\n              >\n                last_over_time(", To: "\n              >=\n                0 * last_over_time("},
		"a job that is gone is forgotten":       {From: "[6h]", To: "[1s]"},
		"nobody looks for a job never seen":     {From: "vector(time())", To: "vector(1e12)"},
	})
}

// declaredCatalog has a service whose identity is complete, one that governs several
// environments, and one of which only the name is known, in characters that mean
// something elsewhere.
func declaredCatalog() catalog.Catalog {
	c := catalog.Default()
	strict := c.Tiers[catalog.Critical]
	strict.Team = "payments"
	strict.Thresholds.JobRatio = 0.02
	strict.Thresholds.JobFor = 0
	strict.Thresholds.JobLateFactor = 3
	c.Services = []catalog.Service{
		{
			Name: "checkout", Namespace: "shop", Environments: []string{"production"}, Policy: c.Tiers[catalog.Important],
			Queues: []catalog.Queue{
				{Name: "shipping", Depth: "shop_queue_depth", Match: map[string]string{"queue": "shipping"}, MaxDepth: 100},
				{Name: "mail", Depth: "shop_queue_depth", Match: map[string]string{"queue": "mail"}, MaxDepth: 5000},
			},
			Jobs: []catalog.Job{{Name: "settle", Every: time.Hour}, {Name: "report", Every: 24 * time.Hour}, {Name: "import"}},
		},
		{
			Name: "payments", Namespace: "shop", Environments: []string{"production", "staging"}, Policy: strict,
			Queues: []catalog.Queue{{Name: "refunds", Depth: "kafka_consumergroup_lag", MaxDepth: 1}},
			Jobs:   []catalog.Job{{Name: "archive", Every: 7 * 24 * time.Hour}},
		},
		{
			Name: `we"ird\{{ name }}`, Policy: catalog.DefaultPolicy(""),
			Queues: []catalog.Queue{{Name: `q"\{{`, Depth: "weird_depth", Match: map[string]string{"name": `a"b\`}, MaxDepth: 10}},
			Jobs:   []catalog.Job{{Name: `j"\{{`, Every: time.Minute}},
		},
	}
	return c
}
