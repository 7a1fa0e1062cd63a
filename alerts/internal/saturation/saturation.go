// Package saturation has the alerts about what services run out of: CPU, memory, file
// descriptors and database connections. They are causes, so none pages anybody.
//
// # Whose series they are
//
// Metrics of containers know no service. Those of a declared workload get the identity
// that its entry declares; a container of any other is a service called like the
// container. Where an entry has several environments, nothing tells which of them a
// container is in, so it has none, and the rule for what is not declared speaks for it.
//
// What a service tells about itself bears job, which is service.namespace/service.name
// of what was pushed, and the name of the scrape job of what was scraped; target_info
// tells the environment.
package saturation

import (
	"slices"
	"strings"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Family are the rules about saturation: the checklist's system metrics (section 2,
// "Key Metrics to Track"), and "No memory leaks detected" and "Database connections
// stable" (post-deployment).
func Family() rule.Family {
	return rule.Family{
		Name:     "saturation",
		Interval: time.Minute,
		Reads: []telemetry.Metric{
			telemetry.ContainerCPU, telemetry.ContainerMemory, telemetry.ContainerLimits,
			telemetry.ContainerRestarts, telemetry.ContainerLastTerminated,
			telemetry.OpenFiles, telemetry.MaxFiles, telemetry.TargetEnvironment,
			telemetry.DBConnections, telemetry.DBConnectionsMax, telemetry.OldDBConnections, telemetry.OldDBConnectionsMax,
		},
		Recordings: func(c catalog.Catalog) []rule.Recording { return slices.Concat(ofContainers(c), ofTargets()) },
		Alerts: []rule.Alert{
			highCPUUsage(), highMemoryUsage(), memoryLeakSuspected(), containerRestarting(),
			fileDescriptorsExhausting(), dbConnectionPoolSaturated(), dbConnectionsUnstable(),
		},
	}
}

// hasContainers reports whether containers can be known to be the service's: its
// workload tells, or its name is all that its entry declares.
func hasContainers(s catalog.Service) bool {
	if s.Workload != nil {
		return len(s.Environments) <= 1
	}
	return s.Namespace == "" && len(s.Environments) == 0
}

// hasTargets reports whether job can tell that series are the service's.
func hasTargets(s catalog.Service) bool { return !strings.Contains(s.Namespace, "/") }

// declared are the labels of its identity that the file gives a service.
func declared(s catalog.Service) map[string]string {
	all := map[string]string{telemetry.Service: s.Name}
	if s.Namespace != "" {
		all[telemetry.ServiceNamespace] = s.Namespace
	}
	if len(s.Environments) == 1 {
		all[telemetry.Environment] = s.Environments[0]
	}
	return all
}
