package e2e

import (
	"encoding/binary"
	"fmt"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/readygate/readygate/internal/telemetry"
)

// A gateway that is told to end in the middle of the traffic loses nothing that
// it acknowledged: every span and log record that a client got an answer for is
// in the files, and every span is counted when it is there again.
func TestSIGTERMLosesNothingAcknowledged(t *testing.T) {
	g := start(t)
	const clients, perBatch = 4, 20
	var acknowledged sync.Map // span ids, and log bodies of the same number
	var answers atomic.Int64
	var wg sync.WaitGroup
	for c := range clients {
		wg.Go(func() {
			conn, err := grpc.NewClient(g.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			traces, logs := ptraceotlp.NewGRPCClient(conn), plogotlp.NewGRPCClient(conn)
			for next := uint64(c + 1); ; next += clients * perBatch {
				td, ld, ids := batch(next, clients, perBatch)
				// The first call that fails is the gateway's end.
				if _, err := traces.Export(t.Context(), ptraceotlp.NewExportRequestFromTraces(td)); err != nil {
					return
				}
				for _, id := range ids {
					acknowledged.Store(id, "span")
				}
				if _, err := logs.Export(t.Context(), plogotlp.NewExportRequestFromLogs(ld)); err != nil {
					return
				}
				for _, id := range ids {
					acknowledged.Store(id, "span and record")
				}
				answers.Add(1)
			}
		})
	}
	eventually(t, "traffic flows", func() error {
		if answers.Load() < 200 {
			return errTooFew
		}
		return nil
	})
	require.NoError(t, g.cmd.Process.Signal(syscall.SIGTERM))
	wg.Wait()
	require.NoError(t, <-g.exited)

	spans, records := map[uint64]bool{}, map[uint64]bool{}
	for _, td := range g.traces(t) {
		for _, rs := range td.ResourceSpans().All() {
			for _, s := range rs.ScopeSpans().At(0).Spans().All() {
				id := s.SpanID()
				spans[binary.BigEndian.Uint64(id[:])] = true
			}
		}
	}
	for _, ld := range g.logs(t) {
		for _, r := range ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().All() {
			records[uint64(r.Body().Int())] = true
		}
	}
	total := 0
	acknowledged.Range(func(id, what any) bool {
		total++
		if !spans[id.(uint64)] {
			t.Errorf("span %d was acknowledged and is lost", id)
		}
		if what == "span and record" && !records[id.(uint64)] {
			t.Errorf("log record %d was acknowledged and is lost", id)
		}
		return !t.Failed()
	})
	t.Logf("%d spans acknowledged, %d written", total, len(spans))

	g = startIn(t, g.folder())
	eventually(t, "all that was written is counted", func() error {
		return g.counts(t, telemetry.HTTPRequests.Name, len(spans))
	})
}

// Killed in the middle, the gateway goes on where readers are: they see no value fall,
// and no request twice.
func TestAKilledGatewayCountsNothingTwice(t *testing.T) {
	g := start(t)
	send := func(first uint64, n int) {
		conn, err := grpc.NewClient(g.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
		require.NoError(t, err)
		defer conn.Close()
		td, _, _ := batch(first, 1, n)
		_, err = ptraceotlp.NewGRPCClient(conn).Export(t.Context(), ptraceotlp.NewExportRequestFromTraces(td))
		require.NoError(t, err)
	}
	for total := 0; total < 300; total += 100 {
		send(uint64(total+1), 100)
		eventually(t, "what came in is on the page", func() error {
			return g.counts(t, telemetry.HTTPRequests.Name, total+100)
		})
		require.NoError(t, g.cmd.Process.Kill())
		<-g.exited
		g = startIn(t, g.folder())
		eventually(t, "it is there again, and not as a zero", func() error {
			value, shown := g.value(t, telemetry.HTTPRequests.Name)
			if !shown {
				return errTooFew
			}
			require.InDelta(t, total+100, value, 0)
			return nil
		})
	}
}

// counts fails unless the only series of the name on the page has that value.
func (g *gateway) counts(t *testing.T, name string, want int) error {
	if value, _ := g.value(t, name); value != float64(want) {
		return fmt.Errorf("%s is %v, not %d", name, value, want)
	}
	return nil
}

// value is that of the only series of the name on the page.
func (g *gateway) value(t *testing.T, name string) (value float64, shown bool) {
	for _, s := range scrape(t, "http://"+g.prometheus+"/metrics") {
		if s.labels.Get("__name__") == name {
			return s.value, true
		}
	}
	return 0, false
}

type constantError string

func (e constantError) Error() string { return string(e) }

const errTooFew = constantError("too little yet")

// batch makes n spans and as many log records, numbered from first in steps.
func batch(first uint64, step, n int) (ptrace.Traces, plog.Logs, []uint64) {
	td, ld := ptrace.NewTraces(), plog.NewLogs()
	rs, rl := td.ResourceSpans().AppendEmpty(), ld.ResourceLogs().AppendEmpty()
	rs.Resource().Attributes().PutStr("service.name", "load")
	rl.Resource().Attributes().PutStr("service.name", "load")
	ss, sl := rs.ScopeSpans().AppendEmpty(), rl.ScopeLogs().AppendEmpty()
	var ids []uint64
	for i := range n {
		id := first + uint64(i*step)
		ids = append(ids, id)
		span := ss.Spans().AppendEmpty()
		span.SetTraceID(pcommon.TraceID{15: 1})
		var spanID pcommon.SpanID
		binary.BigEndian.PutUint64(spanID[:], id)
		span.SetSpanID(spanID)
		span.SetName("GET /load")
		span.SetKind(ptrace.SpanKindServer)
		span.SetStartTimestamp(1)
		span.SetEndTimestamp(2)
		span.Attributes().PutStr("http.request.method", "GET")
		span.Attributes().PutStr("http.route", "/load")
		span.Attributes().PutInt("http.response.status_code", 200)
		record := sl.LogRecords().AppendEmpty()
		record.Body().SetInt(int64(id))
	}
	return td, ld, ids
}
