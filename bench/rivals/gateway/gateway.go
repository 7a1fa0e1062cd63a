// Package gateway runs small gateways in processes of their own: OTLP over gRPC
// on loopback, and behind it what is measured. Only a gateway's own CPU counts,
// for its client is another process.
package gateway

import (
	"context"
	"errors"
	"io"
	"slices"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/config/configgrpc"
	"go.opentelemetry.io/collector/config/confignet"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/receiver/receivertest"

	"github.com/readygate/readygate/bench/rivals/process"
)

// Line is what stands behind the receiver.
type Line struct {
	Logs   consumer.Logs
	Traces consumer.Traces
	// Components are what Logs and Traces lead to, in the order of the data.
	Components []component.Component
}

// cpuQuestion asks a gateway for the CPU seconds that it has used so far.
const cpuQuestion = "cpu"

// Serve runs a gateway that receives at endpoint, until stdin ends.
func Serve(ctx context.Context, line Line, endpoint string, stdin io.Reader, stdout io.Writer) (err error) {
	components, err := line.behindReceivers(ctx, endpoint)
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
	return process.Serve(stdin, stdout, func(string) (any, error) { return process.CPU() })
}

// behindReceivers returns the components with receivers in front of them.
func (l Line) behindReceivers(ctx context.Context, endpoint string) ([]component.Component, error) {
	factory := otlpreceiver.NewFactory()
	config := factory.CreateDefaultConfig().(*otlpreceiver.Config)
	config.Protocols.GRPC = configoptional.Some(configgrpc.ServerConfig{
		NetAddr: confignet.AddrConfig{Endpoint: endpoint, Transport: confignet.TransportTypeTCP},
	})
	set := receivertest.NewNopSettings(factory.Type())
	logs, err := factory.CreateLogs(ctx, set, config, l.Logs)
	if err != nil {
		return nil, err
	}
	traces, err := factory.CreateTraces(ctx, set, config, l.Traces)
	if err != nil {
		return nil, err
	}
	return append([]component.Component{logs, traces}, l.Components...), nil
}
