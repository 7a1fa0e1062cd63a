package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/golden"
)

// prometheus answers with what a Prometheus answered to queries about these series.
func prometheus(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		require.NoError(t, r.ParseForm())
		w.Header().Set("Content-Type", "application/json")
		if user, password, _ := r.BasicAuth(); user != "reader" || password != "from-a-file" {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		expr := r.Form.Get("query")
		if strings.Contains(expr, "refused") {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"status":"error","errorType":"bad_data","error":"end timestamp must not be before start time"}`))
			return
		}
		for _, answer := range []string{"ALERTS", "version_first_seen", "request_error_ratio", "request_errors", "requests"} {
			if strings.Contains(expr, answer) {
				text, err := os.ReadFile("testdata/postmortem/" + answer + ".json")
				require.NoError(t, err)
				_, _ = w.Write(text)
				return
			}
		}
		_, _ = w.Write([]byte(`{"status":"success","data":{"resultType":"matrix","result":[]}}`))
	}))
	t.Cleanup(server.Close)
	return server
}

// ask runs postmortem about an hour of the recorded answers.
func ask(t *testing.T, server *httptest.Server, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	credentials := filepath.Join(t.TempDir(), "http.yaml")
	require.NoError(t, os.WriteFile(credentials, []byte("basic_auth: {username: reader, password: from-a-file}\n"), 0o600))
	var out, talk bytes.Buffer
	args = append([]string{
		"postmortem", "--prometheus", server.URL, "--http-config", credentials,
		"--from", "2026-11-23T07:00:00Z", "--to", "2026-11-23T08:00:00Z",
	}, args...)
	code = run(context.Background(), args, strings.NewReader(""), &out, &talk)
	return code, out.String(), talk.String()
}

func TestAPostmortemIsDraftedFromWhatPrometheusAnswers(t *testing.T) {
	server := prometheus(t)
	code, draft, talk := ask(t, server)
	require.Zero(t, code, talk)
	require.Empty(t, talk)
	require.NotContains(t, draft, "reader")
	golden.File(t, "testdata/postmortem/draft.md", []byte(strings.ReplaceAll(draft, server.URL, "http://prometheus.example.com")))
}

func TestAPostmortemIsNeverWrittenOverWhatExists(t *testing.T) {
	server := prometheus(t)
	path := filepath.Join(t.TempDir(), "draft.md")
	code, draft, talk := ask(t, server, "--out", path)
	require.Zero(t, code, talk)
	require.Empty(t, draft)
	written, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(written), "incident: 2026-11-23-higherrorrate-of-shop-payments-in-production\n")
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing is left behind")

	code, _, talk = ask(t, server, "--out", path)
	require.Equal(t, exitUsage, code)
	require.Contains(t, talk, "which exists, allowed: a new file")
}

func TestWhatPrometheusRefusesIsSaidInItsWords(t *testing.T) {
	server := prometheus(t)
	code, draft, talk := ask(t, server, "--service", "refused")
	require.Equal(t, exitFindings, code)
	require.Empty(t, draft)
	require.Equal(t, server.URL+`: ALERTS{alertname!="Watchdog",alertstate="firing",service="refused"}: bad_data: end timestamp must not be before start time`+"\n", talk)

	nobody := httptest.NewServer(http.NotFoundHandler())
	defer nobody.Close()
	code, _, talk = ask(t, nobody)
	require.Equal(t, exitFindings, code)
	require.Contains(t, talk, "404")
}
