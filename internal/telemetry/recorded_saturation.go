package telemetry

// Pool is the name of a pool of database connections.
const Pool = "pool"

// Recorded series of containers, with the labels KubeNamespace, KubePod and
// KubeContainer.
const (
	// RecordedContainerSeen is 1 for every container.
	RecordedContainerSeen = "container:seen:info"
	// RecordedContainerCPURatio and RecordedContainerMemoryRatio are the CPU time and
	// the memory that a container uses, in its limits; absent where it has none.
	RecordedContainerCPURatio    = "container:cpu_ratio:rate5m"
	RecordedContainerMemoryRatio = "container:memory_ratio:max"
	// RecordedContainerMemory is the memory that it uses, in bytes.
	RecordedContainerMemory = "container:memory_working_set_bytes:max"
	// RecordedContainerRestarts is how often it was started again in the last hour, a
	// whole number.
	RecordedContainerRestarts = "container:restarts:increase1h"
	// RecordedWorkloadContainer is 1 for every container of a declared workload. It has
	// the labels of ServiceIdentity, too, as far as they are declared.
	RecordedWorkloadContainer = "workload_container:owner:info"
)

// The same by service: with the labels of ServiceIdentity, and with those above. A
// container that belongs to no declared workload is a service of its own name.
const (
	RecordedServiceContainer   = "service_container:owner:info"
	RecordedServiceCPURatio    = "service_container:cpu_ratio:rate5m"
	RecordedServiceMemoryRatio = "service_container:memory_ratio:max"
	RecordedServiceMemory      = "service_container:memory_working_set_bytes:max"
	RecordedServiceRestarts    = "service_container:restarts:increase1h"
	// RecordedServiceMemoryGrowth is how many times the memory of now a container will
	// need in 12 hours, if the last 3 hours go on.
	RecordedServiceMemoryGrowth = "service_container:memory_growth:predict12h"
)

// Recorded series of what a service tells about itself, with the labels Job, Instance
// and Environment, each if it is known.
const (
	// RecordedTargetEnvironments is 1 for each environment that a target says it is in,
	// RecordedTargetEnvironment only where that is one.
	RecordedTargetEnvironments = "target_environment:seen:info"
	RecordedTargetEnvironment  = "target:environment:info"
	// RecordedTargetFiles is the open files of a process in those it may open.
	RecordedTargetFiles = "target:open_file_ratio:max"
	// RecordedTargetPoolUsed and RecordedTargetPoolMax are the connections of a pool
	// that are in use, and those that it may open; RecordedTargetPoolRatio is their
	// ratio. They have the label Pool.
	RecordedTargetPoolUsed  = "target_pool:db_connections_used:sum"
	RecordedTargetPoolMax   = "target_pool:db_connections_max:sum"
	RecordedTargetPoolRatio = "target_pool:db_connection_ratio:max"
)

// The same by service: with the labels of ServiceIdentity.
const (
	// RecordedServiceFiles and RecordedServicePoolRatio have the label Instance, too.
	RecordedServiceFiles     = "service_instance:open_file_ratio:max"
	RecordedServicePoolRatio = "service_instance_pool:db_connection_ratio:max"
	// RecordedServicePoolUsed is of all instances.
	RecordedServicePoolUsed = "service_pool:db_connections_used:sum"
	// RecordedNewestVersion is when the newest version of a service was first heard of,
	// as Unix time: in each environment, and without that label in any.
	RecordedNewestVersion = "service:newest_version_first_seen_timestamp_seconds:max"
)
