package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
)

// compare measures the parts that were asked for, and writes the results, as
// Markdown, to stdout.
func compare(ctx context.Context, opts options, stdout, stderr io.Writer) error {
	load, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return err
	}
	// What else runs takes CPU and caches away: a run under load is no result.
	_, err = fmt.Fprintf(stdout, `# The red connector beside span_metrics

Environment: %s %s/%s, %d CPUs, GOGC=%d in what is measured; load average before the run %.4s.
Method: each connector, and each gateway, is a process; user and system CPU of that process alone; medians of
%d rounds after one to warm up, all in turn in each; %d spans a round in batches of %d, %d through
gateways; SERVER spans with 13 attributes, cumulative, explicit histograms with red's bounds. What the
connectors counted was compared with what was sent.

`, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), opts.gogc, load, opts.rounds, opts.spans, batch, opts.gateway)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if !slices.Contains(opts.parts, p.name) {
			continue
		}
		if err := p.measure(ctx, opts, stdout, stderr); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}
