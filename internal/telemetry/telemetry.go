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

	// Method is the HTTP request method, or OtherMethod.
	Method = "method"
	// Endpoint is the route template of a request, never a raw path.
	Endpoint = "endpoint"
	// Status is the HTTP status code ("200"). A request that failed without a
	// code reads ErrorStatus; one with neither code nor error, UnknownStatus.
	Status = "status"
	// StatusClass is the first digit of Status with "xx" ("2xx"), or UnknownStatus.
	StatusClass = "status_class"

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
	return []string{Service, ServiceNamespace, Environment, Version, GatewayInstance}
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
)

// Metrics lists every derived metric in the order of the contract.
func Metrics() []Metric {
	return []Metric{HTTPRequests, HTTPRequestDuration}
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
