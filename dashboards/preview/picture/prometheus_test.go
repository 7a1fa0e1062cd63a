package picture

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/storage"
	"github.com/stretchr/testify/require"
)

// prometheus is Prometheus' engine behind the part of its API that panels ask, over the
// series of a file. Errors are answered as Prometheus does.
type prometheus struct {
	engine  *promql.Engine
	storage storage.Storage
}

func newPrometheus(t *testing.T, path string) *httptest.Server {
	t.Helper()
	series, err := os.ReadFile(path)
	require.NoError(t, err)
	p := &prometheus{promqltest.NewTestEngine(t, false, 0, promqltest.DefaultMaxSamplesPerQuery), promqltest.LoadedStorage(t, string(series))}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/query", p.query)
	mux.HandleFunc("GET /api/v1/query_range", p.query)
	mux.HandleFunc("GET /api/v1/label/{name}/values", p.labelValues)
	mux.HandleFunc("GET /api/v1/query_exemplars", exemplars)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func (p *prometheus) query(w http.ResponseWriter, r *http.Request) {
	var (
		q    promql.Query
		err  error
		expr = r.FormValue("query")
	)
	if r.FormValue("step") == "" {
		q, err = p.engine.NewInstantQuery(r.Context(), p.storage, nil, expr, moment(r, "time"))
	} else {
		step, _ := strconv.ParseFloat(r.FormValue("step"), 64)
		q, err = p.engine.NewRangeQuery(r.Context(), p.storage, nil, expr, moment(r, "start"), moment(r, "end"), time.Duration(step*float64(time.Second)))
	}
	if err != nil {
		refuse(w, err)
		return
	}
	defer q.Close()
	result := q.Exec(r.Context())
	if result.Err != nil {
		refuse(w, result.Err)
		return
	}
	respond(w, map[string]any{"resultType": result.Value.Type(), "result": result.Value})
}

func (p *prometheus) labelValues(w http.ResponseWriter, r *http.Request) {
	matchers, err := parser.NewParser(parser.Options{}).ParseMetricSelector(r.FormValue("match[]"))
	if err != nil {
		refuse(w, err)
		return
	}
	q, err := p.storage.Querier(moment(r, "start").UnixMilli(), moment(r, "end").UnixMilli())
	if err != nil {
		refuse(w, err)
		return
	}
	defer q.Close()
	values, _, err := q.LabelValues(r.Context(), r.PathValue("name"), nil, matchers...)
	if err != nil {
		refuse(w, err)
		return
	}
	respond(w, values)
}

// exemplars are one trace in the middle of any range.
func exemplars(w http.ResponseWriter, r *http.Request) {
	middle := (moment(r, "start").Unix() + moment(r, "end").Unix()) / 2
	respond(w, []any{map[string]any{
		"seriesLabels": labels.FromStrings("service", "checkout"),
		"exemplars":    []any{map[string]any{"labels": map[string]string{"trace_id": "0af7651916cd43dd"}, "value": "0.02", "timestamp": middle}},
	}})
}

func moment(r *http.Request, name string) time.Time {
	seconds, _ := strconv.ParseFloat(r.FormValue(name), 64)
	return time.UnixMilli(int64(seconds * 1000))
}

func respond(w http.ResponseWriter, data any) {
	_ = json.NewEncoder(w).Encode(map[string]any{"status": "success", "data": data})
}

func refuse(w http.ResponseWriter, err error) {
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(map[string]any{"status": "error", "errorType": "bad_data", "error": err.Error()})
}
