package postmortem_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/storage"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
	"github.com/readygate/readygate/internal/postmortem"
)

// begin is where the series of the cases begin: the time 0 of the engine.
var begin = time.Unix(0, 0).UTC()

// engine answers as the API of Prometheus does, from series that were loaded.
type engine struct {
	t       *testing.T
	storage storage.Queryable
	engine  *promql.Engine
}

func (e engine) Query(ctx context.Context, query string, at time.Time, _ ...v1.Option) (model.Value, v1.Warnings, error) {
	q, err := e.engine.NewInstantQuery(ctx, e.storage, nil, query, at)
	require.NoError(e.t, err)
	defer q.Close()
	answer, err := q.Exec(ctx).Vector()
	require.NoError(e.t, err)
	var all model.Vector
	for _, s := range answer {
		all = append(all, &model.Sample{Metric: metric(s.Metric), Value: model.SampleValue(s.F), Timestamp: model.Time(s.T)})
	}
	return all, nil, nil
}

func (e engine) QueryRange(ctx context.Context, query string, r v1.Range, _ ...v1.Option) (model.Value, v1.Warnings, error) {
	q, err := e.engine.NewRangeQuery(ctx, e.storage, nil, query, r.Start, r.End, r.Step)
	require.NoError(e.t, err)
	defer q.Close()
	answer, err := q.Exec(ctx).Matrix()
	require.NoError(e.t, err)
	var all model.Matrix
	for _, s := range answer {
		one := &model.SampleStream{Metric: metric(s.Metric)}
		for _, p := range s.Floats {
			one.Values = append(one.Values, model.SamplePair{Timestamp: model.Time(p.T), Value: model.SampleValue(p.F)})
		}
		all = append(all, one)
	}
	return all, nil, nil
}

func metric(l labels.Labels) model.Metric {
	m := make(model.Metric)
	l.Range(func(l labels.Label) { m[model.LabelName(l.Name)] = model.LabelValue(l.Value) })
	return m
}

// A case has the request in its comment: from, to, alert, service; the series in load;
// what is drafted in draft.md, or the error.
func TestADraftSaysWhatPrometheusRemembers(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			archive := txtar.Parse(text)
			request := read(t, string(archive.Comment))
			loaded := promqltest.LoadedStorage(t, string(archive.Files[0].Data))
			api := engine{t, loaded, promqltest.NewTestEngine(t, false, 5*time.Minute, promqltest.DefaultMaxSamplesPerQuery)}
			incident, err := postmortem.Collect(t.Context(), api, request)
			if archive.Files[1].Name == "error" {
				require.ErrorIs(t, err, postmortem.ErrNoAlerts)
				golden.Section(t, path, "error", err.Error()+"\n")
				return
			}
			require.NoError(t, err)
			address, err := url.Parse("https://user:pass@prometheus.example.com/prefix")
			require.NoError(t, err)
			draft, err := incident.Draft(address)
			require.NoError(t, err)
			require.NotContains(t, string(draft), "pass@")
			golden.Section(t, path, "draft.md", string(draft))
		})
	}
}

// read reads lines of a word and a value.
func read(t *testing.T, comment string) postmortem.Request {
	t.Helper()
	var r postmortem.Request
	for line := range strings.Lines(comment) {
		word, value, found := strings.Cut(strings.TrimSpace(line), ": ")
		after := func() time.Time {
			d, err := time.ParseDuration(value)
			require.NoError(t, err)
			return begin.Add(d)
		}
		switch {
		case !found || strings.HasPrefix(word, "#"):
		case word == "from":
			r.From = after()
		case word == "to":
			r.To = after()
		case word == "alert":
			r.Alert = value
		case word == "service":
			r.Service = value
		}
	}
	return r
}

type refusing struct{ engine }

func (refusing) QueryRange(context.Context, string, v1.Range, ...v1.Option) (model.Value, v1.Warnings, error) {
	return nil, nil, &v1.Error{Type: v1.ErrBadData, Msg: "too long ago"}
}

func TestAnErrorNamesTheQueryAndWhatPrometheusSaid(t *testing.T) {
	_, err := postmortem.Collect(t.Context(), refusing{}, postmortem.Request{From: begin, To: begin.Add(time.Hour), Service: `a"b`})
	require.EqualError(t, err, `ALERTS{alertname!="Watchdog",alertstate="firing",service="a\"b"}: bad_data: too long ago`)
}
