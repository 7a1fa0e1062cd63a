package telemetry

// Metrics of requests that others export, each with whatever labels it has. Series
// that the checklist names, of services that expose them themselves, are called as
// ours are: [HTTPRequests] and [HTTPRequestDuration], without GatewayInstance.
var (
	// OTelHTTPDuration is http.server.request.duration of the semantic conventions,
	// as Prometheus stores what SDKs send.
	OTelHTTPDuration = Metric{
		Name: "http_server_request_duration_seconds", Kind: Histogram, Unit: "s",
		Help: "Duration of HTTP requests served, from the service's own SDK.",
	}
	// SpanMetricsCalls is of the Collector's span_metrics connector, named as contrib
	// v0.158 does by default. Its durations are in milliseconds unless it is
	// configured for seconds.
	SpanMetricsCalls = Metric{
		Name: "traces_span_metrics_calls_total", Kind: Counter, Unit: "{call}",
		Help: "Spans, from the span_metrics connector.",
	}
	SpanMetricsDuration = Metric{
		Name: "traces_span_metrics_duration_seconds", Kind: Histogram, Unit: "s",
		Help: "Duration of spans, from a span_metrics connector configured for seconds.",
	}
	SpanMetricsDurationMS = Metric{
		Name: "traces_span_metrics_duration_milliseconds", Kind: Histogram, Unit: "ms",
		Help: "Duration of spans, from the span_metrics connector.",
	}
	// IstioRequests is of Istio's standard metrics.
	IstioRequests = Metric{
		Name: "istio_requests_total", Kind: Counter, Unit: "{request}",
		Help: "Requests that a proxy of the mesh handled.",
	}
	IstioDurationMS = Metric{
		Name: "istio_request_duration_milliseconds", Kind: Histogram, Unit: "ms",
		Help: "Duration of requests that a proxy of the mesh handled.",
	}
)

// ProfileMetrics lists the metrics that services with another profile of metrics
// than the gateway's are watched by.
func ProfileMetrics() []Metric {
	return []Metric{
		OTelHTTPDuration, SpanMetricsCalls, SpanMetricsDuration, SpanMetricsDurationMS, IstioRequests, IstioDurationMS,
	}
}
