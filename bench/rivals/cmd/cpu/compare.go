package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"

	"github.com/readygate/readygate/bench/rivals/gateway"
	"github.com/readygate/readygate/bench/rivals/workload"
)

// pool is how many different requests there are of each signal; they are sent
// in turn.
const pool = 32

// seed is that of the workload.
const seed = 20260302

// load is what is sent.
type load struct {
	logs  []plogotlp.ExportRequest
	spans []ptraceotlp.ExportRequest
}

// sample is one measurement: CPU seconds per million records.
type sample struct {
	variant, signal string
	cost            float64
}

// compare measures the variants, and writes the result to stdout and how far it
// is to stderr.
func compare(ctx context.Context, opts options, stdout, stderr io.Writer) (err error) {
	l := load{logs: workload.Logs(pool, opts.batch, seed), spans: workload.Spans(pool, opts.batch, seed)}

	gateways := make([]*gateway.Gateway, len(opts.variants))
	defer func() {
		for _, g := range gateways {
			if g != nil {
				err = errors.Join(err, g.Stop())
			}
		}
	}()
	for i, v := range opts.variants {
		if gateways[i], err = gateway.Launch(ctx, v.name, []string{serveCommand, v.name}, opts.gogc, stderr); err != nil {
			return err
		}
	}

	var samples []sample
	for round := range opts.rounds + 1 {
		fmt.Fprintf(stderr, "round %d of %d\n", round, opts.rounds)
		for i := range gateways {
			// Each round begins with another variant: whoever comes first has no
			// advantage.
			turn := (i + round) % len(gateways)
			s, err := l.sendTo(ctx, gateways[turn], opts.variants[turn], opts)
			if err != nil {
				return err
			}
			if round > 0 { // round 0 warms up
				samples = append(samples, s...)
			}
		}
	}
	return report(stdout, opts, l, samples)
}

// sendTo measures one gateway with each signal.
func (l load) sendTo(ctx context.Context, g *gateway.Gateway, v variant, opts options) ([]sample, error) {
	records := opts.records
	if v.slow {
		records = opts.slowRecords
	}
	requests := records / opts.batch
	perMillion := 1e6 / float64(requests*opts.batch)

	logs, err := g.Measure(func() error {
		for i := range requests {
			if _, err := g.Logs.Export(ctx, l.logs[i%pool]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	spans, err := g.Measure(func() error {
		for i := range requests {
			if _, err := g.Traces.Export(ctx, l.spans[i%pool]); err != nil {
				return err
			}
		}
		return nil
	})
	return []sample{
		{v.name, signalLogs, logs * perMillion},
		{v.name, signalSpans, spans * perMillion},
	}, err
}
