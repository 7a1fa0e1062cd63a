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
		"a name with a namespace is not read": {Alert: down, From: `"(.+)/[^/]+"`, To: `"(x.+)/[^/]+"`},
		"a plain name is not read":            {Alert: down, From: `"(.+)"`, To: `"(x.+)"`},
		"instances are mixed":                 {Alert: instance, From: "max by (instance)", To: "max by ()"},
		"the oldest version is the service":   {Alert: absent, From: "max by (service, service_namespace, environment) (", To: "min by (service, service_namespace, environment) ("},
		"old news is news":                    {Alert: absent, From: "time() - 120", To: "time() - 9000"},
		"what fires is forgotten":             {Alert: absent, From: "[6h]", To: "[30m]"},
		"a day is too short":                  {Alert: never, From: "[1d]", To: "[23h]"},
		"a day is too long":                   {Alert: never, From: "[1d]", To: "[25h]"},
		"what is scraped was never seen":      {Alert: never, From: "up:max{service=\"scraped\"}", To: "up:max{service=\"nobody\"}"},
	}, red.Family())
}
