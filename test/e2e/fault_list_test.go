package e2e

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"google.golang.org/grpc"
)

// expectation is when an alert begins to fire after the fault. One that stays is not
// over soon after the fault is.
type expectation struct {
	earliest, latest time.Duration
	stays            bool
}

// faults reads the list of what must fire.
func faults(t *testing.T, path string) map[episode]expectation {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	all := make(map[episode]expectation)
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		stays := len(words) == 5 && words[4] == "stays"
		require.True(t, len(words) == 4 || stays, line)
		e := episode{strings.TrimPrefix(words[0], "-"), words[1]}
		require.NotContains(t, all, e, "listed twice")
		all[e] = expectation{duration(t, words[2]), duration(t, words[3]), stays}
	}
	return all
}

// compare says which alerts do not begin when they should.
func compare(expected map[episode]expectation, began map[episode]time.Duration) []string {
	var wrong []string
	for e, x := range expected {
		if after, fired := began[e]; !fired {
			wrong = append(wrong, fmt.Sprintf("%v does not fire", e))
		} else if after < x.earliest || after > x.latest {
			wrong = append(wrong, fmt.Sprintf("%v fires after %v, not %v to %v", e, after, x.earliest, x.latest))
		}
	}
	for e, after := range began {
		if _, listed := expected[e]; !listed {
			wrong = append(wrong, fmt.Sprintf("%v fires after %v, and should not", e, after))
		}
	}
	slices.Sort(wrong)
	return wrong
}

func duration(t *testing.T, text string) time.Duration {
	d, err := time.ParseDuration(text)
	require.NoError(t, err)
	return d
}

// backend takes logs, until it refuses them.
type backend struct {
	plogotlp.UnimplementedGRPCServer
	address string
	refuses atomic.Bool
}

func newBackend(t *testing.T) *backend {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	b := &backend{address: listener.Addr().String()}
	server := grpc.NewServer()
	plogotlp.RegisterGRPCServer(server, b)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	return b
}

// Export implements the server.
func (b *backend) Export(context.Context, plogotlp.ExportRequest) (plogotlp.ExportResponse, error) {
	if b.refuses.Load() {
		return plogotlp.NewExportResponse(), errors.New("the disk is full")
	}
	return plogotlp.NewExportResponse(), nil
}
