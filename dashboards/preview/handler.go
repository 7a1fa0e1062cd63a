package preview

import (
	"embed"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"
)

// assets are the pages, their styles and scripts, and the charting library.
//
//go:embed assets
var assets embed.FS

// Options say what is shown.
type Options struct {
	// Boards are asked for on every page, so that a change is seen by a reload. It is
	// called from several goroutines at the same time.
	Boards func() ([]Board, error)
	// Prometheus is the address that the panels ask.
	Prometheus *url.URL
	// ScrapeInterval is how often Prometheus scrapes, at least a second: as the setting
	// of a data source of Grafana, from which $__rate_interval follows.
	ScrapeInterval time.Duration
}

// Handler serves the preview. It answers requests to names of the loopback interface
// only; to serve it there is up to the caller. It is safe for concurrent use.
func Handler(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", page("assets/index.html"))
	mux.HandleFunc("GET /d/{uid}", page("assets/board.html"))
	mux.HandleFunc("GET /d/{uid}/{slug}", page("assets/board.html"))
	mux.Handle("GET /assets/", http.FileServerFS(assets))
	mux.HandleFunc("GET /dashboards", o.list)
	mux.HandleFunc("GET /dashboards/{uid}", o.board)
	proxy := newProxy(o.Prometheus)
	for _, path := range []string{"query", "query_range", "query_exemplars", "label/{name}/values"} {
		mux.Handle("GET /api/v1/"+path, proxy)
	}
	return guarded(mux)
}

// policy allows what the pages need: own scripts and styles, own answers. Scripts set
// styles of elements through the object model, which no policy is needed for.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guarded answers only who came by a name of the loopback interface. A page of the
// web whose name is made to point at 127.0.0.1 has that name as its Host, and a request
// that a page of another origin makes says so.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-cache")
		if !loopback(r.Host) {
			refuse(w, http.StatusForbidden, fmt.Sprintf("Host: got %q, allowed: localhost, 127.0.0.1, [::1]", r.Host))
			return
		}
		site := r.Header.Get("Sec-Fetch-Site")
		if r.Header.Get("Sec-Fetch-Mode") != "navigate" && !slices.Contains([]string{"", "none", "same-origin"}, site) {
			refuse(w, http.StatusForbidden, fmt.Sprintf("Sec-Fetch-Site: got %q, allowed: requests of the preview's own pages", site))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopback says whether a Host, with or without a port, is a name of this machine for
// itself.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	} else if len(host) > 1 && host[0] == '[' {
		host = host[1 : len(host)-1]
	}
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

func page(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, assets, name) }
}

// list is what the pages need to know of all dashboards.
func (o Options) list(w http.ResponseWriter, _ *http.Request) {
	boards, err := o.Boards()
	if err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	answer(w, http.StatusOK, map[string]any{
		"boards":        boards,
		"prometheus":    o.Prometheus.Redacted(),
		"scrapeSeconds": o.ScrapeInterval.Seconds(),
	})
}

func (o Options) board(w http.ResponseWriter, r *http.Request) {
	boards, err := o.Boards()
	if err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	uid := r.PathValue("uid")
	at := slices.IndexFunc(boards, func(b Board) bool { return b.UID == uid })
	if at < 0 {
		refuse(w, http.StatusNotFound, fmt.Sprintf("No dashboard has the uid %q.", uid))
		return
	}
	answer(w, http.StatusOK, boards[at].JSON)
}

// refuse answers with an error in the form of Prometheus' API, which the pages read.
func refuse(w http.ResponseWriter, status int, message string) {
	answer(w, status, map[string]string{"status": "error", "error": message})
}

func answer(w http.ResponseWriter, status int, content any) {
	text, err := json.Marshal(content)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"status":"error","error":"the answer is not JSON"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text) // the page that asked may be gone
}
