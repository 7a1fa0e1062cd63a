package demo

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/log"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"github.com/readygate/readygate/internal/demo/lookalike"
)

// Planted is a secret that the shop leaked, and where.
type Planted struct {
	lookalike.Secret
	Service string
	// Place is the field of the telemetry, in a few words ("span attribute").
	Place string
}

// place is a field of telemetry into which careless code puts secrets.
type place struct {
	name string
	// fits says whether the field can hold the secret; nil if it can hold any.
	fits func(lookalike.Secret) bool
	// put leaks the secret there. It is nil for the fields that are written
	// once, when the service starts.
	put func(ctx context.Context, s *service, c *clock, p lookalike.Secret)
}

// Fields that are written when the service starts.
const (
	resourceAttribute = "resource attribute"
	scopeAttribute    = "scope attribute"
)

var places = []place{
	{name: resourceAttribute},
	{name: scopeAttribute},
	{"span name", nil, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		s.step(ctx, c, "look up: "+p.Text, func(trace.Span) {})
	}},
	{"span attribute", nil, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		s.step(ctx, c, "audit", func(span trace.Span) {
			span.SetAttributes(attribute.String(p.Key, p.Value), attribute.String("audit.note", p.Text))
		})
	}},
	{"span attribute list", nil, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		s.step(ctx, c, "audit", func(span trace.Span) { span.SetAttributes(attribute.StringSlice(p.Key, []string{p.Value})) })
	}},
	{"span attribute number", isNumber, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		s.step(ctx, c, "audit", func(span trace.Span) { span.SetAttributes(attribute.Int64(p.Key, number(p))) })
	}},
	{"span event", nil, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		s.step(ctx, c, "validate", func(span trace.Span) {
			span.RecordError(errors.New(p.Text), trace.WithTimestamp(c.now), trace.WithAttributes(attribute.String(p.Key, p.Value)))
		})
	}},
	{"span status", nil, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		s.step(ctx, c, "validate", func(span trace.Span) { span.SetStatus(codes.Error, p.Text) })
	}},
	{"span link attribute", nil, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		link := trace.Link{SpanContext: trace.SpanContextFromContext(ctx), Attributes: []attribute.KeyValue{attribute.String(p.Key, p.Value)}}
		s.step(ctx, c, "resume", func(trace.Span) {}, trace.WithLinks(link))
	}},
	{"trace state", isTraceState, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		parent := trace.SpanContextFromContext(ctx).WithTraceState(traceState(p))
		s.step(trace.ContextWithSpanContext(ctx, parent), c, "forward", func(trace.Span) {})
	}},
	{"log body", nil, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		s.log(ctx, c, log.SeverityWarn, log.StringValue(p.Text))
	}},
	{"log body as JSON", nil, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		body, err := json.Marshal(map[string]string{"event": "form", "note": p.Text, p.Key: p.Value})
		if err != nil {
			panic(err) // a map of strings always marshals
		}
		s.log(ctx, c, log.SeverityInfo, log.StringValue(string(body)))
	}},
	{"log body map", nil, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		s.log(ctx, c, log.SeverityInfo, log.MapValue(
			log.String("event", "form"),
			log.Map("customer", log.String(p.Key, p.Value), log.Slice("notes", log.StringValue(p.Text)))))
	}},
	{"log attribute", nil, func(ctx context.Context, s *service, c *clock, p lookalike.Secret) {
		s.log(ctx, c, log.SeverityInfo, log.StringValue("form filled in"), log.String(p.Key, p.Value), log.String("note", p.Text))
	}},
	{"metric attribute", nil, func(ctx context.Context, s *service, _ *clock, p lookalike.Secret) {
		s.meters.formErrors.Add(ctx, 1, metric.WithAttributes(attribute.String(p.Key, p.Value)))
	}},
	{"exemplar attribute", nil, func(ctx context.Context, s *service, _ *clock, p lookalike.Secret) {
		s.meters.formDuration.Record(ctx, 4, metric.WithAttributes(attribute.String(formField, p.Key), attribute.String(p.Key, p.Value)))
	}},
}

func number(p lookalike.Secret) int64 { n, _ := strconv.ParseInt(p.Value, 10, 64); return n }

func isNumber(p lookalike.Secret) bool { return number(p) != 0 }

// traceState is a list of one entry, or of none if W3C Trace Context does not
// allow the value. Its keys have no dots.
func traceState(p lookalike.Secret) trace.TraceState {
	ts, _ := trace.TraceState{}.Insert(strings.ReplaceAll(p.Key, ".", "-"), p.Value)
	return ts
}

func isTraceState(p lookalike.Secret) bool { return traceState(p).Len() > 0 }
