package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/bench/rivals/workload"
)

// heap returns the bytes that are alive.
func (*worker) heap(context.Context, question) (any, error) {
	var stats runtime.MemStats
	// What pools hold goes with the second collection.
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc, nil
}

// demand sends spans each of which would have series of its own.
func (w *worker) demand(ctx context.Context, q question) (any, error) {
	// A feed of its own, that is gone when the heap is measured: its routes
	// are not those of the fleet.
	feed := w.Fleet.Feed(batch, seed)
	for seen := 0; seen < q.Unseen; {
		td := feed.Next()
		workload.Unseen(td, &seen)
		if err := w.consume(ctx, td); err != nil {
			return nil, err
		}
		w.fed += batch
	}
	return true, nil
}

// demandTimes is how many times the limit the demand is.
const demandTimes = 10

// memory measures the heap at the limit, and beyond.
func memory(ctx context.Context, opts options, stdout, stderr io.Writer) error {
	fleet := fleets[2]
	fmt.Fprintf(stdout, "## Memory\n\n| connector | limit | bytes per series at %d | heap of these, MB | heap after %d times the demand, MB | times | series then |\n|---|---|---:|---:|---:|---:|---|\n", fleet.Series(), demandTimes)
	for _, row := range []struct {
		connector, limit string
		exemplars        bool
		series           int
	}{
		// What red has beside the series of requests are two for each service.
		{contender.RED, "limits.series", false, fleet.Series() + 2*fleet.Services},
		{contender.RED, "limits.series, exemplars", true, fleet.Series() + 2*fleet.Services},
		{contender.SpanMetrics, "aggregation_cardinality_limit", false, fleet.Series()},
		{contender.SpanMetrics, "aggregation_cardinality_limit, exemplars", true, fleet.Series()},
		{contender.SpanMetrics, "none, as it comes", false, 0},
	} {
		fmt.Fprintf(stderr, "memory: %s, %s\n", row.connector, row.limit)
		s := setup{Connector: row.connector, Fleet: fleet, FlushInterval: never, Exemplars: row.exemplars, Series: row.series}
		if err := memoryOf(ctx, s, row.limit, opts, stdout, stderr); err != nil {
			return err
		}
	}
	fmt.Fprintln(stdout)
	return nil
}

func memoryOf(ctx context.Context, s setup, limit string, opts options, stdout, stderr io.Writer) (err error) {
	w, err := launchWorker(ctx, s, opts, stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Stop()) }()
	var empty, full, beyond uint64
	var done bool
	var h held
	for _, step := range []struct {
		question
		answer any
	}{
		{question{Do: "heap"}, &empty},
		{question{Do: "warm"}, &done},
		{question{Do: "heap"}, &full},
		// Each of these spans asks for two series.
		{question{Do: "demand", Unseen: demandTimes * s.Fleet.Series() / 2}, &done},
		{question{Do: "heap"}, &beyond},
		{question{Do: "finish"}, &h},
	} {
		if err := w.Ask(step.question, step.answer); err != nil {
			return err
		}
	}
	atLimit, after := float64(full-empty), float64(beyond-empty)
	_, err = fmt.Fprintf(stdout, "| %s | %s | %.0f | %.1f | %.1f | %.2f | %s |\n",
		s.Connector, limit, atLimit/float64(s.Fleet.Series()), atLimit/1e6, after/1e6, after/atLimit, h)
	return err
}
