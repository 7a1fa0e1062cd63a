package runbook

import (
	"slices"
	"strings"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/markdown"
)

// alert is the page about an alert of one subject: of each item, where it has
// several.
func (w *writer) alert(all []alerts.Alert) (*markdown.Page, error) {
	m := new(markdown.Page)
	m.Grow(8 << 10) // most pages fit
	a := all[0]
	m.WriteString(header)
	m.Heading(1, a.Name, ": ", markdown.Text(subject(a)))
	w.facts(m, a)
	m.Heading(2, "Meaning")
	m.Paragraph(a.Guide.Meaning)
	m.Heading(2, "Impact")
	m.Paragraph(a.Guide.Impact)
	if a.Service == nil && !a.Fleet {
		m.Paragraph("This page is about every service that the services file does not declare, or for which it says nothing of its own. In the queries, write the label `service` of the alert for `", alerts.AnyName, "`.")
	}
	m.Heading(2, "When it fires")
	for _, one := range all {
		if len(all) > 1 {
			m.Heading(3, part(one))
		}
		w.condition(m, one)
	}
	if err := w.look(m, all); err != nil {
		return nil, err
	}
	if a.Service != nil {
		w.commands(m, *a.Service)
	}
	if err := w.decide(m, a); err != nil {
		return nil, err
	}
	if a.Service != nil {
		w.dependencies(m, *a.Service, strings.Repeat("../", strings.Count(a.Page, "/")))
		w.contacts(m, *a.Service)
	}
	w.links(m, a)
	w.related(m, a)
	return m, nil
}

// part names one of several alerts of a page.
func part(a alerts.Alert) string {
	if a.Item == "" {
		return markdown.Text(a.Variant)
	}
	return strings.TrimSpace(markdown.Code(a.Item) + " " + markdown.Text(a.Variant))
}

// facts is the line below the title.
func (w *writer) facts(m *markdown.Page, a alerts.Alert) {
	facts := []string{"**" + markdown.Text(string(a.Severity)) + "**", w.check(a.Checklist)}
	if a.Policy.Tier != "" {
		facts = append(facts, "tier "+markdown.Text(string(a.Policy.Tier)))
	}
	if a.Policy.Team != "" {
		facts = append(facts, "team "+markdown.Text(a.Policy.Team))
	}
	if a.Dashboard != "" {
		facts = append(facts, markdown.Link("dashboard", a.Dashboard))
	}
	if a.Service != nil {
		facts = append(facts, "["+markdown.Text("all about "+a.Service.Name)+"]("+indexPage+")")
	}
	m.Paragraph(strings.Join(facts, " · "))
}

// check is a check of the checklist, with its text.
func (w *writer) check(id string) string {
	if title := w.checks[id]; title != "" {
		return id + " (" + markdown.Text(title) + ")"
	}
	return markdown.Text(id)
}

// condition says when an alert fires, and where its numbers come from.
func (w *writer) condition(m *markdown.Page, a alerts.Alert) {
	m.Block("", "promql", a.Expr)
	times := "It fires at once"
	if a.For > 0 {
		times = "It fires when this has held for " + rule.Short(a.For)
	}
	if a.KeepFiringFor > 0 {
		times += ", and goes on for " + rule.Short(a.KeepFiringFor) + " after it ended, so that it does not flap"
	}
	m.Paragraph(times, ".")
	numbers := a.Numbers()
	if len(numbers) == 0 {
		return
	}
	m.Table("number", "value", "where it comes from", "what it means")
	for _, n := range numbers {
		m.Row(markdown.Code(n.Key), markdown.Text(n.Value), markdown.Text(w.origin(n)), markdown.Text(n.Meaning))
	}
	m.WriteByte('\n')
}

// origin says where a number comes from. A line would make every page stale whenever
// something is written above it; readyctl explain has it.
func (w *writer) origin(n alerts.Number) string {
	if n.Origin.Line > 0 {
		return w.file + " (" + n.Origin.Level + ")"
	}
	return "built in: " + n.Source
}

// look has the questions with the queries that answer them; once, where those of
// several alerts are the same.
func (w *writer) look(m *markdown.Page, all []alerts.Alert) error {
	texts := make([]string, len(all))
	for i, a := range all {
		var err error
		if texts[i], err = w.answers(a); err != nil {
			return err
		}
	}
	if texts[0] == "" {
		return nil
	}
	m.Heading(2, "Look")
	for i, text := range texts {
		if slices.Contains(texts[:i], text) {
			continue
		}
		if slices.Max(texts) != slices.Min(texts) {
			m.Heading(3, part(all[i]))
		}
		m.WriteString(text)
	}
	return nil
}

// commands show how what runs the service is.
func (w *writer) commands(m *markdown.Page, s catalog.Service) {
	m.Heading(2, "Commands")
	if s.Workload == nil {
		m.Paragraph("What runs ", markdown.Text(s.Name), ", ", markdown.Text(w.file), " does not say: give its entry a `workload`.")
		return
	}
	m.Block("", "sh", strings.Join(lookCommands(*s.Workload), "\n"))
}

// links are the pages about the service.
func (w *writer) links(m *markdown.Page, a alerts.Alert) {
	var all []catalog.Link
	if a.Dashboard != "" {
		all = append(all, catalog.Link{Title: "Dashboard", URL: a.Dashboard})
	}
	if a.Policy.Runbook != "" {
		all = append(all, catalog.Link{Title: "Runbook of the service", URL: a.Policy.Runbook})
	}
	if a.Service != nil {
		all = append(all, a.Service.Links...)
	}
	list(m, "Links", all)
}

func list(m *markdown.Page, title string, links []catalog.Link) {
	if len(links) == 0 {
		return
	}
	m.Heading(2, title)
	for _, l := range links {
		m.Line("- ", markdown.Link(l.Title, l.URL))
	}
	m.WriteByte('\n')
}

// related are the other alerts about the same signals of the same subject.
func (w *writer) related(m *markdown.Page, a alerts.Alert) {
	first := true
	for _, other := range w.inFolder[rule.PagePath(a.Service, "README")] {
		if other.Name == a.Name || other.Family != a.Family || other.Fleet != a.Fleet {
			continue
		}
		if first {
			m.Heading(2, "Related alerts")
			first = false
		}
		m.Line("- [", other.Name, "](", other.Name, ".md): ", other.Guide.Meaning)
	}
	if !first {
		m.WriteByte('\n')
	}
}
