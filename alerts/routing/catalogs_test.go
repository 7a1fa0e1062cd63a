package routing

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

func berlin(t *testing.T) *time.Location {
	t.Helper()
	location, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	return location
}

// usual are times that fit every catalog.
func usual(r catalog.Routing) catalog.Routing {
	r.GroupWait, r.GroupInterval = 30*time.Second, 5*time.Minute
	r.Repeat = map[catalog.Severity]time.Duration{catalog.Page: time.Hour, catalog.Ticket: 24 * time.Hour, catalog.Digest: 168 * time.Hour}
	return r
}

func secretAt(name string) string { return "/etc/alertmanager/secrets/" + name }

// smallest is one receiver, and nothing else.
func smallest() catalog.Catalog {
	c := catalog.Default()
	c.Routing = usual(catalog.Routing{
		Receivers: []catalog.Receiver{{Name: "all", Kind: catalog.Webhook, URL: "https://alerts.example.com/"}},
		Default:   map[catalog.Severity]string{catalog.Page: "all", catalog.Ticket: "all", catalog.Digest: "all"},
	})
	return c
}

// everything has every kind of receiver, teams with all, some and no receivers of
// their own, and quiet times of every shape.
func everything(t *testing.T) catalog.Catalog {
	c := catalog.Default()
	c.Routing = usual(catalog.Routing{
		Receivers: []catalog.Receiver{
			{Name: "shop-pager", Kind: catalog.PagerDuty, Secret: secretAt("pagerduty")},
			{Name: "pay-pager", Kind: catalog.IncidentIO, URL: "https://api.example.com/v2/alert_events/alertmanager/1", Secret: secretAt("incidentio")},
			{Name: "tickets", Kind: catalog.Jira, URL: "https://jira.example.com/", Project: "SHOP", IssueType: "Task", Secret: secretAt("jira")},
			{Name: "pay-tickets", Kind: catalog.Jira, URL: "https://example.atlassian.net/rest/api/3", Project: "PAY", IssueType: "Bug", User: "alerts@example.com", Secret: secretAt("jira-cloud")},
			{Name: "chat", Kind: catalog.Slack, Channel: "#shop", Secret: secretAt("slack")},
			{Name: "pay-chat", Kind: catalog.Teams, Secret: secretAt("msteams")},
			{Name: "mail", Kind: catalog.Email, To: "operations@example.com", From: "alertmanager@example.com", Smarthost: "smtp.example.com:587", User: "alertmanager", Secret: secretAt("smtp")},
			{Name: "old-pager", Kind: catalog.Opsgenie, Secret: secretAt("opsgenie")},
			{Name: "dead-mans-switch", Kind: catalog.Webhook, Secret: secretAt("switch")},
		},
		Default:  map[catalog.Severity]string{catalog.Page: "old-pager", catalog.Ticket: "tickets", catalog.Digest: "mail"},
		Watchdog: "dead-mans-switch",
		Teams: []catalog.Team{
			{Name: "shop", Receivers: map[catalog.Severity]string{catalog.Page: "shop-pager", catalog.Digest: "chat"},
				OnCall: "https://oncall.example.com/shop", Contacts: []catalog.Contact{{Name: "First Contact", Channel: "+1 555 0100"}, {Name: "Second Contact", Channel: "second@example.com"}}},
			{Name: "pay", Receivers: map[catalog.Severity]string{catalog.Page: "pay-pager", catalog.Ticket: "pay-tickets", catalog.Digest: "pay-chat"}},
			{Name: "platform"},
		},
		Quiet: []catalog.Window{
			{Days: []time.Weekday{time.Saturday, time.Sunday}, From: 0, To: midnight, Location: berlin(t)},
			{Days: []time.Weekday{time.Friday, time.Monday}, From: 22 * 60, To: 6*60 + 30, Location: berlin(t)},
			{From: 12 * 60, To: 12*60 + 30},
		},
	})
	c.Services = []catalog.Service{
		{Name: "storefront", Namespace: "shop", Environments: []string{"production", "staging"}, Policy: catalog.Policy{Tier: catalog.Important, Team: "shop"}},
		{Name: "checkout", Namespace: "shop", Environments: []string{"production"}, Policy: catalog.Policy{Tier: catalog.Critical, Team: "shop"}},
		{Name: "payments", Policy: catalog.Policy{Tier: catalog.Critical, Team: "pay"}},
		{Name: "search", Policy: catalog.Policy{Tier: catalog.NonCritical, Team: "platform"}},
		{Name: "batch"},
	}
	return c
}

