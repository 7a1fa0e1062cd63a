package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/bench/rivals/workload"
)

// The program starts itself anew for what it measures, and in a test that is
// the program of the test.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && (os.Args[1] == serveConnector || os.Args[1] == serveGateway) {
		main()
	}
	os.Exit(m.Run())
}

func TestWrongFlagsAreReportedAllAtOnce(t *testing.T) {
	var stderr bytes.Buffer

	code := run(t.Context(), []string{"--parts", "speed,color", "--rounds", "0", "--spans", "3", "--stall", "1s", "more"}, nil, nil, &stderr)

	require.Equal(t, 2, code)
	for _, message := range []string{`--parts: got "color"`, "--rounds: got 0", "--spans: got 3", "--stall: got 1s", `arguments: got ["more"]`} {
		require.Contains(t, stderr.String(), message)
	}
}

func TestEveryRowOfWhatTakesNoLongTimeIsWritten(t *testing.T) {
	var stdout, stderr bytes.Buffer

	code := run(t.Context(), []string{"--parts", "scaling,gateway", "--rounds", "1", "--spans", "512", "--gateway-spans", "2560"}, nil, &stdout, &stderr)

	require.Equal(t, 0, code, stderr.String())
	for _, line := range lines {
		require.Contains(t, stdout.String(), "| "+line.name+" |")
	}
	for _, name := range []string{contender.RED, contender.SpanMetrics, readOnly} {
		require.Contains(t, stdout.String(), "| all of one service | "+name+" |")
	}
}

// A worker whose connector lost or doubled a span fails, so what is measured is
// what counts right: in the steady state, beyond a limit, by two goroutines and
// while flushes go on.
func TestWorkersCheckTheTotals(t *testing.T) {
	fleet := workload.Fleet{Services: 2, Routes: 3}
	for _, name := range contender.DeriverNames() {
		s, err := json.Marshal(setup{Connector: name, Fleet: fleet, FlushInterval: 100 * time.Millisecond, Exemplars: true, Series: fleet.Series() + 2*fleet.Services})
		require.NoError(t, err)
		var questions strings.Builder
		for _, q := range []question{
			{Do: "warm"}, {Do: "count", Spans: 51200, Goroutines: 2}, {Do: "count", Spans: 51200, Goroutines: 2, OneService: true},
			{Do: "stall", For: 250 * time.Millisecond, GC: true}, {Do: "demand", Unseen: 1000}, {Do: "heap"}, {Do: "finish"},
		} {
			require.NoError(t, json.NewEncoder(&questions).Encode(q))
		}
		var stdout, stderr bytes.Buffer

		code := run(t.Context(), []string{serveConnector, string(s)}, strings.NewReader(questions.String()), &stdout, &stderr)

		require.Equal(t, 0, code, "%s: %s", name, stderr.String())
		answers := strings.Split(strings.TrimSpace(stdout.String()), "\n")
		require.Len(t, answers, 8)
		var h held
		require.NoError(t, json.Unmarshal([]byte(answers[7]), &h))
		require.Greater(t, h.Series, fleet.Series(), "%s: with overflow", name)
	}
}

func TestAnUnknownQuestionIsAnError(t *testing.T) {
	s, err := json.Marshal(setup{Connector: readOnly, Fleet: workload.Fleet{Services: 1, Routes: 1}})
	require.NoError(t, err)
	var stderr bytes.Buffer

	code := run(t.Context(), []string{serveConnector, string(s)}, strings.NewReader(`{"Do":"sing"}`), io.Discard, &stderr)

	require.Equal(t, 1, code)
	require.Contains(t, stderr.String(), `question "sing": unknown`)
}
