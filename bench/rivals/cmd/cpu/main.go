// Command cpu measures what a gateway spends per record with the scrub
// processor, without any, and with its rivals.
//
// Each variant is a process of its own, so that the client's CPU does not count:
// the OTLP receiver over gRPC on loopback, the processor, and nothing behind it.
// The client sends the same requests to one after the other, in rounds.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// serveCommand is the first argument of a process that is to be a gateway.
const serveCommand = "serve"

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program. It returns the exit code: 0, 1 for what failed, 2 for
// flags that are wrong.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var err error
	if len(args) == 3 && args[0] == serveCommand {
		err = serve(ctx, args[1], args[2], stdin, stdout)
	} else {
		var opts options
		if opts, err = parse(args, stderr); err != nil {
			if !errors.Is(err, flag.ErrHelp) {
				fmt.Fprintln(stderr, err)
			}
			return 2
		}
		err = compare(ctx, opts, stdout, stderr)
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

// options are the flags.
type options struct {
	variants    []variant
	rounds      int
	records     int // per round and signal
	slowRecords int // the same for slow variants
	batch       int // records per request
	gogc        int
}

func parse(args []string, stderr io.Writer) (options, error) {
	var (
		opts  options
		names string
		flags = flag.NewFlagSet("cpu", flag.ContinueOnError)
	)
	flags.SetOutput(stderr)
	flags.StringVar(&names, "variants", "none,scrub,redaction", "what to measure, out of none, scrub, redaction, transform")
	flags.IntVar(&opts.rounds, "rounds", 7, "`number` of rounds; the result is their median")
	flags.IntVar(&opts.records, "records", 200_000, "`number` of logs, and of spans, for each variant in a round")
	flags.IntVar(&opts.slowRecords, "slow-records", 10_000, "the same `number` for redaction and transform, which take far longer for each")
	flags.IntVar(&opts.batch, "batch", 512, "`number` of records in a request")
	flags.IntVar(&opts.gogc, "gogc", 400, "GOGC of the gateways; the product ships with 400")
	if err := flags.Parse(args); err != nil {
		return options{}, err
	}

	var errs []error
	for _, name := range strings.Split(names, ",") {
		v, ok := variantOf(name)
		if !ok {
			errs = append(errs, fmt.Errorf("--variants: got %q, allowed: none, scrub, redaction, transform", name))
		}
		opts.variants = append(opts.variants, v)
	}
	for _, n := range []struct {
		flag  string
		value int
		least int
	}{
		{"rounds", opts.rounds, 1}, {"batch", opts.batch, 1}, {"gogc", opts.gogc, 10},
		{"records", opts.records, opts.batch}, {"slow-records", opts.slowRecords, opts.batch},
	} {
		if n.value < n.least {
			errs = append(errs, fmt.Errorf("--%s: got %d, allowed: %d and more", n.flag, n.value, n.least))
		}
	}
	if flags.NArg() > 0 {
		errs = append(errs, fmt.Errorf("arguments: got %q, allowed: none", flags.Args()))
	}
	return opts, errors.Join(errs...)
}
