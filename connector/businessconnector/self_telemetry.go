package businessconnector

import (
	"context"
	"errors"
	"math"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.uber.org/zap"

	"github.com/readygate/readygate/connector/businessconnector/internal/metadata"
	"github.com/readygate/readygate/connector/businessconnector/internal/rolling"
	"github.com/readygate/readygate/connector/businessconnector/internal/rule"
	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// selfTelemetry is what the connector reports about itself: documentation.md.
// Attribute sets are made once, Consume* only adds.
type selfTelemetry struct {
	builder *metadata.TelemetryBuilder
	table   *series.Table
	rolling *rolling.Table
	logger  *zap.Logger
	// toldDistinct says that the limit on distinct metrics was hit when the last
	// flush looked. Flushes do not overlap.
	toldDistinct bool

	records [rule.SourceCount][]metric.AddOption
	byRule  []ruleOptions
}

// limitDistinct is the limit of the table of distinct metrics.
const limitDistinct = "distinct"

// ruleOptions are the attribute sets of one rule.
type ruleOptions struct {
	matched []metric.AddOption
	refused [rule.RefusalCount][]metric.AddOption
	labels  [rule.LabelOutcomeCount][]metric.AddOption
}

func newSelfTelemetry(set component.TelemetrySettings, c *business) (*selfTelemetry, error) {
	builder, err := metadata.NewTelemetryBuilder(set)
	if err != nil {
		return nil, err
	}
	s := &selfTelemetry{builder: builder, table: c.table, rolling: c.rolling, logger: set.Logger, byRule: make([]ruleOptions, len(c.rules))}
	for source := range s.records {
		s.records[source] = with(attribute.String("source", rule.Source(source).String()))
	}
	for i, r := range c.rules {
		name := attribute.String("metric", r.Name)
		s.byRule[i].matched = with(name)
		for refusal := range s.byRule[i].refused {
			s.byRule[i].refused[refusal] = with(name, attribute.String("reason", rule.Refusal(refusal).String()))
		}
		for outcome := range s.byRule[i].labels {
			s.byRule[i].labels[outcome] = with(name, attribute.String("reason", rule.LabelOutcome(outcome).String()))
		}
	}
	s.begin(c.rules, c.index)
	return s, s.observe(c)
}

// with is a set of attributes, as the instruments take it.
func with(attributes ...attribute.KeyValue) []metric.AddOption {
	return []metric.AddOption{metric.WithAttributeSet(attribute.NewSet(attributes...))}
}

// begin brings every counter into being at 0, so that a reader sees the first
// increase and an alert on one that never counted finds a series.
func (s *selfTelemetry) begin(rules []*rule.Rule, index *rule.Index) {
	ctx, b := context.Background(), s.builder
	for source, options := range s.records {
		if index.Has(rule.Source(source)) {
			b.ConnectorBusinessRecords.Add(ctx, 0, options...)
		}
	}
	for i, r := range rules {
		b.ConnectorBusinessMatched.Add(ctx, 0, s.byRule[i].matched...)
		for _, refusal := range r.Refusals() {
			b.ConnectorBusinessRefused.Add(ctx, 0, s.byRule[i].refused[refusal]...)
		}
		if len(r.Labels) > 0 {
			for _, options := range s.byRule[i].labels[rule.LabelRead+1:] {
				b.ConnectorBusinessLabelsReplaced.Add(ctx, 0, options...)
			}
		}
	}
	b.ConnectorBusinessEvicted.Add(ctx, 0)
	b.ConnectorBusinessFlushErrors.Add(ctx, 0)
	b.ConnectorBusinessInvalidWeights.Add(ctx, 0)
	b.ConnectorBusinessSaveErrors.Add(ctx, 0)
}

// observe reports what the tables have, whenever somebody asks.
func (s *selfTelemetry) observe(c *business) error {
	limit := func(name string) []metric.ObserveOption {
		return []metric.ObserveOption{metric.WithAttributeSet(attribute.NewSet(attribute.String("limit", name)))}
	}
	b := s.builder
	return errors.Join(
		b.RegisterConnectorBusinessSeriesCallback(func(_ context.Context, o metric.Int64Observer) error {
			o.Observe(c.table.Stats().Series)
			return nil
		}),
		b.RegisterConnectorBusinessServicesCallback(func(_ context.Context, o metric.Int64Observer) error {
			o.Observe(int64(c.table.Stats().Services))
			return nil
		}),
		b.RegisterConnectorBusinessSketchesCallback(func(_ context.Context, o metric.Int64Observer) error {
			o.Observe(int64(c.rolling.Stats().Entities))
			return nil
		}),
		b.RegisterConnectorBusinessStateCallback(func(_ context.Context, o metric.Int64Observer) error {
			o.Observe(c.table.Stats().Bytes + c.rolling.Stats().Bytes)
			return nil
		}),
		b.RegisterConnectorBusinessOverflowCallback(func(_ context.Context, o metric.Int64Observer) error {
			for _, overflow := range c.table.Stats().Overflow {
				if overflow.Limit != telemetry.Version { // business has none
					o.Observe(overflow.Count, limit(overflow.Limit)...)
				}
			}
			o.Observe(c.rolling.Stats().Overflow, limit(limitDistinct)...)
			return nil
		}),
		b.RegisterConnectorBusinessDemandCallback(func(_ context.Context, o metric.Float64Observer) error {
			// Services of one name in two environments are one series: the greater one.
			greatest := map[[2]string]float64{}
			for _, d := range c.table.Demand() {
				by := [2]string{d.Limit, d.Service.Service}
				greatest[by] = max(greatest[by], d.Values)
			}
			if values := c.rolling.Demand(); values > 0 {
				greatest[[2]string{limitDistinct, ""}] = values
			}
			for by, values := range greatest {
				o.Observe(values, metric.WithAttributes(attribute.String("limit", by[0]), attribute.String("service", by[1])))
			}
			return nil
		}),
	)
}

// record reports one call of Consume*, and resets its tally.
func (s *selfTelemetry) record(ctx context.Context, t *tally) {
	b := s.builder
	for source, n := range t.records {
		add(ctx, b.ConnectorBusinessRecords, n, s.records[source])
	}
	add(ctx, b.ConnectorBusinessInvalidWeights, t.invalidWeights, nil)
	for _, i := range t.touched {
		counts, options := &t.byRule[i], &s.byRule[i]
		add(ctx, b.ConnectorBusinessMatched, counts.matched, options.matched)
		for refusal, n := range counts.refused {
			add(ctx, b.ConnectorBusinessRefused, n, options.refused[refusal])
		}
		for outcome, n := range counts.labels {
			if rule.LabelOutcome(outcome) != rule.LabelRead {
				add(ctx, b.ConnectorBusinessLabelsReplaced, n, options.labels[outcome])
			}
		}
	}
	t.reset()
}

// add spares the instruments what did not happen, which is most of it.
func add(ctx context.Context, counter metric.Int64Counter, n int64, options []metric.AddOption) {
	if n > 0 {
		counter.Add(ctx, n, options...)
	}
}

// flushed reports one flush, and in the log where a limit was hit since the last.
func (s *selfTelemetry) flushed(ctx context.Context, stats series.FlushStats, took time.Duration, err error) {
	s.builder.ConnectorBusinessFlushDuration.Record(ctx, took.Seconds())
	add(ctx, s.builder.ConnectorBusinessEvicted, int64(stats.Evicted), nil)
	if err != nil {
		s.builder.ConnectorBusinessFlushErrors.Add(ctx, 1)
	}
	for _, d := range s.table.News() {
		s.warn(d)
	}
	values := s.rolling.Demand()
	if values > 0 && !s.toldDistinct {
		s.warn(series.Demand{Limit: limitDistinct, Values: values})
	}
	s.toldDistinct = values > 0
}

func (s *selfTelemetry) warn(d series.Demand) {
	s.logger.Warn(`a limit was reached: what is beyond it is counted under "other"`,
		zap.String("limit", d.Limit), zap.String("service", d.Service.Service),
		zap.String("environment", d.Service.Environment), zap.Float64("demand", math.Round(d.Values)))
}

// saved reports one attempt to write the state.
func (s *selfTelemetry) saved(ctx context.Context, _ int, err error) {
	if err != nil {
		s.builder.ConnectorBusinessSaveErrors.Add(ctx, 1)
	}
}

// shutdown takes the callbacks away, so that the tables can be collected.
func (s *selfTelemetry) shutdown() { s.builder.Shutdown() }
