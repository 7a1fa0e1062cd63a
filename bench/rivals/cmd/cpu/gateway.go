package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/config/configgrpc"
	"go.opentelemetry.io/collector/config/confignet"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/receiver/receivertest"
	"golang.org/x/sys/unix"

	"github.com/readygate/readygate/bench/rivals/contender"
)

// ready is what a gateway says when it takes requests.
const ready = "ready"

// variants are what can stand between the receiver and the end of the pipeline.
var variants = []variant{
	{name: "none"},
	{name: "scrub", contender: contender.Scrub},
	{name: "redaction", contender: contender.Redaction, slow: true},
	{name: "transform", contender: contender.Transform, slow: true},
}

type variant struct {
	name      string
	contender func() (contender.Contender, error) // nil for none
	slow      bool                                // takes fewer records in a round
}

func variantOf(name string) (variant, bool) {
	i := slices.IndexFunc(variants, func(v variant) bool { return v.name == name })
	if i < 0 {
		return variant{}, false
	}
	return variants[i], true
}

// serve runs a gateway: OTLP over gRPC at endpoint, the named variant, and
// nothing behind it. It writes "ready" to stdout, and for each line on stdin
// the CPU seconds that the process has used so far. It ends when stdin does.
func serve(ctx context.Context, name, endpoint string, stdin io.Reader, stdout io.Writer) (err error) {
	v, ok := variantOf(name)
	if !ok {
		return fmt.Errorf("variant %q: unknown", name)
	}
	components, err := pipelines(ctx, v, endpoint)
	if err != nil {
		return err
	}
	defer func() {
		for _, c := range components {
			err = errors.Join(err, c.Shutdown(ctx))
		}
	}()
	for _, c := range slices.Backward(components) {
		if err := c.Start(ctx, componenttest.NewNopHost()); err != nil {
			return err
		}
	}

	if _, err := fmt.Fprintln(stdout, ready); err != nil {
		return err
	}
	questions := bufio.NewScanner(stdin)
	for questions.Scan() {
		seconds, err := cpu()
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(stdout, "%.6f\n", seconds); err != nil {
			return err
		}
	}
	return questions.Err()
}

// pipelines builds one pipeline of logs and one of traces. The components come
// in the order of the data.
func pipelines(ctx context.Context, v variant, endpoint string) ([]component.Component, error) {
	var (
		logs       consumer.Logs   = consumertest.NewNop()
		traces     consumer.Traces = consumertest.NewNop()
		components []component.Component
	)
	if v.contender != nil {
		c, err := v.contender()
		if err != nil {
			return nil, err
		}
		logProcessor, err := c.Logs(ctx, logs)
		if err != nil {
			return nil, err
		}
		traceProcessor, err := c.Traces(ctx, traces)
		if err != nil {
			return nil, err
		}
		logs, traces = logProcessor, traceProcessor
		components = append(components, logProcessor, traceProcessor)
	}

	factory := otlpreceiver.NewFactory()
	config := factory.CreateDefaultConfig().(*otlpreceiver.Config)
	config.Protocols.GRPC = configoptional.Some(configgrpc.ServerConfig{
		NetAddr: confignet.AddrConfig{Endpoint: endpoint, Transport: confignet.TransportTypeTCP},
	})
	set := receivertest.NewNopSettings(factory.Type())
	logReceiver, err := factory.CreateLogs(ctx, set, config, logs)
	if err != nil {
		return nil, err
	}
	traceReceiver, err := factory.CreateTraces(ctx, set, config, traces)
	if err != nil {
		return nil, err
	}
	return append([]component.Component{logReceiver, traceReceiver}, components...), nil
}

// cpu returns the seconds of CPU, user and system, that this process has used.
func cpu() (float64, error) {
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		return 0, fmt.Errorf("getrusage: %w", err)
	}
	return seconds(usage.Utime) + seconds(usage.Stime), nil
}

func seconds(t unix.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
