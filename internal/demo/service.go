package demo

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/log"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"github.com/readygate/readygate/internal/demo/delivery"
)

// service is one service of the shop. It shares nothing with the others but the
// trace context of the requests between them.
type service struct {
	identity
	target   delivery.Target
	pipeline *delivery.Pipeline
	tracer   trace.Tracer
	logger   log.Logger
	meters   meters

	leaks *rotation
	tally tally
}

// serve answers a request: a SERVER span that begins now and ends when the
// handler is done, a line in the access log, and a leak. The handler returns the
// status and, for a 5xx, the reason.
func (s *service) serve(ctx context.Context, c *clock, x request, handler func(context.Context) (int, error)) int {
	begin := c.now
	ctx, span := s.tracer.Start(ctx, x.spanName(), trace.WithSpanKind(trace.SpanKindServer),
		trace.WithTimestamp(begin), trace.WithAttributes(s.speak.server(s.name, x)...))
	status, err := handler(ctx)
	span.SetAttributes(s.speak.status(status))
	if err != nil {
		span.SetAttributes(failure(status))
		span.SetStatus(codes.Error, err.Error())
		span.RecordError(err, trace.WithTimestamp(c.now), trace.WithStackTrace(true))
	}
	s.leaks.next(ctx, s, c)
	s.log(ctx, c, log.SeverityDebug, log.StringValue(fmt.Sprintf("%s %s %d", x.method, x.endpoint, status)),
		log.String("http.request.method", x.method), log.Int("http.response.status_code", status))
	span.End(trace.WithTimestamp(c.now))
	s.tally.add(Request{s.name, x.method, x.endpoint, status}, c.now.Sub(begin))
	return status
}

// call makes a request to another service: a CLIENT span around the SERVER span
// of the peer, to which only the trace context crosses over.
func (s *service) call(ctx context.Context, c *clock, peer *service, x request, handler func(context.Context) (int, error)) int {
	begin := c.now
	ctx, span := s.tracer.Start(ctx, x.method, trace.WithSpanKind(trace.SpanKindClient),
		trace.WithTimestamp(begin), trace.WithAttributes(s.speak.client(peer.name, x)...))
	c.pass(200*time.Microsecond, time.Millisecond)
	remote := trace.ContextWithRemoteSpanContext(ctx, span.SpanContext())
	status := peer.serve(remote, c, x, handler)
	c.pass(200*time.Microsecond, time.Millisecond)
	span.SetAttributes(s.speak.status(status))
	if status >= http.StatusBadRequest { // to a client, 4xx is an error too
		span.SetAttributes(failure(status))
		span.SetStatus(codes.Error, "")
	}
	span.End(trace.WithTimestamp(c.now))
	s.meters.clientDuration.Record(ctx, c.now.Sub(begin).Seconds(), metric.WithAttributes(
		attribute.String("server.address", peer.name),
		attribute.String("http.request.method", x.method),
		attribute.Int("http.response.status_code", status)))
	return status
}

// step is work inside the service: an INTERNAL span of a few milliseconds.
func (s *service) step(ctx context.Context, c *clock, name string, do func(trace.Span), opts ...trace.SpanStartOption) {
	_, span := s.tracer.Start(ctx, name, append(opts, trace.WithTimestamp(c.now))...)
	c.pass(time.Millisecond, 3*time.Millisecond)
	do(span)
	span.End(trace.WithTimestamp(c.now))
}

// log emits a record that is correlated with the span of ctx.
func (s *service) log(ctx context.Context, c *clock, severity log.Severity, body log.Value, attrs ...log.KeyValue) {
	var r log.Record
	r.SetTimestamp(c.now)
	r.SetObservedTimestamp(c.now)
	r.SetSeverity(severity)
	r.SetSeverityText(severity.String())
	r.SetBody(body)
	r.AddAttributes(attrs...)
	s.logger.Emit(ctx, r)
}
