package telemetry

// Labels of metrics of others about containers and processes. KubeNamespace is with
// those about data.
const (
	KubePod       = "pod"
	KubeContainer = "container"
	// ContainerReason is why a container ended last.
	ContainerReason = "reason"
	// KilledForMemory is what Kubernetes calls a container that the kernel killed.
	KilledForMemory = "OOMKilled"
	// ContainerResource is cpu or memory.
	ContainerResource = "resource"
	// ExportedJob and ExportedInstance are job and instance as the service told them,
	// where a scrape without honor_labels put its own in their place.
	ExportedJob      = "exported_job"
	ExportedInstance = "exported_instance"
	// TargetEnvironmentName is deployment.environment.name as Prometheus has it, and
	// OldTargetEnvironment what the older conventions call it.
	TargetEnvironmentName = "deployment_environment_name"
	OldTargetEnvironment  = "deployment_environment"
	// DBPoolName and OldDBPoolName are the label of a pool, by newer and older
	// conventions, and DBState and OldDBState that of the state: used or idle.
	DBPoolName    = "db_client_connection_pool_name"
	OldDBPoolName = "pool_name"
	DBState       = "db_client_connection_state"
	OldDBState    = "state"
)

// Metrics of containers: of cAdvisor, which every kubelet has, and of
// kube-state-metrics, which must be scraped with honor_labels, as its documentation
// asks for.
var (
	ContainerCPU = Metric{
		Name: "container_cpu_usage_seconds_total", Kind: Counter, Unit: "s",
		Help:   "CPU time that a container used; the kubelet tells it on two pages.",
		Labels: []string{KubeNamespace, KubePod, KubeContainer, "cpu", "id", "image", "name", "node", "metrics_path", Job, Instance},
	}
	ContainerMemory = Metric{
		Name: "container_memory_working_set_bytes", Kind: Gauge, Unit: "By",
		Help:   "Memory that a container needs: what is left when caches are dropped.",
		Labels: []string{KubeNamespace, KubePod, KubeContainer, "id", "image", "name", "node", "metrics_path", Job, Instance},
	}
	ContainerRSS = Metric{
		Name: "container_memory_rss", Kind: Gauge, Unit: "By",
		Help:   "Memory of a container that no file is behind: heaps and stacks.",
		Labels: []string{KubeNamespace, KubePod, KubeContainer, "id", "image", "name", "node", "metrics_path", Job, Instance},
	}
	// ContainerPeriods and ContainerThrottled are there only for containers with a limit.
	ContainerPeriods = Metric{
		Name: "container_cpu_cfs_periods_total", Kind: Counter, Unit: "1",
		Help:   "Periods, of 0.1 seconds mostly, in which a container wanted CPU time.",
		Labels: []string{KubeNamespace, KubePod, KubeContainer, "id", "image", "name", "node", "metrics_path", Job, Instance},
	}
	ContainerThrottled = Metric{
		Name: "container_cpu_cfs_throttled_periods_total", Kind: Counter, Unit: "1",
		Help:   "Those of them in which it was stopped because it had used its share up.",
		Labels: []string{KubeNamespace, KubePod, KubeContainer, "id", "image", "name", "node", "metrics_path", Job, Instance},
	}
	ContainerLimits = Metric{
		Name: "kube_pod_container_resource_limits", Kind: Gauge, Unit: "1",
		Help:   "The limits of a container, in cores and bytes; absent where it has none.",
		Labels: []string{KubeNamespace, KubePod, KubeContainer, ContainerResource, "unit", "uid", "node", Job, Instance},
	}
	ContainerRestarts = Metric{
		Name: "kube_pod_container_status_restarts_total", Kind: Counter, Unit: "1",
		Help:   "How often a container was started again.",
		Labels: []string{KubeNamespace, KubePod, KubeContainer, "uid", Job, Instance},
	}
	ContainerLastTerminated = Metric{
		Name: "kube_pod_container_status_last_terminated_reason", Kind: Gauge, Unit: "1",
		Help:   "Why a container ended last.",
		Labels: []string{KubeNamespace, KubePod, KubeContainer, ContainerReason, "uid", Job, Instance},
	}
)

