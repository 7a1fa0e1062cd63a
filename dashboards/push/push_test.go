package push

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
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
	c, err := NewClient(server.URL, token, nil, time.Minute)
	require.NoError(t, err)
	var waited []time.Duration
	c.wait = func(_ context.Context, d time.Duration) error { waited = append(waited, d); return nil }
	return c, &waited
}

// push is a whole run.
func push(t *testing.T, c *Client, prune bool, all ...dashboards.Dashboard) (Plan, error) {
	t.Helper()
	plan, err := c.Plan(t.Context(), all, folder)
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
		"readygate-slo":  {title: "SLO", tags: ours, provisioned: true},
		"readygate-work": {title: "Work", tags: ours},
	}}
	c, _ := serve(t, g)
	_, err := push(t, c, true, board("readygate-red"), board("readygate-slo"), board("readygate-work"))
	var not *NotOursError
	require.ErrorAs(t, err, &not)
	require.ErrorContains(t, err, `dashboard readygate-red, "Mine": not ours: got the tags ["readygate"]`)
	require.ErrorContains(t, err, `dashboard readygate-slo, "SLO": not ours: Grafana loads it from the file red.json`)
	require.Empty(t, g.writes)
}

func TestStaleDashboardsGoOnlyWhenThatIsAskedFor(t *testing.T) {
	g := &grafana{folders: map[string]string{"readygate": "Renamed by people"}, dashboards: map[string]stored{
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
	require.ErrorContains(t, err, `folder "Readygate": nothing was written: POST `+c.base.String()+"/api/folders: 412 Precondition Failed: a folder with the same name already exists (name-exists)")
	require.Empty(t, g.dashboards)

	g.before = func(w http.ResponseWriter, _ *http.Request) bool {
		say(w, http.StatusForbidden, map[string]any{"message": "You'll need additional permissions"})
		return true
	}
	_, err = push(t, c, false, board("readygate-red"))
	require.ErrorContains(t, err, "403 Forbidden: You'll need additional permissions")
}

func TestRefusalsAreNotRepeatedAndNameNoToken(t *testing.T) {
	g := &grafana{}
	c, waited := serve(t, g)
	c.token = "another" + "-token"
	_, err := push(t, c, false, board("readygate-red"))
	var status *StatusError
	require.ErrorAs(t, err, &status)
	require.Equal(t, http.StatusUnauthorized, status.Code)
	require.ErrorContains(t, err, "/api/folders/readygate: 401 Unauthorized: Invalid API key Bearer [token]")
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
	require.ErrorContains(t, err, "412 Precondition Failed: The dashboard has been changed (version-mismatch)")
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
	require.ErrorContains(t, err, "503 Service Unavailable: the answer is none of Grafana (tried 5 times)")
}

func TestTimeoutsAreErrorsThatNameTheURL(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	defer close(release)
	c, err := NewClient(server.URL, token, nil, time.Millisecond)
	require.NoError(t, err)
	c.wait = func(context.Context, time.Duration) error { return nil }
	_, err = push(t, c, false, board("readygate-red"))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.ErrorContains(t, err, server.URL+"/api/folders/readygate")
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
	c, err := NewClient(server.URL, token, nil, time.Minute)
	require.NoError(t, err)
	c.wait = func(context.Context, time.Duration) error { return nil }
	_, err = push(t, c, false, board("readygate-red"))
	require.ErrorContains(t, err, "certificate")

	c, err = NewClient(server.URL, token, server.Client().Transport, time.Minute)
	require.NoError(t, err)
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
	require.ErrorContains(t, err, "302 Found: redirects to https://example.com/elsewhere, which is not followed")
}

func TestAServerThatIsNoGrafanaIsNotTakenForAnEmptyOne(t *testing.T) {
	g := &grafana{before: func(w http.ResponseWriter, r *http.Request) bool { http.NotFound(w, r); return true }}
	c, _ := serve(t, g)
	_, err := push(t, c, false, board("readygate-red"))
	require.ErrorContains(t, err, "404 Not Found: the answer is none of Grafana")
}

func TestAddressesAndTokensThatAreNone(t *testing.T) {
	for address, want := range map[string]string{
		"grafana.example.com":                             "allowed: such as https://grafana.example.com",
		"https://" + "user:word@" + "grafana.example.com": "got a user in the URL of grafana.example.com",
		"https://grafana.example.com/?orgId=2":            "allowed: such as",
		"https://gra fana":                                "got what is no URL",
	} {
		_, err := NewClient(address, token, nil, 0)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "word")
	}
	for _, wrong := range []string{"", " \n", "two\nlines"} {
		_, err := NewClient("https://grafana.example.com", wrong, nil, 0)
		require.ErrorContains(t, err, "token: got nothing, or more than one word")
	}
}

func TestFoldersHaveOneUIDForEver(t *testing.T) {
	require.Equal(t, Folder{"readygate", "Readygate"}, FolderOf("Readygate"))
	require.Equal(t, Folder{"team-a-payments", "Team A: Payments"}, FolderOf("Team A: Payments"))
	long := FolderOf(strings.Repeat("long ", 20))
	require.LessOrEqual(t, len(long.UID), 40)
	require.NotEqual(t, FolderOf("監視").UID, FolderOf("料金").UID)
	require.NotEqual(t, "readygate", FolderOf("READYGATE").UID)
}
