package runbook

import (
	"fmt"
	"strings"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/markdown"
	"github.com/readygate/readygate/internal/telemetry"
)

// Queries about releases and about what a service calls. Releases are read as alerts
// read them: a gateway that restarts hears of every version anew.
var (
	versions  = "time() - " + telemetry.VersionFirst + "{$selector}"
	released  = "time() - " + telemetry.ReleaseLast + "{$selector} < 3600"
	byVersion = fmt.Sprintf(`sum by (%[1]s) (rate(%[2]s{$selector, %[4]s=~"5.."}[5m]) or rate(%[3]s{$selector, %[4]s=~%[5]q}[5m])) / (sum by (%[1]s) (rate(%[2]s{$selector}[5m]) or rate(%[3]s{$selector}[5m])) > 0)`,
		telemetry.Version, telemetry.HTTPRequests.Name, telemetry.RPCRequests.Name, telemetry.Status, telemetry.RPCServerErrors)
	dependencyFailures = fmt.Sprintf(`sum by (%[1]s, %[2]s) (rate(%[3]s{$selector, %[4]s=%[5]q}[5m])) / (sum by (%[1]s, %[2]s) (rate(%[3]s{$selector}[5m])) > 0) > 0`,
		telemetry.DependencyKind, telemetry.Peer, telemetry.DependencyRequests.Name, telemetry.Outcome, telemetry.Failure)
)

// indent is that of what belongs to a step.
const indent = "   "

// steps are numbered.
type steps struct {
	*markdown.Page
	n int
}

func (s *steps) step(words ...string) {
	s.n++
	s.Paragraph(fmt.Sprint(s.n), ". ", strings.Join(words, ""))
}

// query is one that all alerts of a service have.
func (s *steps) query(w *writer, text string, a alerts.Alert) error {
	query, err := w.common(text, a)
	if err == nil {
		s.Block(indent, "promql", query)
	}
	return err
}

// common fills in a query about the service of an alert, once for each.
func (w *writer) common(text string, a alerts.Alert) (string, error) {
	if a.Service == nil {
		return w.queries.Fill(text, a)
	}
	key := [2]string{rule.PagePath(a.Service, ""), text}
	query, found := w.filled[key]
	if !found {
		var err error
		if query, err = w.queries.FillFor(text, *a.Service); err != nil {
			return "", err
		}
		w.filled[key] = query
	}
	return query, nil
}

// decide is the flow of decisions: where a release may be the cause, a release and a
// dependency; what the guide says; then somebody who knows more.
func (w *writer) decide(m *markdown.Page, a alerts.Alert) error {
	m.Heading(2, "Decide")
	s := steps{Page: m}
	if a.Guide.Release && !a.Fleet {
		if err := w.decideRelease(&s, a); err != nil {
			return err
		}
		if err := w.decideDependency(&s, a); err != nil {
			return err
		}
	}
	for _, act := range a.Guide.Act {
		lines := strings.ReplaceAll(strings.TrimSpace(act), "\n", "\n"+indent)
		s.step(strings.ReplaceAll(lines, "\n"+indent+"\n", "\n\n"))
	}
	if a.Service != nil {
		s.step("**It goes on, and you do not know why?** Call [who knows more](#contacts) now, not when everything was tried.")
	} else {
		s.step("**It goes on, and you do not know why?** Call ", w.owner(a.Policy), " now, not when everything was tried.")
	}
	return nil
}

// decideRelease asks for a release within the hour, and has the way back.
func (w *writer) decideRelease(s *steps, a alerts.Alert) error {
	s.step("**Was it released within the hour?** If this returns anything, it was; the value is how many seconds ago. It tells of new versions, and neither of a return to one of the last day nor of configuration.")
	if err := s.query(w, released, a); err != nil {
		return err
	}
	if a.Service != nil && source.Elsewhere(*a.Service) {
		s.Paragraph(indent, "It knows versions from what the service sends the gateway. If that is nothing, ask where releases are made.")
	}
	s.Paragraph(indent, "Yes: roll back first, and ask why later. No: go to step 3.")
	s.step("**Roll back.**")
	switch {
	case a.Service == nil:
		s.Paragraph(indent, "How, nobody has written down: declare the service in ", markdown.Text(w.file), ", with its `workload` or `rollout.rollback_command`, and this page has the command.")
	case rollback(*a.Service) == "":
		s.Paragraph(indent, w.noRollback(*a.Service))
	default:
		s.Block(indent, "sh", rollback(*a.Service))
		if a.Service.Workload != nil {
			s.Paragraph(indent, "It is done when this says so:")
			s.Block(indent, "sh", releaseCommands(*a.Service.Workload)[0])
		}
	}
	s.Paragraph(indent, "It has helped when the [condition](#when-it-fires) returns nothing",
		resolved(a), ".")
	tried := "10 minutes"
	if a.Family == "work" {
		tried += ", or after the next run of a job that is late"
	}
	s.Paragraph(indent, "It has not helped after ", tried, ": the release was not it; go on.")
	return nil
}

// decideDependency asks for what the service calls, declared or not.
func (w *writer) decideDependency(s *steps, a alerts.Alert) error {
	s.step("**Does something that the service calls fail?** The share of failed requests, of those that fail:")
	if err := s.query(w, dependencyFailures, a); err != nil {
		return err
	}
	page := "its page"
	if a.Service != nil && len(a.Service.Dependencies) > 0 {
		page = "[its page](#dependencies)"
	}
	s.Paragraph(indent, "Yes: go to ", page, ", or tell its team. No: go on.")
	return nil
}

// resolved says when the alert ends after its condition.
func resolved(a alerts.Alert) string {
	if a.KeepFiringFor == 0 {
		return ""
	}
	return "; the alert resolves " + rule.Short(a.KeepFiringFor) + " later"
}

// noRollback says what is missing.
func (w *writer) noRollback(s catalog.Service) string {
	return "How, nobody has written down: give the entry of " + markdown.Text(s.Name) + " in " + markdown.Text(w.file) + " a `workload` or a `rollout.rollback_command`."
}

// dependencies are what the service calls. Up leads from the page to the folder of
// all runbooks.
func (w *writer) dependencies(m *markdown.Page, s catalog.Service, up string) {
	if len(s.Dependencies) == 0 {
		return
	}
	m.Heading(2, "Dependencies")
	m.Table("system", "kind", "needed", "page")
	for _, d := range s.Dependencies {
		needed, kind := "works without it", d.Kind
		if d.Critical {
			needed = "**critical**: does not work without it"
		}
		if kind == "" {
			kind = "any"
		}
		m.Row(markdown.Code(d.Name), markdown.Text(kind), needed, w.pagesOf(d.Name, s, up))
	}
	m.WriteByte('\n')
}

// pagesOf are links to the declared services of a name, in the environment of the
// one that calls it where that is known.
func (w *writer) pagesOf(name string, caller catalog.Service, up string) string {
	var links []string
	for _, s := range w.named[name] {
		elsewhere := len(s.Environments) > 0 && len(caller.Environments) > 0 && s.Environments[0] != caller.Environments[0]
		if !elsewhere {
			links = append(links, markdown.Link(rule.Display(s), up+rule.PagePath(&s, "README")))
		}
	}
	return strings.Join(links, ", ")
}
