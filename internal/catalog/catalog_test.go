package catalog

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/telemetry"
)

// unquote reads one Go string literal per line.
func unquote(t *testing.T, quoted []byte) []byte {
	t.Helper()
	var text strings.Builder
	for line := range strings.Lines(string(quoted)) {
		s, err := strconv.Unquote(strings.TrimSpace(line))
		require.NoError(t, err)
		text.WriteString(s)
	}
	return []byte(text.String())
}

// The numbers that the checklist spells, in its own words.
func TestDefaultsAreTheChecklistsNumbers(t *testing.T) {
	got := Default().Defaults.Thresholds
	require.Equal(t, 0.05, got.ErrorRatio, "error rate above 5 %")
	require.Equal(t, 5*time.Minute, got.ErrorFor)
	require.Equal(t, time.Second, got.LatencyP95, "p95 above 1.0 s")
	require.Equal(t, 10*time.Minute, got.LatencyFor)
	require.Equal(t, 2*time.Minute, got.DownFor)
	require.Equal(t, 0.01, got.ReleaseErrorRatio, "error rate normal (<1%)")
	require.Equal(t, 2*time.Hour, got.ReleaseWatch, "monitor for 2 hours")

	require.Equal(t, Recovery{RPO: 5 * time.Minute, RTO: time.Hour}, DefaultRecovery(Critical))
	require.Equal(t, Recovery{RPO: time.Hour, RTO: 4 * time.Hour}, DefaultRecovery(Important))
	require.Equal(t, Recovery{RPO: 24 * time.Hour, RTO: 24 * time.Hour}, DefaultRecovery(NonCritical))
	require.Equal(t, []Stage{{5, time.Hour}, {25, 2 * time.Hour}, {50, 2 * time.Hour}, {100, 2 * time.Hour}}, canaryStages())

	require.Contains(t, LatencyBounds(), time.Second)
	require.Contains(t, LatencyBounds(), 75*time.Millisecond)
	require.NotContains(t, LatencyBounds(), 10*time.Second)
}

// A default outside its own range could not be written down.
func TestEveryThresholdHasAKeyAndItsDefaultIsAllowed(t *testing.T) {
	var changed Thresholds
	for _, key := range ThresholdKeys() {
		text := "version: 1\ndefaults: {thresholds: {" + key.Key + ": " + key.Default() + "}}\n"
		c, err := Parse("f", []byte(text))
		require.NoError(t, err)
		require.Equal(t, DefaultThresholds(), c.Defaults.Thresholds, key.Key)
		require.Contains(t, c.Defaults.Origins, "thresholds."+key.Key)
		switch of := key.Of(&changed).(type) {
		case *float64:
			require.Zero(t, *of, "%s is the number of two keys", key.Key)
			*of = 1
		case *time.Duration:
			require.Zero(t, *of, "%s is the duration of two keys", key.Key)
			*of = 1
		}
	}
	numbers := reflect.ValueOf(changed)
	for i := range numbers.NumField() {
		require.False(t, numbers.Field(i).IsZero(), "%s has no key", numbers.Type().Field(i).Name)
	}
}

func TestSelectorsMatchExactlyWhatTheEntriesGovern(t *testing.T) {
	words := []string{"", "a", "b", `a"b\`, "a|b", ".*", "ä", "A"}
	entries := []Service{
		{Name: "a"},
		{Name: `a"b\`, Namespace: ".*"},
		{Name: "a|b", Environments: []string{"a"}},
		{Name: "b", Environments: []string{"a"}},
		{Name: ".*"},
		{Name: "ä", Namespace: "b", Environments: []string{".*", `a"b\`}},
	}
	merged := Selectors(entries)
	require.Len(t, merged, 4, "entries that differ in their name only share a selector")
	for _, name := range words {
		for _, namespace := range words {
			for _, environment := range words {
				series := map[string]string{
					telemetry.Service: name, telemetry.ServiceNamespace: namespace, telemetry.Environment: environment,
				}
				governed := false
				for _, entry := range entries {
					require.Equal(t, entry.Governs(name, namespace, environment), matches(entry.Selector(), series),
						"%+v: %v", entry, series)
					governed = governed || entry.Governs(name, namespace, environment)
				}
				require.Equal(t, governed, slices.ContainsFunc(merged, func(selector []*labels.Matcher) bool {
					return matches(selector, series)
				}), "%v", series)
			}
		}
	}
}

func matches(selector []*labels.Matcher, series map[string]string) bool {
	for _, m := range selector {
		if !m.Matches(series[m.Name]) {
			return false
		}
	}
	return true
}
