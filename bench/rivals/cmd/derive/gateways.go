package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor/memorylimiterprocessor"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/bench/rivals/derived"
	"github.com/readygate/readygate/bench/rivals/gateway"
	"github.com/readygate/readygate/bench/rivals/rounds"
)

const (
	// gatewayFlushInterval is that of the shipped configuration.
	gatewayFlushInterval = 15 * time.Second

	// gatewayRounds is how many rounds there are here for each one elsewhere. What
	// a connector adds is less than what a shared machine wavers by from one second
	// to the next: many short rounds tell it better than few long ones.
	gatewayRounds = 5
)

// line is what stands in a gateway: the receiver, memory_limiter, scrub or not,
// and then an exporter that does nothing, and beside it a connector or none.
type line struct {
	name      string
	scrub     bool
	connector string // "" for none
}

var lines = []line{
	{"without scrub", false, ""},
	{"without scrub, red", false, contender.RED},
	{"without scrub, span_metrics", false, contender.SpanMetrics},
	{"with scrub", true, ""},
	{"with scrub, red", true, contender.RED},
	{"with scrub, span_metrics", true, contender.SpanMetrics},
}

// serveLine is the process of a gateway.
func serveLine(ctx context.Context, name, endpoint string, stdin io.Reader, stdout io.Writer) error {
	i := slices.IndexFunc(lines, func(l line) bool { return l.name == name })
	if i < 0 {
		return fmt.Errorf("gateway %q: unknown", name)
	}
	built, err := lines[i].build(ctx)
	if err != nil {
		return err
	}
	return gateway.Serve(ctx, built, endpoint, stdin, stdout)
}

// build builds the pipeline from its end.
func (l line) build(ctx context.Context) (gateway.Line, error) {
	end := consumertest.NewNop()
	var traces consumer.Traces = end
	var components []component.Component
	if l.connector != "" {
		deriver, err := contender.NewDeriver(l.connector, contender.DeriverOptions{
			FlushInterval: gatewayFlushInterval, Exemplars: true, Series: roomFor(fleets[1]), Services: fleets[1].Services,
		})
		if err != nil {
			return gateway.Line{}, err
		}
		connector, err := deriver.Create(ctx, new(derived.Sink))
		if err != nil {
			return gateway.Line{}, err
		}
		traces, components = fanOut{end, connector}, append(components, connector)
	}
	if l.scrub {
		scrub, err := contender.Scrub()
		if err != nil {
			return gateway.Line{}, err
		}
		processor, err := scrub.Traces(ctx, traces)
		if err != nil {
			return gateway.Line{}, err
		}
		traces, components = processor, append(components, processor)
	}
	factory := memorylimiterprocessor.NewFactory()
	config := factory.CreateDefaultConfig().(*memorylimiterprocessor.Config)
	config.CheckInterval, config.MemoryLimitMiB = time.Second, 1024
	limiter, err := factory.CreateTraces(ctx, processortest.NewNopSettings(factory.Type()), config, traces)
	if err != nil {
		return gateway.Line{}, err
	}
	components = append(components, limiter)
	slices.Reverse(components)
	return gateway.Line{Logs: end, Traces: limiter, Components: components}, nil
}

// fanOut is what the Collector puts before the exporters of a pipeline, for
// consumers that only read.
type fanOut []consumer.Traces

func (fanOut) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (f fanOut) ConsumeTraces(ctx context.Context, td ptrace.Traces) error {
	td.MarkReadOnly()
	var errs []error
	for _, next := range f {
		errs = append(errs, next.ConsumeTraces(ctx, td))
	}
	return errors.Join(errs...)
}

// throughGateways measures the CPU of whole gateways.
func throughGateways(ctx context.Context, opts options, stdout, stderr io.Writer) (err error) {
	gateways := make([]*gateway.Gateway, len(lines))
	defer func() {
		for _, g := range gateways {
			if g != nil {
				err = errors.Join(err, g.Stop())
			}
		}
	}()
	for i, l := range lines {
		if gateways[i], err = gateway.Launch(ctx, l.name, []string{serveGateway, l.name}, opts.gogc, stderr); err != nil {
			return err
		}
	}
	requests := fleets[1].Requests(batch, seed)
	costs := make([]rounds.Figures, len(lines))
	last := gatewayRounds * opts.rounds
	for round := range last + 1 {
		fmt.Fprintf(stderr, "gateway: round %d of %d\n", round, last)
		for i := range lines {
			// Each round begins with another: whoever comes first has no advantage.
			turn := (i + round) % len(lines)
			cpu, err := gateways[turn].Measure(func() error {
				for n := range opts.gateway / batch {
					if _, err := gateways[turn].Traces.Export(ctx, requests[n%len(requests)]); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			if round > 0 { // round 0 warms up
				costs[turn] = append(costs[turn], cpu*1e6/float64(opts.gateway/batch*batch))
			}
		}
	}

	fmt.Fprintf(stdout, "## In a gateway\n\nOTLP over gRPC -> memory_limiter -> scrub or not -> nothing, and the connector with exemplars, %d series, a flush every %v; %d rounds.\n\n", fleets[1].Series(), gatewayFlushInterval, last)
	fmt.Fprint(stdout, "| gateway | CPU s per million spans | lowest to highest | added by the connector (middle half of the rounds) |\n|---|---:|---:|---:|\n")
	base := 0
	for i, l := range lines {
		added := ""
		if l.connector == "" {
			base = i
		} else {
			ratio := costs[i].Over(costs[base])
			added = fmt.Sprintf("%.1f %% (%.1f to %.1f)", 100*ratio.Median()-100, 100*ratio.Quantile(0.25)-100, 100*ratio.Quantile(0.75)-100)
		}
		fmt.Fprintf(stdout, "| %s | %.2f | %.2f to %.2f | %s |\n", l.name, costs[i].Median(), costs[i].Lowest(), costs[i].Highest(), added)
	}
	fmt.Fprintln(stdout)
	return nil
}
