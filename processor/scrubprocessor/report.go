package scrubprocessor

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/pipeline"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/processor/scrubprocessor/internal/metadata"
)

// tally is what a pass has to report about one batch. Recording a metric costs
// more than scanning a value, so values are tallied and batches are recorded.
type tally struct {
	bytes       int64
	findings    map[finding]int64
	unscannable map[detect.Reason]int64
	stack       string // of the batch's first panic
}

// finding is a kind of finding. There are no more kinds than detectors × places
// × confidences × 2.
type finding struct {
	detector   *detect.Detector
	place      leaf.Place
	confidence detect.Confidence
	acted      bool // the value was changed
}

func newTally() tally {
	return tally{findings: make(map[finding]int64), unscannable: make(map[detect.Reason]int64)}
}

// panicked notes where a detector panicked.
func (t *tally) panicked(stack string) {
	if t.stack == "" {
		t.stack = stack
	}
}

func (t *tally) reset() {
	clear(t.findings)
	clear(t.unscannable)
	t.bytes, t.stack = 0, ""
}

// reporter records the metrics of one signal. It is safe for concurrent use.
type reporter struct {
	telemetry *metadata.TelemetryBuilder
	signal    attribute.KeyValue
	common    metric.MeasurementOption
	reasons   map[detect.Reason]metric.MeasurementOption
	findings  sync.Map // finding → metric.MeasurementOption, made when first seen
}

func newReporter(set component.TelemetrySettings, signal pipeline.Signal) (*reporter, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set)
	if err != nil {
		return nil, err
	}
	r := &reporter{
		telemetry: telemetry,
		signal:    attribute.String("signal", signal.String()),
		reasons:   make(map[detect.Reason]metric.MeasurementOption),
	}
	r.common = attributes(r.signal)
	for _, reason := range detect.Reasons() {
		r.reasons[reason] = attributes(r.signal, attribute.String("reason", string(reason)))
		// A counter that begins at 0 shows its first increment in a rate.
		telemetry.ProcessorScrubUnscannable.Add(context.Background(), 0, r.reasons[reason])
	}
	return r, nil
}

// report records a batch.
func (r *reporter) report(ctx context.Context, t *tally, modified int, took time.Duration) {
	r.telemetry.ProcessorScrubScannedBytes.Add(ctx, t.bytes, r.common)
	r.telemetry.ProcessorScrubRecordsModified.Add(ctx, int64(modified), r.common)
	r.telemetry.ProcessorScrubDuration.Record(ctx, took.Seconds(), r.common)
	for kind, n := range t.findings {
		r.telemetry.ProcessorScrubFindings.Add(ctx, n, r.attributesOf(kind))
	}
	for reason, n := range t.unscannable {
		r.telemetry.ProcessorScrubUnscannable.Add(ctx, n, r.reasons[reason])
	}
}

func (r *reporter) attributesOf(kind finding) metric.MeasurementOption {
	if option, ok := r.findings.Load(kind); ok {
		return option.(metric.MeasurementOption)
	}
	action := "count"
	if kind.acted {
		action = kind.detector.Action()
	}
	option := attributes(
		r.signal,
		attribute.String("detector", kind.detector.Name),
		attribute.String("action", action),
		attribute.String("place", kind.place.String()),
		attribute.String("confidence", kind.confidence.String()),
	)
	r.findings.Store(kind, option)
	return option
}

func attributes(kvs ...attribute.KeyValue) metric.MeasurementOption {
	return metric.WithAttributeSet(attribute.NewSet(kvs...))
}
