package derive

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.uber.org/zap"
)

// allowance is how long one flush may wait for the storage: half of an interval, or
// of what is left until ctx ends, and half of that again to mark the state as void.
// A storage that hangs then delays what is sent, and neither keeps it back nor uses
// up the time that Shutdown was given. This binds only clients that look at the
// context they are given; one that does not, as that of file_storage, holds up the
// flush for as long as its disk does.
type allowance struct {
	save, mark time.Duration
	spent      bool // the state was not saved, and is void: this flush tries no more
}

func (r *Runner) newAllowance(ctx context.Context) *allowance {
	all := r.set.Interval
	if deadline, ok := ctx.Deadline(); ok {
		all = min(all, time.Until(deadline))
	}
	return &allowance{save: all / 2, mark: all / 4}
}

// keepAndSend sends what was kept before: see the package documentation.
func (r *Runner) keepAndSend(a *allowance) func(context.Context, pmetric.Metrics) error {
	return func(ctx context.Context, md pmetric.Metrics) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !a.spent && r.save(ctx, a) != nil {
			if ctx.Err() != nil {
				return ctx.Err() // nothing is sent, so what is kept still holds
			}
			a.spent = true
			r.invalidate(ctx, a)
		}
		return r.next.ConsumeMetrics(ctx, md)
	}
}

// save writes the state, logs what went wrong, and tells the hook. That ctx ended is
// nothing that is wrong with the storage.
func (r *Runner) save(ctx context.Context, a *allowance) error {
	began := time.Now()
	bounded, cancel := context.WithTimeout(ctx, a.save)
	defer cancel()
	size, err := r.kept.save(bounded)
	a.save -= time.Since(began)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		r.set.Logger.Error("the state cannot be saved; metrics are sent all the same",
			zap.Stringer("storage", r.set.Storage), zap.Int("bytes", size), zap.Error(err))
	}
	if err != nil || size > 0 {
		r.set.OnSave(ctx, size, err)
	}
	return err
}

func (r *Runner) invalidate(ctx context.Context, a *allowance) {
	bounded, cancel := context.WithTimeout(ctx, a.mark)
	defer cancel()
	if err := r.kept.invalidate(bounded); err != nil {
		r.set.Logger.Error("state older than what is sent cannot be marked as such: if the gateway is killed before it can be saved, counts from before are counted twice",
			zap.Stringer("storage", r.set.Storage), zap.Error(err))
	}
}
