package dashboards

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/markdown"
)

// service is the dashboard of one declared service: what the dashboards over all services
// show of it, with its own numbers, jobs, backups and business metrics, and above that
// who answers for it. It is one page and not ten, because whoever is woken up for a
// service wants all of it; what is not needed first is folded, and asks nothing until it
// is unfolded. Of the other dashboards it has the rows by which something is decided: the
// rest is a click away, and hundreds of services would be hundreds of megabytes.
func service(v view) board {
	rows := []row{{id: 9000, title: "Who and what", height: 8, panels: []panel{facts(v)}}}
	rows = append(rows, redRows(v)...)
	s := v.service
	for _, more := range []struct {
		topic string
		rows  []row
		ids   []uint32 // of the rows that are taken; nil for all
		has   bool     // the services file says something about it, or telemetry may
	}{
		{"SLO", sloRows(v), []uint32{1100, 1300}, true},
		{"Work", workRows(v), []uint32{3000, 3100}, true},
		{"Work", workRows(v), []uint32{3200}, len(s.Queues) > 0},
		{"Work", workRows(v), []uint32{3300}, len(s.Jobs) > 0},
		{"Saturation", saturationRows(v), []uint32{2100, 2200, 2300}, true},
		{"Business", businessRows(v), nil, len(s.Business) > 0},
		{"Release", releaseRows(v), []uint32{5000, 5300}, true},
		{"Release", releaseRows(v), []uint32{5100, 5200}, s.Rollout != nil && s.Rollout.Strategy == "canary"},
		{"Backups", recoveryRows(v), []uint32{6100, 6200, 6300, 6400}, len(s.Backups)+len(s.Secrets) > 0},
	} {
		for _, r := range more.rows {
			if more.has && (more.ids == nil || slices.Contains(more.ids, r.id)) {
				r.title, r.folded = more.topic+": "+r.title, true
				rows = append(rows, r)
			}
		}
	}
	return board{
		uid: serviceUID(*v.service), title: "Service " + display(*v.service), from: "now-1h",
		description: "Everything about one service: requests first, the rest below, folded.",
		filters:     v.serviceFilters(true), annotated: true,
		rows: rows,
	}
}

// display is the name of an entry of the services file, for people.
func display(s catalog.Service) string {
	name := s.Name
	if s.Namespace != "" {
		name = s.Namespace + "/" + name
	}
	if len(s.Environments) > 0 {
		name += " in " + strings.Join(s.Environments, ", ")
	}
	return name
}

// facts are what the services file says about the service that no metric does.
func facts(v view) panel {
	s := v.service
	var text strings.Builder
	say := func(what, said string) {
		if said != "" {
			fmt.Fprintf(&text, "- **%s**: %s\n", what, said)
		}
	}
	say("Tier", string(s.Tier))
	say("Team", words(s.Team))
	for _, t := range v.catalog.Routing.Teams {
		if t.Name == s.Team && t.OnCall != "" {
			say("On call", markdown.Reference(escaped(t.OnCall)))
		}
	}
	say("Owner", words(s.Owner))
	say("Objective", fmt.Sprintf("%s of requests do not fail, %s are answered within %s, over 30 days",
		percentage(s.SLO.Availability), percentage(s.SLO.LatencyRatio), s.SLO.Latency))
	var needs []string
	for _, d := range s.Dependencies {
		if d.Critical {
			needs = append(needs, words(d.Name))
		}
	}
	say("Does not work without", strings.Join(needs, ", "))
	for _, e := range s.Endpoints {
		say("Endpoint "+words(e.Name), markdown.Reference(escaped(e.URL)))
	}
	if s.Rollout != nil && s.Rollout.RollbackCommand != "" {
		say("Roll back", command(s.Rollout.RollbackCommand))
	}
	return panel{
		id: 9001, kind: note, width: columns, title: "Who answers for this service",
		description: "From the services file. The runbook of each alert says what to do.",
		text:        text.String(),
	}
}

// words are what people wrote, as Markdown in which Grafana finds no variables.
func words(text string) string {
	return strings.NewReplacer(`\$`, "&#36;", `\[\[`, "&#91;&#91;").Replace(markdown.Text(text))
}

// command is code that somebody will copy, so that Grafana must find no variables in it
// either: entities mean something in HTML only.
func command(text string) string {
	if !strings.Contains(text, "$") && !strings.Contains(text, "[[") {
		return markdown.Code(text)
	}
	return "<code>" + strings.NewReplacer("$", "&#36;", "[", "&#91;").Replace(html.EscapeString(text)) + "</code>"
}
