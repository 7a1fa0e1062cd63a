package push

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/dashboards"
)

var ours = []string{"readygate", "generated"}

func board(uid string) dashboards.Dashboard {
	return dashboards.Dashboard{Name: uid, Dashboard: dashboard.Dashboard{Uid: cog.ToPtr(uid), Title: cog.ToPtr("Title of " + uid), Tags: ours}}
}

var folder = Folder{UID: "readygate", Title: "Readygate"}

// serve returns a client of g, and the times that it waited.
func serve(t *testing.T, g *grafana) (*Client, *[]time.Duration) {
	t.Helper()
	if g.folders == nil {
		g.folders = map[string]string{}
	}
	if g.dashboards == nil {
		g.dashboards = map[string]stored{}
	}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	c := client(t, server, nil, time.Minute)
	var waited []time.Duration
	c.wait = func(_ context.Context, d time.Duration) error { waited = append(waited, d); return nil }
	return c, &waited
}

func client(t *testing.T, server *httptest.Server, transport http.RoundTripper, timeout time.Duration) *Client {
	t.Helper()
	base, err := Address(server.URL, false)
	require.NoError(t, err)
	return NewClient(base, token, transport, timeout)
}

// push is a whole run.
func push(t *testing.T, c *Client, prune bool, all ...dashboards.Dashboard) (Plan, error) {
	t.Helper()
	plan, err := c.Plan(t.Context(), all, folder, false)
	if err != nil {
		return plan, err
	}
	return plan, c.Apply(t.Context(), plan, prune)
}

func TestAFirstRunMakesTheFolderAndAllDashboards(t *testing.T) {
	g := &grafana{}
	c, _ := serve(t, g)
	plan, err := push(t, c, false, board("readygate-red"), board("readygate-slo"))
	require.NoError(t, err)
	require.True(t, plan.MakeFolder)
	require.Len(t, plan.New, 2)
	require.Equal(t, "Readygate", g.folders["readygate"])
	require.Equal(t, "readygate", g.dashboards["readygate-slo"].folder)

	plan, err = push(t, c, false, board("readygate-red"), board("readygate-slo"))
	require.NoError(t, err)
	require.False(t, plan.MakeFolder)
	require.Empty(t, plan.New)
	require.Len(t, plan.Changed, 2, "what is ours is replaced")
}

func TestNothingIsWrittenIfADashboardIsNotOurs(t *testing.T) {
	g := &grafana{dashboards: map[string]stored{
		"readygate-red":  {title: "Mine", tags: []string{"readygate"}},
		"readygate-slo":  {title: "SLO", tags: ours, provisioned: true, folder: "readygate"},
		"readygate-work": {title: "Work", tags: ours, folder: "readygate"},
	}}
	c, _ := serve(t, g)
	_, err := push(t, c, true, board("readygate-red"), board("readygate-slo"), board("readygate-work"))
	var not *NotOursError
	require.ErrorAs(t, err, &not)
	require.ErrorContains(t, err, `dashboard readygate-red, "Mine": not ours to write: got the tags ["readygate"]`)
	require.ErrorContains(t, err, `dashboard readygate-slo, "SLO": not ours to write: Grafana loads it from the file "red.json"`)
	require.Empty(t, g.writes)
}

func TestStaleDashboardsGoOnlyWhenThatIsAskedFor(t *testing.T) {
	g := &grafana{folders: map[string]string{"readygate": "Readygate"}, dashboards: map[string]stored{
		"readygate-service-gone":  {title: "Gone", tags: ours, folder: "readygate"},
		"readygate-service-other": {title: "Other's", tags: ours, folder: "elsewhere"},
		"by-people":               {title: "People's", tags: []string{"readygate"}, folder: "readygate"},
	}}
	c, _ := serve(t, g)
	plan, err := push(t, c, false, board("readygate-red"))
	require.NoError(t, err)
	require.Equal(t, []Stale{{"readygate-service-gone", "Gone"}}, plan.Stale)
	require.Len(t, g.dashboards, 4)

	_, err = push(t, c, true, board("readygate-red"))
	require.NoError(t, err)
	require.NotContains(t, g.dashboards, "readygate-service-gone")
	require.Len(t, g.dashboards, 3)
}

