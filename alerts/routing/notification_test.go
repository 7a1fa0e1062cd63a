package routing

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

// notification is what Alertmanager sends to a webhook.
type notification struct {
	to           string // the path that it came to, without the slash
	Status       string
	GroupLabels  map[string]string
	CommonLabels map[string]string
	Alerts       []alert
}

func (n notification) String() string {
	return fmt.Sprintf("%s hears %s %s of %s, %d alerts", n.to, n.Status, n.GroupLabels["alertname"], n.GroupLabels["service"], len(n.Alerts))
}

// webhooks takes notifications for as long as the test runs.
func webhooks(t *testing.T) (url string, heard chan notification) {
	t.Helper()
	heard = make(chan notification, 1000)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := notification{to: strings.Trim(r.URL.Path, "/")}
		if err := json.NewDecoder(r.Body).Decode(&n); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		heard <- n
	}))
	t.Cleanup(server.Close)
	return server.URL, heard
}

// quick is a catalog whose receivers are webhooks, and whose times are as short as
// a test can wait for.
func quick(url string) catalog.Catalog {
	c := catalog.Default()
	c.Routing = usual(catalog.Routing{
		Default:  map[catalog.Severity]string{catalog.Page: "pager", catalog.Ticket: "tickets", catalog.Digest: "digest"},
		Watchdog: "switch",
		Teams:    []catalog.Team{{Name: "pay", Receivers: map[catalog.Severity]string{catalog.Page: "pay-pager"}}},
	})
	for _, name := range []string{"pager", "tickets", "digest", "switch", "pay-pager"} {
		c.Routing.Receivers = append(c.Routing.Receivers, catalog.Receiver{Name: name, Kind: catalog.Webhook, URL: url + "/" + name})
	}
	c.Routing.GroupWait, c.Routing.GroupInterval = time.Second, time.Second
	return c
}

// await returns what was heard up to the last of the wanted notifications, or
// says which did not come within some time.
func await(heard <-chan notification, within time.Duration, wanted ...string) (all []string, err error) {
	missing := make(map[string]bool)
	for _, one := range wanted {
		missing[one] = true
	}
	deadline := time.After(within)
	for len(missing) > 0 {
		select {
		case n := <-heard:
			all = append(all, n.String())
			delete(missing, n.String())
		case <-deadline:
			return all, fmt.Errorf("not heard: %v; heard: %q", missing, all)
		}
	}
	return all, nil
}

func firing(name, severity, service, instance string) alert {
	return alert{Labels: map[string]string{
		"alertname": name, "severity": severity, "service": service, "environment": "production", "instance": instance, "team": service + "-team",
	}}
}

// noisy lets alerts fire and end, and reports what is not told as it should be.
func noisy(t *testing.T, config string, heard chan notification, within time.Duration) error {
	a := start(t, config)
	// First what hides others, so that Alertmanager knows of it when those come.
	a.send(t, alert{Labels: map[string]string{"alertname": Watchdog}},
		firing("ServiceDown", "critical", "search", ""), firing("SlowResponseTime", "critical", "storefront", ""))
	before, err := await(heard, within,
		"switch hears firing Watchdog of , 1 alerts",
		"pager hears firing ServiceDown of search, 1 alerts",
		"pager hears firing SlowResponseTime of storefront, 1 alerts",
	)
	if err != nil {
		return err
	}
	failing := []alert{firing("HighErrorRate", "critical", "checkout", "192.0.2.1"), firing("HighErrorRate", "critical", "checkout", "192.0.2.2")}
	payments := firing("HighErrorRate", "critical", "payments", "")
	payments.Labels["team"] = "pay"
	a.send(t, firing("HighErrorRate", "critical", "search", ""), firing("SlowResponseTime", "warning", "storefront", ""), // hidden
		firing("HighMemoryUsage", "warning", "checkout", ""), payments)
	a.send(t, failing...)
	all, err := await(heard, within,
		"tickets hears firing HighMemoryUsage of checkout, 1 alerts",
		"pay-pager hears firing HighErrorRate of payments, 1 alerts",
		"pager hears firing HighErrorRate of checkout, 2 alerts",
	)
	if err != nil {
		return err
	}
	a.resolve(t, failing...)
	ended, err := await(heard, within, "pager hears resolved HighErrorRate of checkout, 2 alerts")
	if err != nil {
		return err
	}
	a.send(t, firing("HighErrorRate", "critical", "last", ""))
	last, err := await(heard, within, "pager hears firing HighErrorRate of last, 1 alerts")
	if err != nil {
		return err
	}
	for _, one := range slices.Concat(before, all, ended, last) {
		for _, unwanted := range []string{"HighErrorRate of search", "tickets hears firing SlowResponseTime", "digest"} {
			if strings.Contains(one, unwanted) {
				return errors.New(one)
			}
		}
	}
	return nil
}

