package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"github.com/readygate/readygate/bench/rivals/contender"
)

const (
	stallBatch         = 50 // spans, so that a call is short
	stallFlushInterval = time.Second
	stallBar           = 5 * time.Millisecond // what a flush may hold up a call by
)

// stalled is how long calls of ConsumeTraces took.
type stalled struct {
	Calls                  int
	Median, Permille, Most time.Duration // Permille: the longest but one in a thousand
	MostHeld               time.Duration // the longest less its wait for a CPU
	OverBar                int           // calls that took longer than stallBar, less their wait for a CPU
	Flushes                float64       // with all points; fractions if one was under way at the end
}

// stall sends small batches without a pause, and measures each call. Machines are
// shared: how long the thread was ready to run and had no CPU is told apart.
func (w *worker) stall(ctx context.Context, q question) (any, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	queue, err := openRunQueue()
	if err != nil {
		return nil, err
	}
	defer func() { _ = queue.Close() }()
	runtime.GC()
	if !q.GC {
		defer debug.SetGCPercent(debug.SetGCPercent(-1))
	}
	feed := w.Fleet.Feed(stallBatch, seed)
	took := make([]time.Duration, 0, 1<<22)
	messages, points := w.sink.Messages.Load(), w.sink.Points.Load()
	var result stalled
	for end := time.Now().Add(q.For); time.Now().Before(end) && len(took) < cap(took); {
		td := feed.Next()
		waited, err := queue.waited()
		if err != nil {
			return nil, err
		}
		began := time.Now()
		if err := w.consume(ctx, td); err != nil {
			return nil, err
		}
		call := time.Since(began)
		took = append(took, call)
		w.fed += stallBatch
		now, err := queue.waited()
		if err != nil {
			return nil, err
		}
		held := call - (now - waited)
		result.MostHeld = max(result.MostHeld, held)
		if held > stallBar {
			result.OverBar++
		}
	}
	points = w.sink.Points.Load() - points
	messages = w.sink.Messages.Load() - messages
	if (messages > 0) != (w.FlushInterval < q.For) {
		return nil, fmt.Errorf("%s sent %d messages in %v, with a flush every %v", w.Connector, messages, q.For, w.FlushInterval)
	}
	slices.Sort(took)
	result.Calls, result.Median = len(took), took[len(took)/2]
	result.Permille, result.Most = took[len(took)*999/1000], took[len(took)-1]
	result.Flushes = float64(points) / float64(w.Fleet.Series())
	return result, nil
}

// stall measures how long calls take while flushes of 100,000 series go on.
func stall(ctx context.Context, opts options, stdout, stderr io.Writer) error {
	fleet := fleets[2]
	fmt.Fprintf(stdout, "## Stalls by flushes\n\n%d series, one goroutine that sends batches of %d spans without a pause for %v, a flush every %v or none.\n\n", fleet.Series(), stallBatch, opts.stall, stallFlushInterval)
	fmt.Fprintf(stdout, "| garbage collection | connector | flushes | calls | median call | 99.9 %% of calls within | longest call | less its wait for a CPU | such calls over %v |\n", stallBar)
	fmt.Fprintln(stdout, "|---|---|---:|---:|---:|---:|---:|---:|---:|")
	for _, gc := range []bool{true, false} {
		for _, name := range []string{contender.RED, contender.SpanMetrics} {
			for _, interval := range []time.Duration{never, stallFlushInterval} {
				fmt.Fprintf(stderr, "stall: %s, gc %v, flush every %v\n", name, gc, interval)
				s := setup{Connector: name, Fleet: fleet, FlushInterval: interval, Exemplars: true, Series: roomFor(fleet)}
				if err := stallOf(ctx, s, gc, opts, stdout, stderr); err != nil {
					return err
				}
			}
		}
	}
	fmt.Fprintln(stdout)
	return nil
}

func stallOf(ctx context.Context, s setup, gc bool, opts options, stdout, stderr io.Writer) (err error) {
	workers, stop, err := launchAll(ctx, []string{s.Connector}, func(string) setup { return s }, opts, stderr)
	defer func() { err = errors.Join(err, stop()) }()
	if err != nil {
		return err
	}
	var r stalled
	if err := workers[0].Ask(question{Do: "stall", For: opts.stall, GC: gc}, &r); err != nil {
		return err
	}
	if err := workers[0].Ask(question{Do: "finish"}, new(held)); err != nil {
		return err
	}
	collection := "off"
	if gc {
		collection = fmt.Sprintf("GOGC=%d", opts.gogc)
	}
	_, err = fmt.Fprintf(stdout, "| %s | %s | %.1f | %d | %s | %s | %s | %s | %d |\n",
		collection, s.Connector, r.Flushes, r.Calls, millis(r.Median), millis(r.Permille), millis(r.Most), millis(r.MostHeld), r.OverBar)
	return err
}

func millis(d time.Duration) string { return fmt.Sprintf("%.3f ms", d.Seconds()*1e3) }
