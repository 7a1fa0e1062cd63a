package e2e

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/readygate/readygate/internal/telemetry"
)

// A service that sends metrics under the names of derived ones, of another type
// and first, takes nothing away: both are on the page.
func TestAServiceCannotTakeTheNameOfADerivedMetric(t *testing.T) {
	g := start(t)
	conn, err := grpc.NewClient(g.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer conn.Close()

	md := pmetric.NewMetrics()
	rm := md.ResourceMetrics().AppendEmpty()
	rm.Resource().Attributes().PutStr("service.name", "loud")
	metrics := rm.ScopeMetrics().AppendEmpty().Metrics()
	for _, derived := range telemetry.Metrics() {
		m := metrics.AppendEmpty()
		m.SetName(derived.Name)
		m.SetEmptySummary().DataPoints().AppendEmpty().SetCount(1)
	}
	_, err = pmetricotlp.NewGRPCClient(conn).Export(t.Context(), pmetricotlp.NewExportRequestFromMetrics(md))
	require.NoError(t, err)
	eventually(t, "the service's metrics are shown", func() error { return g.shows(t, "app_"+telemetry.HTTPRequestDuration.CountName()) })

	td, _, _ := batch(1, 1, 3)
	_, err = ptraceotlp.NewGRPCClient(conn).Export(t.Context(), ptraceotlp.NewExportRequestFromTraces(td))
	require.NoError(t, err)
	for _, derived := range []telemetry.Metric{telemetry.HTTPRequests, telemetry.HTTPRequestDuration} {
		for _, series := range derived.Series() {
			eventually(t, "the derived metrics are shown", func() error { return g.shows(t, series) })
		}
	}
}

// Prometheus, told to read start timestamps, scrapes protobuf and finds them there:
// what docs/limits.md promises to those who scrape seldom.
func TestThePageCarriesStartTimestamps(t *testing.T) {
	g := start(t)
	conn, err := grpc.NewClient(g.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer conn.Close()
	before := time.Now()
	td, _, _ := batch(1, 1, 3)
	_, err = ptraceotlp.NewGRPCClient(conn).Export(t.Context(), ptraceotlp.NewExportRequestFromTraces(td))
	require.NoError(t, err)
	eventually(t, "the derived metrics are shown", func() error { return g.shows(t, telemetry.HTTPRequests.Name) })

	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+g.prometheus+"/metrics", nil)
	require.NoError(t, err)
	request.Header.Set("Accept", "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	p, err := textparse.New(page, response.Header.Get("Content-Type"), labels.NewSymbolTable(), textparse.ParserOptions{})
	require.NoError(t, err)
	for {
		entry, err := p.Next()
		require.NoError(t, err, "the counter is not on the page")
		var series labels.Labels
		if entry == textparse.EntrySeries {
			p.Labels(&series)
		}
		if series.Get(model.MetricNameLabel) == telemetry.HTTPRequests.Name {
			require.WithinRange(t, time.UnixMilli(p.StartTimestamp()), before.Add(-time.Second), time.Now())
			return
		}
	}
}

// shows returns an error unless the series is on the metrics page.
func (g *gateway) shows(t *testing.T, series string) error {
	if page := get(t, "http://"+g.prometheus+"/metrics"); !strings.Contains(page, "\n"+series+"{") {
		return fmt.Errorf("%s is not on the page:\n%s", series, page)
	}
	return nil
}
