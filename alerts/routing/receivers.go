package routing

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
)

// kinds are the kinds of receiver that a configuration can be made for.
func kinds() []catalog.ReceiverKind {
	return []catalog.ReceiverKind{
		catalog.PagerDuty, catalog.IncidentIO, catalog.Jira, catalog.Slack,
		catalog.Teams, catalog.Webhook, catalog.Email, catalog.Opsgenie,
	}
}

// receiver has one of its lists, with one entry. None of these types has a field
// for a credential: there are only paths of files.
type receiver struct {
	Name       string       `yaml:"name"`
	PagerDuty  []pagerDuty  `yaml:"pagerduty_configs,omitempty"`
	IncidentIO []incidentIO `yaml:"incidentio_configs,omitempty"`
	Jira       []jira       `yaml:"jira_configs,omitempty"`
	Slack      []slack      `yaml:"slack_configs,omitempty"`
	Teams      []teams      `yaml:"msteamsv2_configs,omitempty"`
	Webhook    []webhook    `yaml:"webhook_configs,omitempty"`
	Email      []email      `yaml:"email_configs,omitempty"`
	Opsgenie   []opsgenie   `yaml:"opsgenie_configs,omitempty"`
}

// MarshalYAML adds a warning to what will stop working.
func (r receiver) MarshalYAML() (any, error) {
	type plain receiver
	var node yaml.Node
	if err := node.Encode(plain(r)); err != nil {
		return nil, err
	}
	if len(r.Opsgenie) > 0 {
		node.HeadComment = "Opsgenie ends on 2027-04-05, and from then on nobody hears of these alerts: choose another receiver."
	}
	return &node, nil
}

type resolved struct {
	Send bool `yaml:"send_resolved"`
}

type pagerDuty struct {
	resolved       `yaml:",inline"`
	RoutingKeyFile string            `yaml:"routing_key_file"`
	Client         string            `yaml:"client"`
	ClientURL      string            `yaml:"client_url"`
	Description    string            `yaml:"description"`
	Severity       string            `yaml:"severity"`
	Class          string            `yaml:"class"`
	Component      string            `yaml:"component"`
	Group          string            `yaml:"group"`
	Details        map[string]string `yaml:"details"`
	Links          []pagerDutyLink   `yaml:"links"`
}

type pagerDutyLink struct {
	Href string `yaml:"href"`
	Text string `yaml:"text"`
}

type incidentIO struct {
	resolved  `yaml:",inline"`
	URL       string `yaml:"url"`
	TokenFile string `yaml:"alert_source_token_file"`
}

type jira struct {
	resolved    `yaml:",inline"`
	HTTP        *httpClient `yaml:"http_config,omitempty"`
	URL         string      `yaml:"api_url"`
	Project     string      `yaml:"project"`
	IssueType   string      `yaml:"issue_type"`
	Summary     string      `yaml:"summary"`
	Description string      `yaml:"description"`
}

// httpClient says who Alertmanager is: a user with a password, or whoever has the
// token.
type httpClient struct {
	BasicAuth     *basicAuth     `yaml:"basic_auth,omitempty"`
	Authorization *authorization `yaml:"authorization,omitempty"`
}

type basicAuth struct {
	Username     string `yaml:"username"`
	PasswordFile string `yaml:"password_file"`
}

type authorization struct {
	CredentialsFile string `yaml:"credentials_file"`
}

type slack struct {
	resolved  `yaml:",inline"`
	URLFile   string `yaml:"api_url_file"`
	Channel   string `yaml:"channel,omitempty"`
	Title     string `yaml:"title"`
	TitleLink string `yaml:"title_link"`
	Text      string `yaml:"text"`
	Fallback  string `yaml:"fallback"`
}

type teams struct {
	resolved `yaml:",inline"`
	URLFile  string `yaml:"webhook_url_file"`
	Title    string `yaml:"title"`
	Text     string `yaml:"text"`
}

type webhook struct {
	resolved `yaml:",inline"`
	URL      string `yaml:"url,omitempty"`
	URLFile  string `yaml:"url_file,omitempty"`
}

