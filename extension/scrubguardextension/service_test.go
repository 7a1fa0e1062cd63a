package scrubguardextension

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/filterprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/tailsamplingprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/transformprocessor"
	"github.com/open-telemetry/opentelemetry-collector-contrib/receiver/filelogreceiver"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/forwardconnector"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/memorylimiterprocessor"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/service/telemetry/otelconftelemetry"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
	"github.com/readygate/readygate/processor/scrubprocessor"
)

// Each case is an archive: what it shows, a configuration, and what a gateway with
// the real components has to say when it starts with it. That the decoded
// configuration, not the written one, is what is looked at shows in every case.
func TestServices(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			require.Len(t, archive.Files, 2)
			g := newGateway(t, string(archive.Files[0].Data))
			ended := g.run()
			select {
			case <-g.ready:
				require.True(t, g.started.Load())
				g.collector.Shutdown()
				err = <-ended
				require.NoError(t, err)
			case err = <-ended:
				require.Error(t, err)
				require.False(t, g.started.Load(), "the gateway is refused before a receiver or an exporter starts")
			}
			golden.Section(t, path, "says.txt", g.said(err))
		})
	}
}

const clean = `
receivers: {probe: }
processors: {scrub: }
exporters: {probe: }
extensions: {scrub_guard: , ready: }
service:
  extensions: [scrub_guard, ready]
  telemetry: {metrics: {level: none}}
  pipelines:
    traces: {receivers: [probe], processors: [scrub], exporters: [probe]}
`

func TestAReloadToARawConfigurationEndsTheGateway(t *testing.T) {
	g := newGateway(t, clean)
	ended := g.run()
	select {
	case <-g.ready:
	case err := <-ended:
		require.FailNow(t, "the gateway ended", "%v", err)
	}
	g.started.Store(false)
	g.change(strings.Replace(clean, "processors: [scrub], ", "", 1))
	require.ErrorContains(t, <-ended, "receiver probe -> pipeline traces -> exporter probe: nothing on the way scrubs")
	require.False(t, g.started.Load())
}

// gateway is a Collector in this process. Its components named probe tell that
// they were started; its configuration can be changed.
type gateway struct {
	collector *otelcol.Collector
	logs      *observer.ObservedLogs
	started   atomic.Bool
	ready     chan struct{} // closed when the first pipelines run

	mu     sync.Mutex
	conf   string
	reload confmap.WatcherFunc
}

func newGateway(t *testing.T, conf string) *gateway {
	t.Helper()
	g := &gateway{conf: conf, ready: make(chan struct{})}
	core, logs := observer.New(zap.InfoLevel)
	g.logs = logs
	var err error
	g.collector, err = otelcol.NewCollector(otelcol.CollectorSettings{
		BuildInfo:               component.NewDefaultBuildInfo(),
		Factories:               g.factories,
		DisableGracefulShutdown: true,
		LoggingOptions:          []zap.Option{zap.WrapCore(func(zapcore.Core) zapcore.Core { return core })},
		ConfigProviderSettings: otelcol.ConfigProviderSettings{ResolverSettings: confmap.ResolverSettings{
			URIs:              []string{"memory:"},
			ProviderFactories: []confmap.ProviderFactory{confmap.NewProviderFactory(func(confmap.ProviderSettings) confmap.Provider { return g })},
		}},
	})
	require.NoError(t, err)
	return g
}

// run starts the gateway and returns where its end is told.
func (g *gateway) run() <-chan error {
	ended := make(chan error, 1)
	go func() { ended <- g.collector.Run(context.Background()) }()
	return ended
}

