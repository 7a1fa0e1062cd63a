package availability

import (
	"testing"

	"github.com/readygate/readygate/alerts/internal/red"
	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
)

func TestEveryDefectOfARecordingIsCaughtByTheUnitTests(t *testing.T) {
	const down, instance, absent, never = "ServiceDown", "InstanceDown", "ServiceTelemetryAbsent", "ServiceNeverSeen"
	ruletest.Plant(t, Family(), catalogs()["declared"], map[string]ruletest.Defect{
		"what is gone is forgotten too soon":  {Alert: down, From: "[6h]", To: "[5h]"},
		"what is gone is remembered too long": {Alert: down, From: "[6h]", To: "[7h]"},
		"one instance down is all":            {Alert: down, From: "max(service_instance", To: "min(service_instance"},
		"environments share their targets":    {Alert: down, From: `environment="c",`, To: ""},
		"another environment is ours":         {Alert: down, From: `environment=~"|production",`, To: ""},
		"a target down is its namespace":      {Alert: down, From: "max by (job, environment, namespace)", To: "min by (job, environment, namespace)"},
		"one target of a name down is all":    {Alert: down, From: "max by (service) (service_job", To: "min by (service) (service_job"},
		"one of a namespace down is all":      {Alert: down, From: "max by (service, service_namespace) (service_job", To: "min by (service, service_namespace) (service_job"},
		"one of an environment down is all":   {Alert: down, From: "max by (service, environment) (service_job", To: "min by (service, environment) (service_job"},
		"one of both down is all":             {Alert: down, From: "max by (service, service_namespace, environment) (service_job", To: "min by (service, service_namespace, environment) (service_job"},
		"a name with a namespace is not read": {Alert: down, From: `"(.+)/[^/]+"`, To: `"(x.+)/[^/]+"`},
		"a plain name is not read":            {Alert: down, From: `"(.+)"`, To: `"(x.+)"`},
		"instances are mixed":                 {Alert: instance, From: "max by (instance)", To: "max by ()"},
		"the oldest version is the service":   {Alert: absent, From: "max by (service, service_namespace, environment) (", To: "min by (service, service_namespace, environment) ("},
		"old news is news":                    {Alert: absent, From: "time() - 120", To: "time() - 9000"},
		"silence of all is silence":           {Alert: absent, From: "count(service:last_heard_timestamp_seconds:max)", To: "vector(1)"},
		"one has a new name, all have":        {Alert: absent, From: "offset 2h", To: "offset 9h"},
		"what is new is known":                {Alert: absent, From: "offset 3h", To: "offset 2h"},
		"what fires is forgotten":             {Alert: absent, From: "[6h]", To: "[30m]"},
		"a day is too short":                  {Alert: never, From: "[1d]", To: "[23h]"},
		"a day is too long":                   {Alert: never, From: "[1d]", To: "[25h]"},
		"what is scraped was never seen":      {Alert: never, From: "up:max{service=\"scraped\"}", To: "up:max{service=\"nobody\"}"},
	}, red.Family())
}
