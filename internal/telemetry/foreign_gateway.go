package telemetry

// GatewayName is service.name of the gateway's own telemetry, unless its
// configuration says otherwise.
const GatewayName = "readygate"

// GatewayVersion is the label with the release that a gateway is of.
const GatewayVersion = "service_version"

// GatewayTarget is target_info as it is on the gateway's own page, beside its
// metrics.
var GatewayTarget = Metric{
	Name: "target_info", Kind: Gauge, Unit: "1",
	Help:   "Always 1; what the gateway says about itself.",
	Labels: append([]string{"service_name", GatewayVersion}, ScrapeLabels()...),
}
