package leaf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// Traces visits every slot of td and returns the number of spans that were
// changed, in their own fields or in their events' and links'. Changes of
// resources and scopes are not in the count. td must be mutable.
func (w *Walker) Traces(td ptrace.Traces) (changed int) {
	defer w.forget()
	for _, rs := range td.ResourceSpans().All() {
		w.hidden.dropSpans(rs)
		w.resource(rs.Resource())
		if s, changed := w.text(SchemaURL, rs.SchemaUrl()); changed {
			rs.SetSchemaUrl(s)
		}
		for _, ss := range rs.ScopeSpans().All() {
			w.scope(ss.Scope())
			if s, changed := w.text(SchemaURL, ss.SchemaUrl()); changed {
				ss.SetSchemaUrl(s)
			}
			for _, span := range ss.Spans().All() {
				w.begin()
				w.span(span)
				changed += w.end()
			}
		}
	}
	return changed
}

func (w *Walker) span(span ptrace.Span) {
	if s, changed := w.text(SpanName, span.Name()); changed {
		span.SetName(s)
	}
	if s, changed := w.text(SpanStatus, span.Status().Message()); changed {
		span.Status().SetMessage(s)
	}
	w.traceState(span.TraceState())
	w.attributes(SpanAttribute, span.Attributes())

	events := span.Events()
	for i := range events.Len() {
		event := events.At(i)
		if s, changed := w.text(SpanEventName, event.Name()); changed {
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
}

func (w *Walker) traceState(state pcommon.TraceState) {
	if s, changed := w.text(TraceState, state.AsRaw()); changed {
		state.FromRaw(s)
	}
}
