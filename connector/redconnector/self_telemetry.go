package redconnector

import (
	"context"
	"errors"
	"math"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.uber.org/zap"

	"github.com/readygate/readygate/connector/redconnector/internal/metadata"
	"github.com/readygate/readygate/connector/redconnector/internal/reading"
	"github.com/readygate/readygate/internal/series"
)

// selfTelemetry is what the connector reports about itself: documentation.md.
// Attribute sets are made once, batches only add.
type selfTelemetry struct {
	builder    *metadata.TelemetryBuilder
	table      *series.Table
	logger     *zap.Logger
	spans      [reading.Outcomes][]metric.AddOption
	exceptions [reading.Sightings][]metric.AddOption
	oddities   [oddities][]metric.AddOption
}

func newSelfTelemetry(set component.TelemetrySettings, table *series.Table, reader *reading.Reader) (*selfTelemetry, error) {
	builder, err := metadata.NewTelemetryBuilder(set)
	if err != nil {
		return nil, err
	}
	s := &selfTelemetry{builder: builder, table: table, logger: set.Logger}
	for o := range reading.Outcomes {
		s.spans[o] = with("outcome", o.String())
	}
	for x := reading.First; x < reading.Sightings; x++ {
		s.exceptions[x] = with("sighting", x.String())
	}
	for i := range oddities {
		s.oddities[i] = with("oddity", [oddities]string{"late", "duration", "weight", "batch"}[i])
	}
	s.begin()
	return s, errors.Join(
		builder.RegisterConnectorRedSeriesCallback(observe(func() int64 { return table.Stats().Series })),
		builder.RegisterConnectorRedServicesCallback(observe(func() int64 { return int64(table.Stats().Services) })),
		builder.RegisterConnectorRedStateCallback(observe(func() int64 { return table.Stats().Bytes })),
		builder.RegisterConnectorRedEvictedCallback(observe(func() int64 { return table.Stats().Evicted })),
		builder.RegisterConnectorRedExceptionsForgottenCallback(observe(func() int64 { return int64(reader.ExceptionsForgotten()) })),
		builder.RegisterConnectorRedOverflowCallback(func(_ context.Context, o metric.Int64Observer) error {
			for _, limit := range table.Stats().Overflow {
				o.Observe(limit.Count, metric.WithAttributes(attribute.String("limit", limit.Limit)))
			}
			return nil
		}),
		builder.RegisterConnectorRedDemandCallback(func(_ context.Context, o metric.Float64Observer) error {
			// Services of one name in two environments are one series: the greater one.
			greatest := map[[2]string]float64{}
			for _, d := range table.Demand() {
				by := [2]string{d.Limit, d.Service.Service}
				greatest[by] = max(greatest[by], d.Values)
			}
			for by, values := range greatest {
				o.Observe(values, metric.WithAttributes(attribute.String("limit", by[0]), attribute.String("service", by[1])))
			}
			return nil
		}),
	)
}

func observe(value func() int64) metric.Int64Callback {
	return func(_ context.Context, o metric.Int64Observer) error {
		o.Observe(value())
		return nil
	}
}

// begin brings every counter into being at 0, so that a reader sees the first
// increase and an alert on one that never counted finds a series.
func (s *selfTelemetry) begin() {
	ctx := context.Background()
	for _, options := range s.spans {
		s.builder.ConnectorRedSpans.Add(ctx, 0, options...)
	}
	for _, options := range s.exceptions[reading.First:] {
		s.builder.ConnectorRedExceptions.Add(ctx, 0, options...)
	}
	for _, options := range s.oddities {
		s.builder.ConnectorRedOddities.Add(ctx, 0, options...)
	}
	s.builder.ConnectorRedLogRecords.Add(ctx, 0)
	s.builder.ConnectorRedFlushErrors.Add(ctx, 0)
	s.builder.ConnectorRedSaveErrors.Add(ctx, 0)
}

// with is one attribute, as the instruments take it.
func with(name, value string) []metric.AddOption {
	return []metric.AddOption{metric.WithAttributeSet(attribute.NewSet(attribute.String(name, value)))}
}

// record reports one batch. It spares the instruments what did not happen, which is
// most of it.
func (s *selfTelemetry) record(ctx context.Context, counts *tally) {
	for o, n := range counts.spans {
		if n > 0 {
			s.builder.ConnectorRedSpans.Add(ctx, n, s.spans[o]...)
		}
	}
	for x, n := range counts.exceptions {
		if n > 0 && reading.Sighting(x) != reading.NoException {
			s.builder.ConnectorRedExceptions.Add(ctx, n, s.exceptions[x]...)
		}
	}
	for i, n := range counts.oddities {
		if n > 0 {
			s.builder.ConnectorRedOddities.Add(ctx, n, s.oddities[i]...)
		}
	}
	if counts.records > 0 {
		s.builder.ConnectorRedLogRecords.Add(ctx, counts.records)
	}
}

// flushed reports one flush, and in the log where a limit was hit since the last.
func (s *selfTelemetry) flushed(ctx context.Context, _ series.FlushStats, took time.Duration, err error) {
	s.builder.ConnectorRedFlushDuration.Record(ctx, took.Seconds())
	if err != nil {
		s.builder.ConnectorRedFlushErrors.Add(ctx, 1)
	}
	for _, d := range s.table.News() {
		s.logger.Warn(`a limit was reached: what is beyond it is counted under "other"`,
			zap.String("limit", d.Limit), zap.String("service", d.Service.Service),
			zap.String("environment", d.Service.Environment), zap.Float64("demand", math.Round(d.Values)))
	}
}

// saved reports one attempt to write the state.
func (s *selfTelemetry) saved(ctx context.Context, _ int, err error) {
	if err != nil {
		s.builder.ConnectorRedSaveErrors.Add(ctx, 1)
	}
}

// shutdown takes the callbacks away, so that the table can be collected.
func (s *selfTelemetry) shutdown() {
	s.builder.Shutdown()
}
