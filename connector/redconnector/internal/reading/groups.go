package reading

import (
	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// groups are the kinds of series that spans and log records give.
type groups struct {
	http, rpc, message, job, dependency series.Group
	exception, version, log             series.Group
}

func newGroups() groups {
	return groups{
		http: series.Group{
			Name:   "http",
			Labels: []series.Label{{Name: telemetry.Method}, open(telemetry.Endpoint), {Name: telemetry.StatusClass}},
			Metrics: []series.Metric{
				{
					Metric: telemetry.HTTPRequests, Aggregation: series.Events,
					Omit: telemetry.StatusClass, Detail: telemetry.Status,
				},
				{Metric: telemetry.HTTPRequestDuration, Aggregation: series.Distribution},
			},
			Detail: func(detail uint16) string { return httpStatus(detail).String() },
			Coarse: func(detail uint16) uint16 { return uint16(httpStatus(detail).class()) },
		},
		rpc: series.Group{
			Name:   "rpc",
			Labels: []series.Label{open(telemetry.System), open(telemetry.Method), {Name: telemetry.Status}},
			Metrics: []series.Metric{
				{Metric: telemetry.RPCRequests, Aggregation: series.Events},
				{Metric: telemetry.RPCRequestDuration, Aggregation: series.Distribution},
			},
		},
		message: series.Group{
			Name:   "message",
			Labels: []series.Label{open(telemetry.System), open(telemetry.Destination), {Name: telemetry.Outcome}},
			Metrics: []series.Metric{
				{Metric: telemetry.MessagesProcessed, Aggregation: series.Events},
				{Metric: telemetry.MessageProcessDuration, Aggregation: series.Distribution},
			},
		},
		job: series.Group{
			Name:   "job",
			Labels: []series.Label{open(telemetry.JobName), {Name: telemetry.Outcome}},
			Metrics: []series.Metric{
				{Metric: telemetry.JobRuns, Aggregation: series.Events},
				{Metric: telemetry.JobDuration, Aggregation: series.Distribution},
				{Metric: telemetry.JobLastSuccess, Aggregation: series.LastTime, Omit: telemetry.Outcome},
			},
		},
		dependency: series.Group{
			Name: "dependency",
			Labels: []series.Label{
				{Name: telemetry.DependencyKind}, open(telemetry.System), open(telemetry.Peer), {Name: telemetry.Outcome},
			},
			Metrics: []series.Metric{
				{Metric: telemetry.DependencyRequests, Aggregation: series.Events},
				{Metric: telemetry.DependencyRequestDuration, Aggregation: series.Distribution},
			},
		},
		exception: series.Group{
			Name:    "exception",
			Labels:  []series.Label{open(telemetry.ExceptionType)},
			Metrics: []series.Metric{{Metric: telemetry.Exceptions, Aggregation: series.Events}},
		},
		version: series.Group{
			Name: "version",
			Metrics: []series.Metric{
				{Metric: telemetry.VersionFirstSeen, Aggregation: series.FirstTime},
				{Metric: telemetry.VersionLastSeen, Aggregation: series.LastTime},
			},
		},
		log: series.Group{
			Name:    "log",
			Labels:  []series.Label{{Name: telemetry.Severity}},
			Metrics: []series.Metric{{Metric: telemetry.LogRecords, Aggregation: series.Events}},
		},
	}
}

func open(name string) series.Label { return series.Label{Name: name, Open: true} }

// outcome is the value of the label of that name.
func outcome(failed bool) string {
	if failed {
		return telemetry.Failure
	}
	return telemetry.Success
}
