// Command derive measures the red connector beside the Collector's span_metrics:
// how many spans they count per second of CPU, how that scales with cores, how
// long a flush holds up whoever sends spans, how much memory a series takes, and
// what each adds to a gateway.
//
// Each connector is in a process of its own, so that the one's heap costs the
// other no garbage collection. They are given the same spans in turn, in rounds.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// The first argument of a process that is to be measured.
const (
	serveConnector = "serve-connector"
	serveGateway   = "serve-gateway"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program. It returns the exit code: 0, 1 for what failed, 2 for
// flags that are wrong.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var err error
	switch {
	case len(args) == 2 && args[0] == serveConnector:
		err = serveWorker(ctx, args[1], stdin, stdout)
	case len(args) == 3 && args[0] == serveGateway:
		err = serveLine(ctx, args[1], args[2], stdin, stdout)
	default:
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
	parts   []string
	rounds  int
	spans   int // per round
	gateway int // spans per round through a gateway
	stall   time.Duration
	gogc    int
}

// part is one of the comparisons. It writes its result to the first writer and
// how far it is to the second.
type part struct {
	name    string
	measure func(ctx context.Context, opts options, stdout, stderr io.Writer) error
}

var parts = []part{
	{"speed", speed}, {"scaling", scaling}, {"stall", stall}, {"memory", memory}, {"gateway", throughGateways},
}

func partNames() []string {
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	return names
}

func parse(args []string, stderr io.Writer) (options, error) {
	var (
		opts  options
		names string
		flags = flag.NewFlagSet("derive", flag.ContinueOnError)
		all   = strings.Join(partNames(), ",")
	)
	flags.SetOutput(stderr)
	flags.StringVar(&names, "parts", all, "what to measure")
	flags.IntVar(&opts.rounds, "rounds", 7, "`number` of rounds; the result is their median")
	flags.IntVar(&opts.spans, "spans", 1_000_000, "`number` of spans for each connector in a round")
	flags.IntVar(&opts.gateway, "gateway-spans", 40_000, "`number` of spans for each gateway in a round; of these rounds there are five times as many")
	flags.DurationVar(&opts.stall, "stall", 5*time.Second, "how long to send while flushes go on, for each row")
	flags.IntVar(&opts.gogc, "gogc", 400, "GOGC of what is measured; the product ships with 400")
	if err := flags.Parse(args); err != nil {
		return options{}, err
	}

	var errs []error
	opts.parts = strings.Split(names, ",")
	for _, name := range opts.parts {
		if !slices.Contains(partNames(), name) {
			errs = append(errs, fmt.Errorf("--parts: got %q, allowed: %s", name, all))
		}
	}
	for _, n := range []struct {
		flag  string
		value int
		least int
	}{
		{"rounds", opts.rounds, 1}, {"gogc", opts.gogc, 10}, {"spans", opts.spans, batch}, {"gateway-spans", opts.gateway, batch},
	} {
		if n.value < n.least {
			errs = append(errs, fmt.Errorf("--%s: got %d, allowed: %d and more", n.flag, n.value, n.least))
		}
	}
	if opts.stall < 2*stallFlushInterval {
		errs = append(errs, fmt.Errorf("--stall: got %v, allowed: %v and more", opts.stall, 2*stallFlushInterval))
	}
	if flags.NArg() > 0 {
		errs = append(errs, fmt.Errorf("arguments: got %q, allowed: none", flags.Args()))
	}
	return opts, errors.Join(errs...)
}
