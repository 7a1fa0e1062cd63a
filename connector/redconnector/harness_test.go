package redconnector

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/connector/redconnector/internal/metadata"
)

// testConfig is the default configuration of a gateway with a name.
func testConfig() *Config {
	cfg := createDefaultConfig().(*Config)
	cfg.GatewayInstance = "gw-0"
	return cfg
}

// gateway is the connector as the Collector makes it of one configuration: one for
// each pair of pipelines.
type gateway struct {
	traces connector.Traces
	logs   connector.Logs
	outlet *outlet
}

func newGateway(t testing.TB, cfg *Config, next consumer.Metrics) *gateway {
	t.Helper()
	return newGatewayWith(t, connectortest.NewNopSettings(metadata.Type), cfg, next)
}

func newGatewayWith(t testing.TB, set connector.Settings, cfg *Config, next consumer.Metrics) *gateway {
	t.Helper()
	require.NoError(t, confmap.Validate(cfg))
	set.ID = component.NewID(metadata.Type) // storage is known by it
	g := &gateway{outlet: &outlet{next: next}}
	factory := NewFactory()
	var err error
	g.traces, err = factory.CreateTracesToMetrics(t.Context(), set, cfg, g.outlet)
	require.NoError(t, err)
	g.logs, err = factory.CreateLogsToMetrics(t.Context(), set, cfg, g.outlet)
	require.NoError(t, err)
	return g
}

// start starts both; d may be nil.
func (g *gateway) start(t *testing.T, d *disk) {
	t.Helper()
	host := componenttest.NewNopHost()
	if d != nil {
		host = extensions{component.MustNewID("disk"): d}
	}
	require.NoError(t, g.logs.Start(t.Context(), host))
	require.NoError(t, g.traces.Start(t.Context(), host))
}

func (g *gateway) consume(t *testing.T, td ptrace.Traces) {
	t.Helper()
	require.NoError(t, g.traces.ConsumeTraces(t.Context(), td))
}

func (g *gateway) consumeLogs(t *testing.T, ld plog.Logs) {
	t.Helper()
	require.NoError(t, g.logs.ConsumeLogs(t.Context(), ld))
}

// red is what traces and logs share.
func (g *gateway) red() *red { return g.traces.(traces).Component }

func (g *gateway) flush(t *testing.T) {
	t.Helper()
	require.NoError(t, g.red().Flush(t.Context()))
}

func (g *gateway) shutdown(ctx context.Context) error {
	return errors.Join(g.traces.Shutdown(ctx), g.logs.Shutdown(ctx))
}

// kill ends the gateway without a word to anybody; what it keeps must be a copy.
func (g *gateway) kill() {
	g.outlet.cut.Store(true)
	_ = g.shutdown(context.Background())
}

// outlet is the way to the next consumer, until it is cut.
type outlet struct {
	next consumer.Metrics
	cut  atomic.Bool
}

func (*outlet) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (o *outlet) ConsumeMetrics(ctx context.Context, md pmetric.Metrics) error {
	if o.cut.Load() {
		return nil
	}
	return o.next.ConsumeMetrics(ctx, md)
}

// extensions is a host with these extensions.
type extensions map[component.ID]component.Component

func (e extensions) GetExtensions() map[component.ID]component.Component { return e }