// Metrics that services tell about themselves, by client libraries of Prometheus or
// SDKs of OpenTelemetry. Their label job is what Prometheus scraped, or
// service.namespace/service.name of what was pushed.
var (
	OpenFiles = Metric{
		Name: "process_open_fds", Kind: Gauge, Unit: "1",
		Help:   "Open file descriptors of a process.",
		Labels: ofTarget(),
	}
	MaxFiles = Metric{
		Name: "process_max_fds", Kind: Gauge, Unit: "1",
		Help:   "How many file descriptors a process may open.",
		Labels: ofTarget(),
	}
	// Goroutines and JVMThreads are of client libraries of Prometheus, MicrometerThreads of
	// Micrometer.
	Goroutines = Metric{
		Name: "go_goroutines", Kind: Gauge, Unit: "1",
		Help:   "Goroutines of a process written in Go.",
		Labels: ofTarget(),
	}
	JVMThreads = Metric{
		Name: "jvm_threads_current", Kind: Gauge, Unit: "1",
		Help:   "Threads of a Java virtual machine.",
		Labels: ofTarget(),
	}
	MicrometerThreads = Metric{
		Name: "jvm_threads_live_threads", Kind: Gauge, Unit: "1",
		Help:   "JVMThreads as Micrometer calls them.",
		Labels: ofTarget(),
	}
	DBConnections = Metric{
		Name: "db_client_connection_count", Kind: Gauge, Unit: "{connection}",
		Help:   "Connections of a pool, by state.",
		Labels: ofTarget(DBPoolName, DBState),
	}
	DBConnectionsMax = Metric{
		Name: "db_client_connection_max", Kind: Gauge, Unit: "{connection}",
		Help:   "How many connections a pool may open.",
		Labels: ofTarget(DBPoolName),
	}
	OldDBConnections = Metric{
		Name: "db_client_connections_usage", Kind: Gauge, Unit: "{connection}",
		Help:   "DBConnections by older conventions.",
		Labels: ofTarget(OldDBPoolName, OldDBState),
	}
	OldDBConnectionsMax = Metric{
		Name: "db_client_connections_max", Kind: Gauge, Unit: "{connection}",
		Help:   "DBConnectionsMax by older conventions.",
		Labels: ofTarget(OldDBPoolName),
	}
	DBConnectionsPending = Metric{
		Name: "db_client_connection_pending_requests", Kind: Gauge, Unit: "{request}",
		Help:   "Requests that wait for a connection of a pool.",
		Labels: ofTarget(DBPoolName),
	}
	OldDBConnectionsPending = Metric{
		Name: "db_client_connections_pending_requests", Kind: Gauge, Unit: "{request}",
		Help:   "DBConnectionsPending by older conventions.",
		Labels: ofTarget(OldDBPoolName),
	}
	DBConnectionCreate = Metric{
		Name: "db_client_connection_create_time_seconds", Kind: Histogram, Unit: "s",
		Help:   "Time to open a connection of a pool.",
		Labels: ofTarget(DBPoolName),
	}
	OldDBConnectionCreate = Metric{
		Name: "db_client_connections_create_time_milliseconds", Kind: Histogram, Unit: "ms",
		Help:   "DBConnectionCreate by older conventions.",
		Labels: ofTarget(OldDBPoolName),
	}
	// TargetEnvironment is the series that tells the environment of the others.
	TargetEnvironment = Metric{
		Name: "target_info", Kind: Gauge, Unit: "1",
		Help:   "Always 1; the attributes of the resource that pushed metrics.",
		Labels: ofTarget(TargetEnvironmentName, OldTargetEnvironment),
	}
)

func ofTarget(own ...string) []string {
	return append(own, Environment, Job, Instance, ExportedJob, ExportedInstance)
}
