package telemetry

// Recorded series of gateways.
const (
	// RecordedGateways has one series, of 1, for each gateway: what tells it from
	// another Collector. Labels job and instance.
	RecordedGateways = "gateway:presence:group"
	// RecordedAccepted is how many items the receivers of a gateway took in 5 minutes.
	// Labels job, instance and signal.
	RecordedAccepted = "gateway:accepted_items:increase5m"
	// RecordedScrubbed is how many batches a gateway scrubbed in 5 minutes. Labels
	// job, instance and signal.
	RecordedScrubbed = "gateway:scrubbed_batches:increase5m"
	// RecordedDropped is how many items the gateways of a job did not deliver in 10
	// minutes. Labels job, exporter or receiver, signal and reason, one of DropReasons.
	RecordedDropped = "gateway:dropped_items:increase10m"
	// RecordedRefusedShare is which part of the items that came to a receiver in 10 minutes
	// was refused; absent before it accepts its first. Labels job, receiver,
	// signal, and reason, which is DropRefused.
	RecordedRefusedShare = "gateway:refused_items:ratio10m"
	// RecordedDerivationErrors is what went wrong in a connector in 10 minutes. Labels
	// job, connector and problem, one of Problems; where records were refused, also
	// metric and reason.
	RecordedDerivationErrors = "gateway:derivation_errors:increase10m"
	// RecordedOverflow is what a connector counted without a label in 10 minutes,
	// because of a limit. Labels job, connector and limit.
	RecordedOverflow = "gateway:series_overflow:increase10m"
)

// Labels of recorded series of gateways.
const (
	// Connector is red or business.
	Connector = "connector"
	// Problem is what went wrong in a connector.
	Problem = "problem"
)

// Reasons why items were not delivered.
const (
	// DropSendFailed: an exporter gave up on them. They are lost.
	DropSendFailed = "send_failed"
	// DropQueueFull: they did not fit into the queue of an exporter.
	DropQueueFull = "queue_full"
	// DropRefused: a pipeline did not take them from a receiver, which told the client.
	DropRefused = "refused"
	// DropFailed: the receiver failed.
	DropFailed = "failed"
)

// DropReasons lists every reason why items were not delivered.
func DropReasons() []string {
	return []string{DropSendFailed, DropQueueFull, DropRefused, DropFailed}
}

// Problems of connectors.
const (
	// ProblemSave: counts were not written to the storage.
	ProblemSave = "save"
	// ProblemFlush: the next component did not take the counts.
	ProblemFlush = "flush"
	// ProblemRefused: records that match a metric are not counted in it.
	ProblemRefused = "refused"
)

// Problems lists every problem of connectors.
func Problems() []string { return []string{ProblemSave, ProblemFlush, ProblemRefused} }
