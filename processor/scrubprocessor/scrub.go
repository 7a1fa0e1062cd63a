package scrubprocessor

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pipeline"
	"go.opentelemetry.io/collector/processor"
	"go.uber.org/zap"

	"github.com/readygate/readygate/internal/detect"
)

// scanner is what is needed of *detect.Scanner, which is safe for concurrent
// use. Tests put one in its place that panics.
type scanner interface {
	Key(key string) detect.KeyClass
	Scrub(dst []detect.Finding, key detect.KeyClass, text string) (clean string, findings []detect.Finding, settled bool)
}

// scrubber scrubs the batches of one signal. It is safe for concurrent use: each
// batch has a pass of its own while it is worked on.
type scrubber struct {
	logger   *zap.Logger
	reporter *reporter
	passes   sync.Pool // of *pass, which keep their buffers
}

func newScrubber(set processor.Settings, cfg *Config, signal pipeline.Signal, scan scanner) (*scrubber, error) {
	reporter, err := newReporter(set.TelemetrySettings, signal)
	if err != nil {
		return nil, err
	}
	if cfg.Mode == Detect {
		set.Logger.Warn("mode is detect: secrets and personal data are counted, not replaced")
	}
	return &scrubber{
		logger:   set.Logger,
		reporter: reporter,
		passes:   sync.Pool{New: func() any { return newPass(cfg, scan) }},
	}, nil
}

// traces scrubs td in place. It never fails: a failure would refuse the whole
// batch, and make its sender repeat it, for what one value holds.
func (s *scrubber) traces(ctx context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	start, p := time.Now(), s.passes.Get().(*pass)
	s.finish(ctx, p, p.walker.Traces(td), start)
	return td, nil
}

// logs is traces for logs.
func (s *scrubber) logs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	start, p := time.Now(), s.passes.Get().(*pass)
	s.finish(ctx, p, p.walker.Logs(ld), start)
	return ld, nil
}

// metrics is traces for metrics.
func (s *scrubber) metrics(ctx context.Context, md pmetric.Metrics) (pmetric.Metrics, error) {
	start, p := time.Now(), s.passes.Get().(*pass)
	s.finish(ctx, p, p.walker.Metrics(md), start)
	return md, nil
}

// finish reports what p found in a batch and returns p to the pool.
func (s *scrubber) finish(ctx context.Context, p *pass, modified int, start time.Time) {
	s.reporter.report(ctx, &p.tally, modified, time.Since(start))
	if p.tally.stack != "" {
		// The panic's own message may quote the value, and is not logged.
		s.logger.Error("a detector panicked; the values that it could not scan are counted as unscannable",
			zap.Int64("values", p.tally.unscannable[detect.Panicked]), zap.String("stack", p.tally.stack))
	}
	p.tally.reset()
	s.passes.Put(p)
}
