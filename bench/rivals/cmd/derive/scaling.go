package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/bench/rivals/rounds"
)

// scaling measures what two goroutines count in the time that one takes.
func scaling(ctx context.Context, opts options, stdout, stderr io.Writer) (err error) {
	fmt.Fprint(stdout, "## Scaling with cores\n\n| spans | connector | million spans per s, 1 goroutine | 2 goroutines | times 1 goroutine (lowest to highest) |\n|---|---|---:|---:|---:|\n")
	fmt.Fprintln(stderr, "scaling")
	fleet := fleets[1]
	workers, stop, err := launchAll(ctx, []string{contender.RED, contender.SpanMetrics, readOnly}, func(name string) setup {
		return setup{Connector: name, Fleet: fleet, FlushInterval: never, Exemplars: true, Series: roomFor(fleet)}
	}, opts, stderr)
	defer func() { err = errors.Join(err, stop()) }()
	if err != nil {
		return err
	}
	for _, oneService := range []bool{false, true} {
		spans := fmt.Sprintf("of %d services", fleet.Services)
		if oneService {
			spans = "all of one service"
		}
		for _, p := range workers {
			var rates [3]rounds.Figures // by goroutines
			for round := range opts.rounds + 1 {
				for goroutines := 1; goroutines <= 2; goroutines++ {
					var c counted
					q := question{Do: "count", Spans: opts.spans, Goroutines: goroutines, OneService: oneService}
					if err := p.Ask(q, &c); err != nil {
						return err
					}
					if round > 0 { // round 0 warms up
						rates[goroutines] = append(rates[goroutines], float64(c.Spans)/c.Wall)
					}
				}
			}
			ratio := rates[2].Over(rates[1])
			fmt.Fprintf(stdout, "| %s | %s | %.2f | %.2f | %.2f (%.2f to %.2f) |\n", spans, p.Name,
				rates[1].Median()/1e6, rates[2].Median()/1e6, ratio.Median(), ratio.Lowest(), ratio.Highest())
		}
	}
	fmt.Fprintln(stdout)
	for _, p := range workers {
		if p.Name == readOnly {
			continue
		}
		if err := p.Ask(question{Do: "finish"}, new(held)); err != nil {
			return err
		}
	}
	return nil
}
