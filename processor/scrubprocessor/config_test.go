package scrubprocessor

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/confmaptest"
)

func TestConfigurationsAreReadOverTheDefaults(t *testing.T) {
	file, err := confmaptest.LoadConf(filepath.Join("testdata", "config.yaml"))
	require.NoError(t, err)

	for id, want := range map[string]*Config{
		"scrub":         {Mode: Enforce, MaxValueBytes: 1 << 20, MaxDepth: 32},
		"scrub/dry_run": {Mode: Detect, MaxValueBytes: 1 << 20, MaxDepth: 32},
		"scrub/tight":   {Mode: Enforce, MaxValueBytes: 1 << 16, MaxDepth: 8},
	} {
		t.Run(id, func(t *testing.T) {
			got := load(t, file, id)
			require.Equal(t, want, got)
			require.NoError(t, confmap.Validate(got))
		})
	}

	require.EqualError(t, confmap.Validate(load(t, file, "scrub/all_wrong")), `mode: got "sometimes", allowed: enforce, detect
max_value_bytes: got 0, allowed: 1024 to 67108864
max_depth: got 1000, allowed: 1 to 512`)
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
