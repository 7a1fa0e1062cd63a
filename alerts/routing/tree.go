package routing

import (
	"cmp"
	"strings"
	"time"

	"github.com/prometheus/common/model"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Watchdog is the alert that always fires, so that a dead-man's switch hears from
// Prometheus and Alertmanager as long as both work.
const Watchdog = "Watchdog"

// watchdogRepeat is how often the dead-man's switch hears, give or take one
// watchdogRepeat: Alertmanager looks once in a group_interval whether a repeat is
// due.
const watchdogRepeat = time.Minute

// A digest collects what is no more than good to know, instead of telling it as it
// comes: for an hour at first, then twice a day.
const (
	digestWait     = time.Hour
	digestInterval = 12 * time.Hour
)

// route is a node of Alertmanager's routing tree. The first child that matches
// takes the alert; no route continues, so every alert has exactly one receiver.
type route struct {
	Matchers       []string        `yaml:"matchers,omitempty"`
	Receiver       string          `yaml:"receiver"`
	GroupBy        []string        `yaml:"group_by,flow,omitempty"`
	GroupWait      *model.Duration `yaml:"group_wait,omitempty"`
	GroupInterval  *model.Duration `yaml:"group_interval,omitempty"`
	RepeatInterval *model.Duration `yaml:"repeat_interval,omitempty"`
	MuteTimes      []string        `yaml:"mute_time_intervals,flow,omitempty"`
	Routes         []route         `yaml:"routes,omitempty"`
}

// tree is the root: one notification for each alert of each service.
func tree(r catalog.Routing) route {
	root := route{
		Receiver:       r.Default[catalog.Ticket],
		GroupBy:        append([]string{model.AlertNameLabel}, telemetry.ServiceIdentity()...),
		GroupWait:      duration(r.GroupWait),
		GroupInterval:  duration(r.GroupInterval),
		RepeatInterval: duration(r.Repeat[catalog.Ticket]),
		Routes:         []route{watchdog(r)},
	}
	for _, team := range r.Teams {
		if len(team.Receivers) == 0 {
			continue // the default's are its receivers
		}
		root.Routes = append(root.Routes, route{
			Matchers: []string{equals(rule.LabelTeam, team.Name)},
			Receiver: receiverOf(r, team, catalog.Ticket),
			Routes:   bySeverity(r, team),
		})
	}
	root.Routes = append(root.Routes, bySeverity(r, catalog.Team{})...)
	return root
}

func watchdog(r catalog.Routing) route {
	return route{
		Matchers: []string{equals(model.AlertNameLabel, Watchdog)}, Receiver: cmp.Or(r.Watchdog, nobody(r)),
		GroupWait: duration(0), GroupInterval: duration(watchdogRepeat), RepeatInterval: duration(watchdogRepeat),
	}
}

// nobody is a name that no receiver has.
func nobody(r catalog.Routing) string {
	name := "nobody"
	for _, receiver := range r.Receivers {
		if len(receiver.Name) >= len(name) && strings.HasPrefix(receiver.Name, "nobody") {
			name = receiver.Name + "-at-all"
		}
	}
	return name
}

func bySeverity(r catalog.Routing, team catalog.Team) []route {
	routes := make([]route, 0, len(catalog.Severities()))
	for _, severity := range catalog.Severities() {
		one := route{
			Matchers:       []string{equals(rule.LabelSeverity, string(severity))},
			Receiver:       receiverOf(r, team, severity),
			RepeatInterval: duration(r.Repeat[severity]),
		}
		if severity == catalog.Digest {
			one.GroupBy = []string{rule.LabelTeam}
			one.GroupWait, one.GroupInterval = duration(digestWait), duration(min(digestInterval, r.Repeat[severity]))
		}
		if severity != catalog.Page && len(r.Quiet) > 0 {
			one.MuteTimes = []string{quiet}
		}
		routes = append(routes, one)
	}
	return routes
}

// receiverOf a team for a severity: its own, or else the default's.
func receiverOf(r catalog.Routing, team catalog.Team, severity catalog.Severity) string {
	return cmp.Or(team.Receivers[severity], r.Default[severity])
}

func duration(d time.Duration) *model.Duration {
	written := model.Duration(d)
	return &written
}

// equals is a matcher as both of Alertmanager's parsers read it.
func equals(label, value string) string { return label + "=" + quote(value) }

var quoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func quote(value string) string { return `"` + quoted.Replace(value) + `"` }
