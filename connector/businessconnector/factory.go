package businessconnector

import (
	"context"
	"os"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"

	"github.com/readygate/readygate/connector/businessconnector/internal/metadata"
	"github.com/readygate/readygate/connector/internal/derive"
)

// NewFactory returns the factory of the business connector.
func NewFactory() connector.Factory {
	f := &factory{}
	return connector.NewFactory(
		metadata.Type,
		createDefaultConfig,
		connector.WithTracesToMetrics(f.createTracesToMetrics, metadata.TracesToMetricsStability),
		connector.WithLogsToMetrics(f.createLogsToMetrics, metadata.LogsToMetricsStability),
	)
}

// factory holds what the pairs of pipelines of one configuration share.
type factory struct {
	shared derive.Shared[*Config, *business]
}

// reference is the share that one pair of pipelines has in a business.
type reference struct {
	*derive.Ref[*business]
	consume
}

func (f *factory) get(set connector.Settings, cfg component.Config, next consumer.Metrics) (reference, error) {
	own := cfg.(*Config)
	ref, err := f.shared.Get(own, func() (*business, error) {
		return newBusiness(set, own, os.Hostname, next)
	})
	if err != nil {
		return reference{}, err
	}
	return reference{ref, consume{ref.Component}}, nil
}

func (f *factory) createTracesToMetrics(
	_ context.Context, set connector.Settings, cfg component.Config, next consumer.Metrics,
) (connector.Traces, error) {
	return f.get(set, cfg, next)
}

func (f *factory) createLogsToMetrics(
	_ context.Context, set connector.Settings, cfg component.Config, next consumer.Metrics,
) (connector.Logs, error) {
	return f.get(set, cfg, next)
}
