package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// gateway is a gateway in a process of its own, with a client. It is for one
// goroutine at a time.
type gateway struct {
	variant

	process *exec.Cmd
	stdin   io.WriteCloser
	answers *bufio.Scanner
	conn    *grpc.ClientConn
	logs    plogotlp.GRPCClient
	traces  ptraceotlp.GRPCClient
}

// launch starts this program anew as a gateway, with the given GOGC, and waits
// until it takes requests.
func launch(ctx context.Context, v variant, gogc int, stderr io.Writer) (*gateway, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	endpoint, err := freeEndpoint()
	if err != nil {
		return nil, err
	}
	g := &gateway{variant: v, process: exec.CommandContext(ctx, program, serveCommand, v.name, endpoint)}
	g.process.Env = append(os.Environ(), "GOGC="+strconv.Itoa(gogc))
	g.process.Stderr = stderr
	if g.stdin, err = g.process.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := g.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	g.answers = bufio.NewScanner(stdout)
	if err := g.process.Start(); err != nil {
		return nil, err
	}
	if !g.answers.Scan() || g.answers.Text() != ready {
		return nil, errors.Join(fmt.Errorf("gateway %s did not start", v.name), g.stop())
	}
	if g.conn, err = grpc.NewClient(endpoint, grpc.WithTransportCredentials(insecure.NewCredentials())); err != nil {
		return nil, errors.Join(err, g.stop())
	}
	g.logs, g.traces = plogotlp.NewGRPCClient(g.conn), ptraceotlp.NewGRPCClient(g.conn)
	return g, nil
}

// freeEndpoint returns an address of this machine that was free a moment ago.
func freeEndpoint() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// cpu returns the CPU seconds that the gateway has used so far.
func (g *gateway) cpu() (float64, error) {
	if _, err := io.WriteString(g.stdin, "cpu\n"); err != nil {
		return 0, fmt.Errorf("gateway %s: %w", g.name, err)
	}
	if !g.answers.Scan() {
		return 0, fmt.Errorf("gateway %s: no answer", g.name)
	}
	return strconv.ParseFloat(g.answers.Text(), 64)
}

// measure returns the CPU seconds that the gateway uses for what send sends.
func (g *gateway) measure(send func() error) (float64, error) {
	before, err := g.cpu()
	if err != nil {
		return 0, err
	}
	if err := send(); err != nil {
		return 0, fmt.Errorf("gateway %s: %w", g.name, err)
	}
	after, err := g.cpu()
	return after - before, err
}

// stop ends the gateway and waits for it.
func (g *gateway) stop() error {
	var errs []error
	if g.conn != nil {
		errs = append(errs, g.conn.Close())
	}
	errs = append(errs, g.stdin.Close())
	if err := g.process.Wait(); err != nil {
		errs = append(errs, fmt.Errorf("gateway %s: %w", g.name, err))
	}
	return errors.Join(errs...)
}
