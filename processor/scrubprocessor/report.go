package scrubprocessor

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pipeline"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.uber.org/zap"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
	"github.com/readygate/readygate/processor/scrubprocessor/internal/metadata"
)

// tally is what a pass has to report about one batch. Recording a metric costs
// more than scanning a value, so values are tallied and batches are recorded. It
// implements scrub.Reporter.
type tally struct {
	enforce bool
	bytes   int64
	// leaks are the findings that a tripwire reports.
	leaks       map[*detect.Detector]int64
	findings    map[finding]int64
	unscannable map[detect.Reason]int64
	stack       string // of the batch's first panic
}

// finding is a kind of finding. There are no more kinds than detectors × places
// × confidences × actions.
type finding struct {
	detector   *detect.Detector
	place      leaf.Place
	confidence detect.Confidence
	action     detect.Action
}

func newTally(enforce bool) tally {
	return tally{
		enforce:     enforce,
		leaks:       make(map[*detect.Detector]int64),
		findings:    make(map[finding]int64),
		unscannable: make(map[detect.Reason]int64),
	}
}

// Scanned implements scrub.Reporter.
func (t *tally) Scanned(bytes int) { t.bytes += int64(bytes) }

// Found implements scrub.Reporter.
func (t *tally) Found(at leaf.Place, f detect.Finding) {
	action := f.Action
	if !t.enforce {
		action = detect.Count
		if f.Acts() {
			t.leaks[f.Detector]++
		}
	}
	t.findings[finding{f.Detector, at, f.Confidence, action}]++
}

// Unscannable implements scrub.Reporter.
func (t *tally) Unscannable(_ leaf.Place, reason detect.Reason) { t.unscannable[reason]++ }

// Panicked implements scrub.Reporter.
func (t *tally) Panicked() {
	if t.stack == "" {
		t.stack = zap.Stack("").String
	}
}

func (t *tally) reset() {
	clear(t.leaks)
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

func newReporter(set processor.Settings, signal pipeline.Signal, policies *policy.Set) (*reporter, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
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
	telemetry.ProcessorScrubPolicyInfo.Record(context.Background(), 1, attributes(r.signal, attribute.String("hash", policies.Hash())))
	// A gauge of two instances must not be one series.
	id := attributes(r.signal, attribute.String("processor", set.ID.String()))
	err = telemetry.RegisterProcessorScrubKeyCacheSizeCallback(func(_ context.Context, o metric.Int64Observer) error {
		size := 0
		for _, p := range policies.Policies() {
			size += p.Scanner.KnownKeys()
		}
		o.Observe(int64(size), id)
		return nil
	})
	return r, err
}

// report records a batch.
func (r *reporter) report(ctx context.Context, t *tally, counts leaf.Counts, took time.Duration, tripwire bool) {
	r.telemetry.ProcessorScrubScannedBytes.Add(ctx, t.bytes, r.common)
	r.telemetry.ProcessorScrubRecordsModified.Add(ctx, int64(counts.Changed), r.common)
	r.telemetry.ProcessorScrubRecordsDropped.Add(ctx, int64(counts.Dropped), r.common)
	r.telemetry.ProcessorScrubDuration.Record(ctx, took.Seconds(), r.common)
	for kind, n := range t.findings {
		r.telemetry.ProcessorScrubFindings.Add(ctx, n, r.attributesOf(kind))
	}
	for d, n := range t.leaks {
		if tripwire {
			r.telemetry.ProcessorScrubEgressLeaks.Add(ctx, n, r.leak(d))
		}
	}
	for reason, n := range t.unscannable {
		r.telemetry.ProcessorScrubUnscannable.Add(ctx, n, r.reasons[reason])
	}
}

func (r *reporter) attributesOf(kind finding) metric.MeasurementOption {
	if option, ok := r.findings.Load(kind); ok {
		return option.(metric.MeasurementOption)
	}
	option := attributes(
		r.signal,
		attribute.String("detector", kind.detector.Name),
		attribute.String("action", kind.action.String()),
		attribute.String("place", kind.place.String()),
		attribute.String("confidence", kind.confidence.String()),
	)
	r.findings.Store(kind, option)
	return option
}

// leak returns the labels of the count of what one detector finds behind the scrub.
func (r *reporter) leak(d *detect.Detector) metric.MeasurementOption {
	return attributes(r.signal, attribute.String("detector", d.Name))
}

func attributes(kvs ...attribute.KeyValue) metric.MeasurementOption {
	return metric.WithAttributeSet(attribute.NewSet(kvs...))
}
