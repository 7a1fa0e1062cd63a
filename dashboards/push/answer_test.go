package push

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWhatServersSayNamesNoTokenAndNoControlCharacters(t *testing.T) {
	odd := "tok" + "en/with+odd=signs\"of-the-test"
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter)
		want   string
	}{
		"redirect": {func(w http.ResponseWriter) {
			w.Header().Set("Location", "https://example.com/?t=Bearer_"+odd)
			w.WriteHeader(http.StatusFound)
		}, `redirects to "https://example.com/?t=Bearer_[token]"`},
		"escaped redirect": {func(w http.ResponseWriter) {
			w.Header().Set("Location", "https://example.com/?t="+url.QueryEscape(odd))
			w.WriteHeader(http.StatusMovedPermanently)
		}, `redirects to "https://example.com/?t=[token]"`},
		"message": {func(w http.ResponseWriter) {
			say(w, http.StatusForbidden, map[string]any{"message": "\x1b[2Jfine\nno: " + odd, "status": odd})
		}, `403 Forbidden: "\x1b[2Jfine\nno: [token] ([token])"`},
		"no HTTP": {func(w http.ResponseWriter) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_, _ = conn.Write([]byte("HTTP/1.1 " + odd + "\x1b\r\n\r\n"))
				_ = conn.Close()
			}
		}, "[token]"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { c.answer(w) }))
			defer server.Close()
			client := client(t, server, nil, time.Minute)
			client.token = odd
			client.wait = func(context.Context, time.Duration) error { return nil }
			_, err := push(t, client, false, board("readygate-red"))
			require.ErrorContains(t, err, c.want)
			require.NotContains(t, err.Error(), odd)
			require.NotContains(t, err.Error(), url.QueryEscape(odd))
			require.NotContains(t, err.Error(), "\x1b")
		})
	}
}

func TestAServerOfJSONIsNotTakenForAnEmptyGrafana(t *testing.T) {
	for what, answer := range map[string]struct {
		code int
		body any
	}{
		"not found":     {http.StatusNotFound, map[string]any{"message": "not found"}},
		"anything":      {http.StatusOK, map[string]any{}},
		"only an id":    {http.StatusOK, map[string]any{"id": 1}},
		"another shape": {http.StatusOK, []string{"x"}},
	} {
		g := &grafana{before: func(w http.ResponseWriter, _ *http.Request) bool {
			say(w, answer.code, answer.body)
			return true
		}}
		c, _ := serve(t, g)
		_, err := c.Plan(t.Context(), nil, folder, false)
		require.ErrorContains(t, err, "GET "+c.base.String()+"/api/org: this is no answer of Grafana", what)
	}
}

func TestAnswersWithoutWhatWasAskedForAreNone(t *testing.T) {
	for path, want := range map[string]string{
		"/api/folders/readygate":            "/api/folders/readygate: this is no answer of Grafana: got no uid and title of a folder",
		"/api/dashboards/uid/readygate-red": "/api/dashboards/uid/readygate-red: this is no answer of Grafana: got no uid of a dashboard",
		"/api/search":                       `/api/search: this is no answer of Grafana: got the uid "\x1b[2J"`,
	} {
		g := &grafana{folders: map[string]string{"readygate": "Readygate"}}
		g.before = func(w http.ResponseWriter, r *http.Request) bool {
			switch {
			case r.URL.Path != path:
				return false
			case path == "/api/search":
				say(w, http.StatusOK, []map[string]any{{"uid": "\x1b[2J", "tags": ours, "folderUid": "readygate"}})
			default:
				say(w, http.StatusOK, map[string]any{"status": "ok"})
			}
			return true
		}
		c, _ := serve(t, g)
		_, err := push(t, c, false, board("readygate-red"))
		require.ErrorContains(t, err, want)
		require.Empty(t, g.writes)
	}
}
