package leaf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// Traces visits every slot of td, which must be mutable. It counts spans, each
// with its events and links.
func (w *Walker) Traces(td ptrace.Traces) Counts {
	td.ResourceSpans().RemoveIf(w.resourceSpans)
	return w.finish()
}

// resourceSpans visits the spans of a resource and reports whether none is left.
func (w *Walker) resourceSpans(rs ptrace.ResourceSpans) (gone bool) {
	w.hidden.dropSpans(rs)
	w.resource(rs.Resource())
	if s, changed := w.field(SchemaURL, rs.SchemaUrl()); changed {
		rs.SetSchemaUrl(s)
	}
	sent := rs.ScopeSpans().Len()
	rs.ScopeSpans().RemoveIf(w.scopeSpans)
	return sent > 0 && rs.ScopeSpans().Len() == 0
}

// scopeSpans visits the spans of a scope and reports whether none is left.
func (w *Walker) scopeSpans(ss ptrace.ScopeSpans) (gone bool) {
	w.scope(ss.Scope())
	if s, changed := w.field(SchemaURL, ss.SchemaUrl()); changed {
		ss.SetSchemaUrl(s)
	}
	sent := ss.Spans().Len()
	ss.Spans().RemoveIf(w.span)
	return sent > 0 && ss.Spans().Len() == 0
}

// span visits a span and reports whether it goes.
func (w *Walker) span(span ptrace.Span) (gone bool) {
	w.begin()
	if s, changed := w.field(SpanName, span.Name()); changed {
		span.SetName(s)
	}
	if s, changed := w.field(SpanStatus, span.Status().Message()); changed {
		span.Status().SetMessage(s)
	}
	w.traceState(span.TraceState())
	w.attributes(SpanAttribute, span.Attributes())

	events := span.Events()
	for i := range events.Len() {
		event := events.At(i)
		if s, changed := w.field(SpanEventName, event.Name()); changed {
			event.SetName(s)
		}
		w.attributes(SpanEventAttribute, event.Attributes())
	}

	links := span.Links()
	for i := range links.Len() {
		link := links.At(i)
		w.traceState(link.TraceState())
		w.attributes(SpanLinkAttribute, link.Attributes())
	}
	return w.end()
}

func (w *Walker) traceState(state pcommon.TraceState) {
	if s, changed := w.field(TraceState, state.AsRaw()); changed {
		state.FromRaw(s)
	}
}
