package postmortem

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"

	"github.com/readygate/readygate/internal/markdown"
)

// queries are what was asked, for those who want to know more.
func (i *Incident) queries(m *markdown.Page, prometheus *url.URL) {
	m.Heading(2, "Queries")
	for _, q := range i.Queries {
		m.Paragraph(q.About, " (", markdown.Link("graph", i.graph(prometheus, q.Expr)), "):")
		m.Block("", "promql", q.Expr)
	}
}

// graph is the page of Prometheus that draws a query; version 3 forwards it.
func (i *Incident) graph(prometheus *url.URL, expr string) string {
	page := *prometheus.JoinPath("graph")
	page.User = nil
	page.RawQuery = url.Values{
		"g0.expr": {expr}, "g0.tab": {"0"},
		"g0.range_input": {model.Duration(i.To.Sub(i.From).Round(time.Second)).String()},
		"g0.end_input":   {i.To.UTC().Format(time.DateTime)},
	}.Encode()
	return page.String()
}

// String is namespace/name in environment, as far as they are known.
func (s Service) String() string {
	name := s.Name
	if s.Namespace != "" {
		name = s.Namespace + "/" + name
	}
	if s.Environment != "" {
		name += " in " + s.Environment
	}
	return name
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func number(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }

// slug is a name for files and addresses.
func slug(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteRune(c)
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
