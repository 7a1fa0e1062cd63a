package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/stretchr/testify/require"
)

// api is the engine behind what readyctl asks of Prometheus' HTTP API.
func (e *engine) api(t *testing.T) *httptest.Server {
	parse := parser.NewParser(parser.Options{})
	seconds := func(r *http.Request, name string) time.Time {
		at, _ := strconv.ParseFloat(r.FormValue(name), 64)
		return time.UnixMilli(int64(at * 1000))
	}
	answer := func(w http.ResponseWriter, data any, err error) {
		w.Header().Set("Content-Type", "application/json")
		status := map[string]any{"status": "success", "data": data}
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			status = map[string]any{"status": "error", "errorType": "execution", "error": err.Error()}
		}
		_ = json.NewEncoder(w).Encode(status)
	}
	run := func(w http.ResponseWriter, r *http.Request, q promql.Query, err error) {
		if err != nil {
			answer(w, nil, err)
			return
		}
		defer q.Close()
		result := q.Exec(r.Context())
		if result.Err != nil {
			answer(w, nil, result.Err)
			return
		}
		answer(w, map[string]any{"resultType": result.Value.Type(), "result": result.Value}, nil)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/v1/query", func(w http.ResponseWriter, r *http.Request) {
		q, err := e.promql.NewInstantQuery(r.Context(), e.db, nil, r.FormValue("query"), seconds(r, "time"))
		run(w, r, q, err)
	})
	mux.HandleFunc("/api/v1/query_range", func(w http.ResponseWriter, r *http.Request) {
		step, err := strconv.ParseFloat(r.FormValue("step"), 64)
		if err != nil || step <= 0 {
			answer(w, nil, fmt.Errorf("step: got %q", r.FormValue("step")))
			return
		}
		q, err := e.promql.NewRangeQuery(r.Context(), e.db, nil, r.FormValue("query"), seconds(r, "start"), seconds(r, "end"), time.Duration(step*float64(time.Second)))
		run(w, r, q, err)
	})
	mux.HandleFunc("/api/v1/query_exemplars", func(w http.ResponseWriter, _ *http.Request) { answer(w, []any{}, nil) })
	mux.HandleFunc("/api/v1/label/{name}/values", func(w http.ResponseWriter, r *http.Request) {
		querier, err := e.db.Querier(seconds(r, "start").UnixMilli(), seconds(r, "end").UnixMilli())
		if err != nil {
			answer(w, nil, err)
			return
		}
		defer func() { _ = querier.Close() }()
		matchers, err := parse.ParseMetricSelector(r.FormValue("match[]"))
		if err != nil {
			answer(w, nil, err)
			return
		}
		values, _, err := querier.LabelValues(r.Context(), r.PathValue("name"), nil, matchers...)
		answer(w, values, err)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// pictures lets a browser draw every dashboard over all services, as readyctl wrote it,
// at the end of some time; every panel must be drawn, though some have no data.
func pictures(t *testing.T, w *world, lasting time.Duration) {
	t.Helper()
	chromium := os.Getenv("CHROMIUM")
	require.NotEmpty(t, chromium, "CHROMIUM does not name Chromium: run the tests with make, or install it and set CHROMIUM")
	files, err := filepath.Glob(filepath.Join(w.out, "dashboards", "*.json"))
	require.NoError(t, err)
	args := []string{
		"dashboards", "preview", "--png", t.ArtifactDir(), "--prometheus", w.engine.api(t).URL, "--chromium", chromium, "--scrape-interval", pace.String(),
		"--from", w.at.Add(-lasting).Format(time.RFC3339), "--to", w.at.Format(time.RFC3339),
	}
	overall := 0
	for _, file := range files {
		if !strings.HasPrefix(filepath.Base(file), "service-") {
			args = append(args, file)
			overall++
		}
	}
	t.Log(runOK(t, program(t, "READYCTL"), args...))
	drawn, err := filepath.Glob(filepath.Join(t.ArtifactDir(), "*.png"))
	require.NoError(t, err)
	require.Len(t, drawn, overall)
	require.Equal(t, 10, overall)
}
