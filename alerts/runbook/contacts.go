package runbook

import (
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/markdown"
)

// contacts are who knows more: teams and schedules, never people's numbers.
func (w *writer) contacts(m *markdown.Page, s catalog.Service) {
	m.Heading(2, "Contacts")
	m.Line("- On call: ", w.onCall(s.Policy))
	m.Line("- Team: ", orNobody(markdown.Text(s.Team)))
	m.Line("- Owner: ", orNobody(markdown.Text(s.Owner)))
	m.WriteByte('\n')
}

// onCall is the schedule of a team, or where to look for its people.
func (w *writer) onCall(p catalog.Policy) string {
	t, file := w.teams[p.Team], markdown.Text(w.file)
	switch {
	case t.OnCall != "":
		return markdown.Reference(t.OnCall)
	case len(t.Contacts) > 0:
		return "the team " + markdown.Text(p.Team) + "; its contacts are in " + file + ", `teams`, `contacts`"
	case p.Team != "":
		return "the team " + markdown.Text(p.Team) + "; how to reach it, nobody has written down: give it an `on_call` or `contacts` in " + file + ", `teams`"
	}
	return "not known: give the service a `team`, and the team an `on_call`, in " + file
}

// owner is who answers for what is not declared.
func (w *writer) owner(p catalog.Policy) string {
	switch {
	case w.teams[p.Team].OnCall != "":
		return "whoever is on call for " + markdown.Text(p.Team) + ", " + w.onCall(p) + ","
	case p.Team != "":
		return w.onCall(p) + "; do it"
	case p.Owner != "":
		return markdown.Text(p.Owner)
	}
	return "whoever runs it (" + markdown.Text(w.file) + " names nobody)"
}

func orNobody(name string) string {
	if name == "" {
		return "nobody is named"
	}
	return name
}
