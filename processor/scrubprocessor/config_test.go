package scrubprocessor

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/confmaptest"
)

func TestConfigurationsAreReadOverTheDefaults(t *testing.T) {
	file, err := confmaptest.LoadConf(filepath.Join("testdata", "config.yaml"))
	require.NoError(t, err)

	with := func(change func(*Config)) *Config {
		cfg := defaults()
		change(cfg)
		return cfg
	}
	for id, want := range map[string]*Config{
		"scrub":          defaults(),
		"scrub/dry_run":  with(func(c *Config) { c.Mode = Detect }),
		"scrub/tripwire": with(func(c *Config) { c.Mode, c.SampleRatio = Tripwire, 0.5 }),
		"scrub/tight":    with(func(c *Config) { c.MaxValueBytes, c.MaxDepth, c.MaxValueTime = 1<<16, 8, 100*time.Millisecond }),
	} {
		t.Run(id, func(t *testing.T) {
			got := load(t, file, id)
			require.Equal(t, want, got)
			require.NoError(t, confmap.Validate(got))
		})
	}

	require.EqualError(t, confmap.Validate(load(t, file, "scrub/all_wrong")), `mode: got "sometimes", allowed: enforce, detect, tripwire
sample_ratio: got 2, allowed: more than 0, at most 1
max_value_bytes: got 0, allowed: 1024 to 67108864
max_depth: got 1000, allowed: 1 to 512
max_value_time: got 0s, allowed: 10ms to 1m0s
preset: got "everything", allowed: default, gdpr, hipaa, pci, strict
detectors.payment_crad: no detector has this name; readyctl scrub rules lists them; did you mean "payment_card"?`)
}

func TestTheReadmeShowsTheDefaults(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	_, example, found := strings.Cut(string(readme), "```yaml\n")
	require.True(t, found)
	example, _, _ = strings.Cut(example, "```")
	shown, err := confmap.NewRetrievedFromYAML([]byte(example))
	require.NoError(t, err)
	conf, err := shown.AsConf()
	require.NoError(t, err)

	sub, err := conf.Sub("processors::scrub")
	require.NoError(t, err)
	got := new(Config)
	require.NoError(t, sub.Unmarshal(got))
	require.Equal(t, createDefaultConfig(), got)
}

func load(t *testing.T, file *confmap.Conf, id string) component.Config {
	t.Helper()
	sub, err := file.Sub(id)
	require.NoError(t, err)
	cfg := createDefaultConfig()
	require.NoError(t, sub.Unmarshal(cfg))
	return cfg
}
