package leaf

import (
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// hidden drops what pdata decodes, keeps and encodes again but does not show:
// the list of scopes that OTLP before 0.15 had under field number 1000. pdata
// moves that list to where it can be seen, or drops it, when it decodes a gRPC
// or protobuf request, but not for OTLP/HTTP JSON requests
// (ptraceotlp.ExportRequest.UnmarshalJSON) and not in ptrace.ProtoUnmarshaler,
// which the Kafka receiver uses. Nobody behind this gateway can ask for such
// data, but any text could leave in it.
//
// There is no call for it either: what shall stay of a resource's data moves to
// a spare of the same type and, from there, over the old one. Nothing is copied
// or allocated.
type hidden struct {
	spans   ptrace.ResourceSpans
	logs    plog.ResourceLogs
	metrics pmetric.ResourceMetrics
}

func newHidden() hidden {
	return hidden{
		spans:   ptrace.NewResourceSpans(),
		logs:    plog.NewResourceLogs(),
		metrics: pmetric.NewResourceMetrics(),
	}
}

func (h hidden) dropSpans(rs ptrace.ResourceSpans) {
	rs.Resource().MoveTo(h.spans.Resource())
	rs.ScopeSpans().MoveAndAppendTo(h.spans.ScopeSpans())
	h.spans.SetSchemaUrl(rs.SchemaUrl())
	h.spans.MoveTo(rs)
}

func (h hidden) dropLogs(rl plog.ResourceLogs) {
	rl.Resource().MoveTo(h.logs.Resource())
	rl.ScopeLogs().MoveAndAppendTo(h.logs.ScopeLogs())
	h.logs.SetSchemaUrl(rl.SchemaUrl())
	h.logs.MoveTo(rl)
}

func (h hidden) dropMetrics(rm pmetric.ResourceMetrics) {
	rm.Resource().MoveTo(h.metrics.Resource())
	rm.ScopeMetrics().MoveAndAppendTo(h.metrics.ScopeMetrics())
	h.metrics.SetSchemaUrl(rm.SchemaUrl())
	h.metrics.MoveTo(rm)
}
