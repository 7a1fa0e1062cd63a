// Package delivery is the OpenTelemetry SDK of one service, set up so that what
// became of its telemetry is known: how much a gateway acknowledged, how much it
// refused, and whether the SDK dropped any on the way.
//
// The SDK itself tells such things to a global error handler, if at all.
package delivery

import (
	"context"
	"errors"
	"time"

	sdklog "go.opentelemetry.io/otel/sdk/log"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

const (
	// LogQueue is how many log records fit between two flushes. The SDK's log
	// queue overwrites its oldest records when it is full; its span queue is
	// told to wait instead.
	LogQueue = 4096
	// never is the interval of exports that only Flush and Close are to start.
	never = 24 * time.Hour
)

// Config says where a service's telemetry goes and whose it is.
type Config struct {
	Target   Target
	Resource *resource.Resource
	// IDs makes trace and span ids; it must be safe for concurrent use.
	IDs sdktrace.IDGenerator
	// Views are the metric SDK's views.
	Views []sdkmetric.View
}

// Pipeline holds a service's providers and keeps its ledger. It is safe for
// concurrent use.
type Pipeline struct {
	Traces  *sdktrace.TracerProvider
	Logs    *sdklog.LoggerProvider
	Metrics *sdkmetric.MeterProvider

	ledger *ledger
	hangUp func() error
}

// Open sets up the providers. It sends nothing yet. The caller closes the
// pipeline.
//
// Nothing is sampled away. Whatever OTEL_* variables say about samplers, queues
// and exemplars does not apply; OTEL_EXPORTER_OTLP_HEADERS does.
func Open(ctx context.Context, c Config) (*Pipeline, error) {
	out, err := dial(ctx, c.Target)
	if err != nil {
		return nil, err
	}
	l := &ledger{failures: map[signal]error{}}
	batch := sdktrace.NewBatchSpanProcessor(spanExporter{out.spans, l}, sdktrace.WithBlocking())
	return &Pipeline{
		Traces: sdktrace.NewTracerProvider(
			sdktrace.WithResource(c.Resource),
			sdktrace.WithIDGenerator(c.IDs),
			sdktrace.WithSampler(sdktrace.AlwaysSample()),
			sdktrace.WithSpanProcessor(spanCounter{batch, l}),
		),
		Logs: sdklog.NewLoggerProvider(
			sdklog.WithResource(c.Resource),
			sdklog.WithProcessor(logCounter{l}),
			sdklog.WithProcessor(sdklog.NewBatchProcessor(logExporter{out.logs, l}, sdklog.WithMaxQueueSize(LogQueue))),
		),
		Metrics: sdkmetric.NewMeterProvider(
			sdkmetric.WithResource(c.Resource),
			sdkmetric.WithView(c.Views...),
			sdkmetric.WithExemplarFilter(exemplar.TraceBasedFilter),
			sdkmetric.WithReader(sdkmetric.NewPeriodicReader(metricExporter{out.metrics, l}, sdkmetric.WithInterval(never))),
		),
		ledger: l,
		hangUp: out.hangUp,
	}, nil
}

// Flush sends all that is pending and waits for the answers. Its error is that
// of the SDK, such as a deadline; what the gateway said is in the outcome.
func (p *Pipeline) Flush(ctx context.Context) error {
	return errors.Join(p.Traces.ForceFlush(ctx), p.Logs.ForceFlush(ctx), p.Metrics.ForceFlush(ctx))
}

// Outcome is what became of the telemetry that was sent so far.
func (p *Pipeline) Outcome() Outcome { return p.ledger.outcome() }

// Close sends all that is pending, stops the providers and says what became of
// all telemetry since the pipeline was opened. It is called once.
func (p *Pipeline) Close(ctx context.Context) Outcome {
	err := errors.Join(
		p.Traces.Shutdown(ctx),
		p.Logs.Shutdown(ctx),
		p.Metrics.Shutdown(ctx),
		p.hangUp(),
	)
	o := p.Outcome()
	o.Err = errors.Join(o.Err, err, p.ledger.dropped())
	return o
}
