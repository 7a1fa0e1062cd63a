package preview

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const small = `{"uid": "small", "title": "Small", "panels": [{"type": "row", "panels": [{}]}, {"type": "stat"}]}`

// backend is a Prometheus that says what it was asked.
func backend(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.FormValue("query") {
		case "page":
			_, _ = io.WriteString(w, "<html>")
		case "redirect":
			http.Redirect(w, r, "/elsewhere", http.StatusFound)
		default:
			answer(w, http.StatusOK, map[string]string{"asked": r.URL.RequestURI(), "cookie": r.Header.Get("Cookie")})
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func handler(t *testing.T, prometheus string) http.Handler {
	t.Helper()
	address, err := url.Parse(prometheus)
	require.NoError(t, err)
	return Handler(Options{
		Boards: func() ([]Board, error) {
			b, err := Parse("small", []byte(small))
			return []Board{b}, err
		},
		Prometheus: address, ScrapeInterval: 15 * time.Second,
	})
}

func get(h http.Handler, target string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Host = "127.0.0.1:8080"
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPagesAllowNoScriptsButTheirOwn(t *testing.T) {
	h := handler(t, backend(t).URL)
	for _, path := range []string{"/", "/d/small", "/d/small/slug", "/assets/board.js"} {
		w := get(h, path)
		require.Equal(t, http.StatusOK, w.Code, path)
		require.Contains(t, w.Header().Get("Content-Security-Policy"), "default-src 'none'; script-src 'self'; style-src 'self';")
		require.NotContains(t, w.Header().Get("Content-Security-Policy"), "unsafe")
		require.NotContains(t, w.Body.String(), "<script>")
	}
}

func TestOnlyNamesOfTheLoopbackAreAnswered(t *testing.T) {
	h := handler(t, backend(t).URL)
	for host, status := range map[string]int{
		"localhost": 200, "localhost:1": 200, "127.0.0.1:1": 200, "[::1]:1": 200, "[::1]": 200, "127.0.0.2": 200,
		"": 403, "example.com": 403, "localhost.example.com:80": 403, "192.0.2.1:80": 403, "[2001:db8::1]": 403, "[": 403,
	} {
		w := get(h, "/", func(r *http.Request) { r.Host = host })
		require.Equal(t, status, w.Code, host)
	}
}

func TestOtherOriginsAreNotAnswered(t *testing.T) {
	h := handler(t, backend(t).URL)
	site := func(site, mode string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", site)
			r.Header.Set("Sec-Fetch-Mode", mode)
		}
	}
	require.Equal(t, http.StatusForbidden, get(h, "/api/v1/query?query=up", site("cross-site", "no-cors")).Code)
	require.Equal(t, http.StatusForbidden, get(h, "/dashboards", site("same-site", "cors")).Code)
	require.Equal(t, http.StatusOK, get(h, "/api/v1/query?query=up", site("same-origin", "cors")).Code)
	require.Equal(t, http.StatusOK, get(h, "/", site("cross-site", "navigate")).Code, "a link leads here")
}

func TestOnlyReadingIsPassedOn(t *testing.T) {
	h := handler(t, backend(t).URL+"/prefix")
	for path, want := range map[string]string{
		"/api/v1/query?query=up&time=1&secret=x":                "/prefix/api/v1/query?query=up&time=1",
		"/api/v1/query_range?query=up&start=1&end=2&step=1":     "/prefix/api/v1/query_range?end=2&query=up&start=1&step=1",
		"/api/v1/label/service/values?match[]=up":               "/prefix/api/v1/label/service/values?match%5B%5D=up",
		"/api/v1/query_exemplars?query=up&start=1&end=2&step=1": "/prefix/api/v1/query_exemplars?end=2&query=up&start=1&step=1",
	} {
		w := get(h, path, func(r *http.Request) { r.Header.Set("Cookie", "a=b") })
		require.Equal(t, http.StatusOK, w.Code)
		require.JSONEq(t, `{"asked": "`+want+`", "cookie": ""}`, strings.ReplaceAll(w.Body.String(), `\u0026`, "&"))
	}
	for _, path := range []string{"/api/v1/admin/tsdb/delete_series", "/api/v1/status/config", "/api/v1/targets", "/-/reload", "/api/v1/query/../status/config", "/api/v1/label/a%2f..%2f..%2fstatus%2fconfig/x"} {
		require.NotEqual(t, http.StatusOK, get(h, path).Code, path)
	}
	post := get(h, "/api/v1/query", func(r *http.Request) { r.Method = http.MethodPost })
	require.Equal(t, http.StatusMethodNotAllowed, post.Code)
}

// A name of a label cannot lead out of the path that is allowed.
func TestANameOfALabelIsNoPath(t *testing.T) {
	w := get(handler(t, backend(t).URL), "/api/v1/label/..%2f..%2fstatus%2fconfig%3f/values")
	require.Equal(t, http.StatusBadRequest, w.Code)
	require.Contains(t, w.Body.String(), "allowed: letters, digits and underscores")
}

func TestWhatPrometheusCannotAnswerIsSaidInWords(t *testing.T) {
	h := handler(t, backend(t).URL)
	for query, want := range map[string]string{
		"page":     `the answer is not JSON but \"\u003chtml\u003e\" (status 200)`,
		"redirect": "the answer is not JSON",
	} {
		w := get(h, "/api/v1/query?query="+query)
		require.Equal(t, http.StatusBadGateway, w.Code)
		require.Contains(t, w.Body.String(), want)
	}
	gone := backend(t)
	gone.Close()
	w := get(handler(t, gone.URL), "/api/v1/query?query=up")
	require.Equal(t, http.StatusBadGateway, w.Code)
	require.Contains(t, w.Body.String(), "Prometheus at "+gone.URL+": ")
	require.NotContains(t, w.Body.String(), "query=up")
}

func TestDashboardsAreServedAsTheyWereGiven(t *testing.T) {
	h := handler(t, backend(t).URL)
	require.JSONEq(t, small, get(h, "/dashboards/small").Body.String())
	require.Contains(t, get(h, "/dashboards").Body.String(), `"panels":2`)
	missing := get(h, "/dashboards/other")
	require.Equal(t, http.StatusNotFound, missing.Code)
	require.JSONEq(t, `{"status": "error", "error": "No dashboard has the uid \"other\"."}`, missing.Body.String())
}

func TestAnErrorOfTheDashboardsIsShown(t *testing.T) {
	h := Handler(Options{Boards: func() ([]Board, error) { return nil, errors.New("line 3: no") }, Prometheus: &url.URL{}})
	for _, path := range []string{"/dashboards", "/dashboards/x"} {
		require.JSONEq(t, `{"status": "error", "error": "line 3: no"}`, get(h, path).Body.String())
	}
}

func TestFilesAndFoldersAreLoaded(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	write("a.json", small)
	write("b.json", `{"panels": []}`)
	write("notes.txt", "none")
	boards, err := Load(dir)
	require.NoError(t, err)
	require.Len(t, boards, 2)
	require.Equal(t, []string{"small", "b"}, []string{boards[0].UID, boards[1].UID}, "the name of the file stands for a uid")

	v2 := write("v2.json", `{"apiVersion": "dashboard.grafana.app/v2beta1"}`)
	_, err = Load(dir, v2, filepath.Join(dir, "none.json"), write("list.txt", `[]`), write("other.txt", `{}`), write("again.txt", small))
	for _, want := range []string{
		"v2: got a resource of dashboard.grafana.app/v2beta1, allowed: classic JSON",
		"none.json: no such file",
		"list: not a dashboard of classic JSON",
		"other: got JSON without panels",
		`again: got the uid "small", which a has too`,
	} {
		require.ErrorContains(t, err, want)
	}
	_, err = Load(t.TempDir())
	require.ErrorContains(t, err, "no file *.json in it")
}

func TestTheChartingLibraryIsTheOneThatIsPinned(t *testing.T) {
	sums, err := assets.ReadFile("assets/echarts/SHA256SUMS")
	require.NoError(t, err)
	library, err := assets.ReadFile("assets/echarts/echarts.min.js")
	require.NoError(t, err)
	sum := sha256.Sum256(library)
	require.Equal(t, hex.EncodeToString(sum[:])+"  echarts.min.js\n", string(sums))
}
