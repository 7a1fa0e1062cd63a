package main

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"github.com/readygate/readygate/bench/rivals/process"
)

// counted is what it took to count spans.
type counted struct {
	Spans   int
	CPU     float64 // seconds, of the whole process, garbage collection included
	Wall    float64 // seconds
	Mallocs uint64
}

// count has the connector count spans, by as many goroutines as it is told, each
// with batches of its own.
func (w *worker) count(ctx context.Context, q question) (any, error) {
	feeds := w.feeds[:q.Goroutines]
	if q.OneService {
		feeds = w.same[:q.Goroutines]
	}
	batches := q.Spans / batch
	result := counted{Spans: batches * batch * q.Goroutines}

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, err := process.CPU()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	var wg sync.WaitGroup
	errs := make([]error, len(feeds))
	for i, feed := range feeds {
		wg.Go(func() {
			for range batches {
				if err := w.consume(ctx, feed.Next()); err != nil {
					errs[i] = err
					return
				}
			}
		})
	}
	wg.Wait()
	result.Wall = time.Since(began).Seconds()
	end, err := process.CPU()
	result.CPU = end - cpu
	runtime.ReadMemStats(&after)
	result.Mallocs = after.Mallocs - before.Mallocs
	w.fed += result.Spans
	return result, errors.Join(append(errs, err)...)
}
