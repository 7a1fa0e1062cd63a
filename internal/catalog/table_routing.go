package catalog

import (
	"fmt"
	"maps"
	"time"

	"go.yaml.in/yaml/v3"
)

// Alertmanager's limits are wider; beyond these is a mistake.
const (
	maxGroupWait = time.Hour
	maxRepeat    = 30 * 24 * time.Hour
)

// defaultRouting is that of a file which has the key routing.
func defaultRouting() Routing {
	return Routing{
		GroupWait: 30 * time.Second, GroupInterval: 5 * time.Minute,
		Repeat: map[Severity]time.Duration{Page: time.Hour, Ticket: 24 * time.Hour, Digest: 7 * 24 * time.Hour},
	}
}

var routingForm = mapping("routing", []field[Routing]{
	at("receivers", "Where notifications are sent to.", listOf("a list of receivers", receiverForm, func(r Receiver) string { return r.Name }),
		func(r *Routing) *[]Receiver { return &r.Receivers }),
	at("default", "Receiver of each severity, for what no team takes.", bySeverity("default_receivers", named("receiver"), "a receiver: every severity must reach somebody"),
		func(r *Routing) *map[Severity]string { return &r.Default }),
	at("watchdog", "Receiver that must hear from Alertmanager all the time: the dead-man's switch.", named("receiver"), func(r *Routing) *string { return &r.Watchdog }),
	at("quiet", "Times at which only critical alerts are told.", listOf("a list of windows such as [{days: [saturday, sunday]}]", windowForm, nil),
		func(r *Routing) *[]Window { return &r.Quiet }),
	at("group_wait", "Time that the first alert of a group waits for others. Default: 30s.", span(0, maxGroupWait), func(r *Routing) *time.Duration { return &r.GroupWait }),
	at("group_interval", "Time between two notifications of a group that changes. Default: 5m.", span(time.Second, maxRepeat), func(r *Routing) *time.Duration { return &r.GroupInterval }),
	at("repeat", "Time after which what goes on is told again. Default: 1h, 24h, 168h.", bySeverity("severity_times", span(time.Second, maxRepeat)),
		func(r *Routing) *map[Severity]time.Duration { return &r.Repeat }),
}, only[Routing]("receivers", "default"), checked(func(d *decoder, e entry, r *Routing) {
	for _, s := range Severities() {
		if at := e.at("repeat"); at.has(string(s)) && r.Repeat[s] > 0 && r.Repeat[s] < r.GroupInterval {
			at.wrong(d, string(s), short(r.Repeat[s]), "at least the group_interval, "+short(r.GroupInterval))
		}
	}
}))

// bySeverity maps severities to values of the form. What the file leaves out stays as
// it was; with a message, nothing may be left out.
func bySeverity[T any](name string, of form[T], message ...string) form[map[Severity]T] {
	var fields []field[map[Severity]T]
	for _, s := range Severities() {
		f := field[map[Severity]T]{
			row:    row{key: string(s), about: "For alerts of severity " + string(s) + ".", allowed: of.allowed},
			schema: of.schema, read: readKey(of, s),
		}
		if len(message) > 0 {
			f = f.must(message...)
		}
		fields = append(fields, f)
	}
	return mapping(name, fields)
}

// readKey reads a value of the form into a map, of which it makes a copy: defaults
// may share it.
func readKey[K comparable, T any](of form[T], key K) reader[map[K]T] {
	return func(d *decoder, n *node, path string, to *map[K]T) {
		var v T
		of.read(d, n, path, &v)
		if *to = maps.Clone(*to); *to == nil {
			*to = make(map[K]T)
		}
		(*to)[key] = v
	}
}

var teamForm = mapping("team", []field[Team]{
	at("name", "Name of the team, as services have it.", text("the name of a team"), func(t *Team) *string { return &t.Name }).must(),
	at("receivers", "Receivers of the team. A severity without one takes that of `routing.default`.", bySeverity("severity_receivers", named("receiver")),
		func(t *Team) *map[Severity]string { return &t.Receivers }),
	at("on_call", "Schedule of who is on call.", text("the id or URL of a schedule"), func(t *Team) *string { return &t.OnCall }),
	at("contacts", "People to call in an emergency, at least two. They reach neither telemetry nor alerts.",
		listOf("a list of contacts", contactForm, func(c Contact) string { return spaced(c.Name, c.Channel) }), func(t *Team) *[]Contact { return &t.Contacts }),
}, checked(func(d *decoder, e entry, t *Team) {
	if e.has("contacts") && e.value("contacts").Kind == yaml.SequenceNode && len(t.Contacts) < 2 {
		e.wrong(d, "contacts", fmt.Sprintf("%d", len(t.Contacts)), "at least two contacts, so that one can be away")
	}
}))

var contactForm = mapping("contact", []field[Contact]{
	at("name", "Who it is.", text("the name of a person or line"), func(c *Contact) *string { return &c.Name }).must(),
	at("channel", "How to reach them.", text("a telephone number, address or channel"), func(c *Contact) *string { return &c.Channel }).must(),
})
