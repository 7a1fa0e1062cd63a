package delivery

import (
	"context"
	"errors"
	"fmt"
	"sync"

	sdklog "go.opentelemetry.io/otel/sdk/log"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// signal is what the items of a batch are called.
type signal string

const (
	spans        signal = "spans"
	logRecords   signal = "log records"
	metricPoints signal = "metric points"
)

// Counts are numbers of items of each signal.
type Counts struct {
	Spans, LogRecords, MetricPoints int
}

// of points to the count of one signal.
func (c *Counts) of(s signal) *int {
	switch s {
	case spans:
		return &c.Spans
	case logRecords:
		return &c.LogRecords
	default:
		return &c.MetricPoints
	}
}

// Outcome is what became of a service's telemetry.
type Outcome struct {
	// Acknowledged items were accepted by the gateway. A batch of which the
	// gateway rejected a part counts as refused: which part is not said.
	Acknowledged Counts
	// Refused items were in a batch that the gateway rejected, wholly or in
	// part, or that did not reach it.
	Refused Counts
	// Err says for each signal how many items were refused and why the first
	// batch was. It is nil if all were acknowledged.
	Err error
}

// ledger books every item twice: when the service made it and when its export
// ended. Safe for concurrent use.
type ledger struct {
	mu                          sync.Mutex
	made, acknowledged, refused Counts
	failures                    map[signal]error // the first of each
}

// add books items that the service made.
func (l *ledger) add(s signal, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	*l.made.of(s) += n
}

// settle books an export of n items that ended with err.
func (l *ledger) settle(s signal, n int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		*l.acknowledged.of(s) += n
		return
	}
	*l.refused.of(s) += n
	if l.failures[s] == nil {
		l.failures[s] = err
	}
}

func (l *ledger) outcome() Outcome {
	l.mu.Lock()
	defer l.mu.Unlock()
	o := Outcome{Acknowledged: l.acknowledged, Refused: l.refused}
	for _, s := range []signal{spans, logRecords, metricPoints} {
		if err, ok := l.failures[s]; ok {
			o.Err = errors.Join(o.Err, fmt.Errorf("%d %s were not accepted: %w", *o.Refused.of(s), s, err))
		}
	}
	return o
}

// dropped says what the SDK was given and never tried to export. It has a
// meaning only once the providers have stopped. Metric points are made by
// their export, so none can be missing.
func (l *ledger) dropped() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var errs error
	for _, s := range []signal{spans, logRecords} {
		if n := *l.made.of(s) - *l.acknowledged.of(s) - *l.refused.of(s); n != 0 {
			errs = errors.Join(errs, fmt.Errorf("%d %s were dropped by the SDK", n, s))
		}
	}
	return errs
}

// spanCounter books spans as they end.
type spanCounter struct {
	sdktrace.SpanProcessor
	ledger *ledger
}

func (p spanCounter) OnEnd(s sdktrace.ReadOnlySpan) {
	p.ledger.add(spans, 1)
	p.SpanProcessor.OnEnd(s)
}

// logCounter books log records as they are emitted.
type logCounter struct{ ledger *ledger }

func (p logCounter) OnEmit(context.Context, *sdklog.Record) error {
	p.ledger.add(logRecords, 1)
	return nil
}
func (logCounter) Enabled(context.Context, sdklog.EnabledParameters) bool { return true }
func (logCounter) Shutdown(context.Context) error                         { return nil }
func (logCounter) ForceFlush(context.Context) error                       { return nil }

// The exporters below settle each batch in the ledger. They keep its error to
// themselves: the SDK could only hand it to the global handler, which prints.

type spanExporter struct {
	sdktrace.SpanExporter
	ledger *ledger
}

func (e spanExporter) ExportSpans(ctx context.Context, batch []sdktrace.ReadOnlySpan) error {
	e.ledger.settle(spans, len(batch), e.SpanExporter.ExportSpans(ctx, batch))
	return nil
}

type logExporter struct {
	sdklog.Exporter
	ledger *ledger
}

func (e logExporter) Export(ctx context.Context, batch []sdklog.Record) error {
	e.ledger.settle(logRecords, len(batch), e.Exporter.Export(ctx, batch))
	return nil
}

type metricExporter struct {
	sdkmetric.Exporter
	ledger *ledger
}

func (e metricExporter) Export(ctx context.Context, rm *metricdata.ResourceMetrics) error {
	// Counted first: the SDK reuses rm once Export returns.
	n := points(rm)
	e.ledger.settle(metricPoints, n, e.Exporter.Export(ctx, rm))
	return nil
}
