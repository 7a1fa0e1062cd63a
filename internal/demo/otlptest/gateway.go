// Package otlptest is a gateway for tests: it receives OTLP over gRPC and HTTP,
// keeps what it got, and answers as it is told to. Tests only.
package otlptest

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
)

// Answer is how a gateway answers every request. The zero value accepts it.
type Answer struct {
	// Rejected is the number of items of a partial success.
	Rejected int64
	// Err refuses the request: a gRPC status, and 400 over HTTP.
	Err error
}

// Gateway keeps what it received. Safe for concurrent use.
type Gateway struct {
	// GRPC and HTTP are where it listens, host:port.
	GRPC, HTTP string

	answer  Answer
	mu      sync.Mutex
	traces  []ptrace.Traces
	logs    []plog.Logs
	metrics []pmetric.Metrics
	// encodings are the Content-Encoding headers of HTTP requests.
	encodings map[string]int
}

// Start starts a gateway that stops with the test.
func Start(t testing.TB, answer Answer) *Gateway {
	g := &Gateway{answer: answer, encodings: map[string]int{}}

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := grpc.NewServer()
	ptraceotlp.RegisterGRPCServer(server, &traceServer{g: g})
	plogotlp.RegisterGRPCServer(server, &logServer{g: g})
	pmetricotlp.RegisterGRPCServer(server, &metricServer{g: g})
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		server.Stop()
		require.NoError(t, <-served)
	})
	g.GRPC = listener.Addr().String()

	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/traces", handle(g, ptraceotlp.NewExportRequest, (&traceServer{g: g}).Export))
	mux.HandleFunc("POST /v1/logs", handle(g, plogotlp.NewExportRequest, (&logServer{g: g}).Export))
	mux.HandleFunc("POST /v1/metrics", handle(g, pmetricotlp.NewExportRequest, (&metricServer{g: g}).Export))
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	g.HTTP = web.Listener.Addr().String()
	return g
}

// Traces returns the traces received, in order.
func (g *Gateway) Traces() []ptrace.Traces {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.traces
}

// Logs returns the logs received, in order.
func (g *Gateway) Logs() []plog.Logs {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.logs
}

// Metrics returns the metrics received, in order.
func (g *Gateway) Metrics() []pmetric.Metrics {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.metrics
}

// Encodings counts HTTP requests by Content-Encoding.
func (g *Gateway) Encodings() map[string]int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.encodings
}

// handle serves one signal over HTTP by what serves it over gRPC.
func handle[Request interface{ UnmarshalProto([]byte) error }, Response interface{ MarshalProto() ([]byte, error) }](
	g *Gateway, newRequest func() Request, export func(context.Context, Request) (Response, error),
) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		g.encodings[r.Header.Get("Content-Encoding")]++
		g.mu.Unlock()
		body, err := io.ReadAll(r.Body)
		req := newRequest()
		if err == nil {
			err = req.UnmarshalProto(body)
		}
		var answer []byte
		if err == nil {
			var resp Response
			if resp, err = export(r.Context(), req); err == nil {
				answer, err = resp.MarshalProto()
			}
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/x-protobuf")
		_, _ = w.Write(answer) // a client that has gone is the client's loss
	}
}

type traceServer struct {
	ptraceotlp.UnimplementedGRPCServer
	g *Gateway
}

func (s *traceServer) Export(_ context.Context, req ptraceotlp.ExportRequest) (ptraceotlp.ExportResponse, error) {
	s.g.mu.Lock()
	defer s.g.mu.Unlock()
	s.g.traces = append(s.g.traces, req.Traces())
	resp := ptraceotlp.NewExportResponse()
	resp.PartialSuccess().SetRejectedSpans(s.g.answer.Rejected)
	return resp, s.g.answer.Err
}

type logServer struct {
	plogotlp.UnimplementedGRPCServer
	g *Gateway
}

func (s *logServer) Export(_ context.Context, req plogotlp.ExportRequest) (plogotlp.ExportResponse, error) {
	s.g.mu.Lock()
	defer s.g.mu.Unlock()
	s.g.logs = append(s.g.logs, req.Logs())
	resp := plogotlp.NewExportResponse()
	resp.PartialSuccess().SetRejectedLogRecords(s.g.answer.Rejected)
	return resp, s.g.answer.Err
}

type metricServer struct {
	pmetricotlp.UnimplementedGRPCServer
	g *Gateway
}

func (s *metricServer) Export(_ context.Context, req pmetricotlp.ExportRequest) (pmetricotlp.ExportResponse, error) {
	s.g.mu.Lock()
	defer s.g.mu.Unlock()
	s.g.metrics = append(s.g.metrics, req.Metrics())
	resp := pmetricotlp.NewExportResponse()
	resp.PartialSuccess().SetRejectedDataPoints(s.g.answer.Rejected)
	return resp, s.g.answer.Err
}
