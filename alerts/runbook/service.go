package runbook

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/markdown"
	"github.com/readygate/readygate/internal/telemetry"
)

// service is the page about a service, with the headings that a deployment runbook
// must have (PR-086).
func (w *writer) service(s catalog.Service) (*markdown.Page, error) {
	m := new(markdown.Page)
	m.WriteString(header)
	m.Heading(1, markdown.Text(rule.Display(s)))
	m.Table("", "")
	fact := func(name, value string) {
		if value != "" {
			m.Row(name, value)
		}
	}
	fact("tier", markdown.Text(string(s.Tier)))
	fact("availability", markdown.Text(rule.Percent(s.SLO.Availability))+" of the requests, over 30 days")
	fact("latency", markdown.Text(rule.Percent(s.SLO.LatencyRatio))+" of the requests within "+rule.Short(s.SLO.Latency))
	fact("recovery", "at most "+rule.Short(s.Recovery.RPO)+" of data lost, back within "+rule.Short(s.Recovery.RTO))
	if source.Elsewhere(s) {
		fact("requests", counted(s))
	}
	if s.Workload != nil {
		fact("workload", markdown.Code(s.Workload.Namespace+"/"+s.Workload.Kind+"/"+s.Workload.Name))
	}
	m.WriteByte('\n')
	up := strings.Repeat("../", strings.Count(rule.PagePath(&s, "README"), "/"))

	m.Heading(2, "Alerts")
	w.alertTable(m, w.inFolder[rule.PagePath(&s, "README")])
	w.deploy(m, s)
	if err := w.verify(m, s); err != nil {
		return nil, err
	}
	m.Heading(2, "Rollback")
	if command := rollback(s); command != "" {
		m.Block("", "sh", command)
		if s.Workload != nil {
			m.Block("", "sh", strings.Join(releaseCommands(*s.Workload), "\n"))
		}
	} else {
		m.Paragraph(w.noRollback(s))
	}
	w.contacts(m, s)
	w.dependencies(m, s, up)
	links := s.Links
	if s.Runbook != "" {
		links = append([]catalog.Link{{Title: "Runbook of the service", URL: s.Runbook}}, links...)
	}
	list(m, "Links", links)
	return m, nil
}

// deploy says how a release reaches production.
func (w *writer) deploy(m *markdown.Page, s catalog.Service) {
	m.Heading(2, "Deploy")
	if s.Rollout == nil {
		m.Paragraph("How, ", markdown.Text(w.file), " does not say: give the entry a `rollout`.")
	} else {
		m.Paragraph("Strategy: ", markdown.Text(s.Rollout.Strategy), ".")
		for i, stage := range s.Rollout.Stages {
			m.Line(strconv.Itoa(i+1), ". ", rule.Number(stage.Percent), " % of the traffic, watched for ", rule.Short(stage.Watch))
		}
		if len(s.Rollout.Stages) > 0 {
			m.WriteByte('\n')
		}
	}
	if s.Window != nil {
		m.Paragraph("Releases are allowed on ", markdown.Text(window(*s.Window)), ".")
	}
	if s.Workload != nil {
		m.Block("", "sh", strings.Join(releaseCommands(*s.Workload), "\n"))
	}
}

// window is a time of the week, in words.
func window(w catalog.Window) string {
	days := make([]string, len(w.Days))
	for i, d := range w.Days {
		days[i] = d.String()
	}
	when := "any day"
	if len(days) > 0 {
		when = strings.Join(days, ", ")
	}
	zone := time.UTC
	if w.Location != nil {
		zone = w.Location
	}
	return fmt.Sprintf("%s from %02d:%02d to %02d:%02d (%s)", when, w.From/60, w.From%60, w.To/60, w.To%60, zone)
}

// verify has what to look at after a release.
func (w *writer) verify(m *markdown.Page, s catalog.Service) error {
	m.Heading(2, "Verify")
	t := s.Thresholds
	m.Paragraph("For ", rule.Short(t.ReleaseWatch), " after a release:")
	looks := []alerts.Look{
		{Question: "Is the new version heard of? The value is for how many seconds.", Query: versions},
		{Question: "Is the error rate normal? Below " + markdown.Text(rule.Percent(t.ReleaseErrorRatio)) + ".", Query: telemetry.RecordedErrorRatio + "{$selector}"},
		{Question: "Is it fast enough? Below " + rule.Short(t.LatencyP95) + ", in seconds.", Query: telemetry.RecordedP95 + "{$selector}"},
		{Question: "Does no alert fire?", Query: `ALERTS{alertstate="firing", $selector}`},
	}
	if !source.Elsewhere(s) {
		looks = append(looks, alerts.Look{Question: "Does one version fail more than the others?", Query: byVersion})
	}
	for _, l := range looks {
		query, err := w.queries.FillFor(l.Query, s)
		if err != nil {
			return err
		}
		m.Paragraph(l.Question)
		m.Block("", "promql", query)
	}
	return nil
}

// alertTable lists the alerts of a folder.
func (w *writer) alertTable(m *markdown.Page, all []*alerts.Alert) {
	if len(all) == 0 {
		m.Paragraph("None is made.")
		return
	}
	m.Table("alert", "severity", "check", "meaning")
	for _, a := range all {
		m.Row("["+a.Name+"]("+a.Name+".md)", markdown.Text(string(a.Severity)), w.check(a.Checklist), strings.ReplaceAll(a.Guide.Meaning, "\n", " "))
	}
	m.WriteByte('\n')
}

// any is the index of the pages about what is not declared.
func (w *writer) any() *markdown.Page {
	m := new(markdown.Page)
	m.WriteString(header)
	m.Heading(1, "Any service")
	var services, fleet []*alerts.Alert
	for _, a := range w.inFolder[rule.PagePath(nil, "README")] {
		if a.Fleet {
			fleet = append(fleet, a)
		} else {
			services = append(services, a)
		}
	}
	m.Paragraph("Alerts about services that ", markdown.Text(w.file), " does not declare, and that have the numbers of its defaults, or the checklist's.")
	w.alertTable(m, services)
	if len(fleet) > 0 {
		m.Heading(2, "Machines, gateways and Prometheus")
		w.alertTable(m, fleet)
	}
	return m
}

// index leads to everything.
func (w *writer) index() *markdown.Page {
	m := new(markdown.Page)
	m.WriteString(header)
	m.Heading(1, "Runbooks")
	m.Paragraph("A page for every alert of every service, made from ", markdown.Text(w.file), ". An alert links to its page.")
	m.Table("service", "tier", "team", "alerts")
	for _, s := range w.services {
		page := rule.PagePath(&s, "README")
		m.Row(markdown.Link(rule.Display(s), page), markdown.Text(string(s.Tier)), markdown.Text(s.Team), strconv.Itoa(len(w.inFolder[page])))
	}
	anyPage := rule.PagePath(nil, "README")
	m.Row(markdown.Link("any other service, machines, gateways", anyPage), "", markdown.Text(w.catalog.Defaults.Team), strconv.Itoa(len(w.inFolder[anyPage])))
	m.WriteByte('\n')
	return m
}
