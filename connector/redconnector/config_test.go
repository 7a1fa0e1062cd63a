package redconnector

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/confmaptest"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer/consumertest"

	"github.com/readygate/readygate/connector/internal/derive"
	"github.com/readygate/readygate/connector/redconnector/internal/metadata"
)

func TestDefaultConfigIsValid(t *testing.T) {
	require.NoError(t, confmap.Validate(createDefaultConfig()))
}

func TestConfigIsReadWhole(t *testing.T) {
	conf, err := confmaptest.LoadConf(filepath.Join("testdata", "config.yaml"))
	require.NoError(t, err)
	cfg := createDefaultConfig()
	require.NoError(t, conf.Unmarshal(cfg))
	require.NoError(t, confmap.Validate(cfg))
	storage := component.MustNewIDWithName("file_storage", "state")
	require.Equal(t, &Config{
		MetricsFlushInterval: 30 * time.Second,
		SeriesExpiration:     15 * time.Minute,
		GatewayInstance:      "gateway-0",
		Temporality:          derive.Delta,
		Exemplars:            false,
		Storage:              &storage,
		// Fewer buckets than the default has: nothing of the default is left.
		Histogram: HistogramConfig{Type: Exponential, Buckets: []float64{0.1, 1}, MaxSize: 80},
		Limits:    LimitsConfig{Series: 3000, Services: 10, LabelValues: 20},
		LateSpans: LateSpansConfig{OlderThan: time.Hour, Drop: true},
		Canary:    CanaryConfig{Attribute: "deployment.track", Values: []string{"canary", "1"}},
	}, cfg)
}

func TestValidateReportsEverythingWrong(t *testing.T) {
	cfg := &Config{
		SeriesExpiration: -time.Second,
		Temporality:      "low",
		Histogram: HistogramConfig{
			Type: "native", Buckets: []float64{0, 1, 1, math.NaN(), math.Inf(1)}, MaxSize: 1,
		},
		Limits:    LimitsConfig{Services: -1},
		LateSpans: LateSpansConfig{OlderThan: -time.Second},
		Canary:    CanaryConfig{Attribute: "deployment.track"},
	}
	require.EqualError(t, cfg.Validate(), `metrics_flush_interval: got 0s, allowed: 100ms or more; a number needs a unit, as in 15s
series_expiration: got -1s, allowed: 0s (never), 1s or more; a number needs a unit, as in 1h
temporality: got "low", allowed: cumulative, delta
histogram.type: got "native", allowed: explicit, exponential
histogram.max_size: got 1, allowed: 2 to 1000
histogram.buckets[0]: got 0, allowed: a number of seconds greater than 0
histogram.buckets[2]: got 1, allowed: a number of seconds greater than 1
histogram.buckets[3]: got NaN, allowed: a number of seconds greater than 1
histogram.buckets[4]: got +Inf, allowed: a number of seconds greater than NaN
limits.series: got 0, allowed: 1 to 10000000
limits.services: got -1, allowed: 1 to 10000000
limits.label_values: got 0, allowed: 1 to 10000000
late_spans.older_than: got -1s, allowed: 0s (none is late), 1s or more; a number needs a unit, as in 10m
canary.values: got none, allowed: at least one where canary.attribute is given`)

	cfg = testConfig()
	cfg.Histogram.Buckets = nil
	cfg.Histogram.MaxSize = 1001
	cfg.LateSpans = LateSpansConfig{Drop: true}
	require.EqualError(t, cfg.Validate(), `histogram.max_size: got 1001, allowed: 2 to 1000
histogram.buckets: got 0 bounds, allowed: 1 to 100
late_spans.drop: got true, allowed only where late_spans.older_than is more than 0s`)
}

func TestGatewayInstanceIsTheHostNameUnlessConfigured(t *testing.T) {
	host := func() (string, error) { return "gateway-7d9f", nil }
	noHost := func() (string, error) { return "", errors.New("uname: not permitted") }
	named, unnamed := testConfig(), createDefaultConfig().(*Config)
	set := connectortest.NewNopSettings(metadata.Type)

	c, err := newRED(set, unnamed, host, consumertest.NewNop())
	require.NoError(t, err)
	require.Equal(t, "gateway-7d9f", c.table.Instance)

	c, err = newRED(set, named, noHost, consumertest.NewNop())
	require.NoError(t, err)
	require.Equal(t, "gw-0", c.table.Instance)

	_, err = newRED(set, unnamed, noHost, consumertest.NewNop())
	require.EqualError(t, err, "gateway_instance: not configured, and the host has no name: uname: not permitted")
}

func TestREADMEShowsTheDefaults(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	_, block, _ := strings.Cut(string(readme), "```yaml\nred:\n")
	block, _, _ = strings.Cut(block, "```")
	retrieved, err := confmap.NewRetrievedFromYAML([]byte(block))
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	var documented Config
	require.NoError(t, conf.Unmarshal(&documented))
	require.Equal(t, createDefaultConfig(), &documented)
}
