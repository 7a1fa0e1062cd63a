// Package telemetry is the contract between what the gateway derives and what
// the generated rules and dashboards read: the name, type, unit and labels of
// every derived metric, each spelled once. A metric or label that is renamed
// here breaks the connector, the alerts and the dashboards at compile time. The
// gateway's own metrics that rules read are here too; a test holds them against
// the processor that counts them.
//
// Names are written as Prometheus sees them; the connectors emit the same
// spelling over OTLP, so that a name looks the same on every path.
//
// Everything in the package is constant after initialisation and safe for
// concurrent use. Callers must not modify the slices they are given.
package telemetry

// Kind is the Prometheus type of a metric.
type Kind string

// The kinds of metric that the gateway derives.
const (
	Counter   Kind = "counter"
	Gauge     Kind = "gauge"
	Histogram Kind = "histogram"
)

// Labels of derived series.
const (
	// Service is service.name of the telemetry, or UnknownService.
	Service = "service"
	// ServiceNamespace is service.namespace; absent where the telemetry has none.
	ServiceNamespace = "service_namespace"
	// Environment is deployment.environment.name (or the older
	// deployment.environment); absent where the telemetry has none.
	Environment = "environment"
	// Version is service.version, so that releases and canaries can be told apart.
	Version = "version"
	// GatewayInstance is the gateway that counted. Queries sum over it, so
	// replicas never overwrite each other.
	GatewayInstance = "gateway_instance"

	// Canary is CanaryRelease or StableRelease; absent unless the gateway was told
	// how to know.
	Canary = "canary"

	// Method is the HTTP request method, or OtherMethod; of a remote procedure
	// call, its service and method ("shop.Cart/Add").
	Method = "method"
	// Endpoint is the route template of a request, never a raw path.
	Endpoint = "endpoint"
	// Status is the HTTP status code ("200") or the name of an RPC's ("NOT_FOUND").
	// An HTTP request that failed without a code reads ErrorStatus; one with neither
	// code nor error, UnknownStatus.
	Status = "status"
	// StatusClass is the first digit of Status with "xx" ("2xx"), or UnknownStatus.
	StatusClass = "status_class"
	// System is the technology: grpc, kafka, postgresql ..., or Unknown.
	System = "system"
	// Destination is the queue or topic that a message came from, as a template.
	Destination = "destination"
	// Outcome is Success or Failure.
	Outcome = "outcome"
	// JobName is the job that ran. It is not "job", as the checklist has it: that is
	// Prometheus' own label for the scrape, and a scrape renames ours to exported_job.
	JobName = "job_name"
	// DependencyKind is one of DependencyKinds.
	DependencyKind = "kind"
	// Peer is the dependency: a service, a host or a destination, never the address
	// of one machine.
	Peer = "peer"
	// ExceptionType is the class of an exception, never its message.
	ExceptionType = "exception_type"
	// Severity is one of Severities.
	Severity = "severity"

	// Bucket is Prometheus' own label for the upper bound of a histogram bucket.
	Bucket = "le"
)

// Values that labels take where the telemetry gives none, or too many.
const (
	// UnknownService stands for telemetry without service.name. It is counted,
	// never skipped.
	UnknownService = "unknown_service"
	// Other replaces a label value beyond a limit. What was counted stays counted.
	Other = "other"
	// OtherMethod is the semantic conventions' word for a method they do not know.
	OtherMethod = "_OTHER"
	// ErrorStatus is the status of a request that failed without a status code.
	// It matches the checklist's selector status=~"5..".
	ErrorStatus = "5xx"
	// UnknownStatus is the status of a request that reported neither code nor error.
	UnknownStatus = "unknown"
	// UnknownEndpoint is the endpoint of a request that tells neither route nor path.
	UnknownEndpoint = "unknown"

	// Unknown stands for a system, peer, destination, job or exception type that the
	// telemetry does not tell.
	Unknown = "unknown"

	// Success and Failure are the outcomes of messages, jobs and dependencies.
	Success = "success"
	Failure = "failure"

	// CanaryRelease and StableRelease are the values of Canary.
	CanaryRelease = "canary"
	StableRelease = "stable"
)

// Metric is one metric of the contract.
type Metric struct {
	// Name as Prometheus sees it; a histogram's name is without _bucket,
	// _sum and _count.
	Name string
	Kind Kind
	// Unit in UCUM, as OTLP carries it.
	Unit string
	// Help is one sentence, shown by Prometheus and in the reference.
	Help string
	// Labels are the metric's own labels, beside CommonLabels where it is derived
	// and ScrapeLabels where it is the gateway's own.
	Labels []string
}

// CommonLabels are on every derived series.
func CommonLabels() []string {
	return []string{Service, ServiceNamespace, Environment, Version, Canary, GatewayInstance}
}

// DependencyKinds lists the values of DependencyKind.
func DependencyKinds() []string { return []string{"db", "http", "rpc", "messaging", "other"} }

// Severities lists the values of Severity, in the order of the log data model;
// "unspecified" is for records that tell none.
func Severities() []string {
	return []string{"trace", "debug", "info", "warn", "error", "fatal", "unspecified"}
}

// ServiceIdentity is what makes two services different; rules and dashboards
// aggregate by it. Version and gateway instance are summed over.
func ServiceIdentity() []string {
	return []string{Service, ServiceNamespace, Environment}
}