// resting lets alerts fire in quiet times.
func resting(t *testing.T, config string, heard chan notification, within time.Duration) error {
	a := start(t, config)
	a.send(t, firing("HighMemoryUsage", "warning", "checkout", ""), firing("HighErrorRate", "critical", "checkout", ""))
	all, err := await(heard, within, "pager hears firing HighErrorRate of checkout, 1 alerts")
	if err != nil {
		return err
	}
	// What is sent later is told later: by then, the warning would have been.
	a.send(t, firing("HighErrorRate", "critical", "last", ""))
	last, err := await(heard, within, "pager hears firing HighErrorRate of last, 1 alerts")
	if err != nil {
		return err
	}
	for _, one := range append(all, last...) {
		if strings.Contains(one, "HighMemoryUsage") {
			return errors.New(one)
		}
	}
	return nil
}

// always is the whole week.
func always() []catalog.Window {
	return []catalog.Window{{
		Days: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday},
		From: 0, To: midnight, Location: time.UTC,
	}}
}

func TestAlertmanagerTellsWhoShouldKnow(t *testing.T) {
	t.Parallel()
	url, heard := webhooks(t)
	config, err := Config(quick(url))
	require.NoError(t, err)
	require.NoError(t, noisy(t, string(config), heard, patience))
}

func TestAlertmanagerTellsOnlyCriticalAlertsInQuietTimes(t *testing.T) {
	t.Parallel()
	url, heard := webhooks(t)
	c := quick(url)
	c.Routing.Quiet = always()
	config, err := Config(c)
	require.NoError(t, err)
	require.NoError(t, resting(t, string(config), heard, patience))
}

func TestWhoHearsTooMuchOrTooLittleIsNoticed(t *testing.T) {
	for name, defect := range map[string]struct {
		quiet    bool
		from, to string
	}{
		"every alert on its own":            {false, "group_by: [alertname, service, ", "group_by: [instance, alertname, service, "},
		"services in one group":             {false, "group_by: [alertname, service, ", "group_by: [alertname, "},
		"the end is not told":               {false, "send_resolved: true", "send_resolved: false"},
		"the watchdog is nobody's":          {false, `alertname="Watchdog"`, `alertname="Dog"`},
		"a team's pages go elsewhere":       {false, `team="pay"`, `team="play"`},
		"symptoms are told":                 {false, `alertname="ServiceDown"`, `alertname="ServiceUp"`},
		"pages are tickets, too":            {false, `- severity="critical"` + "\n      - service", `- severity="grave"` + "\n      - service"},
		"warnings disturb":                  {true, "mute_time_intervals: [quiet]", "active_time_intervals: [quiet]"},
		"pages are held back":               {true, "receiver: pager\n", "receiver: pager\n      mute_time_intervals: [quiet]\n"},
		"quiet times are at another season": {true, "end_time: \"24:00\"\n", "end_time: \"24:00\"\n        years: ['2001']\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, heard := webhooks(t)
			c, tell := quick(url), noisy
			if defect.quiet {
				c.Routing.Quiet, tell = always(), resting
			}
			config, err := Config(c)
			require.NoError(t, err)
			require.Contains(t, string(config), defect.from, "the defect does not apply")
			require.Error(t, tell(t, strings.ReplaceAll(string(config), defect.from, defect.to), heard, 4*time.Second), "nobody notices the defect")
		})
	}
}
