package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/bench/rivals/process"
	"github.com/readygate/readygate/bench/rivals/rounds"
	"github.com/readygate/readygate/bench/rivals/workload"
)

// fleets have 100, 10,000 and 100,000 series.
var fleets = []workload.Fleet{{Services: 1, Routes: 10}, {Services: 25, Routes: 40}, {Services: 250, Routes: 40}}

// roomFor is a limit that a fleet stays below, with room for series other than
// those of requests.
func roomFor(f workload.Fleet) int { return 2*f.Series() + 1000 }

// speed measures spans per second of CPU with one goroutine.
func speed(ctx context.Context, opts options, stdout, stderr io.Writer) error {
	for _, exemplars := range []bool{false, true} {
		title := "without exemplars"
		if exemplars {
			title = "with exemplars"
		}
		fmt.Fprintf(stdout, "## Speed, %s\n\n", title)
		fmt.Fprintln(stdout, "| series | connector | million spans per CPU s | ns per span | allocations per span | red counts per CPU s, times this (lowest to highest) | series at the end |")
		fmt.Fprintln(stdout, "|---:|---|---:|---:|---:|---:|---|")
		for _, fleet := range fleets {
			fmt.Fprintf(stderr, "speed, %s: %d series\n", title, fleet.Series())
			if err := race(ctx, fleet, exemplars, opts, stdout, stderr); err != nil {
				return err
			}
		}
		fmt.Fprintln(stdout)
	}
	return nil
}

// race measures the connectors in turn.
func race(ctx context.Context, fleet workload.Fleet, exemplars bool, opts options, stdout, stderr io.Writer) (err error) {
	names := contender.DeriverNames()
	workers, stop, err := launchAll(ctx, names, func(name string) setup {
		return setup{Connector: name, Fleet: fleet, FlushInterval: never, Exemplars: exemplars, Series: roomFor(fleet)}
	}, opts, stderr)
	defer func() { err = errors.Join(err, stop()) }()
	if err != nil {
		return err
	}
	perCPU, nanos, mallocs := map[string]rounds.Figures{}, map[string]rounds.Figures{}, map[string]rounds.Figures{}
	for round := range opts.rounds + 1 {
		for i := range workers {
			// Each round begins with another: whoever comes first has no advantage.
			p := workers[(i+round)%len(workers)]
			var c counted
			if err := p.Ask(question{Do: "count", Spans: opts.spans, Goroutines: 1}, &c); err != nil {
				return err
			}
			if round == 0 { // warms up
				continue
			}
			perCPU[p.Name] = append(perCPU[p.Name], float64(c.Spans)/c.CPU)
			nanos[p.Name] = append(nanos[p.Name], c.Wall*1e9/float64(c.Spans))
			mallocs[p.Name] = append(mallocs[p.Name], float64(c.Mallocs)/float64(c.Spans))
		}
	}
	for _, p := range workers {
		var h held
		if err := p.Ask(question{Do: "finish"}, &h); err != nil {
			return err
		}
		times := ""
		if p.Name != contender.RED {
			ratio := perCPU[contender.RED].Over(perCPU[p.Name])
			times = fmt.Sprintf("%.2f (%.2f to %.2f)", ratio.Median(), ratio.Lowest(), ratio.Highest())
		}
		fmt.Fprintf(stdout, "| %d | %s | %.2f | %.0f | %.3f | %s | %s |\n", fleet.Series(), p.Name,
			perCPU[p.Name].Median()/1e6, nanos[p.Name].Median(), mallocs[p.Name].Median(), times, h)
	}
	return nil
}

// String says what there was, and what the other has not.
func (h held) String() string {
	text := []string{fmt.Sprint(h.Series)}
	for _, name := range slices.Sorted(maps.Keys(h.Others)) {
		text = append(text, fmt.Sprintf("%d %s", h.Others[name], name))
	}
	return strings.Join(text, " + ")
}

// launchAll launches a worker for each name, and has it make all series. stop
// stops them; it is never nil.
func launchAll(ctx context.Context, names []string, setupOf func(string) setup, opts options, stderr io.Writer) (workers []*process.Process, stop func() error, err error) {
	stop = func() error {
		var errs []error
		for _, w := range workers {
			errs = append(errs, w.Stop())
		}
		return errors.Join(errs...)
	}
	for _, name := range names {
		w, err := launchWorker(ctx, setupOf(name), opts, stderr)
		if err != nil {
			return workers, stop, err
		}
		workers = append(workers, w)
		var done bool
		if err := w.Ask(question{Do: "warm"}, &done); err != nil {
			return workers, stop, err
		}
	}
	return workers, stop, nil
}
