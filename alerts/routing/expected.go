package routing

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/prometheus/common/model"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Label is a label of an alert.
type Label struct{ Name, Value string }

// Route is who is told of an alert.
type Route struct {
	// Labels of the alert that decide.
	Labels   []Label
	Receiver string
}

// Routes lists who is told, for every service in every environment, and for every
// team, at every severity; and for what has no team, no known team, no known
// severity, and for the Watchdog. It reads the catalog alone, not the tree that
// [Config] makes, so that each can be held against the other. Errors are those of
// [Config].
func Routes(c catalog.Catalog) ([]Route, error) {
	r := c.Routing
	if err := check(r); err != nil {
		return nil, err
	}
	var all []Route
	// add has a route for every severity, and for one that nobody has heard of.
	add := func(team string, labels ...Label) {
		if team != "" {
			labels = append(labels, Label{rule.LabelTeam, team})
		}
		for _, severity := range catalog.Severities() {
			all = append(all, Route{labelled(labels, Label{rule.LabelSeverity, string(severity)}), expected(r, team, severity)})
		}
		all = append(all, Route{labelled(labels), expected(r, team, catalog.Ticket)})
		all = append(all, Route{labelled(labels, Label{rule.LabelSeverity, "unheard-of"}), expected(r, team, catalog.Ticket)})
	}
	for _, s := range c.Services {
		for _, identity := range identities(s) {
			add(s.Team, identity...)
		}
	}
	for _, team := range r.Teams {
		add(team.Name)
	}
	add("")
	add(unknownTeam(r))
	all = append(all, Route{[]Label{{model.AlertNameLabel, Watchdog}, {rule.LabelSeverity, "none"}}, cmp.Or(r.Watchdog, nobody(r))})
	return all, nil
}

// expected is the receiver that the file names for a team and a severity.
func expected(r catalog.Routing, team string, severity catalog.Severity) string {
	for _, t := range r.Teams {
		if t.Name == team && t.Receivers[severity] != "" {
			return t.Receivers[severity]
		}
	}
	return r.Default[severity]
}

func labelled(labels []Label, more ...Label) []Label {
	return append(append(make([]Label, 0, len(labels)+len(more)), labels...), more...)
}

func unknownTeam(r catalog.Routing) string {
	name := "unknown"
	for _, team := range r.Teams {
		if len(team.Name) >= len(name) {
			name = team.Name + "-unknown"
		}
	}
	return name
}

// identities are the labels of a service in each of its environments.
func identities(s catalog.Service) [][]Label {
	base := []Label{{telemetry.Service, s.Name}}
	if s.Namespace != "" {
		base = append(base, Label{telemetry.ServiceNamespace, s.Namespace})
	}
	if s.Tier != "" {
		base = append(base, Label{rule.LabelTier, string(s.Tier)})
	}
	if len(s.Environments) == 0 {
		return [][]Label{base}
	}
	all := make([][]Label, len(s.Environments))
	for i, environment := range s.Environments {
		all[i] = labelled(base, Label{telemetry.Environment, environment})
	}
	return all
}

// Command is the amtool command that succeeds if the configuration in the file
// leads to the receiver, and to no other.
func (r Route) Command(file string) []string {
	command := []string{"amtool", "config", "routes", "test", "--config.file=" + file, "--verify.receivers=" + r.Receiver}
	for _, l := range r.Labels {
		command = append(command, equals(l.Name, l.Value))
	}
	return command
}

// Script is a shell script that holds the configuration in the file against
// [Routes] with amtool. It stops at the first route that leads elsewhere, and
// prints what it runs only then.
func Script(c catalog.Catalog, file string) ([]byte, error) {
	routes, err := Routes(c)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	text.WriteString("#!/bin/sh\n" + header + `# Runs in the folder of the configuration, with amtool in PATH.
set -eu
route() { amtool config routes test --config.file=` + shell(file) + ` "$@" > /dev/null || { echo "leads elsewhere: $*" >&2; exit 1; }; }
amtool check-config ` + shell(file) + ` > /dev/null
`)
	for _, r := range routes {
		text.WriteString("route")
		for _, argument := range r.Command(file)[5:] {
			text.WriteString(" " + shell(argument))
		}
		text.WriteByte('\n')
	}
	fmt.Fprintf(&text, "echo %d routes lead where they should\n", len(routes))
	return text.Bytes(), nil
}

// shell quotes an argument for sh.
func shell(argument string) string { return "'" + strings.ReplaceAll(argument, "'", `'\''`) + "'" }
