package main

import (
	"fmt"
	"io"
	"runtime"

	"github.com/readygate/readygate/bench/rivals/rounds"
	"github.com/readygate/readygate/bench/rivals/workload"
)

const (
	signalLogs  = "logs"
	signalSpans = "spans"
)

// report writes what was measured, as Markdown.
func report(w io.Writer, opts options, l load, samples []sample) error {
	logs, err := l.logs[0].MarshalProto()
	if err != nil {
		return err
	}
	spans, err := l.spans[0].MarshalProto()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, `Environment: %s %s/%s, %d CPUs, GOGC=%d in the gateways.
Method: each variant is a process, OTLP over gRPC on loopback -> processor -> nothing; user and system CPU of
that process alone; median of %d rounds after one to warm up, the variants in turn in each; %d different
requests of %d records, %d bytes per log and %d per span on the wire, a finding in every %dth record;
%d records per round and signal, %d for redaction and transform.

`, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), opts.gogc,
		opts.rounds, pool, opts.batch, len(logs)/opts.batch, len(spans)/opts.batch, workload.FindingEvery,
		opts.records, opts.slowRecords)
	if err != nil {
		return err
	}

	if _, err := fmt.Fprint(w, "| records | variant | CPU s per million | lowest to highest | of none |\n|---|---|---:|---:|---:|\n"); err != nil {
		return err
	}
	for _, signal := range []string{signalLogs, signalSpans} {
		none := costs(samples, "none", signal)
		for _, v := range opts.variants {
			c := costs(samples, v.name, signal)
			ratio := ""
			if len(none) > 0 {
				ratio = fmt.Sprintf("%.2f", c.Median()/none.Median())
			}
			if _, err := fmt.Fprintf(w, "| %s | %s | %.1f | %.1f to %.1f | %s |\n", signal, v.name, c.Median(), c.Lowest(), c.Highest(), ratio); err != nil {
				return err
			}
		}
	}
	return nil
}

// costs returns the costs of a variant, one of each round.
func costs(samples []sample, variant, signal string) rounds.Figures {
	var list rounds.Figures
	for _, s := range samples {
		if s.variant == variant && s.signal == signal {
			list = append(list, s.cost)
		}
	}
	return list
}
