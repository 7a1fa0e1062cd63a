package e2e

import (
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/storage"
	"github.com/stretchr/testify/require"
)

// sample is one line of a metrics page.
type sample struct {
	labels labels.Labels
	value  float64
}

// scrape reads a metrics page with Prometheus' own parser.
func scrape(t *testing.T, url string) []sample {
	t.Helper()
	return parse(t, get(t, url))
}

func parse(t *testing.T, page string) []sample {
	t.Helper()
	p, err := textparse.New([]byte(page), "text/plain", labels.NewSymbolTable(), textparse.ParserOptions{})
	require.NoError(t, err)
	samples := []sample{}
	for {
		entry, err := p.Next()
		if errors.Is(err, io.EOF) {
			return samples
		}
		require.NoError(t, err)
		if entry != textparse.EntrySeries {
			continue
		}
		var s sample
		p.Labels(&s.labels)
		_, _, s.value = p.Series()
		samples = append(samples, s)
	}
}

// target is a page that Prometheus scrapes.
type target struct{ job, instance, url string }

// derived is the page of what the gateway derives and passes on, own that of its own
// metrics; the jobs are those of the README.
func (g *gateway) derived() target {
	return target{"readygate", "gateway:9464", "http://" + g.prometheus + "/metrics"}
}

func (g *gateway) own() target {
	return target{"readygate-gateway", "gateway:8888", "http://" + g.internal + "/metrics"}
}

// read scrapes a target; nil if it answers with an error.
func (from target) read(t *testing.T) []sample {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, from.url, nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	if response.StatusCode != http.StatusOK {
		return nil
	}
	return parse(t, string(body))
}

// scraped is what Prometheus remembers of a target: when it stored a page of it, and
// the series of that page, by their labels on it.
type scraped struct {
	at     time.Time
	series map[uint64]*stored
}

type stored struct {
	labels labels.Labels // as they are in the database
	ref    storage.SeriesRef
	value  float64
	at     time.Time
}

// ingest scrapes targets and stores what they show.
func (e *engine) ingest(t *testing.T, at time.Time, targets ...target) {
	t.Helper()
	for _, from := range targets {
		e.store(t, from, from.read(t), at)
	}
}

// store stores a page as Prometheus does after a scrape: with the labels of the
// target, which rename labels of the same name; with up, 0 if there is no page; and
// with an end to series that were on the page before and are no more.
func (e *engine) store(t *testing.T, from target, page []sample, at time.Time) {
	t.Helper()
	last := e.scraped[from]
	if last == nil {
		last = &scraped{series: make(map[uint64]*stored)}
		e.scraped[from] = last
	}
	up := sample{labels.FromStrings(model.MetricNameLabel, "up"), 1}
	if page == nil {
		up.value = 0
	}
	last.at = at
	appender := e.db.Appender(t.Context())
	add := func(s *stored, v float64) {
		var err error
		s.ref, err = appender.Append(s.ref, s.labels, at.UnixMilli(), v)
		require.NoError(t, err, s.labels)
	}
	for _, s := range append(page[:len(page):len(page)], up) {
		known := last.series[s.labels.Hash()]
		if known == nil {
			known = &stored{labels: from.relabel(s.labels)}
			last.series[s.labels.Hash()] = known
		}
		known.value, known.at = s.value, at
		add(known, s.value)
	}
	for hash, s := range last.series {
		if !s.at.Equal(at) {
			add(s, math.Float64frombits(value.StaleNaN))
			delete(last.series, hash)
		}
	}
	require.NoError(t, appender.Commit())
}

// relabel adds the labels of the target.
func (from target) relabel(of labels.Labels) labels.Labels {
	b := labels.NewBuilder(of)
	for name, v := range map[string]string{model.JobLabel: from.job, model.InstanceLabel: from.instance} {
		if own := of.Get(name); own != "" {
			b.Set(model.ExportedLabelPrefix+name, own)
		}
		b.Set(name, v)
	}
	return b.Labels()
}

// fill stores what scrapes of a target would have shown between the last one and this
// page, if all that is counted had gone on evenly.
func (e *engine) fill(t *testing.T, from target, page []sample, at time.Time, every time.Duration) {
	t.Helper()
	last := e.scraped[from]
	if last == nil || page == nil {
		return
	}
	begin, before := last.at, make(map[uint64]float64, len(last.series))
	for hash, s := range last.series {
		before[hash] = s.value
	}
	for between := begin.Add(every); between.Before(at); between = between.Add(every) {
		share := float64(between.Sub(begin)) / float64(at.Sub(begin))
		even := make([]sample, 0, len(page))
		for _, s := range page {
			if v, was := before[s.labels.Hash()]; was {
				even = append(even, sample{s.labels, v + share*(s.value-v)})
			}
		}
		e.store(t, from, even, between)
	}
}
