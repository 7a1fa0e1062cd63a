// Package e2e drives the built programs as their users do: the gateway as a
// process, real OTLP clients in front of it, a real Prometheus engine behind it.
// `make test` builds the programs and says where they are.
package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// patience bounds every wait. It is far beyond what a busy machine needs, and is
// reached only by a test that fails.
const patience = 90 * time.Second

// program returns the path of a built program from the environment.
func program(t testing.TB, variable string) string {
	path := os.Getenv(variable)
	require.NotEmpty(t, path, "%s is not set: run the tests with `make test-e2e`", variable)
	return path
}

// gateway is a running gateway with its data in a folder of the test.
type gateway struct {
	cmd                              *exec.Cmd
	data, log                        string
	grpc, http, prometheus, internal string
	exited                           chan error
}

// start runs the embedded default configuration, with free ports and a short
// flush, and whatever more is to be configured. It returns when the gateway
// takes data.
func start(t *testing.T, more ...string) *gateway {
	t.Helper()
	return startIn(t, t.TempDir(), more...)
}

// startIn is start with the data of the gateway that ran in the folder before.
func startIn(t *testing.T, dir string, more ...string) *gateway {
	t.Helper()
	g := &gateway{
		data: filepath.Join(dir, "data"), log: filepath.Join(dir, "log"),
		grpc: freeAddress(t), http: freeAddress(t), prometheus: freeAddress(t), internal: freeAddress(t),
		exited: make(chan error, 1),
	}
	args := []string{"--config", "embedded:default"}
	for _, yaml := range more {
		args = append(args, "--config", "yaml:"+yaml)
	}
	g.cmd = exec.Command(program(t, "READYGATE"), args...)
	_, port, err := net.SplitHostPort(g.internal)
	require.NoError(t, err)
	g.cmd.Env = append(os.Environ(),
		"READYGATE_DATA_DIR="+g.data,
		"READYGATE_OTLP_GRPC_ENDPOINT="+g.grpc,
		"READYGATE_OTLP_HTTP_ENDPOINT="+g.http,
		"READYGATE_PROMETHEUS_ENDPOINT="+g.prometheus,
		"READYGATE_TELEMETRY_PORT="+port,
		"READYGATE_INSTANCE=e2e",
		"READYGATE_FLUSH_INTERVAL=200ms",
		"READYGATE_LOG_LEVEL=debug",
	)
	out, err := os.Create(g.log)
	require.NoError(t, err)
	g.cmd.Stdout, g.cmd.Stderr = out, out
	require.NoError(t, g.cmd.Start())
	go func() {
		g.exited <- g.cmd.Wait()
		_ = out.Close()
	}()
	t.Cleanup(func() {
		_ = g.cmd.Process.Kill()
		if t.Failed() {
			t.Logf("the gateway's log ends:\n%s", tail(g.read(t, g.log), 4000))
		}
	})
	eventually(t, "the gateway takes data", func() error {
		select {
		case err := <-g.exited:
			g.exited <- err
			require.FailNow(t, "the gateway ended", "%v\n%s", err, tail(g.read(t, g.log), 4000))
		default:
		}
		for _, address := range []string{g.grpc, g.http, g.prometheus, g.internal} {
			conn, err := net.DialTimeout("tcp", address, time.Second)
			if err != nil {
				return err
			}
			_ = conn.Close()
		}
		return nil
	})
	return g
}

// folder is where startIn finds the gateway's data.
func (g *gateway) folder() string { return filepath.Dir(g.data) }

// stop asks the gateway to end and expects it to do so cleanly.
func (g *gateway) stop(t *testing.T) {
	t.Helper()
	require.NoError(t, g.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-g.exited:
		g.exited <- err
		require.NoError(t, err, "the gateway's exit")
	case <-time.After(patience):
		require.FailNow(t, "the gateway does not end")
	}
}

func (g *gateway) read(t *testing.T, path string) string {
	content, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return ""
	}
	require.NoError(t, err)
	return string(content)
}

// get fetches a page.
func get(t *testing.T, url string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode, "%s", body)
	return string(body)
}

// traces, logs and metrics read what the file exporters wrote.
func (g *gateway) traces(t *testing.T) []ptrace.Traces {
	return readLines(t, filepath.Join(g.data, "traces.jsonl"), (&ptrace.JSONUnmarshaler{}).UnmarshalTraces)
}

func (g *gateway) logs(t *testing.T) []plog.Logs {
	return readLines(t, filepath.Join(g.data, "logs.jsonl"), (&plog.JSONUnmarshaler{}).UnmarshalLogs)
}

func (g *gateway) metrics(t *testing.T, file string) []pmetric.Metrics {
	return readLines(t, filepath.Join(g.data, file), (&pmetric.JSONUnmarshaler{}).UnmarshalMetrics)
}

func readLines[T any](t *testing.T, path string, unmarshal func([]byte) (T, error)) []T {
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	var all []T
	for line := range bytes.Lines(content) {
		one, err := unmarshal(line)
		require.NoError(t, err, "%s", line)
		all = append(all, one)
	}
	return all
}

// fileMetrics is configuration that also writes metrics, received and derived,
// to files.
const fileMetrics = `
exporters:
  file/metrics: {path: "${env:READYGATE_DATA_DIR}/metrics.jsonl", create_directory: true}
  file/red: {path: "${env:READYGATE_DATA_DIR}/red.jsonl", create_directory: true}
service:
  pipelines:
    metrics: {receivers: [otlp], processors: [memory_limiter, scrub], exporters: [prometheus, file/metrics]}
    metrics/red: {receivers: [red], exporters: [prometheus, file/red]}
`

// eventually waits until the condition holds.
func eventually(t *testing.T, what string, condition func() error) {
	t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := condition()
		if err == nil {
			return
		}
		select {
		case <-deadline:
			require.FailNow(t, "not in time: "+what, "%v", err)
		case <-tick.C:
		}
	}
}

func freeAddress(t testing.TB) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	return listener.Addr().String()
}

func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return "..." + s[len(s)-n:]
}

// run runs a program to its end and returns what it printed and its exit code.
func run(t *testing.T, name string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs strings.Builder
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// runOK is run for programs that must succeed.
func runOK(t *testing.T, name string, args ...string) string {
	t.Helper()
	stdout, stderr, code := run(t, name, args...)
	require.Zero(t, code, "%s %s\n%s%s", name, fmt.Sprint(args), stdout, stderr)
	return stdout + stderr
}