// Derived metrics.
var (
	// HTTPRequests is the name that the checklist uses.
	HTTPRequests = Metric{
		Name: "http_requests_total", Kind: Counter, Unit: "{request}",
		Help:   "HTTP requests served, from SERVER spans.",
		Labels: []string{Method, Endpoint, Status},
	}
	// HTTPRequestDuration is the name that the checklist uses.
	HTTPRequestDuration = Metric{
		Name: "http_request_duration_seconds", Kind: Histogram, Unit: "s",
		Help:   "Duration of HTTP requests served, from SERVER spans.",
		Labels: []string{Method, Endpoint, StatusClass},
	}
	// RPCRequests counts a call once, whatever its status.
	RPCRequests = Metric{
		Name: "rpc_requests_total", Kind: Counter, Unit: "{request}",
		Help:   "Remote procedure calls served, from SERVER spans.",
		Labels: []string{System, Method, Status},
	}
	RPCRequestDuration = Metric{
		Name: "rpc_request_duration_seconds", Kind: Histogram, Unit: "s",
		Help:   "Duration of remote procedure calls served, from SERVER spans.",
		Labels: []string{System, Method, Status},
	}
	// MessagesProcessed counts messages, so a span that processed a batch counts for
	// as many as it says; MessageProcessDuration has one value for the batch.
	MessagesProcessed = Metric{
		Name: "messages_processed_total", Kind: Counter, Unit: "{message}",
		Help:   "Messages processed, from CONSUMER spans.",
		Labels: []string{System, Destination, Outcome},
	}
	MessageProcessDuration = Metric{
		Name: "message_process_duration_seconds", Kind: Histogram, Unit: "s",
		Help:   "Duration of processing a message or a batch of them, from CONSUMER spans.",
		Labels: []string{System, Destination, Outcome},
	}
	JobRuns = Metric{
		Name: "job_runs_total", Kind: Counter, Unit: "{run}",
		Help:   "Runs of jobs, from INTERNAL root spans and spans marked as jobs.",
		Labels: []string{JobName, Outcome},
	}
	JobDuration = Metric{
		Name: "job_duration_seconds", Kind: Histogram, Unit: "s",
		Help:   "Duration of runs of jobs.",
		Labels: []string{JobName, Outcome},
	}
	JobLastSuccess = Metric{
		Name: "job_last_success_timestamp_seconds", Kind: Gauge, Unit: "s",
		Help:   "When the last successful run of a job ended, as Unix time.",
		Labels: []string{JobName},
	}
	DependencyRequests = Metric{
		Name: "dependency_requests_total", Kind: Counter, Unit: "{request}",
		Help:   "Requests to other systems, from CLIENT and PRODUCER spans.",
		Labels: []string{DependencyKind, System, Peer, Outcome},
	}
	DependencyRequestDuration = Metric{
		Name: "dependency_request_duration_seconds", Kind: Histogram, Unit: "s",
		Help:   "Duration of requests to other systems, from CLIENT and PRODUCER spans.",
		Labels: []string{DependencyKind, System, Peer, Outcome},
	}
	Exceptions = Metric{
		Name: "exceptions_total", Kind: Counter, Unit: "{exception}",
		Help:   "Exceptions, once each, from span events and log records.",
		Labels: []string{ExceptionType},
	}
	VersionFirstSeen = Metric{
		Name: "service_version_first_seen_timestamp_seconds", Kind: Gauge, Unit: "s",
		Help: "When the gateway first heard of a version of a service, as Unix time.",
	}
	VersionLastSeen = Metric{
		Name: "service_version_last_seen_timestamp_seconds", Kind: Gauge, Unit: "s",
		Help: "When the gateway last heard of a version of a service, as Unix time.",
	}
	LogRecords = Metric{
		Name: "log_records_total", Kind: Counter, Unit: "{record}",
		Help:   "Log records, by severity.",
		Labels: []string{Severity},
	}
)

// Metrics lists every metric that the red connector derives, in the order of the
// contract. Those of the business connector are declared by its configuration.
func Metrics() []Metric {
	return []Metric{
		HTTPRequests, HTTPRequestDuration,
		RPCRequests, RPCRequestDuration,
		MessagesProcessed, MessageProcessDuration,
		JobRuns, JobDuration, JobLastSuccess,
		DependencyRequests, DependencyRequestDuration,
		Exceptions,
		VersionFirstSeen, VersionLastSeen,
		LogRecords,
	}
}

// DurationBounds are the upper bounds, in seconds, of the explicit buckets of
// duration histograms: the boundaries that the OpenTelemetry semantic
// conventions advise for http.server.request.duration. A latency threshold is
// exact only if it is one of them; 1 s, the checklist's, is.
func DurationBounds() []float64 {
	return []float64{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10}
}

// Series returns the names of the series that Prometheus stores for the metric.
func (m Metric) Series() []string {
	if m.Kind != Histogram {
		return []string{m.Name}
	}
	return []string{m.BucketName(), m.Name + "_sum", m.CountName()}
}

// BucketName is the name of a histogram's bucket series.
func (m Metric) BucketName() string { return m.Name + "_bucket" }

// CountName is the name of a histogram's count series.
func (m Metric) CountName() string { return m.Name + "_count" }
