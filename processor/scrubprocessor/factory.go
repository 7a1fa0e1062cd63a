package scrubprocessor

import (
	"context"
	"sync"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pipeline"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper"

	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
	"github.com/readygate/readygate/processor/scrubprocessor/internal/metadata"
)

var capabilities = processorhelper.WithCapabilities(consumer.Capabilities{MutatesData: true})

// NewFactory returns the factory of the processor.
func NewFactory() processor.Factory {
	f := &factory{compiled: make(map[*Config]*compiled)}
	return processor.NewFactory(
		metadata.Type,
		createDefaultConfig,
		processor.WithTraces(f.createTraces, metadata.TracesStability),
		processor.WithLogs(f.createLogs, metadata.LogsStability),
		processor.WithMetrics(f.createMetrics, metadata.MetricsStability),
	)
}

// factory holds what the processors of one configuration share: its policies, with
// one memo of keys, and one self-test.
type factory struct {
	mu       sync.Mutex
	compiled map[*Config]*compiled
}

// compiled are the policies of a configuration.
type compiled struct {
	*policy.Set
	// selfTest runs once for all signals.
	selfTest func() error
}

func (f *factory) policies(cfg *Config) (*compiled, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c := f.compiled[cfg]; c != nil {
		return c, nil
	}
	set, err := cfg.Compile(policy.Options{Places: leaf.PlaceNames(), MaxTime: cfg.MaxValueTime})
	if err != nil {
		return nil, err
	}
	c := &compiled{set, sync.OnceValue(set.SelfTest)}
	f.compiled[cfg] = c
	return c, nil
}

// scrubber returns the scrubber of a signal, and the option that starts it.
func (f *factory) scrubber(set processor.Settings, cfg component.Config, signal pipeline.Signal) (*scrubber, processorhelper.Option, error) {
	own := cfg.(*Config)
	policies, err := f.policies(own)
	if err != nil {
		return nil, nil, err
	}
	s, err := newScrubber(set, own, signal, policies)
	if err != nil {
		return nil, nil, err
	}
	return s, processorhelper.WithStart(s.start), nil
}

func (f *factory) createTraces(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Traces) (processor.Traces, error) {
	s, start, err := f.scrubber(set, cfg, pipeline.SignalTraces)
	if err != nil {
		return nil, err
	}
	return processorhelper.NewTraces(ctx, set, cfg, next, s.traces, capabilities, start, processorhelper.WithShutdown(s.shutdown))
}

func (f *factory) createLogs(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Logs) (processor.Logs, error) {
	s, start, err := f.scrubber(set, cfg, pipeline.SignalLogs)
	if err != nil {
		return nil, err
	}
	return processorhelper.NewLogs(ctx, set, cfg, next, s.logs, capabilities, start, processorhelper.WithShutdown(s.shutdown))
}

func (f *factory) createMetrics(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Metrics) (processor.Metrics, error) {
	s, start, err := f.scrubber(set, cfg, pipeline.SignalMetrics)
	if err != nil {
		return nil, err
	}
	return processorhelper.NewMetrics(ctx, set, cfg, next, s.metrics, capabilities, start, processorhelper.WithShutdown(s.shutdown))
}
