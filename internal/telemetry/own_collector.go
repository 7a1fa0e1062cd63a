package telemetry

// Metrics of the Collector that the gateway is made of, as they are on its own page.
// Every Collector has them, and not only a gateway. Their names are not ours to
// choose: an end-to-end test holds them against the built gateway.
//
// A series of a receiver begins with the first batch, with 0 for what did not happen
// to it. One of a failure of an exporter begins with the first failure.
var (
	// Accepted, Refused and Failed are what became of items that a receiver got: the
	// first component of a pipeline took them, did not, or the receiver itself could
	// not make sense of them.
	Accepted = perSignal("otelcol_receiver_accepted", "accepted by a receiver", Receiver, Transport)
	Refused  = perSignal("otelcol_receiver_refused", "not taken by a pipeline", Receiver, Transport)
	Failed   = perSignal("otelcol_receiver_failed", "that a receiver failed to process", Receiver, Transport)
	// SendFailed are items that an exporter gave up on: they are lost.
	SendFailed = perSignal("otelcol_exporter_send_failed", "that could not be sent, after all retries", Exporter)
	// EnqueueFailed are items that did not fit into the queue of an exporter. Who sent
	// them is told so.
	EnqueueFailed = perSignal("otelcol_exporter_enqueue_failed", "that did not fit into the queue of an exporter", Exporter)

	// Sent are items that an exporter got rid of.
	Sent = perSignal("otelcol_exporter_sent", "sent by an exporter", Exporter)

	QueueSize = Metric{
		Name: "otelcol_exporter_queue_size", Kind: Gauge, Unit: "{batch}",
		Help:   "How full the queue of an exporter is, in the unit of its configuration.",
		Labels: []string{Exporter, DataType},
	}
	QueueCapacity = Metric{
		Name: "otelcol_exporter_queue_capacity", Kind: Gauge, Unit: "{batch}",
		Help:   "How large the queue of an exporter is.",
		Labels: []string{Exporter, DataType},
	}
	ProcessMemory = Metric{
		Name: "otelcol_process_memory_rss", Kind: Gauge, Unit: "By",
		Help: "Memory that the gateway has of the machine.",
	}
)

// LimiterAccepted and LimiterRefused are items that memory_limiter let pass, and those
// that it did not. The first begins with the first batch, the other with the first
// refusal, so that no test finds it on every gateway's page.
var (
	LimiterAccepted = perSignal("otelcol_processor_memory_limiter_accepted", "that memory_limiter let pass", limiterLabels...)
	LimiterRefused  = perSignal("otelcol_processor_memory_limiter_refused", "that memory_limiter refused, for want of memory", limiterLabels...)

	limiterLabels = append([]string{"processor"}, ScrapeLabels()...)
)

// LimiterMetrics lists the metrics of memory_limiter, which no rule reads.
func LimiterMetrics() []Metric {
	var all []Metric
	for _, p := range []PerSignal{LimiterAccepted, LimiterRefused} {
		for _, signal := range Signals() {
			all = append(all, p[signal])
		}
	}
	return all
}

// PerSignal are metrics that the Collector has one of for each signal, by Signals.
type PerSignal map[string]Metric

// Signals lists the values of Signal.
func Signals() []string { return []string{"traces", "metrics", "logs"} }

func perSignal(name, help string, labels ...string) PerSignal {
	of := func(items, unit string) Metric {
		return Metric{Name: name + "_" + items, Kind: Counter, Unit: unit, Help: "Items " + help + ".", Labels: labels}
	}
	return PerSignal{"traces": of("spans", "{span}"), "metrics": of("metric_points", "{datapoint}"), "logs": of("log_records", "{record}")}
}

// CollectorMetrics lists the metrics of the Collector that rules and dashboards read.
func CollectorMetrics() []Metric {
	all := []Metric{QueueSize, QueueCapacity, ProcessMemory}
	for _, p := range []PerSignal{Accepted, Refused, Failed, Sent, SendFailed, EnqueueFailed} {
		for _, signal := range Signals() {
			all = append(all, p[signal])
		}
	}
	return all
}
