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
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/confmaptest"
	"go.opentelemetry.io/collector/consumer/consumertest"
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
	require.Equal(t, &Config{
		MetricsFlushInterval: 30 * time.Second,
		SeriesExpiration:     15 * time.Minute,
		GatewayInstance:      "gateway-0",
		// Fewer than the default has: nothing of the default is left.
		Histogram: HistogramConfig{Buckets: []float64{0.1, 1}},
		Limits:    LimitsConfig{Identities: 10, Endpoints: 20, Series: 3000},
	}, cfg)
}

func TestValidateReportsEverythingWrong(t *testing.T) {
	cfg := &Config{
		SeriesExpiration: -time.Second,
		Histogram:        HistogramConfig{Buckets: []float64{0, 1, 1, math.NaN(), math.Inf(1)}},
		Limits:           LimitsConfig{Endpoints: -1},
	}
	require.EqualError(t, cfg.Validate(), `metrics_flush_interval: got 0s, allowed: more than 0s
series_expiration: got -1s, allowed: 0s (never) or more
histogram.buckets[0]: got 0, allowed: a number of seconds greater than 0
histogram.buckets[2]: got 1, allowed: a number of seconds greater than 1
histogram.buckets[3]: got NaN, allowed: a number of seconds greater than 1
histogram.buckets[4]: got +Inf, allowed: a number of seconds greater than NaN
limits.identities: got 0, allowed: 1 or more
limits.endpoints: got -1, allowed: 1 or more
limits.series: got 0, allowed: 1 or more`)

	cfg = testConfig()
	cfg.Histogram.Buckets = nil
	require.EqualError(t, cfg.Validate(), "histogram.buckets: got 0 bounds, allowed: 1 to 100")
}

func TestGatewayInstanceIsTheHostNameUnlessConfigured(t *testing.T) {
	host := func() (string, error) { return "gateway-7d9f", nil }
	noHost := func() (string, error) { return "", errors.New("uname: not permitted") }
	named, unnamed := testConfig(), createDefaultConfig().(*Config)
	set := componenttest.NewNopTelemetrySettings()

	c, err := newRED(set, unnamed, host, consumertest.NewNop())
	require.NoError(t, err)
	require.Equal(t, "gateway-7d9f", c.instance)

	c, err = newRED(set, named, noHost, consumertest.NewNop())
	require.NoError(t, err)
	require.Equal(t, "gw-0", c.instance)

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
