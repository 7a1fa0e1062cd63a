package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/bench/rivals/gateway"
)

func TestWrongFlagsAreReportedAllAtOnce(t *testing.T) {
	var stderr bytes.Buffer

	code := run(context.Background(), []string{"--variants", "none,gitleaks", "--rounds", "0", "--records", "3"}, nil, nil, &stderr)

	require.Equal(t, 2, code)
	for _, message := range []string{`--variants: got "gitleaks"`, "--rounds: got 0", "--records: got 3"} {
		require.Contains(t, stderr.String(), message)
	}
}

func TestAGatewayTellsItsCPUTimeUntilItsInputEnds(t *testing.T) {
	endpoint, err := gateway.FreeEndpoint()
	require.NoError(t, err)
	for _, v := range variants {
		var stdout, stderr bytes.Buffer

		code := run(context.Background(), []string{serveCommand, v.name, endpoint}, strings.NewReader("\"cpu\"\n\"cpu\"\n"), &stdout, &stderr)

		require.Equal(t, 0, code, stderr.String())
		require.Regexp(t, `^ready\n[\d.]+\n[\d.]+\n$`, stdout.String(), v.name)
	}
}
