package saturation

import (
	"testing"

	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	ruletest.Check(t, Family(), catalog.Default())
	ruletest.Check(t, Family(), declaredCatalog())
}

func TestEveryDefectIsCaughtByTheUnitTests(t *testing.T) {
	ruletest.Mutate(t, Family(), catalog.Default(), map[string]string{
		"ContainerRestarting: node 2, number larger":     "restarts are whole numbers",
		"DBConnectionsUnstable: node 11, number smaller": "no average is negative, and what 0 / 0 is, is above nothing",
	})
}

func TestDefectsOfRecordedSeriesAreCaught(t *testing.T) {
	c := declaredCatalog()
	c.Services = c.Services[:2]
	plant := func(alert string, defects map[string]ruletest.Defect) {
		for name, d := range defects {
			d.Alert = alert
			defects[name] = d
		}
		ruletest.Plant(t, Family(), c, defects)
	}
	plant("HighCPUUsage", map[string]ruletest.Defect{
		"both pages of the kubelet are added up":   {From: "sum without (cpu, id, image, name)", To: "sum without (cpu, id, image, name, metrics_path)"},
		"one CPU stands for all":                   {From: "sum without (cpu, id, image, name)", To: "max without (cpu, id, image, name)"},
		"the limit of memory is that of CPU":       {From: `resource="cpu"`, To: `resource="memory"`},
		"a container without a limit is full":      {From: `{resource="cpu"}) > 0)`, To: `{resource="cpu"}) >= 0)`},
		"a deployment's pods are not found":        {From: "{1,10}-[bcdfghjklmnpqrstvwxz2456789]{5}", To: "{5}"},
		"a stateful set's pods are found up to 9":  {From: "-[0-9]+", To: "-[0-9]"},
		"what is declared is somebody else's, too": {From: "or on (namespace, pod, container)\n            label_replace", To: "or\n            label_replace"},
	})
	plant("HighMemoryUsage", map[string]ruletest.Defect{
		"both lives of a container are added up": {From: "max by (namespace, pod, container) (\n            container_memory", To: "sum by (namespace, pod, container) (\n            container_memory"},
		"the limit of CPU is that of memory":     {From: `resource="memory"`, To: `resource="cpu"`},
	})
	plant("MemoryLeakSuspected", map[string]ruletest.Defect{
		"looks too far ahead":                   {From: "43200", To: "86400"},
		"a short look":                          {From: "[3h]", To: "[1h]"},
		"a young container":                     {From: "offset 4h", To: "offset 2h"},
		"an hour is too long":                   {From: "deriv(service_container:memory_working_set_bytes:max[1h])", To: "deriv(service_container:memory_working_set_bytes:max[3h])"},
		"what is gone grows on":                 {From: "> 0)\n          and\n            service_container:memory_working_set_bytes:max", To: "> 0)"},
		"what belongs to no container is one's": {From: `{container!="",container!="POD"}`, To: ""},
	})
	plant("ContainerRestarting", map[string]ruletest.Defect{
		"restarts are not whole":         {From: "round(", To: "abs("},
		"a pod that is gone restarts on": {From: "[1h]) and kube_pod_container_status_restarts_total", To: "[1h])"},
	})
	plant("FileDescriptorsExhausting", map[string]ruletest.Defect{
		"the scrape of a gateway is the service":    {From: `"exported_job"`, To: `"exported"`},
		"all instances behind a gateway are one":    {From: `"exported_instance"`, To: `"exported"`},
		"a namespace is part of the name":           {From: "(?:([^/]+)/)?(.+)", To: "()(.+)"},
		"the environment is not told":               {From: `deployment_environment_name!=""`, To: `deployment_environment_name="x"`},
		"a target tells its own environment only":   {From: "group_left (environment)", To: "group_left ()"},
		"a process that may open nothing has a use": {From: `process_max_fds{exported_job!=""} > 0`, To: `process_max_fds{exported_job!=""} >= 0`},
	})
	plant("DBConnectionPoolSaturated", map[string]ruletest.Defect{
		"idle connections are used":            {From: `db_client_connection_state="used",`, To: ""},
		"older conventions come first":         {From: `db_client_connection_state="used"`, To: `db_client_connection_state="unused"`},
		"an instance that moved is two":        {From: moved("max"), To: moved("sum")},
		"a pool that may open nothing has one": {From: "target_pool:db_connections_max:sum > 0", To: "target_pool:db_connections_max:sum >= 0"},
	})
	plant("DBConnectionsUnstable", map[string]ruletest.Defect{
		"one instance stands for all":    {From: "sum by (service, service_namespace, environment, pool)", To: "min by (service, service_namespace, environment, pool)"},
		"older conventions are not read": {From: `"pool_name"`, To: `"pool_names"`},
		"a short window":                 {From: "[30m]", To: "[10m]"},
		"who is scraped twice is two":    {From: "max without (environment)", To: "sum without (environment)"},
		"every release is everywhere":    {From: "and on (service, service_namespace, environment)", To: "and on (service, service_namespace)"},
		"releases have one environment":  {From: "max by (service, service_namespace) (", To: "max by (service, service_namespace, environment) ("},
	})
}

// moved are the connections in use of an instance that two gateways export, put
// together by the aggregation.
func moved(aggregation string) string {
	return aggregation + " by (exported_job, exported_instance, environment, db_client_connection_pool_name) (\n" +
		"                          sum by (job, instance, exported_job, exported_instance, environment, db_client_connection_pool_name) (\n" +
		"                            db_client_connection_count{"
}

// declaredCatalog has services with and without workloads, complete and not.
func declaredCatalog() catalog.Catalog {
	c := catalog.Default()
	strict := c.Tiers[catalog.Critical]
	strict.Team = "payments"
	strict.Thresholds.CPURatio, strict.Thresholds.MemoryRatio, strict.Thresholds.Restarts = 0.7, 0.75, 0
	strict.Thresholds.FDRatio, strict.Thresholds.PoolRatio, strict.Thresholds.PoolInstability = 0.5, 0.6, 0.9
	c.Services = []catalog.Service{
		{
			Name: "checkout", Namespace: "shop", Environments: []string{"production"}, Policy: c.Tiers[catalog.Important],
			Workload: &catalog.Workload{Namespace: "shop-live", Kind: "deployment", Name: "checkout", Container: "web"},
		},
		{
			Name: "payments", Namespace: "shop", Policy: strict,
			Workload: &catalog.Workload{Namespace: "shop-live", Kind: "statefulset", Name: "pay.ments"},
		},
		{
			Name: "shipper", Namespace: "shop", Environments: []string{"production", "staging"}, Policy: strict,
			Workload: &catalog.Workload{Namespace: "shop-live", Kind: "daemonset", Name: "shipper"},
		},
		{Name: "storefront", Policy: strict},
		{Name: `we"ird\{{ name }}`, Namespace: "a/b", Policy: strict},
		{Name: "search", Environments: []string{"production"}, Policy: c.Tiers[catalog.NonCritical]},
	}
	return c
}
