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

// Metrics of the gateway itself that rules read, named as Prometheus scrapes them
// from the gateway's own page (port 8888): the Collector puts otelcol_ in front,
// and adds no suffix for type or unit there, as it would over OTLP. The name of
// the processor makes them ours; no selector has to.
//
// A series of egress leaks or findings begins with its first count, one of
// unscannable values at 0.
var (
	ScrubEgressLeaks = Metric{
		Name: "otelcol_processor_scrub_egress_leaks", Kind: Counter, Unit: "{finding}",
		Help:   "What a tripwire found behind the scrub, in its sample of the batches.",
		Labels: []string{Detector, Signal},
	}
	ScrubFindings = Metric{
		Name: "otelcol_processor_scrub_findings", Kind: Counter, Unit: "{finding}",
		Help:   "Secrets and personal data found.",
		Labels: []string{Detector, Action, Signal, Place, Confidence},
	}
	ScrubPolicyInfo = Metric{
		Name: "otelcol_processor_scrub_policy_info", Kind: Gauge, Unit: "1",
		Help:   "Always 1; one series for each policy that a gateway applies to a signal.",
		Labels: []string{Hash, Signal},
	}
	ScrubUnscannable = Metric{
		Name: "otelcol_processor_scrub_unscannable", Kind: Counter, Unit: "{value}",
		Help:   "Values that could not be scanned.",
		Labels: []string{Reason, Signal},
	}
)

// OwnMetrics lists the gateway's own metrics that rules read. All instances of the
// processor in one gateway count in the same series.
func OwnMetrics() []Metric {
	return []Metric{ScrubEgressLeaks, ScrubFindings, ScrubPolicyInfo, ScrubUnscannable}
}

// ScrapeLabels are on every series of the gateway's own, beside the metric's.
func ScrapeLabels() []string { return []string{Job, Instance} }
