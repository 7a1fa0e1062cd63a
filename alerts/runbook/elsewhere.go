package runbook

import (
	"slices"

	"github.com/prometheus/prometheus/promql/parser"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/markdown"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// answers are the questions of an alert's guide, filled in. Where others than the
// gateway count the service's requests, those to its series of requests would be
// answered with nothing, which looks like none: the recorded series, which are the same
// for all, answer first.
func (w *writer) answers(a alerts.Alert) (string, error) {
	var asked, first markdown.Page
	elsewhere := a.Service != nil && source.Elsewhere(*a.Service)
	for _, l := range a.Guide.Look {
		filled, err := w.queries.Fill(l.Query, a)
		if err != nil {
			return "", err
		}
		if elsewhere && first.Len() == 0 && readsRequests(filled) {
			if err := w.recorded(&first, a); err != nil {
				return "", err
			}
		}
		if !elsewhere || !readsRequests(filled) {
			answer(&asked, l.Question, filled)
		}
	}
	return first.String() + asked.String(), nil
}

func answer(m *markdown.Page, question, filled string) {
	m.Paragraph(question)
	m.Block("", "promql", filled)
}

// recorded says who counts the requests of an alert's service, and asks the series that
// are recorded of every service what the guide does not ask them.
func (w *writer) recorded(m *markdown.Page, a alerts.Alert) error {
	m.Paragraph("Its requests are ", counted(*a.Service), ", which tells endpoints and versions apart if anything does. In all:")
	for _, l := range []alerts.Look{
		{Question: "How many requests are there per second?", Query: telemetry.RecordedRequests + "{$selector}"},
		{Question: "What share of them fails?", Query: telemetry.RecordedErrorRatio + "{$selector}"},
		{Question: "How long do they take? The 95th percentile, in seconds.", Query: telemetry.RecordedP95 + "{$selector}"},
	} {
		if slices.ContainsFunc(a.Guide.Look, func(asked alerts.Look) bool { return asked.Query == l.Query }) {
			continue
		}
		filled, err := w.common(l.Query, a)
		if err != nil {
			return err
		}
		answer(m, l.Question, filled)
	}
	return nil
}

// counted says by whom the requests of a service are counted that has another profile
// than the gateway's.
func counted(s catalog.Service) string {
	who := map[catalog.Profile][2]string{
		catalog.ProfileOTelHTTP:    {"its own SDK", telemetry.OTelHTTPDuration.CountName()},
		catalog.ProfileSpanMetrics: {"the span_metrics connector", telemetry.SpanMetricsCalls.Name},
		catalog.ProfilePrometheus:  {"itself", telemetry.HTTPRequests.Name},
		catalog.ProfileIstio:       {"the mesh", telemetry.IstioRequests.Name},
	}[s.Metrics.Profile]
	return "counted by " + who[0] + " (profile " + markdown.Code(string(s.Metrics.Profile)) + "), not by the gateway, in " + markdown.Code(who[1])
}

// readsRequests reports whether a query, which was written from its syntax tree, reads
// series of requests that the gateway counts.
func readsRequests(text string) bool {
	expr, err := query.Parser.ParseExpr(text)
	if err != nil {
		return false
	}
	var ours []string
	for _, m := range []telemetry.Metric{
		telemetry.HTTPRequests, telemetry.HTTPRequestDuration, telemetry.RPCRequests, telemetry.RPCRequestDuration,
	} {
		ours = append(ours, m.Series()...)
	}
	found := false
	parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
		s, ok := node.(*parser.VectorSelector)
		found = found || ok && slices.Contains(ours, s.Name)
		return nil
	})
	return found
}
