package derive

import (
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/prometheusexporter"
	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/storage/filestorage"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/connector/redconnector"
)

// openMetrics is what Prometheus asks for.
const openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"

var errRefused = errors.New("refused")

// settings are the configuration of a connector, as in YAML.
type settings map[string]any

// with is the settings with one more.
func (s settings) with(name string, value any) settings {
	s = maps.Clone(s)
	s[name] = value
	return s
}

// redSettings flush when told to, and hardly ever by themselves.
func redSettings(instance string) settings {
	return settings{
		"gateway_instance":       instance,
		"metrics_flush_interval": "1h",
		"series_expiration":      "0s",
		"histogram":              map[string]any{"buckets": bounds},
	}
}

// gateway is one life of a gateway's process, from start to Shutdown or to a kill: the
// red connector, fed with spans and with log records, the Prometheus exporter behind it,
// and storage if it has a directory.
type gateway struct {
	t       *testing.T
	traces  connector.Traces
	logs    connector.Logs
	outlet  *outlet
	storage string // directory, or ""
	client  *http.Client
	stops   []func(context.Context) error // in the order of the Collector's shutdown
}

// startGateway starts one that pushes to reader and shows its page on a socket.
func startGateway(t *testing.T, s settings, storage string, to *reader) *gateway {
	t.Helper()
	g := &gateway{t: t, storage: storage}
	telemetry := componenttest.NewNopTelemetrySettings()
	host := host{}
	if storage != "" {
		factory := filestorage.NewFactory()
		id := component.NewID(factory.Type())
		cfg := configure(t, factory, settings{"directory": storage})
		files, err := factory.Create(t.Context(), extension.Settings{ID: id, TelemetrySettings: telemetry}, cfg)
		require.NoError(t, err)
		require.NoError(t, files.Start(t.Context(), host))
		host[id] = files
		s = s.with("storage", id.String())
		g.stops = append(g.stops, files.Shutdown)
	}

	// A socket in the file system: its name is free, whatever else runs. The usual
	// directory for tests has a name that is too long for one.
	dir, err := os.MkdirTemp("", "derive")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	socket := filepath.Join(dir, "page")
	pages := prometheusexporter.NewFactory()
	page, err := pages.CreateMetrics(t.Context(),
		exporter.Settings{ID: component.NewID(pages.Type()), TelemetrySettings: telemetry},
		configure(t, pages, settings{"endpoint": socket, "transport": "unix", "enable_open_metrics": true, "metric_expiration": "1h"}))
	require.NoError(t, err)
	require.NoError(t, page.Start(t.Context(), host))
	g.stops = append([]func(context.Context) error{page.Shutdown}, g.stops...)
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}}
	t.Cleanup(transport.CloseIdleConnections)
	g.client = &http.Client{Transport: transport}

	g.outlet = &outlet{page: page, reader: to}
	g.connect(t, s, host)
	return g
}

// connect makes the connectors of the configuration, one for each pair of pipelines, as
// the Collector does.
func (g *gateway) connect(t *testing.T, s settings, host component.Host) {
	t.Helper()
	red := redconnector.NewFactory()
	cfg := configure(t, red, s)
	if c := cfg.(*redconnector.Config); c.SeriesExpiration == time.Second {
		// The least that may be configured. A test does not wait for it: what was idle
		// from one flush to the next expires.
		c.SeriesExpiration = 1
	}
	set := connectortest.NewNopSettings(red.Type())
	set.ID = component.NewID(red.Type()) // the same in every life
	var err error
	g.traces, err = red.CreateTracesToMetrics(t.Context(), set, cfg, g.outlet)
	require.NoError(t, err)
	g.logs, err = red.CreateLogsToMetrics(t.Context(), set, cfg, g.outlet)
	require.NoError(t, err)
	require.NoError(t, g.logs.Start(t.Context(), host))
	require.NoError(t, g.traces.Start(t.Context(), host))
	g.stops = append([]func(context.Context) error{g.traces.Shutdown, g.logs.Shutdown}, g.stops...)
}

// send is safe for concurrent use.
func (g *gateway) send(traffic traffic) {
	if err := g.traces.ConsumeTraces(g.t.Context(), traffic.traces); err != nil {
		g.t.Errorf("ConsumeTraces: %v", err)
	}
	if err := g.logs.ConsumeLogs(g.t.Context(), traffic.logs); err != nil {
		g.t.Errorf("ConsumeLogs: %v", err)
	}
}

// flush sends what there is now.
func (g *gateway) flush() error {
	flusher, ok := g.traces.(interface{ Flush(context.Context) error })
	require.True(g.t, ok, "%T has no Flush", g.traces)
	return flusher.Flush(g.t.Context())
}

// page is what a scrape gets.
func (g *gateway) page() []byte {
	request, err := http.NewRequestWithContext(g.t.Context(), http.MethodGet, "http://gateway/metrics", http.NoBody)
	require.NoError(g.t, err)
	request.Header.Set("Accept", openMetrics)
	response, err := g.client.Do(request)
	require.NoError(g.t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(g.t, err)
	require.Equal(g.t, http.StatusOK, response.StatusCode, "%s", body)
	return body
}

// stop shuts down as the Collector does.
func (g *gateway) stop() {
	for _, stop := range g.stops {
		require.NoError(g.t, stop(context.Background()))
	}
}

// kill ends the process at once, and returns a copy of the storage as it was then. What
// still runs of the process reaches nobody any more.
func (g *gateway) kill() string {
	left := g.freeze()
	g.outlet.dead.Store(true)
	g.stop()
	return left
}

// freeze copies the storage as it is now: what kill -9 leaves behind.
func (g *gateway) freeze() string {
	if g.storage == "" {
		return ""
	}
	left := filepath.Join(g.t.TempDir(), "left")
	require.NoError(g.t, os.CopyFS(left, os.DirFS(g.storage)))
	return left
}

// outlet is the metrics pipeline of a gateway.
type outlet struct {
	page   consumer.Metrics
	reader *reader

	dead   atomic.Bool // the process is no more
	refuse func() bool // nil: never
	during func()      // called in the middle of a flush, if not nil
}

// Capabilities are those of the exporter.
func (o *outlet) Capabilities() consumer.Capabilities { return o.page.Capabilities() }

func (o *outlet) ConsumeMetrics(ctx context.Context, md pmetric.Metrics) error {
	if o.dead.Load() {
		return nil
	}
	if o.refuse != nil && o.refuse() {
		return errRefused
	}
	if o.during != nil {
		o.during()
		if o.dead.Load() {
			return nil
		}
	}
	o.reader.read(md)
	return o.page.ConsumeMetrics(ctx, md)
}

// host is a Collector with extensions.
type host map[component.ID]component.Component

func (h host) GetExtensions() map[component.ID]component.Component { return h }

// configure loads settings into a factory's configuration, as the Collector does.
func configure(t *testing.T, factory component.Factory, s settings) component.Config {
	t.Helper()
	cfg := factory.CreateDefaultConfig()
	require.NoError(t, confmap.NewFromStringMap(s).Unmarshal(cfg))
	require.NoError(t, confmap.Validate(cfg))
	return cfg
}
