package catalog

import "time"

// Severity is how urgent an alert is, and so whom it reaches.
type Severity string

// The severities. A critical alert pages a person, a warning becomes a ticket,
// and info is for a digest.
const (
	Page   Severity = "critical"
	Ticket Severity = "warning"
	Digest Severity = "info"
)

// Severities lists them, most urgent first.
func Severities() []Severity { return []Severity{Page, Ticket, Digest} }

// Routing says who is told of what. The zero value tells nobody: an Alertmanager
// configuration cannot be made from it.
type Routing struct {
	// Receivers in the order of the file, by unique names.
	Receivers []Receiver
	// Default has a receiver for every severity where the file has any receivers.
	Default map[Severity]string
	// Watchdog is the receiver that must hear from Alertmanager all the time: the
	// dead-man's switch. Empty when there is none.
	Watchdog string
	// Teams in the order of the file.
	Teams []Team
	// Quiet are the times at which only critical alerts are told.
	Quiet []Window
	// GroupWait, GroupInterval are Alertmanager's; Repeat is how often an alert that
	// goes on is told again.
	GroupWait, GroupInterval time.Duration
	Repeat                   map[Severity]time.Duration
}

// Team is who answers for services.
type Team struct {
	Name string
	// Receivers of the team; a severity without one takes the default's.
	Receivers map[Severity]string
	// OnCall is the schedule: an id or URL; empty when there is none.
	OnCall string
	// Contacts for emergencies. They never reach telemetry or an alert.
	Contacts []Contact
}

// Contact is a person, or a line that people answer.
type Contact struct{ Name, Channel string }

// ReceiverKind is the system that a receiver notifies.
type ReceiverKind string

// The kinds of receiver. Opsgenie ends on 2027-04-05, which the tool says.
const (
	PagerDuty  ReceiverKind = "pagerduty"
	IncidentIO ReceiverKind = "incidentio"
	Jira       ReceiverKind = "jira"
	Slack      ReceiverKind = "slack"
	Teams      ReceiverKind = "msteams"
	Webhook    ReceiverKind = "webhook"
	Email      ReceiverKind = "email"
	Opsgenie   ReceiverKind = "opsgenie"
)

// Receiver is one place that notifications are sent to. Credentials are paths of
// files that Alertmanager reads, never values.
type Receiver struct {
	Name string
	Kind ReceiverKind
	// Secret is the path of the file with the key, token, password or URL.
	Secret string
	// URL of the system, where it has one of its own: Jira, incident.io, a webhook
	// without a secret in it.
	URL string
	// Channel of Slack; Project and IssueType of Jira.
	Channel            string
	Project, IssueType string
	// To, From, Smarthost (host:port) and User of e-mail. Jira's cloud has a User,
	// too; without one, its Secret is a personal access token.
	To, From, Smarthost, User string
	// Line of the file, from 1; 0 where no file was read.
	Line int
}
