package demo

import (
	"go.opentelemetry.io/otel/metric"

	"github.com/readygate/readygate/internal/telemetry"
)

// meters are a service's instruments.
type meters struct {
	clientDuration metric.Float64Histogram
	orders         metric.Int64Counter
	queueDepth     metric.Int64Gauge
	formErrors     metric.Int64Counter
	formDuration   metric.Float64Histogram
}

// formDurationName is the histogram whose view keeps only formField: what else
// is measured with it goes to its exemplars.
const (
	formDurationName = "shop.form.duration"
	formField        = "shop.form.field"
)

func newMeters(m metric.Meter) meters {
	// The SDK's only complaint would be an invalid name, and then the
	// instrument still works.
	clientDuration, _ := m.Float64Histogram("http.client.request.duration", metric.WithUnit("s"),
		metric.WithDescription("Duration of HTTP requests made."),
		metric.WithExplicitBucketBoundaries(telemetry.DurationBounds()...))
	orders, _ := m.Int64Counter("shop.orders", metric.WithUnit("{order}"),
		metric.WithDescription("Orders by outcome."))
	queueDepth, _ := m.Int64Gauge("shop.queue.depth", metric.WithUnit("{order}"),
		metric.WithDescription("Orders that wait to be shipped."))
	formErrors, _ := m.Int64Counter("shop.form.errors", metric.WithUnit("{error}"),
		metric.WithDescription("Form fields that customers filled in wrongly."))
	formDuration, _ := m.Float64Histogram(formDurationName, metric.WithUnit("s"),
		metric.WithDescription("Time that customers take for a form field."),
		metric.WithExplicitBucketBoundaries(telemetry.DurationBounds()...))
	return meters{clientDuration, orders, queueDepth, formErrors, formDuration}
}
