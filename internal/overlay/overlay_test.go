package overlay

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/config"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

func base(t *testing.T) []byte {
	t.Helper()
	text, err := config.Read("embedded:default")
	require.NoError(t, err)
	return text
}

func orders(services ...string) catalog.Catalog {
	c := catalog.Default()
	for _, name := range services {
		c.Services = append(c.Services, catalog.Service{Name: name, Business: []catalog.BusinessMetric{
			{Name: "order_completions", Derive: node{"type": "counter", "from": "spans", "where": node{"span.name": "checkout.complete"}}},
			{Name: "tickets_sold"}, // of the service itself
		}})
	}
	return c
}

func TestTheOverlayDerivesWhatServicesDeclare(t *testing.T) {
	c := orders("shop", "market")
	c.Services[0].Business = append(c.Services[0].Business, catalog.BusinessMetric{
		Name: "active_users", Gauge: true, Derive: node{"type": "distinct", "from": []any{"spans", "logs"}, "value": "user.id"},
	})
	c.Services[1].Rollout = &catalog.Rollout{Strategy: "canary"}
	text, err := Config(c, base(t))
	require.NoError(t, err)
	golden.File(t, "testdata/gateway.yaml", text)
}

func TestNothingIsWrittenWhereNothingIsAsked(t *testing.T) {
	text, err := Config(catalog.Default(), base(t))
	require.NoError(t, err)
	require.Nil(t, text)
}

func TestTwoDefinitionsOfOneMetricAreRefused(t *testing.T) {
	c := orders("shop", "market")
	c.Services[1].Business[0].Derive = node{"type": "counter", "from": "logs"}
	_, err := Config(c, base(t))
	require.EqualError(t, err, `business metric "order_completions": got one definition of service "shop" and another of "market", allowed: the same for all, or another name`)
}

func TestAConfigurationWithoutRedIsRefused(t *testing.T) {
	_, err := Config(orders("shop"), []byte("service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}"))
	require.ErrorContains(t, err, "got no pipeline of traces with the exporter red")
}