// hostile has names that mean something to YAML, to a shell, to a matcher, to a
// regular expression or to a template.
func hostile() catalog.Catalog {
	odd := `o'brien's "team" \ {{ .ExternalURL }} $(id) , severity="info" #: |` + "\n%é"
	receiver := func(name string) catalog.Receiver {
		return catalog.Receiver{
			Name: name, Kind: catalog.Email, Secret: secretAt("{{ smtp }}"), User: "{{ user }}", Smarthost: "smtp.example.com:587",
			To: "{{ .ExternalURL }}@example.com", From: "{{@example.com",
		}
	}
	c := catalog.Default()
	c.Routing = usual(catalog.Routing{
		Receivers: []catalog.Receiver{
			receiver("nobody"), receiver(odd),
			{Name: "webhook", Kind: catalog.Webhook, URL: "https://alerts.example.com/{{ .ExternalURL }}/"},
			{Name: "slack", Kind: catalog.Slack, Channel: "#{{", Secret: secretAt("slack")},
			{Name: "jira", Kind: catalog.Jira, URL: "https://jira.example.com", Project: "{{ .Project }}", IssueType: "{{", Secret: secretAt("jira")},
		},
		Default: map[catalog.Severity]string{catalog.Page: "nobody", catalog.Ticket: "webhook", catalog.Digest: "slack"},
		Teams: []catalog.Team{
			{Name: odd, Receivers: map[catalog.Severity]string{catalog.Page: odd, catalog.Ticket: "jira"}},
			{Name: "unknown", Receivers: map[catalog.Severity]string{catalog.Page: odd}},
			{Name: ".*", Receivers: map[catalog.Severity]string{catalog.Digest: odd}},
		},
	})
	c.Services = []catalog.Service{
		{Name: odd, Namespace: odd, Environments: []string{odd}, Policy: catalog.Policy{Team: odd}},
		{Name: ".*", Policy: catalog.Policy{Team: ".*"}},
		{Name: "plain", Policy: catalog.Policy{Team: "unknown"}},
	}
	return c
}

// large has 200 services of 40 teams.
func large() catalog.Catalog {
	c := smallest()
	for i := range 40 {
		pager, tickets := fmt.Sprintf("pager-%02d", i), fmt.Sprintf("tickets-%02d", i)
		c.Routing.Receivers = append(c.Routing.Receivers,
			catalog.Receiver{Name: pager, Kind: catalog.PagerDuty, Secret: secretAt(pager)},
			catalog.Receiver{Name: tickets, Kind: catalog.Jira, URL: "https://jira.example.com", Project: fmt.Sprintf("T%02d", i), IssueType: "Task", Secret: secretAt("jira")})
		c.Routing.Teams = append(c.Routing.Teams, catalog.Team{
			Name: fmt.Sprintf("team-%02d", i), Receivers: map[catalog.Severity]string{catalog.Page: pager, catalog.Ticket: tickets},
		})
	}
	for i := range 200 {
		c.Services = append(c.Services, catalog.Service{
			Name: fmt.Sprintf("service-%03d", i), Namespace: "shop", Environments: []string{"production"},
			Policy: catalog.Policy{Tier: catalog.Tiers()[i%3], Team: fmt.Sprintf("team-%02d", i%40)},
		})
	}
	return c
}

func catalogs(t *testing.T) map[string]catalog.Catalog {
	return map[string]catalog.Catalog{"smallest": smallest(), "everything": everything(t), "hostile": hostile(), "large": large()}
}