func TestAFolderOfAnotherOwnerStopsBeforeDashboards(t *testing.T) {
	g := &grafana{folders: map[string]string{"theirs": "Readygate"}}
	c, _ := serve(t, g)
	_, err := push(t, c, false, board("readygate-red"))
	require.ErrorContains(t, err, `folder "Readygate": nothing was written: POST `+c.base.String()+"/api/folders: 412 Precondition Failed: \"a folder with the same name already exists (name-exists)\"")
	require.Empty(t, g.dashboards)

	g.before = func(w http.ResponseWriter, _ *http.Request) bool {
		say(w, http.StatusForbidden, map[string]any{"message": "You'll need additional permissions"})
		return true
	}
	_, err = push(t, c, false, board("readygate-red"))
	require.ErrorContains(t, err, `403 Forbidden: "You'll need additional permissions"`)
}

func TestRefusalsAreNotRepeatedAndNameNoToken(t *testing.T) {
	g := &grafana{}
	c, waited := serve(t, g)
	c.token = "another" + "-token"
	_, err := push(t, c, false, board("readygate-red"))
	var status *StatusError
	require.ErrorAs(t, err, &status)
	require.Equal(t, http.StatusUnauthorized, status.Code)
	require.ErrorContains(t, err, `/api/org: 401 Unauthorized: "Invalid API key Bearer [token]"`)
	require.Empty(t, *waited)
}

func TestAnErrorWhileWritingSaysHowFarItCame(t *testing.T) {
	g := &grafana{}
	g.before = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/api/dashboards/db" || len(g.dashboards) == 0 {
			return false
		}
		say(w, http.StatusPreconditionFailed, map[string]any{"message": "The dashboard has been changed", "status": "version-mismatch"})
		return true
	}
	c, _ := serve(t, g)
	_, err := push(t, c, false, board("readygate-red"), board("readygate-slo"))
	require.ErrorContains(t, err, "dashboard readygate-slo: 1 of 2 were written: POST ")
	require.ErrorContains(t, err, `412 Precondition Failed: "The dashboard has been changed (version-mismatch)"`)
}

func TestBusyAndFailingServersAreAskedAgain(t *testing.T) {
	failures := []int{http.StatusTooManyRequests, http.StatusBadGateway, http.StatusInternalServerError}
	g := &grafana{}
	g.before = func(w http.ResponseWriter, _ *http.Request) bool {
		if len(failures) == 0 {
			return false
		}
		if failures[0] == http.StatusTooManyRequests {
			w.Header().Set("Retry-After", "7")
		}
		w.WriteHeader(failures[0])
		failures = failures[1:]
		return true
	}
	c, waited := serve(t, g)
	_, err := push(t, c, false, board("readygate-red"))
	require.NoError(t, err)
	require.Equal(t, []time.Duration{7 * time.Second, time.Second, 2 * time.Second}, *waited)

	failures = slices.Repeat([]int{http.StatusServiceUnavailable}, attempts)
	_, err = push(t, c, false, board("readygate-red"))
	require.ErrorContains(t, err, "503 Service Unavailable: this is no answer of Grafana (tried 5 times)")
}

func TestTimeoutsAreErrorsThatNameTheURL(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	defer close(release)
	c := client(t, server, nil, time.Millisecond)
	c.wait = func(context.Context, time.Duration) error { return nil }
	_, err := push(t, c, false, board("readygate-red"))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.ErrorContains(t, err, server.URL+"/api/org")
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, sleep(ctx, time.Hour), context.Canceled)
}

func TestCertificatesAreChecked(t *testing.T) {
	server := httptest.NewTLSServer(&grafana{folders: map[string]string{}, dashboards: map[string]stored{}})
	defer server.Close()
	server.Config.ErrorLog = nil
	c := client(t, server, nil, time.Minute)
	c.wait = func(context.Context, time.Duration) error { return nil }
	_, err := push(t, c, false, board("readygate-red"))
	require.ErrorContains(t, err, "certificate")

	c = client(t, server, server.Client().Transport, time.Minute)
	_, err = push(t, c, false, board("readygate-red"))
	require.NoError(t, err)
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	g := &grafana{before: func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, "https://example.com/elsewhere", http.StatusFound)
		return true
	}}
	c, _ := serve(t, g)
	_, err := push(t, c, false, board("readygate-red"))
	require.ErrorContains(t, err, `302 Found: redirects to "https://example.com/elsewhere", which is not followed`)
}

func TestAServerThatIsNoGrafanaIsNotTakenForAnEmptyOne(t *testing.T) {
	g := &grafana{before: func(w http.ResponseWriter, r *http.Request) bool { http.NotFound(w, r); return true }}
	c, _ := serve(t, g)
	_, err := push(t, c, false, board("readygate-red"))
	require.ErrorContains(t, err, "404 Not Found: this is no answer of Grafana")
}
