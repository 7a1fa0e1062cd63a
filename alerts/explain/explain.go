// Package explain says in words when an alert fires, where its numbers come from,
// what they amount to, and who is told. It reads the same model that the rules are
// made from, so it cannot say anything else.
package explain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/routing"
	"github.com/readygate/readygate/internal/catalog"
)

// Question is what is asked.
type Question struct {
	// Alert is a name; Service is the name of a declared service, alone or behind its
	// namespace and a slash. Empty asks about what is not declared, where there is an
	// alert about that, else about all services that have it.
	Alert, Service string
	// File is the name of the services file, for the places of numbers.
	File string
}

// Answer is text for people. An error is about the question, and says what was
// probably meant, unless it is a defect of the rules.
func Answer(c catalog.Catalog, r *alerts.Rules, q Question) (string, error) {
	all, err := r.Alerts()
	if err != nil {
		return "", err
	}
	e := explainer{catalog: c, file: cmp.Or(q.File, "services.yaml"), all: all}
	if err := errors.Join(e.knows(q.Alert), e.declares(q.Service)); err != nil {
		return "", err
	}
	about := e.about(q)
	if len(about) == 0 {
		e.none(q)
		return e.String(), nil
	}
	for i, a := range about {
		if i > 0 {
			e.WriteByte('\n')
		}
		e.alert(a)
	}
	if q.Service == "" && about[0].Service == nil && !about[0].Fleet {
		e.others(q.Alert, about[0])
	}
	return e.String(), nil
}

// explainer writes an answer.
type explainer struct {
	strings.Builder
	catalog catalog.Catalog
	file    string
	all     []alerts.Alert
}

func (e *explainer) line(format string, args ...any) {
	fmt.Fprintf(e, format+"\n", args...)
}

func (e *explainer) alert(a alerts.Alert) {
	title := a.Name + ": " + subject(a)
	if a.Variant != "" {
		title += ", " + a.Variant
	}
	e.line("%s", title)
	e.line("%s", strings.Repeat("=", len([]rune(title))))
	e.line("%s %s", a.Guide.Meaning, a.Guide.Impact)
	e.line("\nFires when this holds%s%s:\n", held(a), kept(a))
	for line := range strings.SplitSeq(a.Expr, "\n") {
		e.line("    %s", line)
	}
	e.numbers(a)
	e.line("\nSeverity: %s", a.Severity)
	e.line("Told: %s", e.told(a))
	e.line("Checklist: %s", check(a.Checklist))
	if e.catalog.RunbooksURL != "" {
		e.line("Runbook: %s/%s", e.catalog.RunbooksURL, a.Page)
	}
	if a.Dashboard != "" {
		e.line("Dashboard: %s", a.Dashboard)
	}
}

// subject is who the alert is about.
func subject(a alerts.Alert) string {
	who := "every service that is not declared"
	switch {
	case a.Service != nil:
		who = rule.Display(*a.Service)
	case a.Fleet:
		who = "the fleet"
	}
	if a.Item != "" {
		who += ", " + a.Item
	}
	return who
}

func held(a alerts.Alert) string {
	if a.For == 0 {
		return ""
	}
	return " for " + rule.Short(a.For)
}

func kept(a alerts.Alert) string {
	if a.KeepFiringFor == 0 {
		return ""
	}
	return ", and goes on for " + rule.Short(a.KeepFiringFor) + " after it ended"
}

// numbers are those on which the alert depends, with what they amount to.
func (e *explainer) numbers(a alerts.Alert) {
	numbers := a.Numbers()
	if len(numbers) == 0 {
		return
	}
	e.line("\nNumbers:")
	for _, n := range numbers {
		e.line("\n    %s: %s, %s", n.Key, n.Value, n.Where(e.file))
		if n.Meaning != "" {
			e.line("        %s", n.Meaning)
		}
		if words := arithmetic[n.Key]; words != nil {
			e.line("        %s.", words(a.Policy))
		}
	}
}

// told is who hears of the alert.
func (e *explainer) told(a alerts.Alert) string {
	team := "no team"
	if a.Policy.Team != "" {
		team = "team " + a.Policy.Team
	}
	routes, err := routing.Routes(e.catalog)
	if errors.Is(err, routing.ErrNoRouting) {
		return team + "; " + e.file + " has no receivers"
	} else if err != nil {
		return team + "; " + err.Error()
	}
	receiver := ""
	for _, route := range routes {
		if decides(route.Labels, a) {
			receiver = route.Receiver
		}
	}
	for _, r := range e.catalog.Routing.Receivers {
		if r.Name == receiver {
			receiver += " (" + string(r.Kind) + ")"
		}
	}
	if repeat := e.catalog.Routing.Repeat[a.Severity]; repeat > 0 {
		receiver += ", again every " + rule.Short(repeat)
	}
	return team + ", by receiver " + receiver
}

// decides reports whether a route with the labels is that of the alert's team and
// severity. Later routes of [routing.Routes] are for what has no team.
func decides(labels []routing.Label, a alerts.Alert) bool {
	team, severity := "", ""
	for _, l := range labels {
		switch l.Name {
		case rule.LabelTeam:
			team = l.Value
		case rule.LabelSeverity:
			severity = l.Value
		case "alertname":
			return l.Value == a.Name
		default:
			return false
		}
	}
	return team == a.Policy.Team && severity == string(a.Severity)
}

func check(id string) string {
	for _, c := range catalog.Checks() {
		if c.ID == id {
			return id + ", " + c.Title
		}
	}
	return id
}

// others are the declared services whose numbers are not those of the alert.
func (e *explainer) others(name string, than alerts.Alert) {
	usual := values(than)
	var lines []string
	for _, a := range e.all {
		if a.Name != name || a.Service == nil || a.Variant != than.Variant {
			continue
		}
		var own []string
		for key, value := range values(a) {
			if usual[key] != value {
				own = append(own, key+" "+value)
			}
		}
		slices.Sort(own)
		if len(own) > 0 {
			lines = append(lines, fmt.Sprintf("    %s: %s", subject(a), strings.Join(own, ", ")))
		}
	}
	if len(lines) > 0 {
		e.line("\nServices with numbers of their own (--service explains one):\n\n%s", strings.Join(lines, "\n"))
	}
}

func values(a alerts.Alert) map[string]string {
	all := make(map[string]string)
	for _, n := range a.Numbers() {
		all[n.Key] = n.Value
	}
	return all
}
