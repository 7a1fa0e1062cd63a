package scrubprocessor

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pipeline"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper"
	"go.uber.org/zap"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf"
)

// scrubber scrubs the batches of one signal. It is safe for concurrent use: each
// batch has a pass of its own while it is worked on.
type scrubber struct {
	logger   *zap.Logger
	reporter *reporter
	mode     Mode
	policies *compiled
	passes   sync.Pool // of *pass, which keep their buffers
	// skips reports whether a batch is not in the sample of a tripwire.
	skips func() bool
}

func newScrubber(set processor.Settings, cfg *Config, signal pipeline.Signal, policies *compiled) (*scrubber, error) {
	reporter, err := newReporter(set, signal, policies.Set)
	if err != nil {
		return nil, err
	}
	s := &scrubber{
		logger:   set.Logger,
		reporter: reporter,
		mode:     cfg.Mode,
		policies: policies,
		passes:   sync.Pool{New: func() any { return newPass(cfg, policies.Set, (*detect.Scanner).Scrub) }},
		skips:    func() bool { return false },
	}
	if cfg.Mode == Tripwire && cfg.SampleRatio < 1 {
		s.skips = func() bool { return rand.Float64() >= cfg.SampleRatio }
	}
	return s, nil
}

// start runs the self-test: a policy that does not find what it is there for must
// not run.
func (s *scrubber) start(context.Context, component.Host) error {
	if s.mode == Detect {
		s.logger.Warn("mode is detect: secrets and personal data are counted, not replaced")
	}
	return s.policies.selfTest()
}

func (s *scrubber) shutdown(context.Context) error {
	s.reporter.telemetry.Shutdown()
	return nil
}

// traces scrubs td in place. It never fails: a failure would refuse the whole
// batch, and make its sender repeat it, for what one value holds.
func (s *scrubber) traces(ctx context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	if s.skips() {
		return td, nil
	}
	start, p := time.Now(), s.passes.Get().(*pass)
	counts := p.walker.Traces(td)
	s.finish(ctx, p, counts, start)
	return td, emptied(counts, td.ResourceSpans().Len())
}

// logs is traces for logs.
func (s *scrubber) logs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	if s.skips() {
		return ld, nil
	}
	start, p := time.Now(), s.passes.Get().(*pass)
	counts := p.walker.Logs(ld)
	s.finish(ctx, p, counts, start)
	return ld, emptied(counts, ld.ResourceLogs().Len())
}

// metrics is traces for metrics.
func (s *scrubber) metrics(ctx context.Context, md pmetric.Metrics) (pmetric.Metrics, error) {
	if s.skips() {
		return md, nil
	}
	start, p := time.Now(), s.passes.Get().(*pass)
	counts := p.walker.Metrics(md)
	s.finish(ctx, p, counts, start)
	return md, emptied(counts, md.ResourceMetrics().Len())
}

// emptied ends the way of a batch of which nothing is left, without an error to
// its sender.
func emptied(counts leaf.Counts, resources int) error {
	if counts.Dropped > 0 && resources == 0 {
		return processorhelper.ErrSkipProcessingData
	}
	return nil
}

// finish reports what p found in a batch and returns p to the pool.
func (s *scrubber) finish(ctx context.Context, p *pass, counts leaf.Counts, start time.Time) {
	s.reporter.report(ctx, &p.tally, counts, time.Since(start), s.mode == Tripwire)
	if p.tally.stack != "" {
		// The panic's own message may quote the value, and is not logged.
		s.logger.Error("a detector panicked; the values that it could not scan are counted as unscannable",
			zap.Int64("values", p.tally.unscannable[detect.Panicked]), zap.String("stack", p.tally.stack))
	}
	p.tally.reset()
	s.passes.Put(p)
}
