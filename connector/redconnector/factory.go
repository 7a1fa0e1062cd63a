package redconnector

import (
	"context"
	"os"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"

	"github.com/readygate/readygate/connector/internal/derive"
	"github.com/readygate/readygate/connector/redconnector/internal/metadata"
)

// NewFactory returns the factory of the red connector. What it makes from one
// configuration for traces and for logs is one component.
func NewFactory() connector.Factory {
	var shared derive.Shared[*Config, *red]
	get := func(set connector.Settings, cfg component.Config, next consumer.Metrics) (*derive.Ref[*red], error) {
		return shared.Get(cfg.(*Config), func() (*red, error) {
			return newRED(set, cfg.(*Config), os.Hostname, next)
		})
	}
	return connector.NewFactory(
		metadata.Type,
		createDefaultConfig,
		connector.WithTracesToMetrics(func(
			_ context.Context, set connector.Settings, cfg component.Config, next consumer.Metrics,
		) (connector.Traces, error) {
			ref, err := get(set, cfg, next)
			return traces{ref}, err
		}, metadata.TracesToMetricsStability),
		connector.WithLogsToMetrics(func(
			_ context.Context, set connector.Settings, cfg component.Config, next consumer.Metrics,
		) (connector.Logs, error) {
			ref, err := get(set, cfg, next)
			return logs{ref}, err
		}, metadata.LogsToMetricsStability),
	)
}
