package contender

import (
	"context"
	"fmt"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/open-telemetry/opentelemetry-collector-contrib/connector/spanmetricsconnector"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"

	"github.com/readygate/readygate/connector/redconnector"
	"github.com/readygate/readygate/internal/telemetry"
)

// The connectors that derive metrics from spans.
const (
	RED         = "red"
	SpanMetrics = "span_metrics"
	// SpanMetricsLean is span_metrics where only the labels of the request are on
	// the points, and those of the service on the resource: less to do for each
	// span, if what reads the metrics puts up with it.
	SpanMetricsLean = "span_metrics, service on the resource"
)

// DeriverNames lists them, the product's own first.
func DeriverNames() []string { return []string{RED, SpanMetrics, SpanMetricsLean} }

// DeriverOptions are what the connectors are told, each in its own words.
type DeriverOptions struct {
	FlushInterval time.Duration
	Exemplars     bool
	// Series bounds all series; Services says over how many services they are
	// spread. span_metrics has no such bound: its own is on the series of a metric
	// of a resource, and gets an equal share. 0 means that it gets none, as it does
	// by default.
	Series, Services int
}

// Deriver is a connector from traces to metrics with its configuration. It is
// safe for concurrent use.
type Deriver struct {
	// Name is what tables and flags call it.
	Name string

	factory connector.Factory
	config  component.Config
}

// NewDeriver returns the connector of that name. All tell the same series
// apart: of each service (by name, namespace, environment and version) the HTTP
// method, the route and the status.
func NewDeriver(name string, o DeriverOptions) (Deriver, error) {
	var (
		factory  connector.Factory
		settings map[string]any
	)
	switch name {
	case RED:
		factory, settings = redconnector.NewFactory(), redSettings(o)
	case SpanMetrics, SpanMetricsLean:
		factory, settings = spanmetricsconnector.NewFactory(), spanMetricsSettings(o, name == SpanMetricsLean)
	default:
		return Deriver{}, fmt.Errorf("connector %q: unknown, there are %q", name, DeriverNames())
	}
	config := factory.CreateDefaultConfig()
	if err := confmap.NewFromStringMap(settings).Unmarshal(&config); err != nil {
		return Deriver{}, fmt.Errorf("%s: %w", name, err)
	}
	if err := confmap.Validate(config); err != nil {
		return Deriver{}, fmt.Errorf("%s: %w", name, err)
	}
	return Deriver{Name: name, factory: factory, config: config}, nil
}

// redSettings are defaults but for the bounds, which leave room for what a
// comparison counts.
func redSettings(o DeriverOptions) map[string]any {
	return map[string]any{
		"metrics_flush_interval": o.FlushInterval,
		"gateway_instance":       "gateway-0",
		"exemplars":              o.Exemplars,
		"limits":                 map[string]any{"series": o.Series, "services": o.Services},
	}
}

// spanMetricsSettings make span_metrics count what red counts: its labels are
// red's, and not the name and the kind of the span and its status, which are
// its own; its durations are seconds in red's buckets; a service that starts
// anew with other resource attributes is the same service.
func spanMetricsSettings(o DeriverOptions, lean bool) map[string]any {
	var buckets []any
	for _, bound := range telemetry.DurationBounds() {
		buckets = append(buckets, time.Duration(bound*float64(time.Second)).String())
	}
	service := []string{"service.name", "service.namespace", "deployment.environment.name", "service.version"}
	excluded := []any{"span.name", "span.kind", "status.code"}
	labels := []string{"http.request.method", "http.route", "http.response.status_code"}
	if lean {
		excluded = append(excluded, service[0])
	} else {
		labels = append(service[1:len(service):len(service)], labels...) // it puts the name itself
	}
	var dimensions []any
	for _, label := range labels {
		dimensions = append(dimensions, map[string]any{"name": label})
	}
	settings := map[string]any{
		"metrics_flush_interval":          o.FlushInterval,
		"aggregation_temporality":         "AGGREGATION_TEMPORALITY_CUMULATIVE",
		"histogram":                       map[string]any{"unit": "s", "explicit": map[string]any{"buckets": buckets}},
		"exemplars":                       map[string]any{"enabled": o.Exemplars},
		"exclude_dimensions":              excluded,
		"resource_metrics_key_attributes": service,
		"dimensions":                      dimensions,
	}
	if o.Series > 0 {
		settings["aggregation_cardinality_limit"] = o.Series / 2 / o.Services
	}
	return settings
}

// Running is a connector with the clock that it was given. ConsumeTraces is as
// safe for concurrent use as the connector is.
type Running struct {
	connector.Traces

	clock *clock
}

// Create returns the connector in front of next. The caller starts it, and
// finishes it or shuts it down.
func (d Deriver) Create(ctx context.Context, next consumer.Metrics) (*Running, error) {
	c := &clock{Clock: clockwork.NewRealClock()}
	traces, err := d.factory.CreateTracesToMetrics(clockwork.AddToContext(ctx, c), connectortest.NewNopSettings(d.factory.Type()), d.config, next)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.Name, err)
	}
	return &Running{traces, c}, nil
}

// Finish flushes what the connector holds, and shuts it down.
func (r *Running) Finish(ctx context.Context) error {
	// red flushes at Shutdown. span_metrics does not, what it counted since its last
	// flush would be lost; and what it sends first of a counter is 0.
	r.clock.tick()
	r.clock.tick()
	return r.Shutdown(ctx)
}
