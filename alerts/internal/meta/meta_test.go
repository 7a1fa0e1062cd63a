package meta

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	ruletest.Check(t, Family(), catalog.Default())
}

func TestAlertingIsWatchedWhateverServicesAreDeclared(t *testing.T) {
	c := catalog.Default()
	c.Defaults.Team = "platform"
	c.Services = []catalog.Service{{Name: "checkout", Policy: catalog.DefaultPolicy(catalog.Critical)}}
	require.Len(t, ruletest.Make(t, Family(), c).Made, len(Family().Alerts))
	ruletest.Check(t, Family(), c)
}

func TestEveryDefectIsCaughtByTheUnitTests(t *testing.T) {
	ruletest.Mutate(t, Family(), catalog.Default(), map[string]string{
		"AlertFlapping: node 14, number smaller":                    "an alert comes a whole number of times",
		"AlertmanagerNotificationsFailing: node 18, number smaller": "notifications are a whole number",
		"PageBudgetExceeded: node 15, number larger":                "there is a whole number of incidents",
		"RuleEvaluationFailing: node 1, sum is max":                 "a group of rules has one series",
		"Watchdog: node 1, number (larger|smaller)":                 "the value says nothing",
	})
}

// What mutation does not reach: windows and groupings.
func TestEveryPlantedDefectIsCaughtByTheUnitTests(t *testing.T) {
	const (
		flapping = "AlertFlapping"
		budget   = "PageBudgetExceeded"
		rules    = "RuleEvaluationFailing"
		failing  = "AlertmanagerNotificationsFailing"
	)
	ruletest.Plant(t, Family(), catalog.Default(), map[string]ruletest.Defect{
		"flaps are forgotten too soon":          {Alert: flapping, From: "[2h]", To: "[1h]"},
		"flaps are remembered for too long":     {Alert: flapping, From: "[2h]", To: "[130m]"},
		"what was only pending flaps":           {Alert: flapping, From: `alertstate="firing"}[2h]`, To: `alertstate=~".+"}[2h]`},
		"environments are mixed":                {Alert: flapping, From: "by (flapping, service, service_namespace, environment)", To: "by (flapping, service)"},
		"incidents are forgotten too soon":      {Alert: budget, From: "[12h:1m]", To: "[11h:1m]"},
		"incidents are remembered for too long": {Alert: budget, From: "[12h:1m]", To: "[13h:1m]"},
		"teams share a budget":                  {Alert: budget, From: "sum by (paged)", To: "sum"},
		"every alert is an incident":            {Alert: budget, From: "group by (team, service", To: "group by (alertname, team, service"},
		"environments are one":                  {Alert: budget, From: "group by (team, service, service_namespace, environment)", To: "group by (team, service, service_namespace)"},
		"failures are forgotten too soon":       {Alert: rules, From: "[10m]", To: "[5m]"},
		"failures are remembered for too long":  {Alert: rules, From: "[10m]", To: "[15m]"},
		"groups are mixed":                      {Alert: rules, From: "by (job, instance, rule_group)", To: "by (job, instance)"},
		"notifications are forgotten too soon":  {Alert: failing, From: "[30m]", To: "[15m]"},
		"a restart is missed":                   {Alert: failing, From: "increase(alertmanager", To: "delta(alertmanager"},
		"integrations are mixed":                {Alert: failing, From: "by (job, integration)", To: "by (job)"},
	})
}
