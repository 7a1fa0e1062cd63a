// Package contender has what is compared: the scrub processor and its rivals
// among the Collector's processors, each configured to reach as far as its
// documentation lets it; and the red connector and its rival, span_metrics,
// configured to derive the same series.
package contender

import (
	"context"
	"fmt"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/readygate/readygate/processor/scrubprocessor"
)

// Contender is one processor with its configuration. It is safe for concurrent
// use; the processors it makes are as safe as their components are.
type Contender struct {
	// Name is what tables and flags call it.
	Name string

	factory processor.Factory
	config  component.Config
}

// Scrub returns the scrub processor as it comes.
func Scrub() (Contender, error) {
	return configured("scrub", scrubprocessor.NewFactory(), nil)
}

// All returns the contenders, the scrub processor first.
func All() ([]Contender, error) {
	var all []Contender
	for _, configured := range []func() (Contender, error){Scrub, Redaction, RedactionSanitizing, Transform} {
		c, err := configured()
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// configured returns the processor of factory with settings, as they would
// stand in a file, over its defaults.
func configured(name string, factory processor.Factory, settings map[string]any) (Contender, error) {
	config := factory.CreateDefaultConfig()
	if err := confmap.NewFromStringMap(settings).Unmarshal(&config); err != nil {
		return Contender{}, fmt.Errorf("%s: %w", name, err)
	}
	if err := confmap.Validate(config); err != nil {
		return Contender{}, fmt.Errorf("%s: %w", name, err)
	}
	return Contender{Name: name, factory: factory, config: config}, nil
}

// Logs returns a processor of logs in front of next. The caller starts it and
// shuts it down.
func (c Contender) Logs(ctx context.Context, next consumer.Logs) (processor.Logs, error) {
	return c.factory.CreateLogs(ctx, processortest.NewNopSettings(c.factory.Type()), c.config, next)
}

// Traces is [Contender.Logs] for traces.
func (c Contender) Traces(ctx context.Context, next consumer.Traces) (processor.Traces, error) {
	return c.factory.CreateTraces(ctx, processortest.NewNopSettings(c.factory.Type()), c.config, next)
}

// Metrics is [Contender.Logs] for metrics.
func (c Contender) Metrics(ctx context.Context, next consumer.Metrics) (processor.Metrics, error) {
	return c.factory.CreateMetrics(ctx, processortest.NewNopSettings(c.factory.Type()), c.config, next)
}

// Line returns a function that takes data of the type of sample, which is
// ptrace.Traces, plog.Logs or pmetric.Metrics, through one processor, and
// returns what arrives behind it. The processor is started and never shut down:
// none of the contenders holds anything that outlives the program. The function
// owns what it is given, and is for one goroutine at a time.
func (c Contender) Line(ctx context.Context, sample any) (func(any) (any, error), error) {
	switch sample.(type) {
	case ptrace.Traces:
		sink := new(consumertest.TracesSink)
		p, err := c.Traces(ctx, sink)
		if err != nil {
			return nil, err
		}
		return func(data any) (any, error) {
			sink.Reset()
			if err := p.ConsumeTraces(ctx, data.(ptrace.Traces)); err != nil {
				return nil, err
			}
			return sink.AllTraces()[0], nil
		}, p.Start(ctx, componenttest.NewNopHost())
	case plog.Logs:
		sink := new(consumertest.LogsSink)
		p, err := c.Logs(ctx, sink)
		if err != nil {
			return nil, err
		}
		return func(data any) (any, error) {
			sink.Reset()
			if err := p.ConsumeLogs(ctx, data.(plog.Logs)); err != nil {
				return nil, err
			}
			return sink.AllLogs()[0], nil
		}, p.Start(ctx, componenttest.NewNopHost())
	case pmetric.Metrics:
		sink := new(consumertest.MetricsSink)
		p, err := c.Metrics(ctx, sink)
		if err != nil {
			return nil, err
		}
		return func(data any) (any, error) {
			sink.Reset()
			if err := p.ConsumeMetrics(ctx, data.(pmetric.Metrics)); err != nil {
				return nil, err
			}
			return sink.AllMetrics()[0], nil
		}, p.Start(ctx, componenttest.NewNopHost())
	}
	return nil, fmt.Errorf("sample: got %T, allowed: traces, logs, metrics", sample)
}