type email struct {
	resolved     `yaml:",inline"`
	To           string            `yaml:"to"`
	From         string            `yaml:"from"`
	Smarthost    string            `yaml:"smarthost"`
	User         string            `yaml:"auth_username,omitempty"`
	PasswordFile string            `yaml:"auth_password_file,omitempty"`
	Headers      map[string]string `yaml:"headers"`
	HTML         string            `yaml:"html"` // empty: Alertmanager's own has no links to runbooks
	Text         string            `yaml:"text"`
}

type opsgenie struct {
	resolved    `yaml:",inline"`
	KeyFile     string            `yaml:"api_key_file"`
	Message     string            `yaml:"message"`
	Description string            `yaml:"description"`
	Priority    string            `yaml:"priority"`
	Details     map[string]string `yaml:"details"`
}

// receivers are those of the file, all of them, and nobody where the Watchdog has
// no receiver.
func receivers(r catalog.Routing) []receiver {
	all := make([]receiver, 0, len(r.Receivers)+1)
	told := told(r)
	for _, one := range r.Receivers {
		all = append(all, configured(one, resolved{Send: told[one.Name]}))
	}
	if r.Watchdog == "" {
		all = append(all, receiver{Name: nobody(r)})
	}
	return all
}

// told are the receivers of alerts other than the Watchdog. A dead-man's switch
// must not hear that the Watchdog is resolved: it would take it for a sign of life.
func told(r catalog.Routing) map[string]bool {
	all := make(map[string]bool)
	for _, team := range append([]catalog.Team{{}}, r.Teams...) {
		for _, severity := range catalog.Severities() {
			all[receiverOf(r, team, severity)] = true
		}
	}
	return all
}

func configured(r catalog.Receiver, done resolved) receiver {
	one := receiver{Name: r.Name}
	text := rule.Literal
	switch r.Kind {
	case catalog.PagerDuty:
		one.PagerDuty = []pagerDuty{{
			resolved: done, RoutingKeyFile: r.Secret,
			Client: "Readygate", ClientURL: pageURL, Description: firstSummary, Severity: pagerDutySeverity,
			Class: common("alertname"), Component: common("service"), Group: common("service_namespace"),
			Details: details(), Links: []pagerDutyLink{{Href: link("runbook_url"), Text: "Runbook"}, {Href: link("dashboard_url"), Text: "Dashboard"}},
		}}
	case catalog.IncidentIO:
		one.IncidentIO = []incidentIO{{resolved: done, URL: r.URL, TokenFile: r.Secret}}
	case catalog.Jira:
		one.Jira = []jira{{
			resolved: done, HTTP: client(r), URL: jiraAPI(r.URL), Project: text(r.Project), IssueType: text(r.IssueType),
			Summary: title, Description: plainText,
		}}
	case catalog.Slack:
		one.Slack = []slack{{
			resolved: done, URLFile: r.Secret, Channel: text(r.Channel),
			Title: slackTitle, TitleLink: pageURL, Text: slackText, Fallback: slackTitle,
		}}
	case catalog.Teams:
		one.Teams = []teams{{resolved: done, URLFile: r.Secret, Title: title, Text: markdownText}}
	case catalog.Webhook:
		one.Webhook = []webhook{{resolved: done, URL: text(r.URL), URLFile: r.Secret}}
	case catalog.Email:
		one.Email = []email{{
			resolved: done, To: text(r.To), From: text(r.From), Smarthost: r.Smarthost, User: r.User, PasswordFile: r.Secret,
			Headers: map[string]string{"Subject": title}, Text: plainText,
		}}
	case catalog.Opsgenie:
		one.Opsgenie = []opsgenie{{
			resolved: done, KeyFile: r.Secret, Message: title, Description: plainText, Priority: opsgeniePriority, Details: details(),
		}}
	}
	return one
}

func client(r catalog.Receiver) *httpClient {
	switch {
	case r.Secret == "":
		return nil
	case r.User != "":
		return &httpClient{BasicAuth: &basicAuth{Username: r.User, PasswordFile: r.Secret}}
	}
	return &httpClient{Authorization: &authorization{CredentialsFile: r.Secret}}
}

// jiraAPI is the second version of Jira's API at the address of a Jira, which Cloud
// and Data Center both have. The third wants texts as documents, not as text.
func jiraAPI(url string) string {
	base, _, _ := strings.Cut(url, "/rest/api/")
	return strings.TrimSuffix(base, "/") + "/rest/api/2"
}
