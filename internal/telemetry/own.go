package telemetry

// Labels of the gateway's own series: those of the metrics, and the two that
// Prometheus adds when it scrapes.
const (
	// Detector is the name of the detector that found something.
	Detector = "detector"
	// Signal is traces, logs or metrics.
	Signal = "signal"
	// Reason is why a value could not be scanned; one of Reasons.
	Reason = "reason"
	// Hash identifies a scrub policy.
	Hash = "hash"
	// Action is what was done about a finding.
	Action = "action"
	// Place is the kind of slot that held a finding.
	Place = "place"
	// Confidence is how sure a finding is.
	Confidence = "confidence"
	// Limit is the limit of a connector that was hit: series, services, the name of a
	// label.
	Limit = "limit"
	// DeclaredMetric is the name of a metric of the business connector, as its
	// configuration declares it.
	DeclaredMetric = "metric"
	// Exporter, Receiver and Transport are of the Collector: ids of components, as in
	// the configuration, and grpc or http.
	Exporter  = "exporter"
	Receiver  = "receiver"
	Transport = "transport"
	// DataType is what the Collector calls Signal in the metrics of queues.
	DataType = "data_type"

	// Job is the scrape job: all gateways that are meant to be alike.
	Job = "job"
	// Instance is the gateway, as its address.
	Instance = "instance"
)

// Reasons why a value could not be scanned.
const (
	// ReasonSize: it is larger than max_value_bytes.
	ReasonSize = "size"
	// ReasonDepth: it is nested deeper than max_depth.
	ReasonDepth = "depth"
	// ReasonPanic: a detector has a defect.
	ReasonPanic = "panic"
	// ReasonTime: the scan took longer than max_value_time.
	ReasonTime = "time"
	// ReasonUnstable: there were still findings after the last round.
	ReasonUnstable = "unstable"
)

// Reasons lists every reason why a value could not be scanned.
func Reasons() []string {
	return []string{ReasonSize, ReasonDepth, ReasonPanic, ReasonTime, ReasonUnstable}
}

// ScrapeLabels are on every series of the gateway's own, beside the metric's.
func ScrapeLabels() []string { return []string{Job, Instance} }
