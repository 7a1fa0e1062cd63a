package telemetry

// Metrics of the gateway itself that rules and dashboards read, named as Prometheus scrapes them
// from the gateway's own page (port 8888): the Collector puts otelcol_ in front,
// and adds no suffix for type or unit there, as it would over OTLP. The names of
// processor, connectors and extension make them ours; no selector has to.
//
// A series of egress leaks or findings begins with its first count, and so does one
// of scrubbed batches; the others begin at 0.
var (
	ScrubDuration = Metric{
		Name: "otelcol_processor_scrub_duration", Kind: Histogram, Unit: "s",
		Help:   "Time taken to scrub a batch.",
		Labels: []string{Signal},
	}
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
	ScrubScanned = Metric{
		Name: "otelcol_processor_scrub_scanned_bytes", Kind: Counter, Unit: "By",
		Help:   "Text that was scanned, keys included.",
		Labels: []string{Signal},
	}
	ScrubUnscannable = Metric{
		Name: "otelcol_processor_scrub_unscannable", Kind: Counter, Unit: "{value}",
		Help:   "Values that could not be scanned.",
		Labels: []string{Reason, Signal},
	}
	UnscrubbedPipelines = Metric{
		Name: "otelcol_extension_scrub_guard_unscrubbed_pipelines", Kind: Gauge, Unit: "{pipeline}",
		Help: "Pipelines that may pass raw data, because the configuration says so.",
	}

	RedDemand = Metric{
		Name: "otelcol_connector_red_demand", Kind: Gauge, Unit: "{value}",
		Help:   "How many services, series or values of a label there would be without the limit.",
		Labels: []string{Limit, Service},
	}
	RedFlushErrors = Metric{
		Name: "otelcol_connector_red_flush_errors", Kind: Counter, Unit: "{flush}",
		Help: "Flushes that the next consumer refused.",
	}
	RedOverflow = Metric{
		Name: "otelcol_connector_red_overflow", Kind: Counter, Unit: "{observation}",
		Help:   "Observations counted under a label that reads other, because of a limit.",
		Labels: []string{Limit},
	}
	RedSaveErrors = Metric{
		Name: "otelcol_connector_red_save_errors", Kind: Counter, Unit: "{attempt}",
		Help: "Attempts to write the state to the storage that failed.",
	}
	RedSeries = Metric{
		Name: "otelcol_connector_red_series", Kind: Gauge, Unit: "{series}",
		Help: "Series alive, of all metrics together.",
	}
	BusinessDemand = Metric{
		Name: "otelcol_connector_business_demand", Kind: Gauge, Unit: "{value}",
		Help:   "How many services, series or values of a label there would be without the limit.",
		Labels: []string{Limit, Service},
	}
	BusinessFlushErrors = Metric{
		Name: "otelcol_connector_business_flush_errors", Kind: Counter, Unit: "{flush}",
		Help: "Flushes of which the next consumer refused something.",
	}
	BusinessOverflow = Metric{
		Name: "otelcol_connector_business_overflow", Kind: Counter, Unit: "{record}",
		Help:   "Records counted with other as a label, because of a limit.",
		Labels: []string{Limit},
	}
	BusinessRefused = Metric{
		Name: "otelcol_connector_business_refused", Kind: Counter, Unit: "{record}",
		Help:   "Records that fulfil the conditions of a metric and are not counted in it.",
		Labels: []string{DeclaredMetric, Reason},
	}
	BusinessSaveErrors = Metric{
		Name: "otelcol_connector_business_save_errors", Kind: Counter, Unit: "{write}",
		Help: "Writes to the storage that failed.",
	}
	BusinessSeries = Metric{
		Name: "otelcol_connector_business_series", Kind: Gauge, Unit: "{series}",
		Help: "Series alive, of all metrics together.",
	}
)

// OwnMetrics lists the gateway's own metrics that rules and dashboards read: those of its own
// components, and the Collector's. All instances of a component in one gateway
// count in the same series.
func OwnMetrics() []Metric { return append(componentMetrics(), CollectorMetrics()...) }

func componentMetrics() []Metric {
	return []Metric{
		ScrubDuration, ScrubEgressLeaks, ScrubFindings, ScrubPolicyInfo, ScrubScanned, ScrubUnscannable, UnscrubbedPipelines,
		RedDemand, RedFlushErrors, RedOverflow, RedSaveErrors, RedSeries,
		BusinessDemand, BusinessFlushErrors, BusinessOverflow, BusinessRefused, BusinessSaveErrors, BusinessSeries,
	}
}
