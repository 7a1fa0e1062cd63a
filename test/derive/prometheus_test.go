package derive

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/stretchr/testify/require"
)

// scrapeInterval is the simulated time between two scrapes. The database never sees a
// real clock.
const scrapeInterval = 15 * time.Second

// prometheus is Prometheus without its clock and its network: what its scrape loop does
// with a page, its database, and its query engine.
//
// No label says which target a sample came from: identity is the gateway's own business,
// as it is for whoever pushes.
type prometheus struct {
	t      *testing.T
	db     *tsdb.DB
	engine *promql.Engine
	now    time.Time
	began  time.Time
	shown  map[string]map[string]labels.Labels // by target: the series of its last page
	last   map[string]lastSample               // by series
}

type lastSample struct {
	labels labels.Labels
	at     time.Time
}

func newPrometheus(t *testing.T) *prometheus {
	t.Helper()
	silent := slog.New(slog.DiscardHandler)
	db, err := tsdb.Open(t.TempDir(), silent, nil, tsdb.DefaultOptions(), nil)
	require.NoError(t, err)
	db.DisableCompactions()
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	began := time.Unix(1_700_000_000, 0)
	return &prometheus{
		t: t, db: db, began: began, now: began,
		engine: promql.NewEngine(promql.EngineOpts{
			Logger: silent, MaxSamples: 10e6, Timeout: time.Minute, LookbackDelta: 5 * time.Minute,
			Parser: parser.NewParser(parser.Options{}),
		}),
		shown: map[string]map[string]labels.Labels{},
		last:  map[string]lastSample{},
	}
}

// ingest stores a page as Prometheus does after a scrape: every series that the target
// showed last time and does not show now gets a stale marker. A target that is down shows
// none.
func (p *prometheus) ingest(target string, page []byte) {
	p.now = p.now.Add(scrapeInterval)
	appender := p.db.Appender(p.t.Context())
	shown := map[string]labels.Labels{}
	for series, v := range p.parse(page) {
		id := series.String()
		if _, twice := shown[id]; twice { // require.NotContains takes longer than all of the rest
			require.Fail(p.t, "a series appears twice on one page", id)
		}
		shown[id] = series
		_, err := appender.Append(0, series, p.now.UnixMilli(), v)
		require.NoError(p.t, err)
		p.last[id] = lastSample{series, p.now}
	}
	for id, series := range p.shown[target] {
		if _, still := shown[id]; still {
			continue
		}
		_, err := appender.Append(0, series, p.now.UnixMilli(), math.Float64frombits(value.StaleNaN))
		require.NoError(p.t, err)
	}
	require.NoError(p.t, appender.Commit())
	p.shown[target] = shown
}

// parse reads OpenMetrics with Prometheus' own parser. Nothing reads created timestamps.
func (p *prometheus) parse(page []byte) func(yield func(labels.Labels, float64) bool) {
	return func(yield func(labels.Labels, float64) bool) {
		if len(page) == 0 {
			return
		}
		reader, err := textparse.New(page, openMetrics, labels.NewSymbolTable(), textparse.ParserOptions{})
		require.NoError(p.t, err)
		for {
			entry, err := reader.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			require.NoError(p.t, err, "%s", page)
			if entry != textparse.EntrySeries {
				continue
			}
			var series labels.Labels
			reader.Labels(&series)
			series = labels.NewBuilder(series).Labels() // drops empty ones, as a scrape does
			if _, _, v := reader.Series(); !yield(series, v) {
				return
			}
		}
	}
}

// increases is what increase() gives for every series over all of time, added up.
//
// increase() extrapolates, and is exact in this case (extrapolatedRate in Prometheus'
// promql/functions.go): it multiplies what the samples tell by
//
//	(sampled interval + duration to start + duration to end) / sampled interval
//
// Duration to start is at most duration to zero, which is in proportion to the first
// sample and therefore 0 where that is 0. Duration to end is the distance of the last
// sample to the end of the range, which is 0 because each series is asked at the time of
// its own last sample. So the factor is 1. A series whose first sample is not 0 has a
// result that is too small by it, and one with a single sample has none at all: both are
// what this package exists to find.
func (p *prometheus) increases() tally {
	type question struct {
		metric string
		at     time.Time
	}
	asked := map[question]bool{}
	for _, s := range p.last {
		asked[question{s.labels.Get(model.MetricNameLabel), s.at}] = true
	}
	got := tally{}
	for q := range asked {
		if strings.HasSuffix(q.metric, "_timestamp_seconds") {
			continue // a gauge
		}
		span := q.at.Sub(p.began) // left-open: the first scrape is later than its start
		for _, s := range p.query(fmt.Sprintf("increase(%s[%dms])", q.metric, span.Milliseconds()), q.at) {
			builder := labels.NewBuilder(s.Metric)
			builder.Set(model.MetricNameLabel, q.metric)
			series := builder.Labels()
			if p.last[series.String()].at.Equal(q.at) {
				got[keyOf(q.metric, series.Get)] += s.F
			}
		}
	}
	return got
}

// query runs an instant query.
func (p *prometheus) query(expr string, at time.Time) promql.Vector {
	q, err := p.engine.NewInstantQuery(p.t.Context(), p.db, nil, expr, at)
	require.NoError(p.t, err, expr)
	defer q.Close()
	result := q.Exec(p.t.Context())
	require.NoError(p.t, result.Err, expr)
	vector, err := result.Vector()
	require.NoError(p.t, err, expr)
	return slices.Clone(vector)
}

// keyOf is the key that a series counts for.
func keyOf(metric string, label func(string) string) key {
	k := key{metric: metric, service: label("service")}
	switch status := label("status"); {
	case label("le") != "":
		k.class = strings.TrimSuffix(label("le"), ".0")
	case strings.HasPrefix(metric, "http_requests") && status != "":
		k.class = status[:1] + "xx"
	default:
		// No metric has two of these.
		k.class = cmp.Or(status, label("status_class"), label("outcome"), label("severity"))
	}
	return k
}
