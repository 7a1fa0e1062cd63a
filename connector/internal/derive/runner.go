package derive

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.uber.org/zap"

	"github.com/readygate/readygate/internal/series"
)

// Source is what a Runner flushes and keeps, such as a *series.Table. Flush and Save
// are called by one goroutine at a time, while others count.
type Source interface {
	// Flush copies what is due and hands it to send, in parts, each before the next
	// is copied. What send refuses is due again.
	Flush(ctx context.Context, why series.Occasion, send func(context.Context, pmetric.Metrics) error) (series.FlushStats, error)

	// Keys names the parts of the state, in UTF-8.
	Keys() []string

	// Save returns the part of that name, which is never empty, and which the source
	// does not write to again. changed may be false, and data is not looked at then,
	// if all that Flush has copied from the part was in what Save, or Load, last had:
	// copied is what counts, so that a flush in many parts writes each key once, and
	// not with every part of the flush. An error leaves it changed.
	Save(key string) (data []byte, changed bool, err error)

	// Load takes all that was saved, or nothing of it if there is an error, which
	// names the key. It comes before all other calls. Parts that it would now save
	// otherwise than under the same key count as changed, those that became empty too.
	Load(state map[string][]byte) error
}

// Settings are how a Runner runs. The hooks may be nil; they are called by one
// goroutine at a time, and hold up flushing while they run.
type Settings struct {
	// ID is the connector, whose state it is.
	ID component.ID
	// Interval is from flush to flush; it is positive.
	Interval time.Duration
	// Storage is the extension that keeps the state, or nil.
	Storage *component.ID
	// Fingerprint stands for the settings that shape the state: what was kept under
	// another one is not loaded. It is written to the storage as it is, so it holds
	// no secret.
	Fingerprint string
	Logger      *zap.Logger
	// OnFlush is called after each flush, with how long it took and whether something
	// was refused.
	OnFlush func(ctx context.Context, stats series.FlushStats, took time.Duration, err error)
	// OnSave is called after each attempt to write to the storage, with how many
	// bytes of state there were to write.
	OnSave func(ctx context.Context, bytes int, err error)
}

// Runner sends what a source has counted to the next consumer, at every interval
// and at Shutdown, one flush at a time. Its methods but Start may be called at any
// time by anyone.
type Runner struct {
	set    Settings
	source Source
	next   consumer.Metrics
	kept   *kept // nil without storage, and without Start

	cancel   context.CancelFunc   // ends the flush under way; nil without Start
	last     chan context.Context // from Shutdown to the goroutine of Start
	flushing chan struct{}        // has one in it while a flush runs, and from the last one on
	shutdown sync.Once
	finished chan struct{} // closed when nothing more will be flushed
	err      error         // of Shutdown; to be read when finished is closed
}

var errFinished = errors.New("flush: after Shutdown")

// NewRunner returns a runner that was not started.
func NewRunner(set Settings, source Source, next consumer.Metrics) *Runner {
	if set.OnFlush == nil {
		set.OnFlush = func(context.Context, series.FlushStats, time.Duration, error) {}
	}
	if set.OnSave == nil {
		set.OnSave = func(context.Context, int, error) {}
	}
	return &Runner{
		set:      set,
		source:   source,
		next:     next,
		last:     make(chan context.Context, 1),
		flushing: make(chan struct{}, 1),
		finished: make(chan struct{}),
	}
}

// Start loads what was kept, if the settings name a storage, and begins to flush
// at every interval. It fails only if there is no such storage, or it does not open:
// state that cannot be read is logged, and the counters begin anew.
func (r *Runner) Start(ctx context.Context, host component.Host) error {
	if r.set.Storage != nil {
		client, err := openStorage(ctx, host, *r.set.Storage, r.set.ID)
		if err != nil {
			return err
		}
		r.kept = newKept(client, r.source, r.set.Fingerprint, r.set.Logger)
		r.kept.load(ctx)
	}
	running, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	go r.run(running)
	return nil
}

// run flushes until Shutdown tells it to do so for the last time.
func (r *Runner) run(ctx context.Context) {
	ticker := time.NewTicker(r.set.Interval)
	defer ticker.Stop()
	for {
		select {
		case last := <-r.last:
			r.finish(last)
			return
		case <-ticker.C:
			// The error is logged and counted, and the next flush carries the same.
			_ = r.Flush(ctx)
		}
	}
}

// Shutdown ends the flush under way, flushes for the last time, saves the state and
// closes the storage. When ctx ends it returns, and nothing more is begun: what is
// under way ends when the consumer or the storage that holds it up lets go. Only
// the first call does something; all return its result.
func (r *Runner) Shutdown(ctx context.Context) error {
	r.shutdown.Do(func() {
		if r.cancel == nil {
			go r.finish(ctx)
			return
		}
		r.last <- ctx
		r.cancel()
	})
	select {
	case <-r.finished:
		return r.err
	case <-ctx.Done():
		return fmt.Errorf("last flush: %w", ctx.Err())
	}
}

// Flush sends what is due. What is refused is logged, and due again. It waits for
// the flush under way, and fails after Shutdown.
func (r *Runner) Flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case r.flushing <- struct{}{}:
		defer func() { <-r.flushing }()
		return r.flush(ctx, series.Interval)
	case <-r.finished:
		return errFinished
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *Runner) flush(ctx context.Context, why series.Occasion) error {
	began := time.Now()
	send := r.next.ConsumeMetrics
	if r.kept != nil {
		send = r.keepAndSend(r.newAllowance(ctx))
	}
	stats, err := r.source.Flush(ctx, why, send)
	switch {
	case err == nil:
	case why == series.End:
		r.set.Logger.Error("the next consumer refused the last metrics; they are lost", zap.Error(err))
	default:
		r.set.Logger.Error("the next consumer refused metrics; their counts stay due", zap.Error(err))
	}
	r.set.OnFlush(ctx, stats, time.Since(began), err)
	if err != nil && r.kept != nil && why == series.Interval && ctx.Err() == nil {
		// With delta what was refused was given back to the source, which is kept
		// again: an outage and then a kill loses no more than a kill.
		_ = r.save(ctx, r.newAllowance(ctx)) // logged, and the next flush saves again
	}
	return err
}

// finish does what Shutdown promises, and leaves no flush to anybody else.
func (r *Runner) finish(ctx context.Context) {
	defer close(r.finished)
	r.flushing <- struct{}{}
	err := r.end(ctx)
	if err != nil {
		err = fmt.Errorf("last flush: %w", err)
	}
	if r.kept != nil {
		if closing := r.kept.client.Close(ctx); closing != nil {
			err = errors.Join(err, fmt.Errorf("storage: closing %q: %w", r.set.Storage, closing))
		}
	}
	r.err = err
}

// end flushes, and saves. If ctx is over it does neither: by then another runner
// may have opened the same storage, and counts there.
func (r *Runner) end(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if r.kept == nil {
		return r.flush(ctx, series.End)
	}
	refused := r.flush(ctx, series.Pause)
	if ctx.Err() != nil {
		return errors.Join(refused, ctx.Err())
	}
	failed := r.save(ctx, r.newAllowance(ctx))
	if failed == nil || ctx.Err() != nil {
		return errors.Join(refused, failed)
	}
	// Nothing keeps what a later flush should have sent: it leaves now.
	return errors.Join(failed, r.flush(ctx, series.End))
}
