package redconnector

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/readygate/readygate/connector/redconnector/internal/metadata"
)

// selfTelemetry is what the connector reports about itself: documentation.md.
// Attribute sets are made once, ConsumeTraces only adds.
type selfTelemetry struct {
	builder   *metadata.TelemetryBuilder
	counted   []metric.AddOption
	notServer []metric.AddOption
	noHTTP    []metric.AddOption
	overflow  [limits][]metric.AddOption
}

func newSelfTelemetry(set component.TelemetrySettings, t *table) (*selfTelemetry, error) {
	builder, err := metadata.NewTelemetryBuilder(set)
	if err != nil {
		return nil, err
	}
	s := &selfTelemetry{
		builder:   builder,
		counted:   with("outcome", "counted"),
		notServer: with("outcome", "not_server"),
		noHTTP:    with("outcome", "no_http"),
	}
	for l := range limits {
		s.overflow[l] = with("limit", l.String())
	}
	s.begin()
	err = builder.RegisterConnectorRedSeriesCallback(func(_ context.Context, o metric.Int64Observer) error {
		o.Observe(t.budget.Used())
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s, builder.RegisterConnectorRedIdentitiesCallback(func(_ context.Context, o metric.Int64Observer) error {
		o.Observe(int64(t.identities()))
		return nil
	})
}

// begin brings every counter into being at 0, so that a reader sees the first
// increase and an alert on one that never counted finds a series.
func (s *selfTelemetry) begin() {
	ctx := context.Background()
	s.builder.ConnectorRedSpans.Add(ctx, 0, s.counted...)
	s.builder.ConnectorRedSpans.Add(ctx, 0, s.notServer...)
	s.builder.ConnectorRedSpans.Add(ctx, 0, s.noHTTP...)
	s.builder.ConnectorRedClampedDurations.Add(ctx, 0)
	s.builder.ConnectorRedEvicted.Add(ctx, 0)
	s.builder.ConnectorRedFlushErrors.Add(ctx, 0)
	for _, options := range s.overflow {
		s.builder.ConnectorRedOverflow.Add(ctx, 0, options...)
	}
}

// with is one attribute, as the instruments take it.
func with(name, value string) []metric.AddOption {
	return []metric.AddOption{metric.WithAttributeSet(attribute.NewSet(attribute.String(name, value)))}
}

// record reports one call of ConsumeTraces.
func (s *selfTelemetry) record(ctx context.Context, counts *tally) {
	add(ctx, s.builder.ConnectorRedSpans, counts.counted, s.counted)
	add(ctx, s.builder.ConnectorRedSpans, counts.notServer, s.notServer)
	add(ctx, s.builder.ConnectorRedSpans, counts.noHTTP, s.noHTTP)
	add(ctx, s.builder.ConnectorRedClampedDurations, counts.clamped, nil)
	for l, n := range counts.overflow {
		add(ctx, s.builder.ConnectorRedOverflow, n, s.overflow[l])
	}
}

// add spares the instruments what did not happen, which is most of it.
func add(ctx context.Context, counter metric.Int64Counter, n int64, options []metric.AddOption) {
	if n > 0 {
		counter.Add(ctx, n, options...)
	}
}

// flushed reports one flush.
func (s *selfTelemetry) flushed(ctx context.Context, took time.Duration, evicted int, err error) {
	s.builder.ConnectorRedFlushDuration.Record(ctx, took.Seconds())
	add(ctx, s.builder.ConnectorRedEvicted, int64(evicted), nil)
	if err != nil {
		s.builder.ConnectorRedFlushErrors.Add(ctx, 1)
	}
}

// shutdown takes the callbacks away, so that the table can be collected.
func (s *selfTelemetry) shutdown() {
	s.builder.Shutdown()
}
