package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/demo/otlptest"
)

// runDemoCommand runs the command alone, without the root.
func runDemoCommand(t *testing.T, args ...string) (stdout string, err error) {
	var out bytes.Buffer
	cmd := newDemoCommand()
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(args)
	cmd.SetOut(&out)
	cmd.SetErr(&bytes.Buffer{})
	err = cmd.ExecuteContext(t.Context())
	return out.String(), err
}

func TestDemoSaysWhatItSentAndWhatToLookAt(t *testing.T) {
	g := otlptest.Start(t, otlptest.Answer{})
	stdout, err := runDemoCommand(t, "--endpoint", g.HTTP, "--protocol", "http", "--duration", "100ms", "--rate", "400", "--seed", "7")
	require.NoError(t, err)
	for _, words := range []string{
		"40 visitors (--seed 7 ",
		"storefront  http " + g.HTTP,
		`http_requests_total{service="payments",endpoint="/charges",status="500"} went up by 1`,
		`(rate(http_requests_total{gateway_instance!="",status=~"5.."}[5m])) / `,
		`(rate(http_request_duration_seconds_bucket{gateway_instance!=""}[5m]))`,
		"HighErrorRate fires for payments and no other service",
		"SlowResponseTime fires for checkout and no other service",
		"readyctl generate",
	} {
		require.Contains(t, stdout, words)
	}
}

func TestDemoWithoutGatewaySaysHowToStartOne(t *testing.T) {
	stdout, err := runDemoCommand(t, "--endpoint", "127.0.0.1:1", "--protocol", "grpc")
	require.Empty(t, stdout)
	require.ErrorContains(t, err, "no gateway at 127.0.0.1:1")
	require.ErrorContains(t, err, "make run")
}

func TestDemoReportsWhatWasNotAccepted(t *testing.T) {
	g := otlptest.Start(t, otlptest.Answer{Rejected: 1})
	stdout, err := runDemoCommand(t, "--endpoint", g.GRPC, "--protocol", "grpc", "--duration", "1ms")
	require.Empty(t, stdout)
	require.ErrorContains(t, err, "only 0 spans, 0 log records and 0 metric points were acknowledged")
	require.ErrorContains(t, err, "storefront: ")
}

func TestDemoRefusesWhatItCannotDo(t *testing.T) {
	for _, args := range []string{
		"--protocol smoke",
		"--duration -1s",
		"--rate 0",
		"--endpoint 127.0.0.1:4317 --protocol both",
		"--endpoint http://127.0.0.1:4318 --protocol http",
	} {
		stdout, err := runDemoCommand(t, strings.Fields(args)...)
		require.Empty(t, stdout, args)
		require.ErrorAs(t, err, new(usageError), args)
	}
}