// said is what the guard logged, and the error that the gateway ended with.
func (g *gateway) said(err error) string {
	var b strings.Builder
	for _, entry := range g.logs.All() {
		if strings.Contains(entry.Caller.File, "scrubguardextension") {
			fmt.Fprintf(&b, "%s %s", entry.Level, entry.Message)
			fields := entry.ContextMap()
			for _, name := range []string{"pipeline", "reason", "pipelines", "paths", "allow_unscrubbed"} {
				if value, ok := fields[name]; ok {
					fmt.Fprintf(&b, ", %s=%v", name, value)
				}
			}
			b.WriteString("\n")
		}
	}
	if err != nil {
		fmt.Fprintln(&b, err)
	}
	return b.String()
}

// The gateway is its own provider of configuration.

func (*gateway) Scheme() string { return "memory" }

func (*gateway) Shutdown(context.Context) error { return nil }

func (g *gateway) Retrieve(_ context.Context, _ string, watch confmap.WatcherFunc) (*confmap.Retrieved, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.reload = watch
	return confmap.NewRetrievedFromYAML([]byte(g.conf))
}

func (g *gateway) change(conf string) {
	g.mu.Lock()
	reload := g.reload
	g.conf = conf
	g.mu.Unlock()
	reload(&confmap.ChangeEvent{})
}

// probe is a component that tells when it starts. The first exporter is started
// first, the last receiver last.
type probe struct {
	component.ShutdownFunc
	consumertest.Consumer
	start func()
}

func (p probe) Start(context.Context, component.Host) error {
	p.start()
	return nil
}

func (g *gateway) probe() probe {
	return probe{Consumer: consumertest.NewNop(), start: func() { g.started.Store(true) }}
}

func (g *gateway) factories() (otelcol.Factories, error) {
	kind := component.MustNewType("probe")
	config := func() component.Config { return new(struct{}) }
	receivers, err := otelcol.MakeFactoryMap[receiver.Factory](filelogreceiver.NewFactory(), receiver.NewFactory(kind, config,
		receiver.WithTraces(func(context.Context, receiver.Settings, component.Config, consumer.Traces) (receiver.Traces, error) {
			return g.probe(), nil
		}, component.StabilityLevelDevelopment)))
	if err != nil {
		return otelcol.Factories{}, err
	}
	exporters, err := otelcol.MakeFactoryMap[exporter.Factory](exporter.NewFactory(kind, config,
		exporter.WithTraces(func(context.Context, exporter.Settings, component.Config) (exporter.Traces, error) {
			return g.probe(), nil
		}, component.StabilityLevelDevelopment),
		exporter.WithLogs(func(context.Context, exporter.Settings, component.Config) (exporter.Logs, error) {
			return g.probe(), nil
		}, component.StabilityLevelDevelopment)))
	if err != nil {
		return otelcol.Factories{}, err
	}
	processors, err := otelcol.MakeFactoryMap[processor.Factory](scrubprocessor.NewFactory(), memorylimiterprocessor.NewFactory(),
		filterprocessor.NewFactory(), tailsamplingprocessor.NewFactory(), transformprocessor.NewFactory())
	if err != nil {
		return otelcol.Factories{}, err
	}
	connectors, err := otelcol.MakeFactoryMap[connector.Factory](forwardconnector.NewFactory())
	if err != nil {
		return otelcol.Factories{}, err
	}
	ready := extension.NewFactory(component.MustNewType("ready"), config, func(context.Context, extension.Settings, component.Config) (extension.Extension, error) {
		return &readiness{ready: g.ready}, nil
	}, component.StabilityLevelDevelopment)
	extensions, err := otelcol.MakeFactoryMap[extension.Factory](NewFactory(), ready)
	return otelcol.Factories{
		Receivers: receivers, Processors: processors, Exporters: exporters, Connectors: connectors, Extensions: extensions,
		Telemetry: otelconftelemetry.NewFactory(),
	}, err
}

// readiness is an extension that tells when all pipelines run.
type readiness struct {
	component.StartFunc
	component.ShutdownFunc
	ready chan struct{}
	once  sync.Once
}

func (r *readiness) Ready() error {
	r.once.Do(func() { close(r.ready) })
	return nil
}

func (*readiness) NotReady() error { return nil }
