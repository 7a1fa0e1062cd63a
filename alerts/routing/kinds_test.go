package routing

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

// message is what a system heard: at a path, with the strings of its JSON unescaped.
type message struct{ path, authorization, body string }

// systems answers as the systems do that receivers notify.
func systems(t *testing.T) (url string, heard chan message) {
	t.Helper()
	heard = make(chan message, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var content any
		if err := json.NewDecoder(r.Body).Decode(&content); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		var plain bytes.Buffer
		encoder := json.NewEncoder(&plain)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(content); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		heard <- message{r.URL.Path, r.Header.Get("Authorization"), plain.String()}
		if r.URL.Path == "/slack" {
			_, _ = io.WriteString(w, "ok")
			return
		}
		_, _ = io.WriteString(w, `{"issues": [], "key": "SHOP-1"}`)
	}))
	t.Cleanup(server.Close)
	return server.URL, heard
}

// mailServer takes one mail, without asking who sends it.
func mailServer(t *testing.T, heard chan<- message) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		defer client.Close()
		fmt.Fprint(client, "220 mail.example.com\r\n")
		var data strings.Builder
		inData := false
		for lines := bufio.NewScanner(client); lines.Scan(); {
			switch line := lines.Text(); {
			case inData && line == ".":
				inData = false
				heard <- message{path: "mail", body: data.String()}
				fmt.Fprint(client, "250 taken\r\n")
			case inData:
				data.WriteString(line + "\n")
			case line == "DATA":
				inData = true
				fmt.Fprint(client, "354 go on\r\n")
			default:
				fmt.Fprint(client, "250 well\r\n")
			}
		}
	}()
	return listener.Addr().String()
}

func TestAlertmanagerReachesEveryKindOfReceiver(t *testing.T) {
	t.Parallel()
	url, heard := systems(t)
	secrets := t.TempDir()
	holding := func(name, content string) (path string) {
		path = filepath.Join(secrets, name)
		require.NoError(t, os.WriteFile(path, []byte(content+"\n"), 0o600))
		return path
	}
	c := quick(url)
	c.Routing.Receivers = []catalog.Receiver{
		{Name: "pagerduty", Kind: catalog.PagerDuty, Secret: holding("pagerduty", "the-routing-key")},
		{Name: "incidentio", Kind: catalog.IncidentIO, URL: url + "/incidentio", Secret: holding("incidentio", "of-incidentio")},
		{Name: "jira", Kind: catalog.Jira, URL: url + "/jira", Project: "SHOP", IssueType: "{{Task}}", Secret: holding("jira", "of-jira")},
		{Name: "slack", Kind: catalog.Slack, Channel: "#{{shop", Secret: holding("slack", url+"/slack")},
		{Name: "msteams", Kind: catalog.Teams, Secret: holding("msteams", url+"/msteams")},
		{Name: "webhook", Kind: catalog.Webhook, Secret: holding("webhook", url+"/webhook")},
		{Name: "email", Kind: catalog.Email, To: "to@example.com", From: "from@example.com", Smarthost: mailServer(t, heard)},
		{Name: "opsgenie", Kind: catalog.Opsgenie, Secret: holding("opsgenie", "of-opsgenie")},
	}
	require.Len(t, c.Routing.Receivers, len(kinds()))
	c.Routing.Teams, c.Routing.Watchdog = nil, "webhook"
	for _, severity := range catalog.Severities() {
		c.Routing.Default[severity] = "webhook"
	}
	var alerts []alert
	for _, r := range c.Routing.Receivers {
		c.Routing.Teams = append(c.Routing.Teams, catalog.Team{Name: r.Name, Receivers: map[catalog.Severity]string{catalog.Page: r.Name}})
		one := firing("HighErrorRate", "critical", "<!channel> & co.", "")
		one.Labels["team"], one.Labels["checklist"] = r.Name, "PR-038"
		one.Annotations = map[string]string{
			"summary": "{{ 7 }} % of the requests fail", "description": "More than 5 %.",
			"runbook_url": "https://runbooks.example.com/HighErrorRate.md", "dashboard_url": "https://grafana.example.com/d/red?a=1&b=2",
		}
		alerts = append(alerts, one)
	}
	config, err := Config(c)
	require.NoError(t, err)
	// Where the systems are, for this test; and a mail server without TLS.
	a := start(t, "global:\n  pagerduty_url: "+url+"/pagerduty\n  opsgenie_api_url: "+url+"/opsgenie/\n  smtp_require_tls: false\n"+string(config))
	a.send(t, alerts...)

	said := make(map[string]message)
	for deadline := time.After(patience); len(said) < len(kinds())+1; { // Jira is asked first, then told
		select {
		case m := <-heard:
			said[m.path] = m
		case <-deadline:
			require.Fail(t, "somebody did not hear", "heard: %v", said)
		}
	}
	for path, wanted := range map[string][]string{
		"/pagerduty": {`"routing_key":"the-routing-key"`, `"severity":"critical"`, `"checklist":"PR-038"`, `"component":"<!channel> & co."`,
			`"client_url":"https://grafana.example.com/d/red?a=1&b=2"`, `"href":"https://runbooks.example.com/HighErrorRate.md"`},
		"/incidentio":            {`"runbook_url":"https://runbooks.example.com/HighErrorRate.md"`},
		"/jira/rest/api/2/issue": {`"key":"SHOP"`, `"name":"{{Task}}"`, "Runbook: https://runbooks.example.com/HighErrorRate.md", "Checklist: PR-038"},
		"/slack": {`"channel":"#{{shop"`, "&lt;!channel&gt; &amp; co.", "<https://runbooks.example.com/HighErrorRate.md|Runbook>",
			"<https://grafana.example.com/d/red?a=1&amp;b=2|Dashboard>"},
		"/msteams":            {"[Runbook](https://runbooks.example.com/HighErrorRate.md)"},
		"/webhook":            {`"runbook_url":"https://runbooks.example.com/HighErrorRate.md"`},
		"mail":                {"Subject: [FIRING:1] HighErrorRate: <!channel> & co. in production\n", "Runbook: https://runbooks.example.com/HighErrorRate.md"},
		"/opsgenie/v2/alerts": {`"priority":"P1"`, `"runbook":"https://runbooks.example.com/HighErrorRate.md"`},
	} {
		for _, text := range wanted {
			require.Contains(t, said[path].body, text, path)
		}
		if path != "/incidentio" && path != "/pagerduty" {
			require.Contains(t, said[path].body, "{{ 7 }} % of the requests fail", path)
		}
	}
	require.NotContains(t, said["/slack"].body, "<!channel>")
	require.NotContains(t, said["mail"].body, "<html")
	require.Equal(t, "Bearer of-jira", said["/jira/rest/api/2/issue"].authorization)
	require.Equal(t, "Bearer of-incidentio", said["/incidentio"].authorization)
	require.True(t, strings.HasPrefix(said["/opsgenie/v2/alerts"].authorization, "GenieKey of-opsgenie"))
}
