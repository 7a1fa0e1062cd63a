package delivery

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploggrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
)

// Protocol is a transport of OTLP.
type Protocol string

// The transports that gateways receive by.
const (
	GRPC Protocol = "grpc"
	HTTP Protocol = "http"
)

const (
	// connectTimeout bounds Probe: a gateway that is there answers at once.
	connectTimeout = 3 * time.Second
	// requestTimeout bounds one export, its retries included.
	requestTimeout = 10 * time.Second

	// A gateway under pressure asks to be tried again. These are the SDK's
	// back-off times, shortened to what somebody watching a terminal bears.
	retryFirst = 100 * time.Millisecond
	retryMost  = time.Second
	retryTotal = 5 * time.Second
)

// Target is where telemetry is sent.
type Target struct {
	Protocol Protocol
	// Endpoint is host:port.
	Endpoint string
	// Insecure is to use no TLS.
	Insecure bool
}

// UnreachableError says that nothing accepts connections at a target.
type UnreachableError struct {
	Target Target
	Err    error
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("no gateway at %s (OTLP over %s): %v", e.Target.Endpoint, e.Target.Protocol, e.Err)
}

func (e *UnreachableError) Unwrap() error { return e.Err }

// Probe connects to the target once and hangs up. Its error is an
// [UnreachableError]. Exporters would try for longer and tell less.
func (t Target) Probe(ctx context.Context) error {
	d := net.Dialer{Timeout: connectTimeout}
	conn, err := d.DialContext(ctx, "tcp", t.Endpoint)
	if err != nil {
		return &UnreachableError{t, err}
	}
	return conn.Close()
}

// exporters are the SDK's own OTLP exporters for one target. None compresses:
// gzip on a local hop costs the gateway more than the bytes do.
type exporters struct {
	spans   sdktrace.SpanExporter
	logs    sdklog.Exporter
	metrics sdkmetric.Exporter
	// hangUp closes the connections, after the exporters were shut down.
	hangUp func() error
}

func dial(ctx context.Context, t Target) (exporters, error) {
	switch t.Protocol {
	case GRPC:
		return dialGRPC(ctx, t)
	case HTTP:
		return dialHTTP(ctx, t)
	}
	return exporters{}, fmt.Errorf("protocol %q: neither %q nor %q", t.Protocol, GRPC, HTTP)
}

func dialGRPC(ctx context.Context, t Target) (exporters, error) {
	security := insecure.NewCredentials()
	if !t.Insecure {
		security = credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12})
	}
	conn, err := grpc.NewClient(t.Endpoint, grpc.WithTransportCredentials(security))
	if err != nil {
		return exporters{}, fmt.Errorf("endpoint %q: %w", t.Endpoint, err)
	}
	retry := otlptracegrpc.RetryConfig{Enabled: true, InitialInterval: retryFirst, MaxInterval: retryMost, MaxElapsedTime: retryTotal}
	traces, err1 := otlptracegrpc.New(ctx, otlptracegrpc.WithGRPCConn(conn),
		otlptracegrpc.WithTimeout(requestTimeout), otlptracegrpc.WithRetry(retry))
	logs, err2 := otlploggrpc.New(ctx, otlploggrpc.WithGRPCConn(conn),
		otlploggrpc.WithTimeout(requestTimeout), otlploggrpc.WithRetry(otlploggrpc.RetryConfig(retry)))
	metrics, err3 := otlpmetricgrpc.New(ctx, otlpmetricgrpc.WithGRPCConn(conn),
		otlpmetricgrpc.WithTimeout(requestTimeout), otlpmetricgrpc.WithRetry(otlpmetricgrpc.RetryConfig(retry)))
	if err := errors.Join(err1, err2, err3); err != nil {
		return exporters{}, errors.Join(err, conn.Close())
	}
	return exporters{traces, logs, metrics, conn.Close}, nil
}

func dialHTTP(ctx context.Context, t Target) (exporters, error) {
	base := "https://" + t.Endpoint
	if t.Insecure {
		base = "http://" + t.Endpoint
	}
	// A transport of its own, so that its connections can be closed.
	transport := http.DefaultTransport.(*http.Transport).Clone()
	client := &http.Client{Transport: transport, Timeout: requestTimeout}

	retry := otlptracehttp.RetryConfig{Enabled: true, InitialInterval: retryFirst, MaxInterval: retryMost, MaxElapsedTime: retryTotal}
	traces, err1 := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(base+"/v1/traces"), otlptracehttp.WithHTTPClient(client),
		otlptracehttp.WithCompression(otlptracehttp.NoCompression), otlptracehttp.WithRetry(retry))
	logs, err2 := otlploghttp.New(ctx, otlploghttp.WithEndpointURL(base+"/v1/logs"), otlploghttp.WithHTTPClient(client),
		otlploghttp.WithCompression(otlploghttp.NoCompression), otlploghttp.WithRetry(otlploghttp.RetryConfig(retry)))
	metrics, err3 := otlpmetrichttp.New(ctx, otlpmetrichttp.WithEndpointURL(base+"/v1/metrics"), otlpmetrichttp.WithHTTPClient(client),
		otlpmetrichttp.WithCompression(otlpmetrichttp.NoCompression), otlpmetrichttp.WithRetry(otlpmetrichttp.RetryConfig(retry)))
	if err := errors.Join(err1, err2, err3); err != nil {
		return exporters{}, err
	}
	return exporters{traces, logs, metrics, func() error { transport.CloseIdleConnections(); return nil }}, nil
}
