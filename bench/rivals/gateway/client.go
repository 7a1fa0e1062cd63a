package gateway

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/readygate/readygate/bench/rivals/process"
)

// Gateway is a gateway in a process of its own, with a client. It is for one
// goroutine at a time.
type Gateway struct {
	Logs   plogotlp.GRPCClient
	Traces ptraceotlp.GRPCClient

	process *process.Process
	conn    *grpc.ClientConn
}

// Launch starts this program anew with args and, after them, an endpoint for
// [Serve], and waits until it takes requests. The caller stops the gateway.
func Launch(ctx context.Context, name string, args []string, gogc int, stderr io.Writer) (*Gateway, error) {
	endpoint, err := FreeEndpoint()
	if err != nil {
		return nil, err
	}
	p, err := process.Launch(ctx, "gateway "+name, append(args, endpoint), gogc, stderr)
	if err != nil {
		return nil, err
	}
	conn, err := grpc.NewClient(endpoint, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	return &Gateway{plogotlp.NewGRPCClient(conn), ptraceotlp.NewGRPCClient(conn), p, conn}, nil
}

// FreeEndpoint returns an address of this machine that was free a moment ago.
func FreeEndpoint() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// Measure returns the CPU seconds that the gateway uses for what send sends.
func (g *Gateway) Measure(send func() error) (float64, error) {
	var before, after float64
	if err := g.process.Ask(cpuQuestion, &before); err != nil {
		return 0, err
	}
	if err := send(); err != nil {
		return 0, fmt.Errorf("%s: %w", g.process.Name, err)
	}
	err := g.process.Ask(cpuQuestion, &after)
	return after - before, err
}

// Stop ends the gateway and waits for it.
func (g *Gateway) Stop() error {
	return errors.Join(g.conn.Close(), g.process.Stop())
}
